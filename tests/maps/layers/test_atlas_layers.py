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
    return shapely.build_area(shapely.MultiLineString(mine)).area * pixel_km(layer, latitude) ** 2


def pixel_km(layer, latitude):
    return 40_075.017 / (256 * 2 ** layer["zoom"]) * np.cos(np.radians(latitude))


def km_of(layer, lines, latitude=51.0):
    return sum(shapely.LineString(line).length for line in lines) * pixel_km(layer, latitude)


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


@pytest.mark.parametrize("excerpt", ["around/07233", "outline of 05570"])
def test_the_rim_of_an_excerpt_is_no_border_of_the_country(atlas, layers, excerpt):
    """A line at the rim is drawn as what it is: most part counties, some states, few lie at the frontier."""
    outline = excerpt.startswith("outline")
    layer = json.loads(layers.excerpt_bytes("05570", 2)) if outline else document(layers, excerpt)
    lines, _, other = lines_of(layer)
    km = {code: km_of(layer, [lines[arc] for arc in np.flatnonzero(other == code)]) for code in (-1, -2, -3)}
    rows = np.array([atlas.units.row(area) for area in layer["ids"]])
    state, inside = atlas.hierarchy.parent[Level.STATE], np.zeros(len(atlas.units), dtype=bool)
    inside[rows] = True
    borders = atlas.level_borders(Level.COUNTY if outline else Level.MUNICIPALITY)
    place, beyond, metres = borders.of(rows)
    rim, foreign = ~inside[beyond], state[beyond] != state[rows[place]]
    # Both are drawn coarser than they were measured.
    assert km[-2] == pytest.approx(metres[rim & ~foreign].sum() / 1000, rel=0.2)
    assert km[-3] == pytest.approx(metres[rim & foreign].sum() / 1000, rel=0.2)
    assert 100 < km[-1] < km[-2]


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
