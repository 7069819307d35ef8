"""Which units fit a text, and how well."""

from dataclasses import dataclass

import numpy as np

from geoplan.search.lookup import CONTEXT_LEVELS, Lookup, Mask, partings
from geoplan.search.precedence import rivals
from geoplan.search.query import Reading, readings
from geoplan.search.result import Match
from geoplan.search.spelling import words
from geoplan.search.terms import IntArray

_MATCHES = (Match.EXACT, Match.PREFIX, Match.WORD, Match.TYPO)
_STEP = 32
"""Between two kinds of match; within one, a wish that is missed costs up to 3 × 4, the name up to 3."""
_MISS = 4
_NOT_FOUND = _STEP * len(_MATCHES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A row that was found."""

    row: int
    match: Match


class _Scores:
    """The best score of each unit so far; low is good."""

    def __init__(self, lookup: Lookup, allowed: Mask) -> None:
        self._ranking = lookup.ranking
        self._allowed = allowed
        self.score = np.full(len(allowed), _NOT_FOUND, dtype=np.int64)

    def add(self, rows: IntArray, match: Match, reading: Reading, detail: int = 0) -> None:
        """Note that ``rows`` fit a reading; ``detail`` tells better and worse ones apart (0 … 3)."""
        rows = rows[self._allowed[rows]]
        score = np.full(len(rows), _MATCHES.index(match) * _STEP + detail, dtype=np.int64)
        if reading.wish is not None:
            score += _MISS * (1 + self._ranking.missed_by(rows, reading.wish))
        self.score[rows] = np.minimum(self.score[rows], score)

    @property
    def count(self) -> int:
        """How many units were found."""
        return int((self.score < _NOT_FOUND).sum())


def find(lookup: Lookup, text: str, limit: int, allowed: Mask) -> list[Hit]:
    """Return the units that fit a checked text, best first.

    By the kind of match; then by the kind of unit where one is asked for ("Kreis Warendorf"); then full
    names before shortened ones and fewer typos before more; then, of those with the same name, the town
    before its county; then by :meth:`~geoplan.search.ranking.Ranking.order`.
    """
    scores = _Scores(lookup, allowed)
    meant = readings(text)
    for reading in meant:
        _add_equal(scores, lookup, reading)
        scores.add(lookup.names.beginning_with(reading.text), Match.PREFIX, reading)
        _add_with_words(scores, lookup, reading)
    if scores.count < limit:
        _add_with_typos(scores, lookup, meant)
    if not scores.count:
        _add_beginnings(scores, lookup, meant)
    rows = np.flatnonzero(scores.score < _NOT_FOUND)
    score = scores.score[rows]
    precedence = np.where(score < _STEP, lookup.ranking.precedence[rows], 0)
    best = rows[np.lexsort((lookup.order[rows], precedence, score))][:limit].tolist()
    return [Hit(row=row, match=_MATCHES[int(scores.score[row]) // _STEP]) for row in best]


def _add_equal(scores: _Scores, lookup: Lookup, reading: Reading) -> None:
    match = lookup.names.equal_to(reading.text)
    scores.add(match.full, Match.EXACT, reading)
    scores.add(rivals(lookup.units, match), Match.EXACT, reading)
    scores.add(match.short, Match.EXACT, reading, 1)
    nearby = lookup.in_context(reading)
    if nearby is not None:
        scores.add(nearby.rows, Match.EXACT, reading, 2)


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
    scores.add(np.flatnonzero(every), Match.WORD, reading)
    if len(typed) > 1:
        scores.add(np.flatnonzero(every_nearby & named), Match.WORD, reading, 1)


def _add_with_typos(scores: _Scores, lookup: Lookup, meant: list[Reading]) -> None:
    for reading in meant:
        for text in {reading.text, reading.dotless}:
            for typos, rows in lookup.names.with_typos(text).items():
                scores.add(rows, Match.TYPO, reading, typos)


def _add_beginnings(scores: _Scores, lookup: Lookup, meant: list[Reading]) -> None:
    """Units called as the text begins, for one who adds what the dataset does not ("Münster (Westf.)")."""
    for reading in meant:
        for name, _ in partings(reading.text):
            match = lookup.names.equal_to(name)
            if match:
                scores.add(match.rows, Match.WORD, reading)
                break
