"""Which features lie in a box: ``bbox`` and ``bbox-crs``."""

import math

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan_api.ogc.crs import bounds_in, into_storage, northing_first
from geoplan_api.ogc.served import Served

Box = tuple[float, float, float, float]
_FLAT, _WITH_HEIGHT = 4, 6
_PARTS = 64
"""A side of a box is no straight line in another CRS: it is followed in so many steps."""


def read_box(text: str, crs: str) -> Box:
    """A box as ``bbox`` gives it: x and y of the lower left and the upper right corner; heights are dropped.

    Raises
    ------
    InvalidValueError
        Not four or six finite numbers, or the lower bound lies above the upper one.
    """
    try:
        given = [float(part) for part in text.split(",")]
    except ValueError:
        given = []
    if len(given) == _WITH_HEIGHT:
        given = [*given[:2], *given[3:5]]
    if len(given) != _FLAT or not all(math.isfinite(value) for value in given):
        message = Message(
            "The parameter “bbox” has four numbers, parted by commas, not “{value}”.", value=text[:200]
        )
        raise InvalidValueError(message, value=text)
    west, south, east, north = [
        given[place] for place in ((1, 0, 3, 2) if northing_first(crs) else (0, 1, 2, 3))
    ]
    over_antimeridian = crs.rpartition("/")[2] in ("CRS84", "4326", "4258")
    if south > north or (west > east and not over_antimeridian):
        message = Message(
            "In the parameter “bbox” the lower corner lies above the upper one: “{value}”.", value=text[:200]
        )
        raise InvalidValueError(message, value=text)
    return west, south, east, north


def areas_of(served: Served, box: Box, crs: str) -> list[shapely.Geometry] | None:
    """What ``box`` covers of the collection, in the CRS of its table; ``None`` where that is all of it."""
    if not len(served.table):
        return []
    west, south, east, north = box
    # Over the antimeridian a box is two; the atlas lies on one side of it.
    parts = [box] if west <= east else [(west, south, 180.0, north), (-180.0, south, east, north)]
    areas = [_area(served, part, crs) for part in parts]
    return (
        None if None in areas else [area for area in areas if area is not None and not shapely.is_empty(area)]
    )


def rows_in(served: Served, box: Box, crs: str) -> NDArray[np.int64]:
    """The rows whose geometry has a place in common with ``box``, sorted."""
    areas = areas_of(served, box, crs)
    if areas is None:
        return np.arange(len(served.table))
    found = [served.index.query(area, predicate="intersects") for area in areas]
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *found]))


def _area(served: Served, box: Box, crs: str) -> shapely.Geometry | None:
    extent = bounds_in(served.bounds, served.table.crs, crs)
    low, high = np.maximum(box[:2], extent[:2]), np.minimum(box[2:], extent[2:])
    if (low > high).any():
        return shapely.Polygon()
    if (low == extent[:2]).all() and (high == extent[2:]).all():
        return None
    asked = shapely.box(*low.tolist(), *high.tolist())
    asked = shapely.segmentize(asked, max(float((high - low).max()) / _PARTS, 1e-9))
    if northing_first(crs):
        asked = shapely.transform(asked, lambda xy: xy[:, ::-1])
    return into_storage(asked, crs, served.table.crs)
