"""Build the adjacency of polygons that tile an area: common lines with their length, and point contacts."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.contacts import touching_pairs, without
from geoplan.adjacency.matching import Matches, matching_rows, sum_by_pair
from geoplan.adjacency.noding import LOOSE, NO_SEGMENT, Pieces, node
from geoplan.adjacency.reading import read_segments
from geoplan.adjacency.segments import FloatArray, IntArray, SegmentTable, UnitArray
from geoplan.adjacency.sides import same_side

DEFAULT_TOLERANCE_M = 1e-3
"""One millimetre: far below the precision of published boundaries, far above the noise of reprojection."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjacency:
    """Who borders whom among n units; symmetric and irreflexive by construction."""

    count: int
    """n, the number of units, with those that border nobody."""
    pairs: IntArray
    """(m, 2) units with a common line, i < j, sorted."""
    border_m: FloatArray
    """(m,) metres of common line of each pair."""
    point_pairs: IntArray
    """(k, 2) units that touch in points only, i < j, sorted."""


def build_adjacency(
    geometries: NDArray[np.object_], *, tolerance_m: float = DEFAULT_TOLERANCE_M
) -> Adjacency:
    """Find all pairs of units that share a border line, with its length, and those that touch in points.

    Parameters
    ----------
    geometries
        n polygons or multipolygons in a metric CRS. They should tile an area: units may be multipart,
        lie inside one another, or be islands. Overlaps and gaps below the tolerance do no harm, nor do
        invalid rings. Empty and missing geometries border nobody.
    tolerance_m
        Vertices within this distance, metres, are one place, and a vertex within it of a border lies on
        that border. It has to be far below the distance between the vertices of one ring.

    Raises
    ------
    InvalidValueError
        Not a one-dimensional array, something that is no polygon or has a coordinate that is not finite
        (the message names its index), or a tolerance that is not a positive number.

    Notes
    -----
    A border is the length of the segments that two units have in common; a line that runs through the
    other polygon is none. Units that lie on one another (one given twice) have the lines of their
    boundaries in common, like neighbours; of lines whose vertices differ between such units and others
    some may be missed.

    Time and memory grow with the number of vertices: a hash join of the segments with themselves by
    key, and n log n only for what is left over near other units.
    """
    geometries = np.asarray(geometries, dtype=object)
    segments = read_segments(geometries, tolerance_m)
    matches = matching_rows(segments.key)
    partner = _partners(segments, matches)
    noding = node(segments, partner, tolerance_m)
    borders = [_runs(segments, partner), _pieces(noding.pieces)]
    count = len(geometries)
    one, other, length_m = (np.concatenate(columns) for columns in zip(*borders, strict=True))
    pairs, border_m = sum_by_pair(one, other, length_m, count)
    touching = touching_pairs(segments, partner, noding, count)
    return Adjacency(count=count, pairs=pairs, border_m=border_m, point_pairs=without(touching, pairs, count))


def _partners(segments: SegmentTable, matches: Matches) -> UnitArray:
    """The unit on the other side of each segment.

    Where three segments lie on one another, or two units on the same side of one, polygons overlap. Such
    segments stay loose: what follows from a partner on the other side does not hold for them.
    """
    partner = np.where(segments.is_segment, np.int32(LOOSE), np.int32(NO_SEGMENT))
    one, other = matches.one[: matches.alone], matches.other[: matches.alone]
    overlap = same_side(segments, one, other)
    if overlap.any():
        one, other = one[~overlap], other[~overlap]
    partner[one], partner[other] = segments.unit[other], segments.unit[one]
    return partner


_Borders = tuple[UnitArray, UnitArray, FloatArray]
"""Units on the two sides and metres in common, row by row."""


def _runs(segments: SegmentTable, partner: UnitArray) -> _Borders:
    """Borders by runs of segments with the same partner, taken from the lower unit's side.

    Segments come in ring order, so runs are long: the grouping that follows sorts a few rows per pair
    instead of a few hundred.
    """
    rows = np.flatnonzero(partner > segments.unit)
    if not len(rows):
        return np.empty(0, np.int32), np.empty(0, np.int32), np.empty(0)
    unit, with_unit = segments.unit[rows], partner[rows]
    first = np.flatnonzero(np.append(True, (unit[1:] != unit[:-1]) | (with_unit[1:] != with_unit[:-1])))
    return unit[first], with_unit[first], np.add.reduceat(segments.lengths_m(rows), first)


def _pieces(pieces: Pieces) -> _Borders:
    """Borders by the pieces that the noding made."""
    matches = matching_rows(pieces.key)
    return pieces.unit[matches.one], pieces.unit[matches.other], pieces.length_m[matches.one]
