"""How much of each old unit lies in which new one, as columns."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Links:
    """Old units and the new ones that they really went into; slivers are gone. Sorted by old, then share."""

    old: IntArray
    """(m,) place of the old unit."""
    new: IntArray
    """(m,) place of the new unit."""
    area: FloatArray
    """(m,) area that went this way; the parts of an old unit add up to its own."""
    population: FloatArray
    """(m,) inhabitants that went this way, NaN where unknown."""
    is_main: NDArray[np.bool_]
    """(m,) whether the new unit is the main successor; one per old unit that has any."""
    old_count: int
    new_count: int

    @property
    def share(self) -> FloatArray:
        """(m,) of the old unit's area; the shares of a unit add up to 1."""
        total = sums(self.old, self.area, self.old_count)
        return np.asarray(self.area / total[self.old])

    @property
    def new_share(self) -> FloatArray:
        """(m,) of the area that went into the new unit."""
        total = sums(self.new, self.area, self.new_count)
        return np.asarray(self.area / total[self.new])

    @property
    def population_share(self) -> FloatArray:
        """(m,) of the old unit's inhabitants; NaN where a part of them is unknown, or there are none."""
        total = sums(self.old, self.population, self.old_count)
        total[total == 0] = np.nan
        return np.asarray(self.population / total[self.old])

    def main_successor(self) -> IntArray:
        """(old_count,) the main successor, -1 where there is none."""
        main = np.full(self.old_count, -1, dtype=np.int64)
        main[self.old[self.is_main]] = self.new[self.is_main]
        return main


def sums(group: IntArray, value: NDArray[Any], count: int) -> FloatArray:
    """(count,) the sum of ``value`` (m,) over each ``group`` (m,)."""
    # Without any rows, numpy counts in whole numbers.
    return np.bincount(group, value, count).astype(np.float64)


def largest(group: IntArray, value: FloatArray, count: int) -> IntArray:
    """(count,) the place of the largest ``value`` (m,) of each ``group`` (m,), -1 for an empty one."""
    order = np.lexsort((np.arange(len(group)), -value, group))
    first = first_of_each(group[order])
    found = np.full(count, -1, dtype=np.int64)
    found[group[order[first]]] = order[first]
    return found


def first_of_each(group: IntArray) -> NDArray[np.bool_]:
    """(m,) the first of each run of equals."""
    first = np.ones(len(group), dtype=np.bool_)
    first[1:] = group[1:] != group[:-1]
    return first
