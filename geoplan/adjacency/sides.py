"""Whether two units lie on the same side of a segment that is part of both boundaries."""

import numpy as np

from geoplan.adjacency.segments import BoolArray, IntArray, SegmentTable


def same_side(segments: SegmentTable, one: IntArray, other: IntArray) -> BoolArray:
    """Whether the units of matching rows overlap along them.

    Rings mostly turn the same way, and then neighbours run along their border in opposite directions.
    Only where they do not, the area of the rings is asked which way they turn.
    """
    same = segments.vertex_key.take(one) == segments.vertex_key.take(other)
    asked = np.flatnonzero(same)
    if len(asked):
        same[asked] = ~np.logical_xor(
            unit_is_left(segments, one[asked]), unit_is_left(segments, other[asked])
        )
    return np.asarray(same)


def unit_is_left(segments: SegmentTable, rows: IntArray) -> BoolArray:
    """Whether the unit lies to the left of each of ``rows``: by the signed area of its ring."""
    end = np.cumsum(segments.ring_size)
    ring, place = np.unique(np.searchsorted(end, rows, side="right"), return_inverse=True)
    size = segments.ring_size[ring]
    first = np.cumsum(size) - size
    # Measured from its own start, the last vertex of a ring is zero, and so is the first of the next.
    row = np.arange(size.sum()) + np.repeat(end[ring] - size - first, size)
    x, y = (segments.xy[row] - segments.xy[np.repeat(end[ring] - size, size)]).T
    area = np.add.reduceat(x * np.roll(y, -1) - np.roll(x, -1) * y, first)
    return np.logical_xor(area > 0, segments.is_hole[ring])[place]
