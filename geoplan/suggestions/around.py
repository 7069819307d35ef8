"""Which units lie nearest to a group, found in a grid: the work grows with the answer only."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

_CELL_POINTS = 32
"""Points of a cell of the grid, on average."""
_SLACK = 1e-6
"""Metres and share by which a circle is drawn larger, so that rounding leaves nobody out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PointGrid:
    """Units and their points, sorted into the cells of a grid."""

    rows: IntArray
    """(n,) units, ascending."""
    xy: FloatArray
    """(n, 2) metres."""
    low: FloatArray
    """(2,) the lower left corner of the grid."""
    cell_m: float
    shape: tuple[int, int]
    """Columns and lines."""
    place: IntArray
    """(n,) places in ``rows``, cell by cell, line by line."""
    cell_start: IntArray
    """(cells + 1,) where each cell starts in ``place``."""

    @classmethod
    def of(cls, rows: IntArray, xy: FloatArray) -> "PointGrid":
        """Sort points into cells; ``rows`` are ascending."""
        low, high = (xy.min(axis=0), xy.max(axis=0)) if len(xy) else (np.zeros(2), np.zeros(2))
        width, height = (high - low).tolist()
        cell_m = max(float(np.sqrt(width * height * _CELL_POINTS / max(len(xy), 1))), 1.0)
        cell_m = max(cell_m, max(width, height) * _CELL_POINTS / max(len(xy), 1))  # points along a line
        shape = (int(width / cell_m) + 1, int(height / cell_m) + 1)
        column, line = ((xy - low) / cell_m).astype(np.int64).T
        cell = line * shape[0] + column
        start = np.zeros(shape[0] * shape[1] + 1, dtype=np.int64)
        np.cumsum(np.bincount(cell, minlength=len(start) - 1), out=start[1:])
        return cls(
            rows=rows, xy=xy, low=low, cell_m=cell_m, shape=shape,
            place=np.argsort(cell, kind="stable"), cell_start=start,
        )  # fmt: skip

    def nearest(self, group: IntArray, points: FloatArray, count: int) -> IntArray:
        """The ``count`` units with the least mean distance to a group, and those of the group; ascending.

        ``points`` are those of the group. No unit is nearer in the mean than its distance to the middle of
        the group says: so all that can be among the nearest lie in a circle around that middle, which is as
        large as the mean distance of the last one found so far.
        """
        if len(self.rows) <= count + len(group):
            return self.rows
        middle, radius, needed = points.mean(axis=0), self.cell_m, np.inf
        best = np.empty(0, dtype=np.int64)
        while needed > radius:
            found = self._within(middle, radius)
            found = found[~np.isin(self.rows[found], group)]
            if len(found) < count:
                radius *= 2
                continue
            distance = self._distances(found, points)
            order = np.argpartition(distance, count - 1)[:count]
            best, needed = found[order], distance[order].max() / len(points) * (1 + _SLACK) + _SLACK
            if needed > radius:
                radius, needed = needed, np.inf
        return np.union1d(self.rows[best], self._known(group))

    def _distances(self, place: IntArray, points: FloatArray) -> FloatArray:
        """The sum of the distances of each place to the points."""
        distance = np.zeros(len(place))
        for x, y in points.tolist():
            distance += np.sqrt((self.xy[place, 0] - x) ** 2 + (self.xy[place, 1] - y) ** 2)
        return distance

    def _known(self, group: IntArray) -> IntArray:
        """Those of a group that are in the grid."""
        place = np.minimum(np.searchsorted(self.rows, group), len(self.rows) - 1)
        known: IntArray = group[self.rows[place] == group]
        return known

    def _within(self, middle: FloatArray, radius: float) -> IntArray:
        """Places in ``rows`` of the points in a circle."""
        first = np.clip(((middle - radius - self.low) // self.cell_m).astype(np.int64), 0, None)
        last = np.minimum(((middle + radius - self.low) // self.cell_m).astype(np.int64) + 1, self.shape)
        lines = np.arange(first[1], last[1]) * self.shape[0]
        parts = [
            self.place[self.cell_start[start] : self.cell_start[end]]
            for start, end in zip((lines + first[0]).tolist(), (lines + last[0]).tolist(), strict=True)
            if end > start
        ]
        place = np.concatenate([np.empty(0, dtype=np.int64), *parts])
        step = self.xy[place] - middle
        within: IntArray = place[np.sqrt(step[:, 0] ** 2 + step[:, 1] ** 2) <= radius]
        return within
