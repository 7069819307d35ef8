import json

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geoplan_maps.wgs84 import geojson_geometry, to_wgs84

CRS = "EPSG:25832"


def _array(*shapes):
    found = np.empty(len(shapes), dtype=object)
    found[:] = shapes
    return found


def test_corners_come_back_within_a_metre():
    square = shapely.box(400_000, 5_750_000, 405_000, 5_755_000)
    (there,) = to_wgs84(_array(square), CRS)
    assert shapely.get_coordinates(there).min(axis=0) == pytest.approx([7.54, 51.89], abs=0.02)
    back = Transformer.from_crs("EPSG:4326", CRS, always_xy=True)
    corners = shapely.get_coordinates(square)
    for longitude, latitude in shapely.get_coordinates(there):
        assert np.hypot(*(corners - back.transform(longitude, latitude)).T).min() < 1.0


def test_rings_run_as_rfc_7946_asks():
    ring = shapely.Polygon([(0, 0), (0, 9), (9, 9), (9, 0)], [[(3, 3), (6, 3), (6, 6), (3, 6)]])
    shape = shapely.transform(ring, lambda xy: xy * 1000 + [400_000, 5_750_000])
    (there,) = to_wgs84(_array(shape), CRS)
    assert shapely.is_ccw(shapely.get_exterior_ring(there))
    assert not shapely.is_ccw(shapely.get_interior_ring(there, 0))


def test_coordinates_have_five_decimals():
    (there,) = to_wgs84(_array(shapely.Point(400_123.456, 5_750_123.456)), CRS)
    written = json.dumps(geojson_geometry(there))
    assert all(len(number.split(".")[1]) <= 5 for number in written.split("[")[1].rstrip("]}").split(", "))


def test_points_that_fall_together_are_dropped():
    line = shapely.LineString([(400_000, 5_750_000), (400_000.01, 5_750_000), (401_000, 5_750_000)])
    (there,) = to_wgs84(_array(line), CRS)
    assert shapely.get_num_coordinates(there) == 2


def test_nothing_to_draw_is_an_unlocated_feature():
    empty, missing = to_wgs84(_array(shapely.Polygon(), None), CRS)
    assert geojson_geometry(empty) is None
    assert geojson_geometry(missing) is None
