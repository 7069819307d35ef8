"""How metric geometry becomes the longitudes and latitudes that web maps and GeoJSON speak."""

import json
from functools import cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

DECIMALS = 5
"""Decimals of a degree that are kept: about 1 m, finer than the generalised boundaries."""

Geometries = NDArray[np.object_]


@cache
def _transformer(crs: str) -> Transformer:
    return Transformer.from_crs(crs, "EPSG:4326", always_xy=True)


def to_wgs84(geometries: Geometries, crs: str) -> Geometries:
    """Geometries in ``crs`` (metres) as longitude and latitude in degrees, rounded to :data:`DECIMALS`.

    Rings of polygons run as RFC 7946 asks: outer ones counter-clockwise, holes clockwise. Points that
    fall together by rounding are dropped. Empty and missing geometries stay what they are.
    """

    def project(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.round(np.column_stack(_transformer(crs).transform(xy[:, 0], xy[:, 1])), DECIMALS)

    projected = shapely.transform(np.asarray(geometries, dtype=object), project)
    return np.asarray(shapely.orient_polygons(shapely.remove_repeated_points(projected)), dtype=object)


def geojson_geometry(geometry: shapely.Geometry | None) -> dict[str, Any] | None:
    """The GeoJSON geometry object; ``None`` (GeoJSON: unlocated) where there is nothing to draw."""
    if geometry is None or shapely.is_empty(geometry):
        return None
    written: dict[str, Any] = json.loads(shapely.to_geojson(geometry))
    return written
