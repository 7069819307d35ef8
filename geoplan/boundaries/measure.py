"""How large units are, how long their boundaries, who borders whom: measured at full resolution."""

from collections.abc import Callable

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.adjacency import Adjacency, build_adjacency
from geoplan.boundaries.dataset import Borders, Geometries
from geoplan.errors import DatasetError
from geoplan.messages import Message

FloatArray = NDArray[np.float64]

EQUAL_AREA_CRS = "EPSG:3035"
"""ETRS89 / LAEA Europe."""
GEOGRAPHIC_CRS = "EPSG:4326"
METRE_DIGITS = 3
LEAST_WATER_BORDER_M = 1.0
"""What land and water parts together have more than the land alone, below this, is rounding."""


def _transform(source: str, target: str) -> Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]:
    # Imported here: it opens PROJ's database, which the embedded dataset does not need.
    from pyproj import Transformer  # noqa: PLC0415
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    transform: Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]
    try:
        transform = Transformer.from_crs(source, target, always_xy=True).transform
    except CRSError as error:
        message = Message("The CRS “{value}” is not known.", value=source)
        raise DatasetError(message, value=source) from error
    return transform


def reproject(geometry: Geometries, source: str, target: str) -> Geometries:
    """Transform geometries from one CRS to another; the same vertex always becomes the same vertex.

    Raises
    ------
    DatasetError
        A CRS is not known, or the coordinates do not lie within it.
    """
    transform = _transform(source, target)

    def project(xy: FloatArray) -> FloatArray:
        return np.column_stack(transform(xy[:, 0], xy[:, 1]))

    projected = np.asarray(shapely.transform(geometry, project), dtype=object)
    if not np.isfinite(shapely.get_coordinates(projected)).all():
        message = Message("There are coordinates that do not fit the CRS “{value}”.", value=source)
        raise DatasetError(message, value=source)
    return projected


def lon_lat(xy: FloatArray, crs: str) -> FloatArray:
    """Longitude and latitude (n, 2) of points (n, 2) in ``crs``, degrees in WGS 84."""
    return np.column_stack(_transform(crs, GEOGRAPHIC_CRS)(xy[:, 0], xy[:, 1]))


def area_km2(geometry: Geometries, crs: str) -> FloatArray:
    """(n,) square kilometres, in an equal-area projection."""
    return np.asarray(shapely.area(reproject(geometry, crs, EQUAL_AREA_CRS))) / 1e6


def points_on_surface(geometry: Geometries) -> FloatArray:
    """(n, 2) a point inside each unit, to the metre."""
    return np.round(shapely.get_coordinates(shapely.point_on_surface(geometry)))


def borders(land: Geometries, whole: Geometries) -> Borders:
    """Borders on land, and what comes to them when the water parts of the units count too.

    Both are measured on the rings as published: repairing a ring may move its line.
    """
    on_land = build_adjacency(land)
    has_water = any(one is not other for one, other in zip(land, whole, strict=True))
    through_all = build_adjacency(whole) if has_water else on_land
    water_pairs, water_m = _beyond(through_all, on_land)
    return Borders(
        pairs=on_land.pairs,
        border_m=np.round(on_land.border_m, METRE_DIGITS),
        water_pairs=water_pairs,
        water_border_m=np.round(water_m, METRE_DIGITS),
    )


def _beyond(whole: Adjacency, land: Adjacency) -> tuple[NDArray[np.int64], FloatArray]:
    """Pairs and metres that ``whole`` has beyond ``land``."""
    codes = whole.pairs[:, 0] * whole.count + whole.pairs[:, 1]
    land_codes = land.pairs[:, 0] * land.count + land.pairs[:, 1]
    beyond_m = whole.border_m.copy()
    _, place, land_place = np.intersect1d(codes, land_codes, assume_unique=True, return_indices=True)
    beyond_m[place] -= land.border_m[land_place]
    more = beyond_m > LEAST_WATER_BORDER_M
    return whole.pairs[more], beyond_m[more]


def projection(crs: str) -> Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]:
    """From longitude and latitude, degrees in WGS 84, to x and y in ``crs``."""
    return _transform(GEOGRAPHIC_CRS, crs)
