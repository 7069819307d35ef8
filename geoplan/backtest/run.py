"""Run a backtest: every cooperation of a register, our ranking and the simple ones, side by side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from geoplan.atlas import Atlas
from geoplan.backtest.measure import FEWEST_KNOWN, Asked, Scores
from geoplan.backtest.rankers import BASELINES, Ranker, suggested, suggested_without
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.services import CooperationRegister
from geoplan.suggestions.weights import criteria_in_use
from geoplan.units import Level

OURS = "suggest"
VERTICAL = "vertical"
RESAMPLES = 1000
INTERVAL = (0.025, 0.975)
MAX_CUT_OFF = 1000


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One cooperation, measured with every ranker."""

    asked: Asked
    scores: dict[str, Scores]

    @property
    def states(self) -> list[str]:
        """Ids of the states its members are in."""
        atlas = self.asked.atlas
        rows = atlas.hierarchy.parent[Level.STATE][self.asked.members]
        return sorted({atlas.units.ids[row] for row in rows.tolist() if row >= 0})

    def to_dict(self) -> dict[str, Any]:
        """The outcome as JSON."""
        cooperation = self.asked.cooperation
        return {
            "id": cooperation.id, "name": cooperation.name, "type": cooperation.type,
            "service": cooperation.service, "members": len(self.asked.members), "states": self.states,
            **self.scores[OURS].to_dict(),
            "baselines": {name: self.scores[name].to_dict() for name in self.scores if name != OURS},
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """What a backtest found; vertical cooperations are kept apart and left out of the means."""

    outcomes: tuple[Outcome, ...]
    skipped: dict[str, int]
    """Cooperations with fewer than three known members, and how many are known."""
    warnings: tuple[Message, ...]
    data: dict[str, Any]

    def of_type(self, *, vertical: bool) -> list[Outcome]:
        """The outcomes in the means, or those kept apart."""
        return [one for one in self.outcomes if (one.asked.cooperation.type == VERTICAL) == vertical]

    def to_dict(self) -> dict[str, Any]:
        """The report as the contract writes it, with intervals, and by type and state."""
        counted = self.of_type(vertical=False)
        vertical = self.of_type(vertical=True)
        return {
            **_summary(counted, OURS),
            "baselines": {name: _summary(counted, name) for name in BASELINES},
            "intervals": _intervals(counted),
            "by_type": _grouped(counted, lambda one: [one.asked.cooperation.type]),
            "by_state": _grouped(counted, lambda one: one.states),
            "vertical": _summary(vertical, OURS) if vertical else None,
            "per_cooperation": [one.to_dict() for one in self.outcomes],
            "skipped": self.skipped,
            "data": self.data,
        }


def backtest(atlas: Atlas, register: CooperationRegister, *, cut_offs: Sequence[int] = (5, 10)) -> Backtest:
    """Measure how well suggestions find the members of the register's cooperations.

    Each cooperation is hidden from the register in turn; what the others say stays known.

    Raises
    ------
    InvalidValueError
        A cut-off that is not from 1 to 1000.
    """
    for cut_off in cut_offs:
        if not 1 <= cut_off <= MAX_CUT_OFF:
            message = Message(
                "A cut-off k is a number from 1 to {limit}, not {value}.", value=cut_off, limit=MAX_CUT_OFF
            )
            raise InvalidValueError(message, value=cut_off)
    known = register.known(atlas.units)
    asked = [Asked.of(atlas.with_register(known), one) for one in known.cooperations]
    rankers: dict[str, Ranker] = {OURS: suggested, **BASELINES}
    return Backtest(
        outcomes=tuple(
            Outcome(
                asked=one,
                scores={name: one.measure(ranker, tuple(cut_offs)) for name, ranker in rankers.items()},
            )
            for one in asked
            if len(one.members) >= FEWEST_KNOWN
        ),
        skipped={one.cooperation.id: len(one.members) for one in asked if len(one.members) < FEWEST_KNOWN},
        warnings=known.warnings,
        data=atlas.provenance.to_dict(),
    )


def ablation(
    atlas: Atlas, register: CooperationRegister, *, cut_offs: Sequence[int] = (5, 10)
) -> dict[str, dict[str, Any]]:
    """What the ranking reaches without each criterion in turn, the others unchanged."""
    known = register.known(atlas.units)
    asked = [Asked.of(atlas.with_register(known), one) for one in known.cooperations]
    counted = [one for one in asked if len(one.members) >= FEWEST_KNOWN and one.cooperation.type != VERTICAL]
    return {
        key: _summary(
            [Outcome(asked=one, scores={OURS: _without(one, key, cut_offs)}) for one in counted], OURS
        )
        for key in criteria_in_use()
    }


def _without(asked: Asked, criterion: str, cut_offs: Sequence[int]) -> Scores:
    return asked.measure(suggested_without(criterion), tuple(cut_offs))


def _summary(outcomes: Iterable[Outcome], name: str) -> dict[str, Any]:
    """Means over cooperations of one ranker's scores."""
    scores = [one.scores[name] for one in outcomes]
    completed = [one for one in scores if one.half_hidden is not None]
    cut_offs = scores[0].recall if scores else {}
    return {
        "cooperations": len(scores),
        "r_precision": _mean(one.r_precision for one in scores),
        "recall": {str(k): _mean(one.recall[k] for one in scores) for k in cut_offs},
        "completion": {
            "cooperations": len(completed),
            "half_hidden": _mean(one.half_hidden for one in completed),
            "missing_one_top3": _mean(one.missing_one for one in completed),
        },
    }


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return float(np.mean(known)) if known else None


_FIGURES: dict[str, Callable[[Scores], float | None]] = {
    "r_precision": lambda one: one.r_precision,
    "half_hidden": lambda one: one.half_hidden,
    "missing_one_top3": lambda one: one.missing_one,
}


def _intervals(outcomes: list[Outcome]) -> dict[str, Any]:
    """95 % bootstrap intervals over cooperations: our figure, and its difference to each baseline, paired."""
    return {
        figure: {
            OURS: _interval([value(one.scores[OURS]) for one in outcomes]),
            **{
                f"{OURS} - {name}": _interval([_difference(one, name, value) for one in outcomes])
                for name in BASELINES
            },
        }
        for figure, value in _FIGURES.items()
    }


def _difference(one: Outcome, name: str, value: Callable[[Scores], float | None]) -> float | None:
    ours, theirs = value(one.scores[OURS]), value(one.scores[name])
    return None if ours is None or theirs is None else ours - theirs


def _interval(values: list[float | None]) -> list[float] | None:
    known = np.array([value for value in values if value is not None])
    if not len(known):
        return None
    resampled = np.random.default_rng(0).choice(known, size=(RESAMPLES, len(known))).mean(axis=1)
    return [float(bound) for bound in np.quantile(resampled, INTERVAL)]


def _grouped(outcomes: list[Outcome], keys: Callable[[Outcome], list[str]]) -> dict[str, Any]:
    """Summaries by group; a cooperation counts in every group it belongs to."""
    groups = sorted({key for one in outcomes for key in keys(one)})
    return {
        group: {
            **_summary(members, OURS),
            "baselines": {name: _summary(members, name) for name in BASELINES},
        }
        for group in groups
        for members in [[one for one in outcomes if group in keys(one)]]
    }
