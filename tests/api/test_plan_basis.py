"""What an answer about a plan says of its dataset and its money."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from geoplan.plans import Actor, Role, open_store
from geoplan_api import Settings, create_app

PLANS = "/api/v1/plans"
BODY = {"id": "netz", "title": "Netz", "network": {"members": ["01099001"], "service": "building-yard"}}


@pytest.fixture
def desk(tmp_path, monkeypatch, village_atlas):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    application = create_app(Settings(), atlas=village_atlas, desk=True)
    with TestClient(application, base_url="http://127.0.0.1:8000") as client:
        yield client


def test_a_plan_of_another_dataset_is_stale(desk):
    made = desk.post(PLANS, json=BODY).json()
    here = {"dataset": "Villages", "vintage": "2026-01-01"}
    assert made["basis"] == {"stale": False, "plan": here, "here": here}
    store = open_store()
    plan = store.get("netz").plan
    older = replace(plan, provenance=replace(plan.provenance, vintage="2016-01-01"))
    store.replace(older, 1, Actor(name="x", role=Role.EDITOR))
    unsaid = replace(plan, provenance=replace(plan.provenance, vintage=None))
    basis = desk.get(f"{PLANS}/netz").json()["basis"]
    assert (basis["stale"], basis["plan"]["vintage"], basis["here"]) == (True, "2016-01-01", here)
    store.replace(unsaid, 2, Actor(name="x", role=Role.EDITOR))
    store.close()
    assert desk.get(f"{PLANS}/netz").json()["basis"]["stale"] is None


def test_money_goes_through_http_to_the_cent(desk):
    finance = [
        {"year": 2027 + number, "cost_eur": 0.1, "grant_eur": 0.07, "own_eur": 0} for number in range(3)
    ]
    made = desk.post(PLANS, json={**BODY, "finance": finance})
    assert made.json()["finance_totals"] == {
        "years": [2027, 2028, 2029], "cost_eur": 0.3, "grant_eur": 0.21, "own_eur": 0.0, "open_eur": 0.09,
    }  # fmt: skip
    assert made.json()["plan"]["finance"] == finance
    for amount in (0.001, 1e13):
        wrong = desk.post(PLANS, json={**BODY, "id": "b", "finance": [{"year": 2027, "cost_eur": amount}]})
        assert wrong.status_code == 422
        assert "finance[0].cost_eur" in wrong.text
        assert str(amount) in wrong.text
