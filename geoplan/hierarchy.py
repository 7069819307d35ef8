"""Who belongs to whom: association, county, government region and state of every place."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoplan.units import PARENT_LEVELS, Level

IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

NO_PARENT = -1


@dataclass(frozen=True, kw_only=True)
class Hierarchy:
    """Parents of the units, all numbered by their row in the unit table."""

    level: NDArray[np.object_]
    """(n,) the level of each unit."""
    parent: dict[Level, IntArray]
    """For each level above the places: (n,) the row of each unit's parent on it, -1 for none."""

    def parent_of(self, unit: int, level: Level) -> int | None:
        """The row of the parent of ``unit`` on ``level``; ``None`` where it has none."""
        row = int(self.parent[level][unit])
        return None if row == NO_PARENT else row

    def lies_in(self, unit: int, others: IntArray) -> BoolArray:
        """(n,) whether a unit lies in each of ``others``; none lies in itself."""
        above = [parent[unit] for parent in self.parent.values()]
        lies_in: BoolArray = np.isin(others, above) & (others != unit)
        return lies_in

    def holds(self, unit: int, others: IntArray) -> BoolArray:
        """(n,) whether each of ``others`` lies in a unit."""
        parent = self.parent.get(self.level[unit])
        if parent is None:
            return np.zeros(len(others), dtype=bool)
        holds: BoolArray = (parent[others] == unit) & (others != unit)
        return holds

    def members(self, parent: int, level: Level) -> IntArray:
        """The rows of the units of ``level`` that belong to ``parent``."""
        parent_level = self.level[parent]
        if parent_level not in self.parent:
            return np.empty(0, dtype=np.int64)
        below = self._below(parent_level, parent)
        members: IntArray = below[self.level[below] == level]
        return members

    def children(self, parent: int) -> IntArray:
        """All rows that belong to ``parent`` on any level below it."""
        parent_level = self.level[parent]
        if parent_level not in self.parent:
            return np.empty(0, dtype=np.int64)
        below = self._below(parent_level, parent)
        others: IntArray = below[below != parent]
        return others

    @cached_property
    def _by_parent(self) -> dict[Level, tuple[IntArray, IntArray]]:
        """For each level above the places: rows in the order of their parents, and those parents."""
        orders = {level: np.argsort(parent, kind="stable") for level, parent in self.parent.items()}
        return {level: (order, self.parent[level][order]) for level, order in orders.items()}

    def _below(self, parent_level: Level, parent: int) -> IntArray:
        order, parents = self._by_parent[parent_level]
        first, last = np.searchsorted(parents, (parent, parent + 1))
        return order[first:last]

    @classmethod
    def from_ids(
        cls, ids: list[str], level: NDArray[np.object_], parent_ids: dict[Level, list[str | None]]
    ) -> "Hierarchy":
        """Number the parents; an id that the dataset does not have counts as none."""
        row = {unit_id: number for number, unit_id in enumerate(ids)}
        parent = {
            parent_level: np.array(
                [NO_PARENT if key is None else row.get(key, NO_PARENT) for key in parent_ids[parent_level]],
                dtype=np.int64,
            )
            for parent_level in PARENT_LEVELS
        }
        return cls(level=level, parent=parent)
