"""What may lie within a distance of what: a quick look by boxes that misses nothing."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.adjacency.segments import BoolArray, FloatArray, IntArray, SegmentTable, UnitArray

_BLOCK_ROWS = (32, 4)
"""Rows of a ring that share a box, in the first look and in the second: most rows need no second one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Boxes:
    """Boxes around things."""

    low: FloatArray
    """(b, 2) lower left corners."""
    high: FloatArray
    """(b, 2) upper right corners."""

    @classmethod
    def of_segments(cls, start: FloatArray, end: FloatArray) -> "Boxes":
        """The box of each segment; ends are (b, 2)."""
        return cls(low=np.minimum(start, end), high=np.maximum(start, end))

    def around(self, first: IntArray) -> "Boxes":
        """One box around each run of boxes; ``first`` says where the runs start."""
        return Boxes(
            low=np.minimum.reduceat(self.low, first, axis=0),
            high=np.maximum.reduceat(self.high, first, axis=0),
        )

    def meet(self, rows: IntArray, others: "Boxes", other_rows: IntArray, distance_m: float) -> BoolArray:
        """Whether each of ``rows`` is within the distance of the other box, along both axes."""
        apart = self.low[rows] - others.high[other_rows] > distance_m
        apart |= others.low[other_rows] - self.high[rows] > distance_m
        return np.logical_not(apart[:, 0] | apart[:, 1])

    def pairs_within(self, others: "Boxes", distance_m: float) -> tuple[IntArray, IntArray]:
        """Rows of these and of other boxes within the distance of one another, and perhaps a few more."""
        grown = _diagonals(self.low - distance_m, self.high + distance_m)
        shapes = grown if others is self else _diagonals(others.low, others.high)
        other, one = shapely.STRtree(grown).query(shapes)
        return one, other


def _diagonals(low: FloatArray, high: FloatArray) -> NDArray[np.object_]:
    """A tree sees only boxes, and the diagonal of a box has the same one, made in half the time."""
    return np.asarray(shapely.linestrings(np.stack([low, high], axis=1)), dtype=object)


def near_rows(
    segments: SegmentTable, rows: IntArray, distance_m: float, *, within_unit: bool = False
) -> IntArray:
    """Those of ``rows`` (sorted) that may be within the distance of one of ``rows`` of another ring.

    ``within_unit`` asks for rings of the same unit only.
    """
    ring_of = np.repeat(np.arange(len(segments.ring_size), dtype=np.int32), segments.ring_size)
    for block_rows in _BLOCK_ROWS:
        if not len(rows):
            break
        ring, block = ring_of[rows], rows // block_rows
        first = np.flatnonzero(np.append(True, (ring[1:] != ring[:-1]) | (block[1:] != block[:-1])))
        boxes = Boxes.of_segments(segments.xy.take(rows, axis=0), segments.xy.take(rows + 1, axis=0))
        unit = segments.unit[rows[first]] if within_unit else None
        rows = rows[_near_blocks(boxes, first, ring[first], unit, distance_m)]
    return rows


def _near_blocks(
    boxes: Boxes, first: IntArray, ring: UnitArray, unit: UnitArray | None, distance_m: float
) -> BoolArray:
    """Which boxes are within the distance of a block of another ring; blocks start at ``first``."""
    blocks = boxes.around(first)
    one, other = blocks.pairs_within(blocks, distance_m)
    asked = ring[one] != ring[other]
    if unit is not None:
        asked &= unit[one] == unit[other]
    one, other = one[asked], other[asked]
    size = np.diff(np.append(first, len(boxes.low)))[one]
    rows = np.arange(size.sum()) + np.repeat(first[one] - np.cumsum(size) + size, size)
    near = np.zeros(len(boxes.low), dtype=bool)
    near[rows[boxes.meet(rows, blocks, np.repeat(other, size), distance_m)]] = True
    return near


def vertices_within(xy: FloatArray, distance_m: float) -> tuple[IntArray, IntArray]:
    """All pairs of vertices (v, 2) within the distance of each other, both ways."""
    boxes = Boxes(low=xy, high=xy)
    one, other = boxes.pairs_within(boxes, distance_m)
    near = np.hypot(*(xy[one] - xy[other]).T) <= distance_m
    return one[near], other[near]


def vertices_on_segments(
    xy: FloatArray, start: FloatArray, end: FloatArray, distance_m: float
) -> tuple[IntArray, IntArray]:
    """All vertices (v, 2) and segments (s, 2) from ``start`` to ``end`` within the distance of each other."""
    row, vertex = Boxes.of_segments(start, end).pairs_within(Boxes(low=xy, high=xy), distance_m)
    step, offset = (end - start)[row], xy[vertex] - start[row]
    along = np.clip((step * offset).sum(axis=1) / (step * step).sum(axis=1), 0, 1)
    near = np.hypot(*(offset - along[:, None] * step).T) <= distance_m
    return vertex[near], row[near]
