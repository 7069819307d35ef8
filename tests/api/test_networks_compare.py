"""Groups side by side over HTTP."""

import pytest

from geoplan_api.comparison_schemas import Comparison

COMPARE = "/api/v1/networks/compare"
ONE = {"name": "A", "members": ["01099001", "01099002"], "service": "building-yard"}
OTHER = {"name": "B", "members": ["01099001", "01099003"], "service": "building-yard"}
BODY = {"scenarios": [ONE, OTHER], "on": "2026-11-22"}


def with_other(**changes):
    return {**BODY, "scenarios": [ONE, {**OTHER, **changes}]}


def test_groups_side_by_side(village_client):
    answer = village_client.post(COMPARE, json=BODY)
    assert answer.status_code == 200, answer.text
    found = Comparison.model_validate(answer.json())
    assert [one.name for one in found.scenarios] == ["A", "B"]
    assert found.in_all == ["01099001"]
    assert [one.only_here for one in found.scenarios] == [["01099002"], ["01099003"]]
    assert found.data.dataset == "Villages"
    alone = village_client.post("/api/v1/networks/check", json={**OTHER, "on": "2026-11-22"} | {"name": None})
    assert alone.status_code == 422  # a check has no name
    body = {key: value for key, value in OTHER.items() if key != "name"} | {"on": "2026-11-22"}
    alone = village_client.post("/api/v1/networks/check", json=body).json()["network"]
    assert {row.rule: row.values[1] for row in found.checks if row.values[1]} == {
        one["rule"]: one["status"] for one in alone["checks"]
    }


def test_each_group_has_weights_of_its_own(village_client):
    other = {**ONE, "name": "B", "weights": {"closeness": 0, "size_parity": 20}}
    found = village_client.post(COMPARE, json={**BODY, "scenarios": [ONE, other]}).json()
    (score,) = (row["values"] for row in found["figures"] if row["key"] == "score")
    assert score[0] != score[1]
    body = {key: value for key, value in other.items() if key != "name"} | {"on": BODY["on"]}
    alone = village_client.post("/api/v1/networks/check", json=body).json()["network"]
    assert alone["score"] == score[1]


def test_language(village_client):
    said = [village_client.post(f"{COMPARE}?lang={lang}", json=BODY).json() for lang in ("de", "en")]
    assert said[0]["checks"][0]["cells"][0]["text"] != said[1]["checks"][0]["cells"][0]["text"]
    assert [row["values"] for row in said[0]["checks"]] == [row["values"] for row in said[1]["checks"]]


@pytest.mark.parametrize(
    ("body", "status", "value"),
    [
        ({"scenarios": [ONE]}, 422, "scenarios"),
        ({"scenarios": [ONE, OTHER] * 3}, 422, "scenarios"),
        (with_other(name="A"), 422, "“A”"),
        (with_other(name=""), 422, "scenarios.1.name"),
        (with_other(name=" "), 422, "name"),
        (with_other(name="x" * 81), 422, "scenarios.1.name"),
        (with_other(members=["Altdrof"]), 404, "Altdrof"),
        (with_other(members=["Neudorf"]), 409, "Neudorf"),
        (with_other(members=["x"] * 201), 422, "scenarios.1.members"),
        (with_other(service="buildingyard"), 422, "buildingyard"),
        (with_other(on="2026-11-22"), 422, "scenarios.1.on"),
        (with_other(facts={"heatplan": True}), 422, "heatplan"),
        (with_other(facts={"heat_plan": 3}), 422, "heat_plan"),
        (with_other(facts={"heat_plan": [True]}), 422, "facts"),
        (with_other(seeds=["02099001"]), 422, "Bergheim"),
        (with_other(weights={"closenes": 1}), 422, "closeness"),
        (with_other(weights={"closeness": 1001}), 422, "1001"),
        (with_other(weights={"closeness": "much"}), 422, "weights"),
        ({**BODY, "on": "gestern"}, 422, "gestern"),
        ({**BODY, "scenario": []}, 422, "scenario"),
        ([], 422, "body"),
    ],
)
def test_wrong_request(village_client, body, status, value):
    answer = village_client.post(f"{COMPARE}?lang=en", json=body)
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert value in answer.text


def test_stated_facts_are_said(village_client):
    body = {"members": ONE["members"], "service": "heat-planning", "on": "2026-11-22"}
    stated = {**body, "facts": {"heat_plan": False, "land_allows_convoy": True}}
    before, after = (village_client.post("/api/v1/networks/check?lang=en", json=one).json()
                     for one in (body, stated))  # fmt: skip
    said = [one for one in after["network"]["checks"] if one["stated"]]
    assert said
    assert all("As stated by the partners" in one["text"] for one in said)
    assert not any(one["stated"] for one in before["network"]["checks"])


def test_the_example_of_the_description(client):
    schema = client.get("/openapi.json").json()["components"]["schemas"]["CompareBody"]
    assert client.post(COMPARE, json=schema["examples"][0]).status_code == 200
