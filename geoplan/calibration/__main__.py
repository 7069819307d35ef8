"""``python -m geoplan.calibration``: learn weights on the associations and keep them as data."""

import argparse
import datetime
import json
import logging
import sys
from pathlib import Path
from typing import Any

from geoplan.atlas import load_atlas
from geoplan.calibration.report import BASELINES, KINDS, calibrate
from geoplan.suggestions.weights import CALIBRATION_FILE

LOG = logging.getLogger("geoplan.calibration")
DIGITS = 4


def main(arguments: list[str] | None = None) -> int:
    """Calibrate, log the report as a table, and write the weights with their spread and date."""
    parser = argparse.ArgumentParser(prog="python -m geoplan.calibration", description=__doc__)
    parser.add_argument("--data", help="name or path of a dataset (default: the embedded one)")
    parser.add_argument("--per-state", type=int, help="sample so many associations per state (default: all)")
    parser.add_argument("--out", type=Path, default=CALIBRATION_FILE, help="file to write")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    report = calibrate(load_atlas(options.data), per_state=options.per_state)
    _log(report)
    written = {"as_of": datetime.datetime.now(tz=datetime.UTC).date().isoformat(), **_rounded(report)}
    options.out.write_text(json.dumps(written, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    LOG.info("written to %s", options.out)
    return 0


def _log(report: dict[str, Any]) -> None:
    rankings = ("calibrated", *BASELINES)
    LOG.info("| state | associations | ranking | %s |", " | ".join(KINDS))
    for state, figures in report["by_state"].items():
        for name in rankings:
            _log_row(state, report["associations"][state], name, figures[name])
    for name in rankings:
        _log_row("mean", sum(report["associations"].values()), name, report["mean"][name])
    for key, change in report["ablation"].items():
        _log_row("without", 0, key, change)


def _log_row(state: str, count: int, name: str, figures: dict[str, float]) -> None:
    LOG.info(
        "| %s | %d | %s | %s |", state, count, name, " | ".join(f"{figures[kind]:.3f}" for kind in KINDS)
    )


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_rounded(part) for part in value]
    return round(value, DIGITS) if isinstance(value, float) else value


if __name__ == "__main__":
    sys.exit(main())
