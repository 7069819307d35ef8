"""Measure rankers on the cases of one cooperation: alone, with half on board, with one missing.

R-precision: members among the first n, divided by n (n hidden members). Recall@k: members among the first
k, divided by min(k, n).
"""

import zlib
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.backtest.rankers import Case, Ranker
from geoplan.services import Cooperation
from geoplan.units import Level

IntArray = NDArray[np.int64]

FEWEST_KNOWN = 3
FEWEST_FOR_COMPLETION = 4
SHUFFLES = 10
FIRST = 3


@dataclass(frozen=True, kw_only=True)
class Scores:
    """What one ranker reached on one cooperation; ``None`` where the cooperation is too small to ask."""

    r_precision: float
    recall: dict[int, float]
    half_hidden: float | None
    missing_one: float | None

    def to_dict(self) -> dict[str, Any]:
        """The scores as JSON."""
        return {
            "r_precision": self.r_precision,
            "recall": {str(k): value for k, value in self.recall.items()},
            "completion": {"half_hidden": self.half_hidden, "missing_one_top3": self.missing_one},
        }


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A cooperation as the atlas knows it."""

    atlas: Atlas
    """Without the cooperation in its register."""
    cooperation: Cooperation
    members: IntArray
    """(m,) rows of the known members, sorted by id."""

    @classmethod
    def of(cls, atlas: Atlas, cooperation: Cooperation) -> "Asked":
        """Hide a cooperation and find its members; those on another level than most are left out."""
        rows = [
            atlas.units.row(member) for member in sorted(set(cooperation.members)) if member in atlas.units
        ]
        levels = [atlas.units.level[row] for row in rows]
        level = max(set(levels), key=levels.count) if levels else Level.MUNICIPALITY
        hidden = atlas.with_register(atlas.register.without(cooperation.id))
        members = [row for row in rows if atlas.units.level[row] == level]
        return cls(atlas=hidden, cooperation=cooperation, members=np.array(members, dtype=np.int64))

    def hits(self, ranker: Ranker, group: IntArray, count: int) -> list[bool]:
        """Whether each of the first ``count`` that a ranker names is a member."""
        level = self.atlas.units.level[group[0]]
        pool = np.setdiff1d(self.atlas.units.rows_of(level), group)
        case = Case(atlas=self.atlas, cooperation=self.cooperation, group=group, pool=pool)
        return [bool(hit) for hit in np.isin(ranker(case)[:count], self.members)]

    def measure(self, ranker: Ranker, cut_offs: tuple[int, ...]) -> Scores:
        """Ask as every member alone, with half on board, and with one missing."""
        others = len(self.members) - 1
        alone = [self.hits(ranker, np.array([one]), max(others, *cut_offs)) for one in self.members]
        can_complete = len(self.members) >= FEWEST_FOR_COMPLETION
        return Scores(
            r_precision=_mean(sum(hits[:others]) / others for hits in alone),
            recall={k: _mean(sum(hits[:k]) / min(k, others) for hits in alone) for k in cut_offs},
            half_hidden=self._half_hidden(ranker) if can_complete else None,
            missing_one=self._missing_one(ranker) if can_complete else None,
        )

    def _half_hidden(self, ranker: Ranker) -> float:
        """Ten shuffles, seeded by the cooperation's id; R-precision on the hidden half."""
        random = np.random.default_rng(zlib.crc32(self.cooperation.id.encode()))
        on_board = len(self.members) // 2
        hidden = len(self.members) - on_board
        groups = (random.permutation(self.members)[:on_board] for _ in range(SHUFFLES))
        return _mean(sum(self.hits(ranker, group, hidden)) / hidden for group in groups)

    def _missing_one(self, ranker: Ranker) -> float:
        groups = (self.members[self.members != one] for one in self.members)
        return _mean(any(self.hits(ranker, group, FIRST)) for group in groups)


def _mean(values: Any) -> float:
    return float(np.mean(list(values)))
