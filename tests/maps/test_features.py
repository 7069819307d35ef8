import json

import numpy as np
import pytest
import shapely

from geoplan_maps import suggestion_features, unit_features


def test_suggestions_as_reviewed(world, answer, golden):
    collection = suggestion_features(world, answer, "en")
    golden("suggestion_features.geojson", json.dumps(collection, indent=1, ensure_ascii=False) + "\n")


def test_one_feature_per_suggestion_best_first(world, answer):
    features = suggestion_features(world, answer, "de")["features"]
    assert [feature["id"] for feature in features] == [one.unit.id for one in answer.suggestions]
    assert [feature["properties"]["rank"] for feature in features] == [1, 2, 3, 4, 5]
    assert {"id", "name", "rank", "score", "role", "type", "reasons"} <= features[0]["properties"].keys()


def test_reasons_are_sentences_in_the_language(world, answer):
    for lang, number in (("de", "1.000,5"), ("en", "1,000.5")):
        properties = suggestion_features(world, answer, lang)["features"][0]["properties"]
        assert properties["reasons"][0] == f"reason {number}"
        assert sum(part["contribution"] for part in properties["contributions"]) == pytest.approx(
            properties["score"], abs=1e-9
        )


def test_question_and_source_stand_beside_the_features(world, answer):
    collection = suggestion_features(world, answer)
    assert collection["question"] == {
        "unit": answer.unit.id,
        "with": [answer.partners[0].id],
        "type": "any",
        "service": None,
    }
    assert collection["data"]["attribution"] == "© Probe (2024)"


def test_unknown_is_null(world):
    row = world.units.row("01001007")
    properties = unit_features(world, np.array([row]))["features"][0]["properties"]
    assert (properties["population"], properties["population_source"]) == (None, None)


def test_units_of_any_levels_in_the_order_of_their_rows(world):
    rows = np.array([world.units.row(key) for key in ("02", "01001000", "01002")])
    collection = unit_features(world, rows)
    assert [feature["id"] for feature in collection["features"]] == ["02", "01001000", "01002"]
    assert [feature["properties"]["level"] for feature in collection["features"]] == [
        "state",
        "municipality",
        "county",
    ]


def test_no_units_no_features(world):
    assert unit_features(world, np.empty(0, dtype=np.int64))["features"] == []


def test_geojson_is_strict_json_in_degrees(world, answer):
    for collection in (
        suggestion_features(world, answer),
        unit_features(world, np.arange(len(world.units))),
    ):
        text = json.dumps(collection, allow_nan=False)
        assert "crs" not in collection
        shapes = [
            shapely.from_geojson(json.dumps(feature["geometry"])) for feature in json.loads(text)["features"]
        ]
        west, south, east, north = shapely.total_bounds(shapes)
        assert 7 < west < east < 8.1
        assert 51.8 < south < north < 52.1
        assert all(shapely.is_ccw(shapely.get_exterior_ring(shape)) for shape in shapely.get_parts(shapes))
