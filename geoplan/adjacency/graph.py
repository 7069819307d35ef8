"""The borders of one level as a graph in compressed rows: immutable, isolates present."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class BorderGraph:
    """Who borders whom among n units of one level; units are numbered 0 … n - 1."""

    row_start: IntArray
    """(n + 1,) where the neighbours of each unit start."""
    neighbour: IntArray
    """(2m,) the neighbours, row by row, sorted within a row."""
    border_m: FloatArray
    """(2m,) metres of common line with each neighbour."""

    @classmethod
    def from_pairs(cls, count: int, pairs: IntArray, border_m: FloatArray) -> "BorderGraph":
        """Build the graph of ``count`` units from unordered pairs (m, 2) and their border lengths (m,)."""
        one = np.concatenate([pairs[:, 0], pairs[:, 1]])
        other = np.concatenate([pairs[:, 1], pairs[:, 0]])
        order = np.lexsort((other, one))
        row_start = np.zeros(count + 1, dtype=np.int64)
        np.cumsum(np.bincount(one, minlength=count), out=row_start[1:])
        return cls(row_start=row_start, neighbour=other[order], border_m=np.tile(border_m, 2)[order])

    @property
    def count(self) -> int:
        """n, the number of units."""
        return len(self.row_start) - 1

    @property
    def pair_count(self) -> int:
        """m, the number of pairs with a common line."""
        return len(self.neighbour) // 2

    @cached_property
    def total_border_m(self) -> float:
        """Metres of all borders, each counted once."""
        return float(self.border_m.sum()) / 2

    @cached_property
    def shared_border_m(self) -> FloatArray:
        """(n,) metres that each unit shares with neighbours; its outer border and coast are not in it."""
        return self.along_borders(np.ones(self.count))

    @cached_property
    def pairs(self) -> IntArray:
        """(m, 2) pairs with i < j, sorted."""
        once = self._unit < self.neighbour
        return np.column_stack([self._unit[once], self.neighbour[once]])

    @cached_property
    def pair_border_m(self) -> FloatArray:
        """(m,) metres of each of :attr:`pairs`."""
        return self.border_m[self._unit < self.neighbour]

    @cached_property
    def _unit(self) -> IntArray:
        """(2m,) the unit whose neighbour it is."""
        return np.repeat(np.arange(self.count), np.diff(self.row_start))

    def along_borders(self, value: FloatArray) -> FloatArray:
        """For each unit the sum over its neighbours of metres in common × the neighbour's ``value`` (n,)."""
        weighted = self.border_m * value[self.neighbour]
        return np.bincount(self._unit, weighted, minlength=self.count).astype(np.float64)

    def neighbours(self, unit: int) -> tuple[IntArray, FloatArray]:
        """The neighbours of ``unit`` and the metres it shares with each."""
        row = slice(self.row_start[unit], self.row_start[unit + 1])
        return self.neighbour[row], self.border_m[row]

    def of(self, units: IntArray) -> tuple[IntArray, IntArray, FloatArray]:
        """All neighbours of ``units``, one after the other: the place in ``units``, neighbour, metres."""
        start, size = self.row_start[units], self.row_start[units + 1] - self.row_start[units]
        row = np.arange(size.sum()) + np.repeat(start - np.cumsum(size) + size, size)
        return np.repeat(np.arange(len(units)), size), self.neighbour[row], self.border_m[row]

    def between(self, unit: int, other: int) -> float:
        """Metres of common line of two units; 0 where they do not border."""
        neighbours, border_m = self.neighbours(unit)
        place = int(np.searchsorted(neighbours, other))
        return float(border_m[place]) if place < len(neighbours) and neighbours[place] == other else 0.0

    def orders(self, start: IntArray, limit: int) -> dict[int, int]:
        """Breadth first from ``start``: each unit within ``limit`` steps and its order (0 for the start)."""
        found = {int(unit): 0 for unit in start}
        ring = list(found)
        for order in range(1, limit + 1):
            reached: list[int] = []
            for unit in ring:
                for neighbour in self.neighbour[self.row_start[unit] : self.row_start[unit + 1]].tolist():
                    if neighbour not in found:
                        found[neighbour] = order
                        reached.append(neighbour)
            ring = reached
        return found

    def grouped(self, group: IntArray, group_count: int) -> "BorderGraph":
        """The borders between groups of units; ``group`` (n,) numbers each unit's group, -1 for none."""
        pairs, length = self.pairs, self.pair_border_m
        one, other = group[pairs[:, 0]], group[pairs[:, 1]]
        between = (one != other) & (one >= 0) & (other >= 0)
        low, high = np.minimum(one, other)[between], np.maximum(one, other)[between]
        codes, row = np.unique(low * group_count + high, return_inverse=True)
        grouped = np.column_stack([codes // max(group_count, 1), codes % max(group_count, 1)])
        border_m = np.bincount(row, length[between], minlength=len(codes)).astype(np.float64)
        return BorderGraph.from_pairs(group_count, grouped, border_m)
