"""For which features a spatial comparison of CQL2 holds: geometry of the collection and a given one."""

import json
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan_api.ogc.crs import into_storage
from geoplan_api.ogc.filters import GEOMETRY, Expression
from geoplan_api.ogc.operands import unusable
from geoplan_api.ogc.served import Served

Predicate = Literal["intersects", "within", "contains", "touches", "overlaps", "crosses"]
SPATIAL: Mapping[str, tuple[Predicate, Predicate]] = {
    "s_intersects": ("intersects", "intersects"),
    "s_disjoint": ("intersects", "intersects"),
    "s_within": ("contains", "within"),
    "s_contains": ("within", "contains"),
    "s_touches": ("touches", "touches"),
    "s_overlaps": ("overlaps", "overlaps"),
    "s_crosses": ("crosses", "crosses"),
    "s_equals": ("intersects", "intersects"),
}
"""What the given geometry is to that of a feature: where it stands second, and where it stands first."""
_PARTS = 64
_PROPERTY = {"property": GEOMETRY}


def spatial_rows(name: str, parts: list[Expression], served: Served, crs: str) -> NDArray[np.int64]:
    """The rows of which the comparison ``name`` holds.

    Raises
    ------
    InvalidValueError
        Not the geometry of the collection and another one, or a geometry that is none.
    """
    given, given_first = given_geometry(name, parts, served, crs)
    if not len(served.table):
        return np.empty(0, dtype=np.int64)
    rows = served.index.query(given, predicate=SPATIAL[name][given_first])
    if name == "s_equals":
        rows = rows[shapely.equals(served.geometry[rows], given)]
    if name == "s_disjoint":
        return np.setdiff1d(np.arange(len(served.table)), rows)
    return np.sort(rows)


def given_geometry(
    name: str, parts: list[Expression], served: Served, crs: str
) -> tuple[shapely.Geometry, bool]:
    """What the geometries are compared with, in the CRS of the collection, and whether it stands first.

    Raises
    ------
    InvalidValueError
        As :func:`spatial_rows`.
    """
    if len(parts) != 2 or (parts[0] == _PROPERTY) == (parts[1] == _PROPERTY):
        raise unusable({"op": name, "args": parts})
    given_first = parts[1] == _PROPERTY
    return _geometry(parts[0 if given_first else 1], served, crs), given_first


def _geometry(part: Expression, served: Served, crs: str) -> shapely.Geometry:
    """A literal in the CRS of the collection, followed in small steps along its lines."""
    shape = _literal(part)
    if shape is None or shapely.is_empty(shape) or not shapely.is_valid(shape):
        raise unusable(part)
    west, south, east, north = shapely.bounds(shape).tolist()
    longest = max(east - west, north - south)
    there = into_storage(
        shapely.segmentize(shape, longest / _PARTS) if longest else shape, crs, served.table.crs
    )
    if not np.isfinite(shapely.get_coordinates(there)).all():
        message = Message(
            "A geometry of the filter lies outside the area of the coordinate system of the data."
        )
        raise InvalidValueError(message, value=shapely.to_wkt(shape)[:200])
    return there


def _literal(part: Expression) -> shapely.Geometry | None:
    match part:
        case {"bbox": [_, _, _, _] as box} | {"bbox": [_, _, _, _, _, _] as box}:
            return _box(box)
        case {"type": str(), **_rest}:
            try:
                shape: shapely.Geometry = shapely.from_geojson(json.dumps(part))
            except (shapely.GEOSException, ValueError):
                return None
            flat: shapely.Geometry = shapely.force_2d(shape)
            return flat
    return None


def _box(box: list[Any]) -> shapely.Geometry | None:
    flat = box if len(box) == 4 else [*box[:2], *box[3:5]]
    if not all(isinstance(value, int | float) for value in flat):
        return None
    box_shape: shapely.Geometry = shapely.box(*flat)
    return box_shape
