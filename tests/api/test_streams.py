"""All units of a level, line by line."""

import json

import pytest

from geoplan_api.protocol.streams import collection_lines, in_blocks
from geoplan_api.routes import levels

ALL = "/api/v1/levels/municipality/units"


@pytest.mark.parametrize("level", ["municipality", "county", "state", "association", "unincorporated-area"])
def test_a_collection_of_all(village_client, village_atlas, level):
    answer = village_client.get(f"/api/v1/levels/{level}/units")
    assert answer.headers["content-type"] == "application/geo+json"
    collection = answer.json()
    known = [unit.id for unit in village_atlas.units.values() if unit.level == level]
    assert [one["id"] for one in collection["features"]] == known
    assert collection["data"] == village_atlas.provenance.to_dict()


def test_the_same_in_every_form(village_client):
    features = village_client.get(ALL).json()["features"]
    sequence = village_client.get(ALL, headers={"Accept": "application/geo+json-seq"})
    assert sequence.headers["content-type"] == "application/geo+json-seq"
    # RFC 8142: each text stands between a record separator and a line feed.
    records = sequence.text.split("\x1e")
    assert records[0] == ""
    assert all(record.endswith("\n") for record in records[1:])
    assert [json.loads(record) for record in records[1:]] == features
    lines = village_client.get(f"{ALL}?format=ndjson").text.splitlines()
    assert [json.loads(line)["id"] for line in lines] == [one["id"] for one in features]
    unit = village_client.get("/api/v1/units/01099001").json()
    assert json.loads(lines[0]).items() <= unit.items()


def test_all_of_germany(client, atlas):
    lines = client.get(f"{ALL}?format=ndjson").text.splitlines()
    assert len(lines) == atlas.counts()["municipality"]


def test_nothing_is_whole_in_memory(village_atlas, monkeypatch):
    asked = []
    monkeypatch.setattr(levels, "UNITS_AT_ONCE", 2)
    real = levels.unit_features
    monkeypatch.setattr(
        levels, "unit_features", lambda atlas, rows: asked.append(len(rows)) or real(atlas, rows)
    )
    lines = levels._lines(village_atlas, [0, 1, 2, 3], "application/geo+json")
    next(lines), next(lines)
    assert asked == [2]
    assert len(list(lines)) == 4
    assert asked == [2, 2]


def test_head_makes_nothing(village_client, monkeypatch):
    monkeypatch.setattr(levels, "_lines", pytest.fail)
    answer = village_client.head(ALL)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/geo+json")
    assert "content-length" not in answer.headers


def test_an_empty_collection_is_one():
    assert json.loads("".join(collection_lines([], {"data": {"a": "ä"}}))) == {
        "type": "FeatureCollection", "data": {"a": "ä"}, "features": [],
    }  # fmt: skip


def test_blocks_are_the_lines():
    assert list(in_blocks(["ab", "cd", "é"], 3)) == [b"abcd", "é".encode()]
    assert list(in_blocks([], 3)) == []


@pytest.mark.parametrize("path", ["/api/v1/levels/town/units", f"{ALL}?format=json", f"{ALL}?limit=3"])
def test_what_cannot_be_asked(village_client, path):
    assert village_client.get(path).status_code == 422
