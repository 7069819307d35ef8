"""Which of several units with a fitting name comes first."""

import numpy as np
from numpy.typing import NDArray

from geoplan.hierarchy import NO_PARENT, Hierarchy
from geoplan.search.designations import Wish, designated_levels, designation_words
from geoplan.search.terms import IntArray
from geoplan.units import PARENT_LEVELS, PLACE_LEVELS, Level, UnitTable

PRECEDENCE = (
    Level.MUNICIPALITY, Level.UNINCORPORATED_AREA, Level.COUNTY, Level.STATE, Level.GOVERNMENT_REGION,
    Level.ASSOCIATION, Level.METROPOLITAN_REGION,
)  # fmt: skip
"""Whom a name means first that units of several levels share."""

AS_WISHED, NEARLY, NOT_AS_WISHED = range(3)


class Ranking:
    """The order of the units of a table, before anything is asked, and how far they meet a wish."""

    def __init__(self, units: UnitTable) -> None:
        self._units = units
        self._words = {name: designation_words(name) for name in set(units.designations)}
        self.is_town_county = np.zeros(len(units), dtype=np.bool_)
        """(n,) units above the places that are one town (kreisfreie Stadt): the town stands for them."""
        above = np.flatnonzero(~np.isin(units.level, PLACE_LEVELS)).tolist()
        self.is_town_county[above] = [self._is_called_a_town(row) for row in above]
        step = {level: place for place, level in enumerate(PRECEDENCE)}
        self.precedence = np.array([step[level] for level in units.level.tolist()], dtype=np.int64)
        """(n,) whom a name means first: by level, but the town before the county that is this town."""
        self.precedence[self.is_town_county] += len(PRECEDENCE)

    def order(self, name_of: IntArray, hierarchy: Hierarchy) -> IntArray:
        """Number the units by rank, best first.

        By population, unknown lowest; but units that share a name stay together, where their town is by
        its population, and the county that is named after it follows.

        Parameters
        ----------
        name_of
            (n,) the number of the official name of each unit.
        hierarchy
            Who belongs to whom: a unit above the places has at least the inhabitants known of its places.
        """
        population = self._at_least(hierarchy)
        ids = np.array(self._units.ids)
        by_group = np.lexsort((-population, self.precedence, population < 0, name_of))
        names, first = np.unique(name_of[by_group], return_index=True)
        group_population = np.full(int(name_of.max(initial=0)) + 1, -1.0)
        group_population[names] = population[by_group[first]]
        ranked = np.lexsort((ids, -population, self.precedence, name_of, -group_population[name_of]))
        order = np.empty(len(ranked), dtype=np.int64)
        order[ranked] = np.arange(len(ranked))
        return order

    def _at_least(self, hierarchy: Hierarchy) -> NDArray[np.float64]:
        known = self._units.population
        places = np.isin(self._units.level, PLACE_LEVELS)
        at_least = np.where(np.isnan(known), -1.0, known)
        for level in PARENT_LEVELS:
            parent = hierarchy.parent[level]
            counted = places & (parent != NO_PARENT) & ~np.isnan(known)
            total = np.bincount(parent[counted], known[counted], minlength=len(known))
            at_least = np.where(np.isnan(known) & (total > 0), total, at_least)
        return at_least

    def missed_by(self, rows: IntArray, wish: Wish) -> IntArray:
        """How far each of ``rows`` is from what is asked for: 0 as wished, 1 nearly, 2 not at all."""
        return np.array([self._missed_by(row, wish) for row in rows.tolist()], dtype=np.int64)

    def _missed_by(self, row: int, wish: Wish) -> int:
        if self._units.level[row] not in wish.levels or self.is_town_county[row]:
            return NOT_AS_WISHED
        return AS_WISHED if self._words[self._units.designations[row]] == wish.words else NEARLY

    def _is_called_a_town(self, row: int) -> bool:
        return Level.MUNICIPALITY in designated_levels(self._words[self._units.designations[row]])
