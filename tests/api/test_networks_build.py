"""``POST /api/v1/networks/build``."""

import pytest

BUILD = "/api/v1/networks/build"
ASKED = {"seeds": ["01099001"], "service": "business-park", "min_members": 2, "max_members": 3}


def test_answer_of_the_contract(village_client):
    answer = village_client.post(BUILD, json={**ASKED, "alternatives": 2})
    assert answer.status_code == 200
    found = answer.json()
    assert (found["optimality"]["status"], found["optimality"]["gap"]) == ("optimal", 0)
    assert len(found["networks"]) == 2
    assert "01099001" in found["networks"][0]["members"]
    assert found["data"]["dataset"] == "Villages"


def test_conditions_reach_the_search(village_client):
    conditions = {
        "include": ["Köthel"], "exclude": ["01099002"], "within": "county", "population": {"max": 20000},
        "max_counties": 1, "whole_associations": True, "contiguity": "yes", "time_limit": 2.5,
    }  # fmt: skip
    found = village_client.post(BUILD, json={**ASKED, **conditions}).json()
    assert found["networks"][0]["members"] == ["01099001", "01099003"]
    assert found["contiguous"] is True


def test_changed_weights_count(village_client):
    usual, changed = (
        village_client.post(BUILD, json={**ASKED, "weights": weights}).json()["networks"][0]["score"]
        for weights in ({}, {"closeness": 0, "size_parity": 20})
    )
    assert usual != changed


def test_language(village_client):
    asked = {**ASKED, "min_members": 9, "max_members": 9}
    german = village_client.post(BUILD, json=asked, params={"lang": "de"}).json()["detail"]
    english = village_client.post(BUILD, json=asked, params={"lang": "en"}).json()["detail"]
    assert "Kein Netzwerk" in german or "No network" in english
    assert "No network keeps all conditions" in english


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"seeds": []}, 422),
        ({"seeds": ["01099001"] * 201}, 422),
        ({"seeds": ["nowhere at all"]}, 404),
        ({"seeds": ["Neudorf"]}, 409),
        ({"service": "itt"}, 422),
        ({"min_members": 3, "max_members": 2}, 422),
        ({"min_members": 1}, 422),
        ({"max_members": "three"}, 422),
        ({"alternatives": 11}, 422),
        ({"time_limit": 600}, 422),
        ({"time_limit": 0}, 422),
        ({"within": "village"}, 422),
        ({"contiguity": "perhaps"}, 422),
        ({"weights": {"closenes": 1}}, 422),
        ({"weights": {"closeness": -1}}, 422),
        ({"population": {"min": 5, "max": 2}}, 422),
        ({"population": {"least": 5}}, 422),
        ({"include": ["01099002"], "exclude": ["01099002"]}, 422),
        ({"colour": "red"}, 422),
        ({"min_members": 20, "max_members": 20}, 422),
    ],
)
def test_wrong_bodies_are_problems(village_client, changed, status):
    answer = village_client.post(BUILD, json={**ASKED, **changed})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"x"', b"\xff"])
def test_no_json_is_a_problem(village_client, body):
    answer = village_client.post(BUILD, content=body, headers={"content-type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.headers["content-type"] == "application/problem+json"


def test_example_of_the_description_can_be_sent(client):
    schema = client.get("/openapi.json").json()["components"]["schemas"]["BuildBody"]
    answer = client.post(BUILD, json=schema["examples"][0])
    assert answer.status_code == 200
    assert len(answer.json()["networks"]) == 2


@pytest.mark.parametrize("asked_by", ["format", "accept"])
def test_geojson_holds_the_members_and_the_answer(village_client, asked_by):
    asks = {
        "format": {"params": {"format": "geojson"}},
        "accept": {"headers": {"Accept": "application/geo+json"}},
    }
    answer = village_client.post(BUILD, json={**ASKED, "alternatives": 2}, **asks[asked_by])
    assert (answer.status_code, answer.headers["content-type"]) == (200, "application/geo+json")
    found = answer.json()
    assert found["type"] == "FeatureCollection"
    members = [one for network in found["networks"] for one in network["members"]]
    assert [one["id"] for one in found["features"]] == members
    assert all(one["geometry"]["coordinates"] for one in found["features"])
    assert {one["properties"]["network"] for one in found["features"]} == {1, 2}
    assert (found["optimality"]["status"], found["data"]["dataset"]) == ("optimal", "Villages")


COMMANDED = {"units": ["01099001"], "service": "business-park", "min": 2, "max": 3}


def test_the_words_of_the_command_line_are_understood(village_client):
    asked = {"include": ["Köthel"], "exclude": ["01099002"]}
    answer = village_client.post(BUILD, json=COMMANDED | asked)
    assert answer.status_code == 200
    networks = village_client.post(BUILD, json=ASKED | asked).json()["networks"]
    assert answer.json()["networks"] == networks
    assert village_client.post(BUILD, json=COMMANDED | ASKED | asked).json()["networks"] == networks


@pytest.mark.parametrize(
    ("changed", "alias", "name"),
    [
        ({"units": ["01099002"]}, "units", "seeds"),
        ({"min": 3}, "min", "min_members"),
        ({"max": 4}, "max", "max_members"),
    ],
)
def test_two_words_for_one_condition_must_agree(village_client, changed, alias, name):
    answer = village_client.post(BUILD, json=ASKED | changed)
    assert answer.status_code == 422
    problem = answer.json()
    assert (problem["value"], problem["nearest"]) == (alias, [name])


def test_the_words_of_the_command_line_are_described(village_client):
    schema = village_client.get("/openapi.json").json()["components"]["schemas"]["BuildBody"]
    assert {"units", "min", "max"} <= set(schema["properties"])
    assert schema["properties"]["min"]["anyOf"] == schema["properties"]["min_members"]["anyOf"]
    assert schema["required"] == ["service"]
    assert {"required": ["units"]} in schema["anyOf"]
