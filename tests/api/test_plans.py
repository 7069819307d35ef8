"""Plans over HTTP: nothing is lost, and nobody else gets at them."""

import json

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.desk import is_loopback

PLANS = "/api/v1/plans"
BODY = {"id": "netz", "title": "Netz", "network": {"members": ["01099001"], "service": "building-yard"}}


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def desk(home, village_atlas):
    application = create_app(Settings(), atlas=village_atlas, desk=True)
    with TestClient(application, base_url="http://127.0.0.1:8000") as client:
        yield client


def problem(answer, status, kind):
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    told = answer.json()
    assert told["kind"] == kind
    return told


def test_the_life_of_a_plan(desk):
    made = desk.post(PLANS, json=BODY)
    assert (made.status_code, made.headers["etag"]) == (201, '"1"')
    address = made.headers["location"]
    read = desk.get(address)
    assert read.json() == made.json()
    assert read.headers["etag"] == '"1"'
    plan = read.json()["plan"]
    changed = desk.put(address, json={**plan, "title": "Neu", "state": "idea"}, headers={"If-Match": '"1"'})
    assert (changed.status_code, changed.headers["etag"]) == (200, '"2"')
    stepped = desk.put(
        address, json={**changed.json()["plan"], "state": "exploring"}, headers={"If-Match": '"2"'}
    )
    missing = {item["factor"] for item in stepped.json()["checklist"] if item["missing"]}
    assert missing == {"contacts", "goals", "staff-informed"}
    assert [one["id"] for one in desk.get(PLANS).json()["plans"]] == ["netz"]
    assert desk.delete(address, headers={"If-Match": '"3"'}).status_code == 204
    problem(desk.get(address), 404, "unknown-plan")
    assert desk.get(PLANS).json()["plans"] == []
    assert len(desk.get(PLANS, params={"deleted": True}).json()["plans"]) == 1
    versions = desk.get(f"{address}/history").json()["versions"]
    assert [one["action"] for one in versions] == ["create", "edit", "advance", "delete"]
    assert [one["plan"]["title"] for one in versions] == ["Netz", "Neu", "Neu", "Neu"]


def test_every_answer_says_where_the_data_come_from(desk):
    made = desk.post(PLANS, json=BODY)
    address = made.headers["location"]
    changed = desk.put(address, json=made.json()["plan"], headers={"If-Match": '"1"'})
    for answer in (made, changed, desk.get(address), desk.get(PLANS), desk.get(f"{address}/history")):
        data = answer.json()["data"]
        assert data["dataset"] == "Villages"
        assert {"vintage", "licence", "attribution", "population_source"} <= data.keys()


def test_of_two_writers_one_is_told(desk):
    desk.post(PLANS, json=BODY)
    for title, status in (("Erste", 200), ("Zweite", 412)):
        answer = desk.put(f"{PLANS}/netz", json={**BODY, "title": title}, headers={"If-Match": '"1"'})
        assert answer.status_code == status
    assert problem(answer, 412, "stale-version")["nearest"] == ["2"]
    problem(desk.delete(f"{PLANS}/netz", headers={"If-Match": '"1"'}), 412, "stale-version")
    assert desk.get(f"{PLANS}/netz").json()["plan"]["title"] == "Erste"


def test_a_change_names_its_version(desk):
    desk.post(PLANS, json=BODY)
    problem(desk.put(f"{PLANS}/netz", json=BODY), 428, "precondition-required")
    problem(desk.delete(f"{PLANS}/netz"), 428, "precondition-required")
    problem(desk.delete(f"{PLANS}/netz", headers={"If-Match": "*"}), 422, "invalid-value")
    assert desk.get(f"{PLANS}/netz").headers["etag"] == '"1"'


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"title": ""}, "title"),
        ({}, "title"),
        ({**BODY, "stat": "idea"}, "state"),
        ({**BODY, "state": "founded"}, "idea"),
        ({**BODY, "network": {"service": "building-yrd"}}, "building-yard"),
        ({**BODY, "id": 3}, "id"),
    ],
)
def test_what_is_wrong_is_named(desk, body, field):
    answer = desk.post(PLANS, json=body)
    assert answer.status_code == 422
    assert field in answer.text
    assert desk.get(PLANS).json()["plans"] == []


def test_calendar(desk):
    desk.post(PLANS, json={**BODY, "meetings": [{"title": "Treffen", "starts": "2027-01-04T10:00"}]})
    answer = desk.get(f"{PLANS}/netz/calendar.ics")
    assert answer.headers["content-type"].startswith("text/calendar")
    assert [str(one["SUMMARY"]) for one in Calendar.from_ical(answer.text).walk("VEVENT")] == ["Treffen"]


def test_without_meetings_there_is_no_calendar(desk):
    desk.post(PLANS, json=BODY)
    told = problem(desk.get(f"{PLANS}/netz/calendar.ics"), 404, "no-meetings")
    assert "noch keine Termine" in told["detail"]


def test_a_server_for_others_shows_and_changes_nothing(home, village_atlas):
    with TestClient(create_app(Settings(), atlas=village_atlas)) as client:
        for answer in (
            client.get(PLANS),
            client.post(PLANS, json=BODY),
            client.put(f"{PLANS}/netz", json=BODY, headers={"If-Match": '"1"'}),
            client.delete(f"{PLANS}/netz", headers={"If-Match": '"1"'}),
        ):
            assert "geoplan plan token create" in problem(answer, 401, "not-authenticated")["detail"]
    assert not (home / "plans.db").exists()


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"host": "127.0.0.1.evil.example"},
        {"origin": "http://127.0.0.1:9000"},
        {"origin": "http://localhost:8000"},
        {"host": "", "origin": "http://"},
    ],
)
def test_pages_of_other_sites_get_nothing(desk, headers):
    problem(desk.post(PLANS, json=BODY, headers=headers), 403, "not-permitted")
    problem(desk.get(PLANS, headers=headers), 403, "not-permitted")
    assert desk.get(PLANS).json()["plans"] == []


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost:80", "LOCALHOST", "[::1]:8000"])
def test_pages_of_this_server_get_it(desk, host):
    assert desk.get(PLANS, headers={"host": host, "origin": f"http://{host}"}).status_code == 200
    assert desk.get(PLANS, headers={"host": host}).status_code == 200


def test_a_form_of_another_site_is_no_plan(desk):
    answer = desk.post(PLANS, content='{"title": "x"}', headers={"content-type": "text/plain"})
    assert answer.status_code == 415
    assert desk.get(PLANS).json()["plans"] == []


def test_a_broken_store_is_told_without_its_place(desk, home, caplog):
    (home / "plans.db").write_text("no database " * 100)
    found = problem(desk.get(PLANS), 503, "plan-store")
    assert str(home) not in json.dumps(found)
    assert "sqlite" not in json.dumps(found)
    assert str(home) in caplog.records[-1].told["reason"]


@pytest.mark.parametrize(
    ("host", "mine"),
    [("127.0.0.1", True), ("127.3.2.1", True), ("::1", True), ("localhost", True), ("0.0.0.0", False),
     ("::", False), ("192.168.0.2", False), ("localhost.evil.example", False), ("", False), (None, False)],
)  # fmt: skip
def test_what_only_this_machine_reaches(host, mine):
    assert is_loopback(host) is mine
