"""From polygons to the table of their segments, with what is wrong named by its index."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.adjacency.segments import BoolArray, FloatArray, IntArray, SegmentTable, UnitArray, vertex_keys
from geoplan.errors import InvalidValueError
from geoplan.messages import Message

_LARGEST_CELL = 2.0**62
"""Cells are numbered in 64 bits with a sign."""


def read_segments(
    geometries: NDArray[np.object_], tolerance_m: float, *, first_unit: int = 0
) -> SegmentTable:
    """Cut the rings of ``geometries`` (n polygons or multipolygons, metric CRS) into segments.

    Empty and missing geometries have no segments. ``first_unit`` is the number of the first one where
    they are part of more.

    Raises
    ------
    InvalidValueError
        Not a one-dimensional array, something in it that is no polygon, a coordinate that is not finite
        (both name the index), or a tolerance that is not positive or too fine for the coordinates.
    """
    _check_tolerance(tolerance_m)
    rings = _rings(*_polygons(geometries, first_unit))
    xy = shapely.get_coordinates(rings.shape)
    unit = np.repeat(rings.unit, rings.size)
    _check_coordinates(xy, unit, tolerance_m)
    keys = vertex_keys(xy, tolerance_m)
    is_segment = np.append(keys[1:] != keys[:-1], np.zeros(min(len(keys), 1), dtype=bool))
    is_segment[np.cumsum(rings.size) - 1] = False
    return SegmentTable(
        xy=xy,
        vertex_key=keys,
        unit=unit,
        is_segment=is_segment,
        ring_size=rings.size,
        is_hole=rings.is_hole,
        holed_from=rings.holed_from,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rings:
    """The rings of all units; none is empty."""

    shape: NDArray[np.object_]
    """(r,) rings, and polygons without holes in place of their ring, which would be copied out of them."""
    size: IntArray
    unit: UnitArray
    is_hole: BoolArray
    holed_from: int


def _polygons(geometries: NDArray[np.object_], first_unit: int) -> tuple[NDArray[np.object_], IntArray]:
    """The polygons of all units and the unit of each; those of multipart units come last."""
    if geometries.ndim != 1:
        message = Message(
            "Geometries come as an array of one dimension, not of {dimensions}.", dimensions=geometries.ndim
        )
        raise InvalidValueError(message, value=geometries.shape)
    kind = _kinds(geometries, first_unit)
    single = np.flatnonzero(kind == shapely.GeometryType.POLYGON)
    multipart = np.flatnonzero(kind == shapely.GeometryType.MULTIPOLYGON)
    parts, of_unit = shapely.get_parts(geometries[multipart], return_index=True)
    unit = first_unit + np.concatenate([single, multipart[of_unit]])
    return np.concatenate([geometries[single], parts]), unit


def _rings(polygons: NDArray[np.object_], unit: IntArray) -> _Rings:
    """The rings of the polygons, those of polygons with holes last."""
    there = ~shapely.is_empty(polygons)
    polygons, unit = polygons[there], unit[there]
    has_holes = shapely.get_num_interior_rings(polygons) > 0
    whole = polygons[~has_holes]
    rings, of = shapely.get_rings(polygons[has_holes], return_index=True)
    shape = np.concatenate([whole, rings])
    size = np.asarray(shapely.get_num_coordinates(shape), dtype=np.int64)
    is_hole = np.zeros(len(shape), dtype=bool)
    is_hole[len(whole) + 1 :] = of[1:] == of[:-1]
    return _Rings(
        shape=shape,
        size=size,
        unit=np.concatenate([unit[~has_holes], unit[has_holes][of]]).astype(np.int32),
        is_hole=is_hole,
        holed_from=int(size[: len(whole)].sum()),
    )


def _kinds(geometries: NDArray[np.object_], first_unit: int) -> NDArray[np.int32]:
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
            "Geometry {index} is no polygon or multipolygon, but: {type}.",
            index=first_unit + index,
            type=name,
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
