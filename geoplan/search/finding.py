"""Which units fit a text, and how well."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from geoplan.search.lookup import CONTEXT_LEVELS, Lookup, Mask, partings
from geoplan.search.precedence import rivals
from geoplan.search.query import Reading, readings
from geoplan.search.result import Match
from geoplan.search.spelling import words
from geoplan.search.terms import FloatArray, IntArray


class _Step(IntEnum):
    """What is looked for, best first."""

    EXACT = 0
    PREFIX = 1
    WORD = 2
    TYPO = 3
    BEGUN_WITH_TYPO = 4
    PART = 5


_MATCHES = (Match.EXACT, Match.PREFIX, Match.WORD, Match.TYPO, Match.TYPO, Match.PART)
_STEP = 32
"""Between two steps; within one, a wish that is missed costs up to 3 × 4, the name up to 3."""
_MISS = 4
_DETAILS = 3
_NOT_FOUND = _STEP * len(_Step)
_SHORTEST_PART = 3
"""Letters from which on a text is looked for within words; two are in every other one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A row that was found."""

    row: int
    match: Match
    share: float | None = None
    """Of the municipality that has the postcode."""
    distance_km: float | None = None
    """From the point that was asked for."""


class _Scores:
    """The best score of each unit so far; low is good."""

    def __init__(self, lookup: Lookup, allowed: Mask) -> None:
        self._ranking = lookup.ranking
        self._allowed = allowed
        self.score = np.full(len(allowed), _NOT_FOUND, dtype=np.int64)

    def add(self, rows: IntArray, step: _Step, reading: Reading, detail: int = 0) -> None:
        """Note that ``rows`` fit a reading; ``detail`` tells better and worse ones apart (0 … 3)."""
        rows = rows[self._allowed[rows]]
        score = np.full(len(rows), step * _STEP + min(detail, _DETAILS), dtype=np.int64)
        if reading.wish is not None:
            score += _MISS * (1 + self._ranking.missed_by(rows, reading.wish))
        self.score[rows] = np.minimum(self.score[rows], score)

    @property
    def count(self) -> int:
        """How many units were found."""
        return int((self.score < _NOT_FOUND).sum())


def find(
    lookup: Lookup, text: str, limit: int, allowed: Mask, *, near: FloatArray | None = None
) -> list[Hit]:
    """Return the units that fit a checked text, best first.

    By the kind of match; then by the kind of unit where one is asked for ("Kreis Warendorf"); then full
    names before shortened ones and fewer typos before more; then, of those with the same name, the town
    before its county; then by :meth:`~geoplan.search.ranking.Ranking.order`.

    With ``near``, the kilometres (n,) to each unit, the near go before the far, and a shortened name is as
    good as a full one.
    """
    scores = _Scores(lookup, allowed)
    meant = readings(text)
    for reading in meant:
        _add_equal(scores, lookup, reading)
        scores.add(lookup.names.beginning_with(reading.text), _Step.PREFIX, reading)
        _add_with_words(scores, lookup, reading)
    is_right = scores.count > 0
    if scores.count < limit:
        _add_with_typos(scores, lookup, meant)
        if not is_right:
            _add_begun_with_typos(scores, lookup, meant)
    if not scores.count:
        _add_beginnings(scores, lookup, meant)
    if scores.count < limit:
        _add_parts(scores, lookup, meant)
    best = _best_first(scores.score, lookup, near)[:limit].tolist()
    return [Hit(row=row, match=_MATCHES[int(scores.score[row]) // _STEP]) for row in best]


def _best_first(scores: IntArray, lookup: Lookup, near: FloatArray | None) -> IntArray:
    rows = np.flatnonzero(scores < _NOT_FOUND)
    score = scores[rows]
    precedence = np.where(score < _STEP, lookup.ranking.precedence[rows], 0)
    by = [lookup.order[rows], precedence, score]
    if near is not None:
        alike = np.where(score < _STEP * _Step.TYPO, score - score % _MISS, score)
        by = [lookup.order[rows], near[rows], precedence, alike]
    best: IntArray = rows[np.lexsort(tuple(by))]
    return best


def _add_equal(scores: _Scores, lookup: Lookup, reading: Reading) -> None:
    match = lookup.names.equal_to(reading.text)
    scores.add(match.full, _Step.EXACT, reading)
    scores.add(rivals(lookup.units, match), _Step.EXACT, reading)
    scores.add(match.short, _Step.EXACT, reading, 1)
    nearby = lookup.in_context(reading)
    if nearby is not None:
        scores.add(nearby.rows, _Step.EXACT, reading, 2)


def _add_with_words(scores: _Scores, lookup: Lookup, reading: Reading) -> None:
    """Units in whose name, or in that of whose county or state, every word typed begins one."""
    typed = list(dict.fromkeys(words(reading.text)))
    named = np.zeros(len(lookup.units), dtype=np.bool_)
    every, every_nearby = ~named, ~named
    for word in typed:
        rows = lookup.names.with_word(word)
        here = np.zeros_like(named)
        here[rows] = True
        named |= here
        every &= here
        if len(typed) > 1:
            parents = rows[np.isin(lookup.units.level[rows], CONTEXT_LEVELS)]
            every_nearby &= here | lookup.below(parents)
            if not every_nearby.any():
                return
    scores.add(np.flatnonzero(every), _Step.WORD, reading)
    if len(typed) > 1:
        scores.add(np.flatnonzero(every_nearby & named), _Step.WORD, reading, 1)


def _add_with_typos(scores: _Scores, lookup: Lookup, meant: list[Reading]) -> None:
    for reading in meant:
        for text in {reading.text, reading.dotless}:
            for typos, rows in lookup.names.with_typos(text).items():
                scores.add(rows, _Step.TYPO, reading, typos)

        if not scores.count:
            for typos, rows in lookup.in_context_with_typos(reading):
                scores.add(rows, _Step.TYPO, reading, typos)


def _add_begun_with_typos(scores: _Scores, lookup: Lookup, meant: list[Reading]) -> None:
    for reading in meant:
        for typos, rows in lookup.names.beginning_with_typos(reading.text).items():
            scores.add(rows, _Step.BEGUN_WITH_TYPO, reading, typos)


def _add_parts(scores: _Scores, lookup: Lookup, meant: list[Reading]) -> None:
    for reading in meant:
        if len(reading.text) >= _SHORTEST_PART and len(words(reading.text)) == 1:
            scores.add(lookup.names.with_part(reading.text), _Step.PART, reading)


def _add_beginnings(scores: _Scores, lookup: Lookup, meant: list[Reading]) -> None:
    """Units called as the text begins, for one who adds what the dataset does not ("Münster (Westf.)")."""
    for reading in meant:
        for name, _ in partings(reading.text):
            match = lookup.names.equal_to(name)
            if match:
                scores.add(match.rows, _Step.WORD, reading)
                break
