"""The boundaries of the units, cut into segments that are keyed by their end points."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.errors import InvalidValueError
from geoplan.messages import Message

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
KeyArray = NDArray[np.uint64]
BoolArray = NDArray[np.bool_]
UnitArray = NDArray[np.int32]

_MIX = np.uint64(0xD6E8FEB86659FD93)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_HALF = np.uint64(32)
_LARGEST_CELL = 2.0**62
"""Cells are numbered in 64 bits with a sign."""
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
    holed_from: int
    """From this row on the rings are of polygons with holes."""

    @property
    def key(self) -> KeyArray:
        """(v,) the key of each segment, the same in both directions: the sum of its vertices' keys.

        A row that is no segment has a key of its own.
        """
        keys = self.vertex_key + np.roll(self.vertex_key, -1)
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


def read_segments(geometries: NDArray[np.object_], tolerance_m: float) -> SegmentTable:
    """Cut the rings of ``geometries`` (n polygons or multipolygons, metric CRS) into segments.

    Empty and missing geometries have no segments.

    Raises
    ------
    InvalidValueError
        Not a one-dimensional array, something in it that is no polygon, a coordinate that is not finite
        (both name the index), or a tolerance that is not positive or too fine for the coordinates.
    """
    _check_tolerance(tolerance_m)
    rings, ring_unit, holed_from = _rings(*_polygons(geometries))
    ring_size = shapely.get_num_coordinates(rings).astype(np.int64)
    xy = shapely.get_coordinates(rings)
    unit = np.repeat(ring_unit, ring_size)
    _check_coordinates(xy, unit, tolerance_m)
    keys = vertex_keys(xy, tolerance_m)
    is_segment = np.append(keys[1:] != keys[:-1], np.zeros(min(len(keys), 1), dtype=bool))
    is_segment[np.cumsum(ring_size[ring_size > 0]) - 1] = False
    return SegmentTable(
        xy=xy,
        vertex_key=keys,
        unit=unit,
        is_segment=is_segment,
        ring_size=ring_size,
        holed_from=int(ring_size[:holed_from].sum()),
    )


def _polygons(geometries: NDArray[np.object_]) -> tuple[NDArray[np.object_], IntArray]:
    """The polygons of all units and the unit of each; those of multipart units come last."""
    if geometries.ndim != 1:
        message = Message(
            "Geometries come as an array of one dimension, not of {dimensions}.", dimensions=geometries.ndim
        )
        raise InvalidValueError(message, value=geometries.shape)
    kind = _kinds(geometries)
    single = np.flatnonzero(kind == shapely.GeometryType.POLYGON)
    multipart = np.flatnonzero(kind == shapely.GeometryType.MULTIPOLYGON)
    parts, of_unit = shapely.get_parts(geometries[multipart], return_index=True)
    return np.concatenate([geometries[single], parts]), np.concatenate([single, multipart[of_unit]])


def _rings(polygons: NDArray[np.object_], unit: IntArray) -> tuple[NDArray[np.object_], UnitArray, int]:
    """The rings of the polygons, the unit of each, and the first ring of a polygon with holes.

    Those with holes come last. A polygon without holes stands for its ring, which is not copied out of it.
    """
    has_holes = shapely.get_num_interior_rings(polygons) > 0
    rings, of = shapely.get_rings(polygons[has_holes], return_index=True)
    units = np.concatenate([unit[~has_holes], unit[has_holes][of]])
    whole = polygons[~has_holes]
    return np.concatenate([whole, rings]), units.astype(np.int32), len(whole)


def _kinds(geometries: NDArray[np.object_]) -> NDArray[np.int32]:
    """The type of each geometry, -1 for a missing one; all others are polygons or multipolygons."""
    strange = ~(shapely.is_geometry(geometries) | shapely.is_missing(geometries))
    known = geometries.copy()
    known[strange] = None
    kinds = np.asarray(shapely.get_type_id(known))
    areal = (shapely.GeometryType.MISSING, shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
    strange |= ~np.isin(kinds, areal)
    if strange.any():
        index = int(np.flatnonzero(strange)[0])
        name = getattr(geometries[index], "geom_type", type(geometries[index]).__name__)
        message = Message(
            "Geometry {index} is no polygon or multipolygon, but: {type}.", index=index, type=name
        )
        raise InvalidValueError(message, value=geometries[index])
    return kinds


def _check_tolerance(tolerance_m: float) -> None:
    if not 0 < tolerance_m < np.inf:
        message = Message("The tolerance is a positive number of metres, not {value}.", value=tolerance_m)
        raise InvalidValueError(message, value=tolerance_m)


def _check_coordinates(xy: FloatArray, unit: UnitArray, tolerance_m: float) -> None:
    """Refuse coordinates that are not finite, or whose cell has no number."""
    limit = _LARGEST_CELL * tolerance_m
    if not len(xy) or (xy.min() > -limit and xy.max() < limit):
        return
    row = int(np.flatnonzero(~(np.abs(xy) < limit).all(axis=1))[0])
    x, y = xy[row].tolist()
    if np.isfinite(xy[row]).all():
        template = "Geometry {index} has a coordinate too large for a tolerance of {tolerance} m: ({x}, {y})."
    else:
        template = "Geometry {index} has a coordinate that is not a finite number: ({x}, {y})."
    raise InvalidValueError(
        Message(template, index=int(unit[row]), x=x, y=y, tolerance=tolerance_m), value=(x, y)
    )
