"""What a search needs of a table of units, each piece built when it is first asked for."""

from collections.abc import Iterator
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoplan.hierarchy import NO_PARENT, Hierarchy
from geoplan.search.designations import without_wish
from geoplan.search.name_match import NameMatch
from geoplan.search.names import Names
from geoplan.search.query import Reading
from geoplan.search.ranking import NOT_AS_WISHED, Ranking
from geoplan.search.spelling import MARK
from geoplan.search.terms import IntArray
from geoplan.units import PARENT_LEVELS, Level, UnitTable

Mask = NDArray[np.bool_]

CONTEXT_LEVELS = (Level.COUNTY, Level.GOVERNMENT_REGION, Level.STATE)
"""Whose names people add to that of a place to say which one they mean."""


class Lookup:
    """The units of a table by name, by name and county or state, and in their order."""

    def __init__(self, units: UnitTable) -> None:
        self.units = units

    @cached_property
    def names(self) -> Names:
        """All names."""
        return Names.from_units(self.units)

    @cached_property
    def ranking(self) -> Ranking:
        """The order of units."""
        return Ranking(self.units)

    @cached_property
    def order(self) -> IntArray:
        """(n,) the rank of each unit, 0 is best."""
        return self.ranking.order(self.names.name_of[: len(self.units)], self._hierarchy)

    @cached_property
    def _hierarchy(self) -> Hierarchy:
        return Hierarchy.from_ids(self.units.ids, self.units.level, self.units.parent_ids)

    def sorted(self, rows: IntArray) -> list[int]:
        """``rows``, best first."""
        return sorted(set(rows.tolist()), key=self.order.__getitem__)

    def below(self, parents: IntArray) -> Mask:
        """Mask of the units that belong to one of ``parents``."""
        is_parent = np.zeros(len(self.units), dtype=np.bool_)
        is_parent[parents] = True
        below = np.zeros(len(self.units), dtype=np.bool_)
        for level in CONTEXT_LEVELS:
            parent = self._hierarchy.parent[level]
            below |= is_parent[parent] & (parent != NO_PARENT)
        return below

    def in_context(self, reading: Reading) -> NameMatch | None:
        """Units called so in the county or state that is named after them ("Neustadt, Hessen")."""
        for name, context in partings(reading.text):
            match = self.names.equal_to(name)
            if not match:
                continue
            found = match.within(self.below(self._parents(context)))
            if found:
                return found
        return None

    def in_context_with_typos(self, reading: Reading) -> Iterator[tuple[int, IntArray]]:
        """Numbers of typos, and the rows of the units called so in the county or state named beside them.

        The typos are in either; the county may go first ("Marburg-Biedenkof Neustadt").
        """
        for pair in partings(reading.text):
            for name, context in (pair, pair[::-1]):
                for typos, parents in self._parents_with_typos(context):
                    below = self.below(parents)
                    for more, rows in self._called_with_typos(name):
                        yield typos + more, rows[below[rows]]

    def _called_with_typos(self, name: str) -> Iterator[tuple[int, IntArray]]:
        yield 0, self.names.equal_to(name).rows
        yield from self.names.with_typos(name).items()

    def _parents_with_typos(self, context: str) -> Iterator[tuple[int, IntArray]]:
        exact = self._parents(context)
        if len(exact):
            yield 0, exact
            return
        parted = without_wish(context)
        for typos, places in self._context_names.with_typos(context if parted is None else parted[0]).items():
            yield typos, self._context_rows[places]

    @cached_property
    def _context_rows(self) -> IntArray:
        return self.units.rows_of(*CONTEXT_LEVELS)

    @cached_property
    def _context_names(self) -> Names:
        """The names of counties and states alone: few, so that typos in them are found at once."""
        return Names.of([self.units.names[row] for row in self._context_rows.tolist()])

    def _parents(self, context: str) -> IntArray:
        parted = without_wish(context)
        rows = self.names.equal_to(context).rows
        if parted is not None:
            named = np.union1d(self.names.equal_to(parted[0]).rows, self.names.with_whole_words(parted[0]))
            rows = np.concatenate([rows, named[self.ranking.missed_by(named, parted[1]) < NOT_AS_WISHED]])
        return rows[np.isin(self.units.level[rows], PARENT_LEVELS)]


def partings(text: str) -> Iterator[tuple[str, str]]:
    """Part a form into a name and what stands behind it, longest name first."""
    for place in range(len(text) - 1, 0, -1):
        if text[place] in f" {MARK}":
            yield text[:place], text[place + 1 :]
