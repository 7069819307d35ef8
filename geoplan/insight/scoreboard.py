"""All rankings of a question side by side: who stands where, under these weights and under others."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoplan.suggestions.ranking import Ranking, weights_of
from geoplan.suggestions.suggest import Inquiry
from geoplan.units import AdministrativeUnit, titles_beside

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

FIRST = 5
"""Whom a council talks to first: what stability and counterfactuals ask about."""


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One ranking as matrices."""

    ranking: Ranking
    criteria: tuple[str, ...]
    weight: FloatArray
    """(k,) weights before they are divided by their sum."""
    degree: FloatArray
    """(k, c) degrees, 0 where unknown."""
    known: FloatArray
    """(k, c) 1 where the degree is known, else 0."""

    def scores(self, weights: FloatArray) -> FloatArray:
        """(n, c) scores under n weightings (n, k); 0 where a weighting leaves nothing known."""
        total = weights @ self.known
        return np.divide(weights @ self.degree, total, out=np.zeros_like(total), where=total > 0)


@dataclass(frozen=True, kw_only=True)
class Scoreboard:
    """The sheets of all rankings of a question; each unit counts once, with its best score.

    Units are ordered as the merged list is: by score, then distance, then row.
    """

    inquiry: Inquiry
    sheets: tuple[Sheet, ...]

    @classmethod
    def of(cls, inquiry: Inquiry, rankings: list[Ranking] | None = None) -> "Scoreboard":
        """The scoreboard of an inquiry; ``rankings`` are its own, where they are there already."""
        found = inquiry.rankings() if rankings is None else rankings
        return cls(inquiry=inquiry, sheets=tuple(_sheet(inquiry, ranking) for ranking in found))

    @cached_property
    def _entries(self) -> IntArray:
        """(e,) the unit of each column of all sheets side by side."""
        columns = [sheet.ranking.view.candidates for sheet in self.sheets]
        return np.concatenate([np.empty(0, dtype=np.int64), *columns])

    @cached_property
    def _order(self) -> IntArray:
        return np.argsort(self._entries, kind="stable")

    @cached_property
    def units(self) -> IntArray:
        """(u,) the rows of all units on the board, sorted."""
        return np.unique(self._entries)

    @cached_property
    def _starts(self) -> IntArray:
        return np.searchsorted(self._entries[self._order], self.units)

    @cached_property
    def tie(self) -> IntArray:
        """(u,) who comes first among equal scores."""
        distances = [sheet.ranking.view.distance_km for sheet in self.sheets]
        nearest = np.minimum.reduceat(np.concatenate(distances)[self._order], self._starts)
        tie = np.empty(len(self.units), dtype=np.int64)
        tie[np.lexsort((self.units, nearest))] = np.arange(len(self.units))
        return tie

    def merged(self, scores: Callable[[Sheet], FloatArray]) -> FloatArray:
        """(n, u) the best score of each unit, from the (n, c) scores of each sheet."""
        side_by_side = np.concatenate([scores(sheet) for sheet in self.sheets], axis=1)
        best: FloatArray = np.maximum.reduceat(side_by_side[:, self._order], self._starts, axis=1)
        return best

    @cached_property
    def score(self) -> FloatArray:
        """(u,) the scores of the list."""
        score: FloatArray = self.merged(lambda sheet: sheet.ranking.score[None, :])[0]
        return score

    def place(self, row: int) -> int | None:
        """The column of a unit on the board; ``None`` where it is not on it."""
        column = int(np.searchsorted(self.units, row))
        return column if column < len(self.units) and self.units[column] == row else None

    def called(self, unit: AdministrativeUnit) -> str:
        """The title of a unit, told apart from a county of its name that asks or is on the board, too."""
        question = self.inquiry.question
        units, rows = question.atlas.units, [question.asking, *self.units.tolist()]
        return titles_beside(units.at(row) for row in rows if units.names[row] == unit.name)(unit)

    def ranks(self, scores: FloatArray, column: int, own: FloatArray | None = None) -> IntArray:
        """(n,) the rank of a unit under n lists of scores (n, u), 1 for the best.

        ``own`` (n,) puts other scores in the place of the unit's own ones.
        """
        mine = (scores[:, column] if own is None else own)[:, None]
        ahead = (scores > mine) | ((scores == mine) & (self.tie < self.tie[column]))
        ahead[:, column] = False
        rank: IntArray = 1 + ahead.sum(axis=1)
        return rank

    def rank(self, column: int) -> int:
        """The rank of a unit in the list."""
        return int(self.ranks(self.score[None, :], column)[0])

    def best_sheet(self, column: int) -> tuple[Sheet, int]:
        """The sheet in which a unit scores best, and its place there."""
        row = self.units[column]
        found = [
            (sheet, int(place))
            for sheet in self.sheets
            for place in np.flatnonzero(sheet.ranking.view.candidates == row)
        ]
        return max(found, key=lambda entry: entry[0].ranking.score[entry[1]])

    def leaders(self, count: int) -> list[int]:
        """The columns of the first ``count`` units of the list; none where nobody is on it."""
        if not len(self.units):
            return []
        order = np.lexsort((self.tie, -self.score))
        return [int(column) for column in order[:count]]


def _sheet(inquiry: Inquiry, ranking: Ranking) -> Sheet:
    weights = weights_of(inquiry.question, ranking.proposal)
    size = (len(weights), len(ranking.view.candidates))
    degrees = [ranking.measures[key].degree for key in weights]
    degree = np.stack(degrees) if degrees else np.zeros(size)
    known = ~np.isnan(degree)
    return Sheet(
        ranking=ranking,
        criteria=tuple(weights),
        weight=np.array(list(weights.values()), dtype=np.float64),
        degree=np.where(known, degree, 0.0),
        known=known.astype(np.float64),
    )
