"""What a group has to be: candidates, who reaches whom, who stays together, and within which bounds."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoplan.networks.bitset import bits, mask_of, union
from geoplan.networks.fit import pair_factors

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """How large a group may be; ``None`` is no bound."""

    min_members: int
    max_members: int
    min_population: float | None = None
    max_population: float | None = None
    max_counties: int | None = None

    def admits_population(self, population: float) -> bool:
        """Whether a group may have so many inhabitants."""
        low, high = self.min_population, self.max_population
        return (low is None or population >= low) and (high is None or population <= high)

    @property
    def of_population(self) -> bool:
        """Whether inhabitants are bounded."""
        return self.min_population is not None or self.max_population is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """A group found before, from which the next has to differ clearly."""

    members: int

    def allows(self, group: int) -> bool:
        """Whether ``group`` differs: at least two members of one are not in the other, or Jaccard ≤ 0.7."""
        return self.common_limit(group.bit_count()) >= (group & self.members).bit_count()

    def common_limit(self, size: int) -> int:
        """With how many common members at most a group of ``size`` differs clearly."""
        own = self.members.bit_count()
        by_members = max(own, size) - DIFFERENT_MEMBERS
        by_share = int(np.floor(ALIKE * (own + size) / (1 + ALIKE) + 1e-9))
        return max(by_members, by_share)


DIFFERENT_MEMBERS = 2
ALIKE = 0.7
"""Groups with a higher Jaccard index (common members by all members) are variants of one another."""


@dataclass(frozen=True, kw_only=True, eq=False)
class GroupProblem:
    """n candidates, by their places 0 … n - 1; sets of candidates are bit masks."""

    fits: FloatArray
    """(n, n) symmetric pair scores, diagonal 0."""
    seeds: int = 0
    """Who asked, among those who are required: their pairs count more."""
    neighbours: Sequence[int] | None
    """Whom each candidate reaches directly; ``None`` where a group need not be connected."""
    together: Sequence[int]
    """With whom each candidate stays together, itself included: blocks that are in or out as a whole."""
    required: int
    """Who has to be in, blocks complete; at least one."""
    population: FloatArray
    """(n,) inhabitants; 0 where inhabitants are not bounded and unknown."""
    county: Sequence[int]
    """(n,) the number of each candidate's county."""
    bounds: Bounds
    apart: tuple[Apart, ...] = ()

    @property
    def count(self) -> int:
        """How many candidates there are."""
        return len(self.fits)

    @property
    def everybody(self) -> int:
        """All candidates."""
        return (1 << self.count) - 1

    @cached_property
    def county_masks(self) -> dict[int, int]:
        """The candidates of each county."""
        return {
            county: mask_of(place for place, own in enumerate(self.county) if own == county)
            for county in sorted(set(self.county))
        }

    def reach(self, start: int, within: int) -> int:
        """Everybody in ``within`` whom ``start`` reaches, with ``start``."""
        if self.neighbours is None:
            return start | within
        seen = ring = start
        while ring:
            ring = self.around(ring) & within & ~seen
            seen |= ring
        return seen

    def around(self, members: int) -> int:
        """Everybody who is reached directly from ``members`` (members too); all where nobody need be."""
        if self.neighbours is None:
            return self.everybody
        return union(self.neighbours[place] for place in bits(members))

    def connected(self, members: int) -> bool:
        """Whether a group is in one piece."""
        return self.reach(members & -members, members) == members

    def closed(self, members: int) -> int:
        """A group with everybody its members stay together with."""
        return union(self.together[place] for place in bits(members))

    def population_of(self, members: int) -> float:
        """The inhabitants of a group."""
        return float(self.population[bits(members)].sum())

    def counties_of(self, members: int) -> list[int]:
        """The counties of a group."""
        return [county for county, mask in self.county_masks.items() if mask & members]

    @cached_property
    def _counted_fits(self) -> dict[int, FloatArray]:
        return {}

    def fits_in(self, size: int) -> FloatArray:
        """(n, n) the pair scores as they count in a group of ``size``."""
        if size not in self._counted_fits:
            seeds = np.zeros(self.count, dtype=bool)
            seeds[bits(self.seeds)] = True
            self._counted_fits[size] = self.fits * pair_factors(size, seeds)
        return self._counted_fits[size]

    def total(self, members: int) -> float:
        """The sum over the pairs of a group, as they count in a group of its size."""
        places = bits(members)
        return float(self.fits_in(len(places))[np.ix_(places, places)].sum()) / 2

    def score(self, members: int) -> float:
        """The score of a group: the mean over its pairs as they count."""
        return self.total(members) / pair_count(members.bit_count())

    def feasible(self, members: int) -> bool:
        """Whether a group keeps every rule."""
        bounds = self.bounds
        return (
            bounds.min_members <= members.bit_count() <= bounds.max_members
            and members & self.required == self.required
            and self.closed(members) == members
            and (not bounds.of_population or bounds.admits_population(self.population_of(members)))
            and (bounds.max_counties is None or len(self.counties_of(members)) <= bounds.max_counties)
            and all(other.allows(members) for other in self.apart)
            and self.connected(members)
        )


def pair_count(size: int) -> int:
    """How many pairs a group of ``size`` has; 1 for less than two, so that a score of nothing is 0."""
    return max(1, size * (size - 1) // 2)
