"""What is sent as a plan: described as it is read, and what it was computed with is not taken on trust."""

from importlib.metadata import version

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from geoplan.plans import read_plan
from geoplan.plans.schema import plan_schema
from geoplan_api import Settings, create_app
from geoplan_api.plan_schemas import EXAMPLE

PLANS = "/api/v1/plans"
LIE = {
    "dataset": "elsewhere",
    "vintage": "1900-01-01",
    "geoplan_version": "99",
    "weights": {"closeness": 2.0},
}
BODY = {
    "id": "netz", "title": "Netz", "provenance": LIE,
    "network": {"members": ["01099001", "Bergheim"], "service": "building-yard"},
}  # fmt: skip


@pytest.fixture
def desk(tmp_path, monkeypatch, village_atlas):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    application = create_app(Settings(), atlas=village_atlas, desk=True)
    with TestClient(application, base_url="http://127.0.0.1:8000") as client:
        yield client


def test_the_server_says_what_a_plan_was_computed_with(desk):
    plan = desk.post(PLANS, json=BODY).json()["plan"]
    assert plan["provenance"] == {
        "dataset": "Villages", "vintage": "2026-01-01", "geoplan_version": version("geoplan"),
        "weights": {"closeness": 2.0},
    }  # fmt: skip
    assert plan["network"]["members"] == ["01099001", "02099001"]
    assert [one["name"] for one in plan["participants"]] == ["Altdorf", "Bergheim"]
    changed = desk.put(
        f"{PLANS}/netz", json={**plan, "title": "Neu", "provenance": LIE}, headers={"If-Match": '"1"'}
    )
    assert changed.json()["plan"] == {**plan, "title": "Neu"}


@pytest.mark.parametrize(
    ("members", "status", "kind"),
    [(["99999999"], 404, "unknown-unit"), (["Altdrf"], 404, "unknown-unit"),
     (["Neudorf"], 409, "ambiguous-unit"), (["Altdorf", "01099001"], 422, "invalid-value"),
     (["x" * 20_000], 422, "invalid-value")],
)  # fmt: skip
def test_members_that_are_none(desk, members, status, kind):
    body = {**BODY, "network": {"members": members}}
    answer = desk.post(PLANS, json=body)
    assert (answer.status_code, answer.json()["kind"]) == (status, kind)
    desk.post(PLANS, json=BODY)
    again = desk.put(f"{PLANS}/netz", json=body, headers={"If-Match": '"1"'})
    assert (again.status_code, again.json()["kind"]) == (status, kind)
    assert [one["version"] for one in desk.get(PLANS).json()["plans"]] == [1]


def test_a_participant_that_is_none(desk):
    answer = desk.post(PLANS, json={"title": "x", "participants": [{"name": "A", "unit": "99999999"}]})
    assert (answer.status_code, answer.json()["value"]) == (404, "99999999")


def test_the_description_is_that_of_the_reader(desk):
    described = desk.get("/openapi.json").json()
    body = described["components"]["schemas"]["PlanBody"]
    assert body["properties"] == plan_schema()["properties"]
    assert body["additionalProperties"] is False
    assert body["examples"] == [EXAMPLE]
    for method, path in (("post", PLANS), ("put", f"{PLANS}/{{plan_id}}")):
        operation = described["paths"][path][method]
        sent = operation["requestBody"]["content"]["application/json"]["schema"]
        assert sent == {"$ref": "#/components/schemas/PlanBody"}
        assert {"404", "409", "422"} <= set(operation["responses"])


def test_the_example_is_a_plan():
    Draft202012Validator(plan_schema()).validate(EXAMPLE)
    read_plan(EXAMPLE, plan_id="example")
