"""A group becomes a plan: in the store of a desk, elsewhere as a file that a desk reads."""

import json
import re

import pytest
from starlette.testclient import TestClient

from geoplan.plans import Actor, Role, open_store
from geoplan.plans.exchange import import_plans
from geoplan_api import Settings, create_app
from geoplan_api.planner import PlannerContext, PlannerState
from geoplan_api.planner.saving import file_name, suggested_title

GROUP = "unit=01099001&with=01099002,02099001&service=building-yard&weights=closeness:3"
HTML = {"accept": "text/html"}
ME = Actor(name="desk", role=Role.COORDINATOR)


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def desk(home, village_atlas):
    application = create_app(Settings(), atlas=village_atlas, desk=True)
    with TestClient(application, base_url="http://127.0.0.1:8000", headers=HTML) as client:
        yield client


@pytest.fixture
def public(home, village_atlas):
    with TestClient(create_app(Settings(), atlas=village_atlas), headers=HTML) as client:
        yield client


def kept():
    store = open_store()
    try:
        return store.list()
    finally:
        store.close()


def save(desk, query=GROUP, headers=None, **entered):
    entered = {"title": "Gemeinsamer Bauhof", **entered}
    return desk.post(f"/plans?{query}", data=entered, headers=headers, follow_redirects=False)


def test_the_panel_offers_a_title_and_a_form(desk):
    page = desk.get(f"/?{GROUP}&panel=save&lang=de").text
    assert '<form class="stacked" method="post" action="/plans?' in page
    assert "Altdorf, Neudorf, Bergheim" in page
    assert "/api/v1/dossier?members=01099001,01099002,02099001" in page


def test_a_group_becomes_a_plan(desk):
    answer = save(desk, summary="Zeile 1\r\nZeile 2", goal="Maschinen teilen")
    (stored,) = kept()
    plan = stored.plan
    assert answer.status_code == 303
    assert answer.headers["location"].startswith(f"/plans/{plan.id}?")
    assert plan.title == "Gemeinsamer Bauhof"
    assert plan.summary == "Zeile 1\nZeile 2"
    assert plan.network.members == ("01099001", "01099002", "02099001")
    assert plan.network.service == "building-yard"
    assert [goal.text for goal in plan.goals] == ["Maschinen teilen"]
    assert [(one.unit, one.role.value) for one in plan.participants] == [
        ("01099001", "open"), ("01099002", "open"), ("02099001", "open")
    ]  # fmt: skip
    assert plan.provenance.dataset == "Villages"
    assert plan.provenance.weights == {"closeness": 3.0}
    assert desk.get(answer.headers["location"]).status_code == 200


def test_who_leads_nobody_decides_unasked_and_a_county_is_proposed_to_coordinate(desk):
    saved = save(desk, "unit=01099001&with=01099,01099002")
    plan = kept()[0].plan
    roles = {one.unit: one.role.value for one in plan.participants}
    assert roles == {"01099001": "open", "01099": "proposed-coordinator", "01099002": "open"}
    page = desk.get(saved.headers["location"] + "&lang=de").text
    assert page.count("Koordination (Vorschlag)") == 1
    form = desk.get(f"/plans/{plan.id}?edit=participants&lang=de").text
    assert '<option value="proposed-coordinator" selected>Koordination (Vorschlag)</option>' in form
    exported = desk.get(f"/plans/{plan.id}/export.json").json()
    participants = exported["plans"][0]["versions"][0]["plan"]["participants"]
    assert [one["role"] for one in participants] == ["open", "proposed-coordinator", "open"]


def test_a_county_that_joins_later_is_proposed_too(desk):
    save(desk)
    stored = kept()[0]
    members = "\n".join([*stored.plan.network.members, "01099"])
    sent = {"version": "1", "0.service": "building-yard", "0.members": members}
    assert desk.post(f"/plans/{stored.plan.id}/network", data=sent, follow_redirects=False).status_code == 303
    changed = kept()[0].plan
    assert [(one.name, one.role.value) for one in changed.participants[3:]] == [
        ("Talkreis", "proposed-coordinator")
    ]


@pytest.mark.parametrize("title", ["", "   ", "x" * 201, "\x00"])
def test_a_bad_title_is_told_beside_what_was_entered(desk, title):
    answer = save(desk, title=title, summary="bleibt stehen")
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text
    assert "bleibt stehen" in answer.text
    assert kept() == ()


def test_a_plan_has_members(desk):
    answer = save(desk, "service=building-yard")
    assert answer.status_code == 422
    assert kept() == ()


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"host": "evil.example"},
        {"x-forwarded-for": "192.0.2.1"},
    ],
)
def test_another_site_writes_nothing(desk, headers):
    assert save(desk, headers={**HTML, **headers}).status_code == 403
    assert kept() == ()


def test_a_page_of_our_own_does(desk):
    own = {"origin": "http://127.0.0.1:8000", "sec-fetch-site": "same-origin"}
    assert save(desk, headers=own).status_code == 303


def test_a_form_is_a_form(desk):
    answer = desk.post(f"/plans?{GROUP}", json={"title": "x"}, follow_redirects=False)
    assert answer.status_code == 422
    assert kept() == ()


def test_a_server_that_is_no_desk_offers_a_file(public, desk):
    page = public.get(f"/?{GROUP}&panel=save&lang=en").text
    assert "This server keeps no plans" in page
    assert 'method="get" action="/plans/file.json"' in page
    hidden = dict(
        re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page[page.index('"stacked"') :])
    )
    answer = public.get("/plans/file.json", params={**hidden, "title": "Bauhöfe", "goal": "Teilen"})
    assert answer.headers["content-disposition"] == 'attachment; filename="bauhoefe.json"'
    store = open_store()
    done = import_plans(store, json.loads(answer.text), ME)
    store.close()
    assert len(done.added) == 1
    (stored,) = kept()
    assert stored.plan.title == "Bauhöfe"
    assert stored.plan.network.members == ("01099001", "01099002", "02099001")
    assert stored.plan.provenance.weights == {"closeness": 3.0}


def test_a_server_that_is_no_desk_writes_nothing(public):
    answer = save(public)
    assert answer.status_code == 403
    assert "geoplan plan import" in answer.text
    assert kept() == ()


def test_a_title_is_text_and_nothing_else(desk):
    title = '"><script>alert(1)</script>'
    answer = save(desk, title=title)
    for address in (answer.headers["location"], "/plans", f"/plans/{kept()[0].plan.id}?edit=basics"):
        page = desk.get(address).text
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page
    again = save(desk, title=title * 20)
    assert again.status_code == 422
    assert "<script>alert" not in again.text


@pytest.mark.parametrize(
    ("title", "name"), [("Größe & Maß", "groesse-mass.json"), ('"; x', "x.json"), ("…", "plan.json")]
)
def test_the_name_of_a_file_is_plain(title, name):
    assert file_name(title, "json") == name


def test_a_town_that_is_called_like_its_county_says_what_it_is(atlas):
    state = PlannerState(
        unit="05570044", partners=("05570052", "05570"), service="climate-network", lang="de"
    )
    context = PlannerContext(atlas=atlas, state=state, lang="de", base="", desk=True)
    assert suggested_title(context) == "Klimaschutznetzwerk: Telgte, Warendorf (Stadt), Kreis Warendorf"


def test_what_the_partners_state_goes_into_the_plan(desk):
    save(desk, f"{GROUP}&facts=heat_plan:no,turnover_eur:17500.5")
    assert kept()[0].plan.facts == {"heat_plan": False, "turnover_eur": 17500.5}
