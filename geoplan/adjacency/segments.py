"""The boundaries of the units, cut into segments that are keyed by their end points."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
KeyArray = NDArray[np.uint64]
BoolArray = NDArray[np.bool_]
UnitArray = NDArray[np.int32]

_MIX = np.uint64(0xD6E8FEB86659FD93)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_BLOCK_ROWS = 1 << 15


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentTable:
    """The boundaries of n units, ring after ring.

    Row r is vertex r, and the segment from it to vertex r + 1 where ``is_segment`` says so. So a segment
    costs no more memory than its first vertex, and rows that follow one another are a run of a ring.
    """

    xy: FloatArray
    """(v, 2) the vertices, metres."""
    vertex_key: KeyArray
    """(v,) equal keys are one place within the tolerance."""
    unit: UnitArray
    """(v,) the unit whose boundary the row is part of."""
    is_segment: BoolArray
    """(v,) false at the last vertex of a ring, and where the next vertex is the same place."""
    ring_size: IntArray
    """(r,) vertices of each ring."""
    is_hole: BoolArray
    """(r,) whether the unit lies outside the ring."""
    holed_from: int
    """From this row on the rings are of polygons with holes."""

    @property
    def key(self) -> KeyArray:
        """(v,) the key of each segment, the same in both directions: the sum of its vertices' keys.

        A row that is no segment has a key of its own.
        """
        keys = np.empty_like(self.vertex_key)
        np.add(self.vertex_key[:-1], self.vertex_key[1:], out=keys[:-1])
        keys[-1:] = self.vertex_key[-1:]
        no_segment = np.flatnonzero(~self.is_segment)
        keys[no_segment] = _mixed(no_segment.view(np.uint64) + _SPREAD)
        return keys

    def lengths_m(self, rows: IntArray) -> FloatArray:
        """The length of each of ``rows``, metres."""
        lengths = np.empty(len(rows))
        for block in blocks_of(len(rows)):
            first = rows[block]
            step = self.xy.take(first + 1, axis=0) - self.xy.take(first, axis=0)
            lengths[block] = np.sqrt(step[:, 0] ** 2 + step[:, 1] ** 2)
        return lengths


def blocks_of(count: int) -> list[slice]:
    """``count`` rows in blocks so small that what is between the steps of one stays in the cache."""
    return [slice(start, min(start + _BLOCK_ROWS, count)) for start in range(0, count, _BLOCK_ROWS)]


def _mixed(values: KeyArray) -> KeyArray:
    """Scatter the bits of ``values`` in place (multiply and xorshift, twice): sums of them rarely collide."""
    values ^= values >> _HALF
    values *= _MIX
    values ^= values >> _HALF
    values *= _MIX
    values ^= values >> _HALF
    return values


def vertex_keys(xy: FloatArray, tolerance_m: float) -> KeyArray:
    """One key per vertex; vertices in the same cell of a grid of ``tolerance_m`` share it.

    Two places have the same key by chance only: one pair in 2^64.
    """
    keys = np.empty(len(xy), dtype=np.uint64)
    for block in blocks_of(len(xy)):
        cells = np.rint(xy[block] * (1.0 / tolerance_m)).astype(np.int64).view(np.uint64)
        keys[block] = _mixed(cells[:, 0] * _SPREAD + _mixed(cells[:, 1].copy()))
    return keys
