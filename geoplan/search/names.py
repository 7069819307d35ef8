"""All names of a table of units, and the ways to look them up: equal, beginning, by word, with a typo."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from geoplan.search.designations import without_designation
from geoplan.search.name_match import NO_MATCH, NameMatch
from geoplan.search.spelling import (
    MARK,
    compact,
    folded,
    forms,
    spoken_forms,
    stems,
    with_umlauts_written_out,
    without_umlauts,
    words,
)
from geoplan.search.terms import IntArray, SortedTerms
from geoplan.search.typos import TypoIndex, beginnings_within_reach
from geoplan.units import Level, UnitTable

_SHORT_STATE_NAMES = {
    "Baden-Württemberg": ("BW", "BaWü"),
    "Mecklenburg-Vorpommern": ("MV", "Meck-Pomm"),
    "Niedersachsen": ("Nds",),
    "Nordrhein-Westfalen": ("NRW",),
    "Rheinland-Pfalz": ("RLP",),
    "Sachsen-Anhalt": ("LSA",),
    "Schleswig-Holstein": ("SH",),
}


@dataclass(frozen=True, kw_only=True, eq=False)
class Names:
    """The names of units. A unit may have several, and a name many units; what is not needed is not built.

    All lookups take text with umlauts written out (or left out) and return rows of the unit table.
    """

    texts: Sequence[str]
    """Every name once."""
    name_of: IntArray
    """(p,) for each pair of a name and a unit: the number of the name …"""
    row_of: IntArray
    """(p,) … and the row of the unit."""
    is_official: NDArray[np.bool_]
    """(p,) whether the unit is officially called so."""

    @classmethod
    def from_units(cls, units: UnitTable) -> "Names":
        """Collect the names of ``units``."""
        further = _further_names(units)
        number: dict[str, int] = {}
        name_of = [number.setdefault(name, len(number)) for name in units.names]
        name_of += [number.setdefault(name, len(number)) for name, _ in further]
        return cls(
            texts=list(number),
            name_of=np.array(name_of, dtype=np.int64),
            row_of=np.array([*range(len(units)), *(row for _, row in further)], dtype=np.int64),
            is_official=np.arange(len(name_of)) < len(units),
        )

    @classmethod
    def of(cls, names: Sequence[str]) -> "Names":
        """Official names only; the rows are places in ``names``."""
        number: dict[str, int] = {}
        name_of = [number.setdefault(name, len(number)) for name in names]
        return cls(
            texts=list(number),
            name_of=np.array(name_of, dtype=np.int64),
            row_of=np.arange(len(names)),
            is_official=np.ones(len(names), dtype=np.bool_),
        )

    def equal_to(self, text: str) -> NameMatch:
        """Units whose name equals the form ``text``, whatever its hyphens and marks.

        Blanks may be missing or too many unless that makes another name: Badendorf is not Bad Endorf.
        """
        found = self._terms.equal_to(compact(text))
        if not len(found):
            return NO_MATCH
        whole = found[found % 2 == 0] // 2
        written = words(text)
        alike = [name for name in whole.tolist() if written in map(words, self._spellings(name))]
        pairs = self._pairs(np.array(alike or whole, dtype=np.int64))
        full = np.unique(self.row_of[pairs[self.is_official[pairs]]])
        shortened = self._rows(np.concatenate([found[found % 2 == 1] // 2, self.name_of[pairs]]))
        return NameMatch(full=full, short=np.setdiff1d(shortened, full))

    def beginning_with(self, text: str) -> IntArray:
        """Rows of the units whose name begins with the form ``text``."""
        return self._rows(self._terms.beginning_with(compact(text)) // 2)

    def with_word(self, start: str) -> IntArray:
        """Rows of the units one of whose words begins with ``start``."""
        return self._rows(self._words.beginning_with(start))

    def with_whole_words(self, text: str) -> IntArray:
        """Rows of the units whose name has all words of the form ``text``."""
        names = [self._words.equal_to(word) for word in words(text)]
        return self._rows(reduce(np.intersect1d, names))

    def abbreviated(self, text: str) -> IntArray:
        """Rows of the units whose first word is that of ``text`` and whose others are abbreviated there."""
        first, *others = words(text)
        found = [
            name
            for name in np.unique(self._words.equal_to(first)).tolist()
            if any(_abbreviates([first, *others], words(spelt)) for spelt in self._spellings(name))
        ]
        return self._rows(np.array(found, dtype=np.int64))

    def with_typos(self, text: str) -> dict[int, IntArray]:
        """Rows of the units whose name is 1, 2 … typos off the form ``text``, or, for none, a word of it."""
        names, places = self._terms.numbers // 2, self._typos.within_reach(compact(text))
        if not places and len(words(text)) == 1:
            names, places = self._words.numbers, self._typos_in_words.within_reach(text)
        return self._by_typos(names, places)

    def _by_typos(self, names: IntArray, places: dict[int, int]) -> dict[int, IntArray]:
        """Rows by number of typos; ``places`` are those of terms that stand for ``names``."""
        off = np.array(list(places.values()), dtype=np.int64)
        found = names[list(places)]
        return {typos: self._rows(found[off == typos]) for typos in set(places.values())}

    def beginning_with_typos(self, text: str) -> dict[int, IntArray]:
        """Rows of the units whose long name begins with the form ``text`` but for 1, 2 … typos."""
        return self._by_typos(
            self._terms.numbers // 2, beginnings_within_reach(self._terms.terms, compact(text))
        )

    def with_part(self, text: str) -> IntArray:
        """Rows of the units that have the word ``text`` within a word of their name."""
        joined, starts = self._joined_words
        found, place = [], joined.find(text)
        while place >= 0:
            found.append(place)
            place = joined.find(text, place + len(text))
        at = np.searchsorted(starts, np.array(found, dtype=np.int64), side="right") - 1
        return self._rows(self._words.numbers[at])

    def similar_to(self, text: str, limit: int) -> IntArray:
        """Rows of the units with the most similar names, in no order; for want of anything nearer."""
        return self._rows(self._terms.numbers[self._typos.most_similar(compact(text), limit)] // 2)

    @cached_property
    def _folded(self) -> list[str]:
        return folded(self.texts)

    @cached_property
    def forms(self) -> list[str]:
        """For each name its form, with umlauts."""
        return forms(self._folded)

    @cached_property
    def _spelt(self) -> list[tuple[int, str]]:
        """Numbers of names and their forms: with umlauts written out, and those with umlauts without dots."""
        text = "\n".join(self.forms)
        written_out = enumerate(with_umlauts_written_out(text).split("\n"))
        dotless = without_umlauts(text).split("\n")
        dotted = [number for number, form in enumerate(self.forms) if form != dotless[number]]
        return [*written_out, *((number, dotless[number]) for number in dotted)]

    @cached_property
    def _terms(self) -> SortedTerms:
        """Compact names; the number is twice that of the name, and one more where a part is left out."""
        terms = compact("\n".join([spelt for _, spelt in self._spelt])).split("\n")
        numbers = [2 * number for number, _ in self._spelt]
        for number, spelt in self._spelt:
            if " " in spelt or MARK in spelt:
                shorter = [compact(part) for part in _shorter(spelt)]
                terms += shorter
                numbers += [2 * number + 1] * len(shorter)
        for number, spoken in enumerate(spoken_forms(self._folded)):
            if spoken != self.forms[number]:
                spellings = {compact(with_umlauts_written_out(spoken)), compact(without_umlauts(spoken))}
                terms += spellings
                numbers += [2 * number + 1] * len(spellings)
        return SortedTerms.from_columns(terms, numbers)

    @cached_property
    def _words(self) -> SortedTerms:
        terms: list[str] = []
        numbers: list[int] = []
        for number, spelt in self._spelt:
            parts = words(spelt)
            terms += parts
            numbers += [number] * len(parts)
        return SortedTerms.from_columns(terms, numbers)

    @cached_property
    def _joined_words(self) -> tuple[str, IntArray]:
        """All words in one text, and where each of them begins."""
        length = np.fromiter(map(len, self._words.terms), dtype=np.int64, count=len(self._words.terms))
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(length + 1)])[: len(length)]
        return "\n".join(self._words.terms), starts

    @cached_property
    def _typos(self) -> TypoIndex:
        return TypoIndex(self._terms.terms)

    @cached_property
    def _typos_in_words(self) -> TypoIndex:
        return TypoIndex(self._words.terms)

    def _spellings(self, name: int) -> set[str]:
        text = self.forms[name]
        return {with_umlauts_written_out(text), without_umlauts(text)}

    def _pairs(self, names: IntArray) -> IntArray:
        wanted = np.zeros(len(self.texts), dtype=bool)
        wanted[names] = True
        return np.flatnonzero(wanted[self.name_of])

    def _rows(self, names: IntArray) -> IntArray:
        return np.unique(self.row_of[self._pairs(names)])


def _shorter(text: str) -> Iterator[str]:
    """What a name is called for short: without its suffixes, without its designation."""
    yield from stems(text)
    bare = without_designation(text)
    if bare is not None:
        yield bare
        yield from stems(bare)


def _abbreviates(short: list[str], full: list[str]) -> bool:
    return len(short) == len(full) and short[0] == full[0] and all(map(str.startswith, full, short))


def _further_names(units: UnitTable) -> list[tuple[str, int]]:
    """Names beside the official ones: ids that are words ("mr-rhein-neckar"), short names of states."""
    further = [(unit_id, row) for row, unit_id in enumerate(units.ids) if not unit_id.isdecimal()]
    for row in units.rows_of(Level.STATE).tolist():
        further += [(short, row) for short in _SHORT_STATE_NAMES.get(units.names[row], ())]
    return further
