import json
from dataclasses import replace

import pytest
import shapely

from geoplan.suggestions.result import Role
from geoplan_maps import scene
from geoplan_maps.scene import LAYERS, build_scene


def _ids(found, layer):
    return [feature["id"] for feature in found.layers[layer]["features"]]


def _points(found):
    shapes = [
        shapely.from_geojson(json.dumps(feature["geometry"]))
        for layer in found.layers.values()
        for feature in layer["features"]
    ]
    return int(shapely.get_num_coordinates(shapes).sum())


@pytest.fixture
def with_coordinator(world, answer):
    """The same suggestions, with the county at the end as the coordinator."""
    county = replace(answer.suggestions[-1], unit=world.unit("01001"), role=Role.COORDINATOR, score=0.2)
    return replace(answer, suggestions=(*answer.suggestions, county))


def test_layers_from_the_bottom_up(world, answer):
    assert tuple(build_scene(world, answer).layers) == LAYERS


def test_each_unit_is_drawn_in_one_layer(world, answer):
    found = build_scene(world, answer)
    assert _ids(found, "unit") == ["01001000"]
    assert _ids(found, "partners") == ["01001001"]
    assert _ids(found, "suggestions") == [one.unit.id for one in answer.suggestions]
    drawn = [_ids(found, layer) for layer in ("unit", "partners", "suggestions", "surroundings")]
    flat = [unit for layer in drawn for unit in layer]
    assert len(flat) == len(set(flat))


def test_surroundings_are_neighbours_of_neighbours(world, answer):
    alone = replace(answer, partners=(), suggestions=())
    around = _ids(build_scene(world, alone), "surroundings")
    assert around == ["01001001", "01001006", "01001007", "01001012", "01002002"]


def test_surroundings_of_a_county_are_its_neighbours(world, answer):
    county = replace(answer, unit=world.unit("01001"), partners=(), suggestions=())
    assert _ids(build_scene(world, county), "surroundings") == ["01002"]


def test_land_and_lines_are_drawn(world, answer):
    found = build_scene(world, answer)
    assert [_ids(found, layer) for layer in ("land", "counties", "states")] == [
        ["land"],
        ["counties"],
        ["states"],
    ]


def test_view_opens_on_what_was_asked_about(world, answer):
    (south, west), (north, east) = build_scene(world, answer).bounds
    assert (south, west) == pytest.approx((51.89, 7.54), abs=0.02)
    assert (north, east) == pytest.approx((52.03, 7.76), abs=0.02)


def test_a_coordinator_lies_below_and_does_not_widen_the_view(world, answer, with_coordinator):
    found = build_scene(world, with_coordinator)
    properties = found.layers["suggestions"]["features"][0]["properties"]
    assert (properties["name"], properties["rank"], properties["sign"]) == ("Landkreis Ort 01001", 6, "above")
    assert found.bounds == build_scene(world, answer).bounds


def test_coordinators_alone_are_in_view(world, with_coordinator):
    only = replace(with_coordinator, suggestions=with_coordinator.suggestions[-1:])
    _, (north, _) = build_scene(world, only).bounds
    assert north == pytest.approx(52.03, abs=0.02)


def test_signs_follow_the_score(world, answer):
    features = build_scene(world, answer).layers["suggestions"]["features"]
    signs = [feature["properties"]["sign"] for feature in features]
    assert signs == ["step-5", "step-4", "step-3", "step-3", "step-2"]


def test_labels_by_priority(world, answer):
    labels = build_scene(world, answer).layers["labels"]["features"]
    parts = [(label["properties"]["part"], label["properties"]["rank"]) for label in labels]
    assert parts == [("unit", None), ("partner", None), *[("suggestion", rank) for rank in range(1, 6)]]


def test_a_map_with_too_many_points_is_made_coarser(atlas, ask, monkeypatch):
    place = atlas.unit("05570044")
    question = replace(ask(atlas), unit=place, partners=(), suggestions=())
    fine = build_scene(atlas, question)
    monkeypatch.setattr(scene, "MAX_COORDINATES", _points(fine) // 3)
    coarse = build_scene(atlas, question)
    assert _points(coarse) <= _points(fine) // 3
    assert _ids(coarse, "surroundings") == _ids(fine, "surroundings")


def test_a_map_that_cannot_be_coarser_is_drawn_all_the_same(world, answer, monkeypatch):
    monkeypatch.setattr(scene, "MAX_COORDINATES", 1)
    assert _ids(build_scene(world, answer), "unit") == ["01001000"]
