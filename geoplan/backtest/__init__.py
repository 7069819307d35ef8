"""How well suggestions find the partners that municipalities really chose."""

from geoplan.backtest.run import Backtest, ablation, backtest

__all__ = ["Backtest", "ablation", "backtest"]
