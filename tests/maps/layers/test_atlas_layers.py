import gzip
import json

import numpy as np
import pytest
import shapely

from geoplan import Level
from geoplan.errors import UnknownUnitError
from geoplan_maps.layers import MapLayers
from tests.maps.layers.test_digits import read

FIRST_VIEW_BYTES = 110_000


@pytest.fixture(scope="module")
def layers(atlas):
    return MapLayers(atlas=atlas)


def document(layers, name):
    return json.loads(layers.layer_bytes(name))


def lines_of(layer):
    """Points and sides of the lines of a layer."""
    points = np.cumsum(np.array(read(layer["arcs"]["points"])).reshape(-1, 2), axis=0)
    sides = np.array(read(layer["arcs"]["sides"])).reshape(-1, 2)
    one = np.cumsum(sides[:, 0])
    other = np.where(sides[:, 1] < 0, sides[:, 1], one + sides[:, 1])
    ends = np.cumsum(read(layer["arcs"]["lengths"]))
    return np.split(points + layer["origin"], ends[:-1]), one, other


def area_km2(layer, number, latitude):
    lines, one, other = lines_of(layer)
    mine = [shapely.LineString(lines[arc]) for arc in np.flatnonzero((one == number) | (other == number))]
    pixel_km = 40_075.017 / (256 * 2 ** layer["zoom"]) * np.cos(np.radians(latitude))
    return shapely.build_area(shapely.MultiLineString(mine)).area * pixel_km**2


def test_first_view_is_light(layers):
    assert len(gzip.compress(layers.layer_bytes("outline"), 9)) < FIRST_VIEW_BYTES


def test_all_counties_and_regions_are_in_the_outline(atlas, layers):
    outline = document(layers, "outline")
    assert outline["level"] == "county"
    assert len(outline["ids"]) == len(layers.county_ids) == atlas.counts()["county"]
    regions = outline["above"]["metropolitan-region"]
    members = regions["members"][regions["ids"].index("mr-nuernberg")]
    rows = atlas.regions.members[atlas.units.row("mr-nuernberg")]
    assert {outline["ids"][number] for number in members} == {atlas.units.ids[row] for row in rows}
    assert outline["ids"].index("05515") in outline["cities"]


@pytest.mark.parametrize(("name", "unit"), [("outline", "05570"), ("places", "05570044"),
                                            ("places/05570", "05570044")])  # fmt: skip
def test_areas_are_true_to_size(atlas, layers, name, unit):
    layer = document(layers, name)
    known = atlas.units[unit]
    drawn = area_km2(layer, layer["ids"].index(unit), known.latitude)
    assert drawn == pytest.approx(known.area_km2, rel=0.02)


def test_a_county_tells_what_lies_beyond(layers):
    layer = document(layers, "places/05570")
    _, one, other = lines_of(layer)
    assert set(one) == set(range(len(layer["ids"])))
    assert {-2, -3} <= set(other.tolist()) and -1 not in other  # other counties, Lower Saxony; no coast
    _, _, beyond = lines_of(document(layers, "places/01054"))
    assert -1 in beyond


def test_there_is_no_layer_of_another_name(layers):
    with pytest.raises(UnknownUnitError, match="0557"):
        layers.layer_bytes("places/0557")


def test_a_small_world_of_other_keys(grid):
    layers = MapLayers(atlas=grid)
    assert layers.names() == ("outline", "places", "places/c0", "places/c1", "places/c2", "places/c3")
    assert layers.outline_level == Level.COUNTY
    places = document(layers, "places")
    assert places["unincorporated"] == [places["ids"].index("m12")]
    assert len(document(layers, "places/c0")["ids"]) == 8


def test_the_version_is_that_of_the_data(atlas, layers, grid):
    assert MapLayers(atlas=atlas).version == layers.version != MapLayers(atlas=grid).version
