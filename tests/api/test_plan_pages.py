"""The pages of plans: read, changed section by section, and nothing that was entered is lost."""

import html
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from icalendar import Calendar
from starlette.testclient import TestClient

from geoplan.plans import Actor, PlanState, Role, open_store, read_plan
from geoplan.plans.checklist import CHECKS
from geoplan.plans.exchange import import_plans
from geoplan.plans.origin import begun
from geoplan.plans.states import Action
from geoplan_api import Settings, create_app
from geoplan_api.plan_pages.computed import network_of, summary_of
from geoplan_api.plan_pages.facts import fact_fields
from geoplan_api.plan_pages.fields import EntryError, Field, Kind
from geoplan_api.plan_pages.sections import SECTION_OF_FACTOR, SECTIONS
from geoplan_api.plan_pages.told import in_planner
from geoplan_api.plan_pages.vocabulary import ACTIONS
from geoplan_api.planner import PlannerContext

ME = Actor(name="desk", role=Role.COORDINATOR)
NASTY = "\"><script>alert(1)</script>'{{7*7}}"
FULL = {
    "title": "Gemeinsamer Bauhof",
    "summary": "Drei Bauhöfe werden einer.",
    "network": {"members": ["01099001", "01099002"], "service": "building-yard"},
    "goals": [
        {
            "text": "Maschinen teilen",
            "indicators": [{"key": "cost", "name": "Kosten", "unit": "€", "target": 9.5}],
        },
        {"text": "Vertretung sichern"},
    ],
    "monitoring": [{"indicator": "cost", "on": "2027-12-31", "value": 12.25}],
    "finance": [
        {"year": 2027, "cost_eur": 100000.5, "grant_eur": 20000, "own_eur": 80000},
        {"year": 2028, "cost_eur": 50000, "grant_eur": 0, "own_eur": 50000},
    ],
    "meetings": [{"title": "Lenkungskreis", "starts": "2027-01-11T10:00", "rhythm": "quarterly", "count": 4}],
    "documents": [{"title": "Brief", "link": "https://example.org/brief", "kind": "letter-of-intent"}],
    "risks": [{"text": "Eine steigt aus", "likelihood": "low"}],
    "responsibilities": [{"task": "Vergabe", "who": "Altdorf", "full_time_posts": 0.5}],
    "decisions": {"bodies": ["Lenkungskreis"], "voting": "einstimmig"},
    "staff_informed": "2026-10-01",
    "facts": {"heat_plan": False, "turnover_eur": 17500},
}


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def store(home):
    opened = open_store()
    yield opened
    opened.close()


@pytest.fixture
def desk(home, village_atlas):
    application = create_app(Settings(), atlas=village_atlas, desk=True)
    accept = {"accept": "text/html,*/*;q=0.8", "accept-language": "en"}
    with TestClient(application, base_url="http://127.0.0.1:8000", headers=accept) as client:
        yield client


@pytest.fixture
def plan(store, village_atlas):
    return store.create(begun(read_plan(FULL, plan_id="hof"), village_atlas), ME).plan


class Fields(HTMLParser):
    """What a browser would send of the form of a section."""

    def __init__(self, page):
        super().__init__()
        self.sent, self.inside, self.selecting, self.area = {}, False, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "form":
            self.inside = given.get("class") == "edit"
        if not self.inside:
            return
        if tag == "input" and given.get("type") != "checkbox":
            self.sent[given["name"]] = given.get("value", "")
        elif tag == "select":
            self.selecting = given["name"]
        elif tag == "option" and (self.selecting not in self.sent or "selected" in given):
            self.sent[self.selecting] = given["value"]
        elif tag == "textarea":
            self.area = given["name"]
            self.sent[self.area] = ""

    def handle_data(self, data):
        if self.area:
            self.sent[self.area] += data

    def handle_endtag(self, tag):
        if tag == "textarea":
            # A browser drops the line end after the tag.
            self.sent[self.area] = self.sent[self.area].removeprefix("\n")
            self.area = None


def form(desk, key, plan_id="hof"):
    answer = desk.get(f"/plans/{plan_id}", params={"edit": key})
    assert answer.status_code == 200
    return Fields(answer.text).sent


def send(desk, key, fields, plan_id="hof"):
    return desk.post(f"/plans/{plan_id}/{key}", data=fields, follow_redirects=False)


def test_every_factor_leads_to_a_section():
    assert set(SECTION_OF_FACTOR) == set(CHECKS)
    assert set(SECTION_OF_FACTOR.values()) <= set(SECTIONS)


def test_every_action_of_the_history_has_a_name():
    assert set(ACTIONS) >= {one.value for one in Action} - {"read", "export"}


def test_the_list_says_what_comes_next(desk, plan):
    page = desk.get("/plans").text
    assert "Gemeinsamer Bauhof" in page
    assert "exploring" in page
    assert ">2</td>" in page


def test_an_empty_list_says_how_to_begin(desk):
    assert "A plan begins in the planner" in desk.get("/plans").text


def test_a_plan_is_shown_whole(desk, plan):
    page = html.unescape(desk.get("/plans/hof").text)
    for text in (
        "Drei Bauhöfe werden einer.", "Altdorf", "Maschinen teilen", "to 9.5 €", "12.25 €",
        "150,000.50\N{NO-BREAK SPACE}€",
        "0.50\N{NO-BREAK SPACE}€",
        "Lenkungskreis", "https://example.org/brief", "Eine steigt aus", "Vergabe", "einstimmig", "this desk",
        "/?unit=01099001&service=building-yard&with=01099002", "/api/v1/plans/hof/dossier", "panel=embed",
    ):  # fmt: skip
        assert text in page, text


def test_a_plan_without_anything_is_shown_too(desk, store):
    store.create(read_plan({"title": "Leer"}, plan_id="leer"), ME)
    assert desk.get("/plans/leer").status_code == 200
    for key in SECTIONS:
        assert send(desk, key, form(desk, key, "leer"), "leer").status_code == 303, key
    assert store.get("leer").plan.to_dict() == read_plan({"title": "Leer"}, plan_id="leer").to_dict()


@pytest.mark.parametrize("key", SECTIONS)
@pytest.mark.parametrize("lang", ["de", "en"])
def test_what_is_not_touched_stays_as_it_is(desk, store, plan, key, lang):
    fields = Fields(desk.get("/plans/hof", params={"edit": key, "lang": lang}).text).sent
    answer = desk.post(f"/plans/hof/{key}?lang={lang}", data=fields, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert store.get("hof").plan == plan


@pytest.mark.parametrize(
    ("key", "fields", "read", "wanted"),
    [
        ("basics", {"0.title": "Neu", "0.summary": "a\r\nb"}, lambda one: (one.title, one.summary), ("Neu",
        "a\nb")),
        ("network", {"0.members": "Altdorf\r\n02099001"}, lambda one: one.network.members, ("01099001",
        "02099001")),
        ("facts", {"0.heat_plan": "yes", "0.turnover_eur": "17.600,5"}, lambda one: one.facts,
        {"heat_plan": True, "turnover_eur": 17600.5}),
        ("facts", {"0.turnover_eur": "", "0.saving_share": "15,5 %"}, lambda one: one.facts,
        {"heat_plan": False, "saving_share": 0.155}),
        ("facts", {"0.heat_plan": ""}, lambda one: one.facts, {"turnover_eur": 17500}),
        ("goals", {"2.text": "Drittes"}, lambda one: [goal.text for goal in one.goals][2], "Drittes"),
        ("goals", {"1.remove": "1"}, lambda one: len(one.goals), 1),
        (
            "indicators", {"1.name": "Größe der Flotte", "1.goal": "Vertretung sichern",
            "1.baseline": "1.234,5"},
            lambda one: (one.goals[1].indicators[0].key, one.goals[1].indicators[0].baseline),
            ("groesse-der-flotte", 1234.5),
        ),
        (
            "monitoring", {"1.indicator": "cost", "1.on": "2028-12-31", "1.value": "11,5"},
            lambda one: one.monitoring[1].value, 11.5,
        ),
        (
            "participants", {"0.contact": "Bauamt", "0.result": "approved", "0.decided": "2026-11-01",
            "0.role": "lead"},
            lambda one: (one.participants[0].decision.result.value, str(one.participants[0].decision.on)),
            ("approved", "2026-11-01"),
        ),
        ("decisions", {"0.bodies": "A\r\n\r\nB "}, lambda one: one.decisions.bodies, ("A", "B")),
        ("responsibilities", {"0.full_time_posts": "0,75"},
        lambda one: one.responsibilities[0].full_time_posts, 0.75),
        ("finance", {"2.year": "2029", "2.cost_eur": "1.000,10 €"},
        lambda one: str(one.finance[2].cost_eur), "1000.10"),
        (
            "meetings", {"1.title": "Schulung", "1.starts": "2027-02-01T09:00", "1.kind": "training"},
            lambda one: (one.meetings[1].minutes, one.meetings[1].kind.value), (120, "training"),
        ),
        ("meetings", {"0.remove": "1"}, lambda one: one.meetings, ()),
        ("documents", {"1.title": "V", "1.link": "https://example.org/v"}, lambda one: len(one.documents), 2),
        ("risks", {"0.response": "Regel"}, lambda one: one.risks[0].response, "Regel"),
    ],
)  # fmt: skip
def test_a_section_is_changed(desk, store, plan, key, fields, read, wanted):  # noqa: PLR0917
    sent = form(desk, key) | fields
    answer = desk.post(f"/plans/hof/{key}?lang=de", data=sent, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    assert answer.headers["location"].endswith(f"lang=de#{key}")
    changed = store.get("hof")
    assert read(changed.plan) == wanted
    assert (changed.version, changed.actor) == (2, "desk")
    assert store.history("hof")[0].plan == plan


@pytest.mark.parametrize(
    ("key", "fields", "said"),
    [
        ("basics", {"0.title": " "}, "This is missing"),
        ("facts", {"0.heat_plan": "vielleicht"}, "heat plans already = “vielleicht”: yes or no is expected"),
        ("facts", {"0.turnover_eur": "-3"}, "not negative"),
        ("facts", {"0.saving_share": "150"}, "“150” is no percentage from 0 to 100"),
        ("facts", {"0.nonsense": "1"}, "“nonsense” is no fact"),
        ("finance", {"0.cost_eur": "viel"}, "“viel” is no amount"),
        ("finance", {"0.cost_eur": "1.005"}, "no amount"),
        ("finance", {"1.year": "2027"}, "Year = “2027”: it stands there twice"),
        ("finance", {"0.year": "1e9"}, "no whole number"),
        ("monitoring", {"0.value": "NaN"}, "“NaN” is no number"),
        ("monitoring", {"0.on": "gestern"}, "Day = “gestern”"),
        ("documents", {"0.link": "javascript:alert(1)"}, "http:// or https:// is expected"),
        ("participants", {"0.unit": "Nirgendwo"}, "No unit is called “Nirgendwo”"),
        ("network", {"0.members": "Neudorf"}, "may mean 2 units"),
        ("network", {"0.service": "alchemy"}, "alchemy"),
        ("goals", {"0.remove": "1"}, "still has indicators"),
        ("indicators", {"0.remove": "1"}, "still has values"),
        ("indicators", {"0.goal": "weg"}, "no goal “weg”"),
        ("risks", {"0.impact": "huge"}, "Impact: “huge” is none of the possible values"),
    ],
)
def test_what_is_wrong_is_told_and_kept(desk, store, plan, key, fields, said):  # noqa: PLR0917
    answer = send(desk, key, form(desk, key) | fields)
    assert answer.status_code in (404, 409, 422)
    page = html.unescape(answer.text)
    assert said in page
    assert 'role="alert"' in page
    sent = Fields(answer.text).sent
    chosen = ("remove", "service", "impact", "goal", "heat_plan")
    texts = {name for name in fields if name.partition(".")[2] not in chosen}
    assert {name: sent[name] for name in texts} == {name: fields[name] for name in texts}
    assert store.get("hof").version == 1


def test_more_rows_keep_what_was_entered(desk, store, plan):
    answer = send(desk, "risks", form(desk, "risks") | {"1.text": "noch eines", "more": "1"})
    assert answer.status_code == 200
    sent = Fields(answer.text).sent
    assert sent["1.text"] == "noch eines"
    assert "4.text" in sent
    assert store.get("hof").version == 1


def test_a_stale_version_overwrites_nothing_and_loses_nothing(desk, store, plan):
    mine = form(desk, "risks") | {"0.text": "meine Fassung"}
    theirs = form(desk, "risks") | {"0.text": "ihre Fassung"}
    assert send(desk, "risks", theirs).status_code == 303
    answer = send(desk, "risks", mine)
    assert answer.status_code == 412
    assert "“Risks” too" in answer.text
    assert "ihre Fassung" in answer.text
    again = Fields(answer.text).sent
    assert again["0.text"] == "meine Fassung"
    assert store.get("hof").plan.risks[0].text == "ihre Fassung"
    assert send(desk, "risks", again).status_code == 303
    assert store.get("hof").plan.risks[0].text == "meine Fassung"
    assert store.history("hof")[1].plan.risks[0].text == "ihre Fassung"


def test_changes_of_other_sections_are_kept(desk, store, plan):
    mine = form(desk, "risks") | {"0.text": "meine Fassung"}
    send(desk, "basics", form(desk, "basics") | {"0.title": "Anders"})
    answer = send(desk, "risks", mine)
    assert answer.status_code == 412
    assert "“Risks” was not" in answer.text
    assert send(desk, "risks", Fields(answer.text).sent).status_code == 303
    now = store.get("hof").plan
    assert (now.title, now.risks[0].text) == ("Anders", "meine Fassung")


def test_the_state_goes_step_by_step(desk, store, plan):
    def go(state, version):
        fields = {"state": state, "version": version}
        return desk.post("/plans/hof/state", data=fields, follow_redirects=False)

    assert go("exploring", 1).status_code == 303
    assert store.get("hof").plan.state is PlanState.EXPLORING
    assert "A contact who may decide" in desk.get("/plans/hof").text
    assert go("operating", 2).status_code == 422
    assert go("nowhere", 2).status_code == 422
    stale = go("agreed", 1)
    assert stale.status_code == 412
    assert "Nothing was written" in stale.text
    assert go("agreed", "x").status_code == 422
    assert go("ended", 2).status_code == 303
    assert "edit=" not in desk.get("/plans/hof").text
    assert send(desk, "risks", form(desk, "risks") | {"0.text": "zu spät"}).status_code == 422


def test_deleted_and_brought_back(desk, store, plan):
    assert desk.post("/plans/hof/delete", data={"version": 1}, follow_redirects=False).status_code == 303
    assert "Gemeinsamer Bauhof" not in desk.get("/plans").text
    assert "Gemeinsamer Bauhof" in desk.get("/plans?deleted=true").text
    assert "Bring back" in desk.get("/plans/hof?edit=risks").text
    assert "Saved." not in desk.get("/plans/hof?saved=state").text
    assert desk.post("/plans/hof/risks", data={"version": 2}).status_code == 404
    assert desk.post("/plans/hof/restore", data={"version": 1}).status_code == 412
    assert desk.post("/plans/hof/restore", data={"version": 2}, follow_redirects=False).status_code == 303
    assert store.get("hof").plan == plan


def test_text_is_text(desk, store, village_atlas):
    nasty = {
        **FULL, "title": NASTY, "summary": NASTY, "goals": [{"text": NASTY, "indicators": [{"key": "k",
        "name": NASTY}]}],
        "monitoring": [{"indicator": "k", "on": "2027-01-01", "value": 1, "note": NASTY}],
        "documents": [{"title": NASTY, "link": "https://example.org/\"onclick=alert(1)"}],
        "participants": [{"name": NASTY, "contact": NASTY}], "decisions": {"bodies": [NASTY],
        "voting": NASTY},
    }  # fmt: skip
    plan = begun(read_plan(nasty, plan_id="hof"), village_atlas)
    store.create(plan, ME)
    store.create(begun(read_plan(FULL, plan_id="other"), village_atlas), ME)
    for address in ("/plans", "/plans/hof", "/plans/other", *(f"/plans/hof?edit={key}" for key in SECTIONS)):
        page = desk.get(address).text
        assert "<script>alert" not in page
        assert '"onclick' not in page
        assert "{{7*7}}" in page
    for key in SECTIONS:
        assert send(desk, key, form(desk, key)).status_code == 303
        store.replace(plan, store.get("hof").version, ME)
    assert store.get("hof").plan == plan


def test_what_is_computed_is_told_in_short(desk, plan, store):
    page = html.unescape(desk.get("/plans/hof?lang=de").text)
    told = page[page.index('id="computed"') : page.index('id="basics"')]
    for text in ("Passung (0 bis 1)", "Zusammenhängendes Gebiet", "erfüllt", "rund ",
                 "/embed/plans/hof?lang=de", "panel=check",
                 "/?unit=01099001&service=building-yard&with=01099002"):  # fmt: skip
        assert text in told, text
    assert "Angaben der Beteiligten" in told
    alone = {"title": "Allein", "network": {"members": ["01099001"], "service": "building-yard"}}
    store.create(read_plan(alone, plan_id="allein"), ME)
    gone = {"title": "Fort", "network": {"members": ["01099001", "09999999"], "service": "building-yard"}}
    store.create(read_plan(gone, plan_id="fort"), ME)
    for key in ("allein", "fort"):
        assert 'id="computed"' not in desk.get(f"/plans/{key}").text


def test_the_figures_are_those_of_the_dossier(desk, plan):
    record = desk.get("/api/v1/plans/hof/dossier?format=json&lang=de").json()["results"]["network"]
    page = html.unescape(desk.get("/plans/hof?lang=de").text)
    hints = sum(one["kind"] == "hint" for one in record["checks"])
    met = sum(one["status"] == "met" and one["kind"] != "hint" for one in record["checks"])
    assert f"{record['score']:.2f}".replace(".", ",") in page
    assert f"{met} erfüllt" in page
    assert f"{hints} Hinweise" in page


def test_what_is_left_after_a_grant_is_told_only_where_nothing_speaks_against_it(atlas):
    names = ("Telgte", "Ostbevern", "Everswinkel", "Warendorf", "Sassenberg", "Sendenhorst")
    given = {"title": "Klima", "network": {"members": list(names), "service": "climate-network"}}
    plan = read_plan(given, plan_id="klima")

    def told(one):
        return dict(summary_of(one, network_of(one, atlas), "de").figures)

    assert "Nach Förderung bleiben" in told(plan)
    assert "Nach Förderung bleiben" not in told(replace(plan, facts={"participation_contract": False}))


def test_a_county_that_alone_joins_the_area_is_named(atlas):
    def connected(members):
        given = {"title": "Wärme", "network": {"members": members, "service": "heat-planning"}}
        plan = read_plan(given, plan_id="waerme")
        return dict(summary_of(plan, network_of(plan, atlas), "de").figures)["Zusammenhängendes Gebiet"]

    assert connected(["Telgte", "Ostbevern"]) == "ja"
    assert connected(["05570044", "05570008"]) == "nein, 2 Teile"
    assert connected(["05570044", "05570008", "05570"]).startswith("Nur Kreis Warendorf verbindet das Gebiet")


def test_it_is_said_what_this_step_and_the_next_one_lack(desk, plan, store):
    page = html.unescape(desk.get("/plans/hof?lang=de").text)
    assert "Für den Schritt „Idee“ ist alles da." in page
    assert (
        "Für den nächsten Schritt „in Sondierung“ fehlt ein Punkt: Entscheidungsfähige Ansprechperson" in page
    )
    store.advance("hof", PlanState.EXPLORING, 1, ME)
    page = html.unescape(desk.get("/plans/hof?lang=de").text)
    assert "Für den Schritt „in Sondierung“ fehlt noch ein Punkt:" in page
    assert page.count("Entscheidungsfähige Ansprechperson je Partner") == 1
    assert "zurück auf „Idee“" in page
    store.advance("hof", PlanState.ENDED, 2, ME)
    page = html.unescape(desk.get("/plans/hof?lang=de").text)
    assert "Was jetzt fehlt" not in page
    assert "Nicht erledigt (" in page


def test_facts_are_asked_in_words_with_their_unit(desk, plan):
    page = html.unescape(desk.get("/plans/hof?edit=facts&lang=de").text)
    assert "Haben die Mitglieder schon Wärmepläne?" in page
    assert '<option value="">offen</option>' in page
    assert '<option value="no" selected>nein</option>' in page
    assert re.search(r'name="0\.turnover_eur"[^>]*value="17500"[^>]*>\s*<span class="unit">€</span>', page)
    # Of what no check of this network asks for, nobody is asked.
    assert "confirmed_rate" not in page


def test_a_county_key_is_called_so(desk, store, village_atlas):
    group = {"title": "Kreis", "network": {"members": ["01099", "01099001"], "service": "building-yard"}}
    store.create(begun(read_plan(group, plan_id="kreis"), village_atlas), ME)
    page = desk.get("/plans/kreis?lang=de").text
    assert "Kreisschlüssel 01099<" in page
    assert "AGS 01099001<" in page
    assert "noch offen" in page


def test_plans_are_compared_in_the_planner(desk, store, plan, village_atlas):
    other = {"title": "Andere", "network": {"members": ["01099001", "01099003"]}}
    store.create(begun(read_plan(other, plan_id="andere"), village_atlas), ME)
    page = html.unescape(desk.get("/plans/hof").text)
    link = re.search(r'href="(/\?unit=01099001[^"]*panel=compare[^"]*)"', page)[1]
    assert "with=01099002" in link
    assert "pin=01099001,01099003" in link
    assert desk.get(link).status_code == 200


def test_files_of_a_plan(desk, plan, tmp_path, monkeypatch):
    export = desk.get("/plans/hof/export.json")
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "elsewhere"))
    elsewhere = open_store()
    import_plans(elsewhere, export.json(), ME)
    assert elsewhere.get("hof").plan == plan
    elsewhere.close()
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    calendar = desk.get("/api/v1/plans/hof/calendar.ics")
    assert len(Calendar.from_ical(calendar.text).walk("VEVENT")) == 1


@pytest.mark.parametrize("path", ["/plans", "/plans/hof", "/plans/hof?edit=risks", "/plans/hof/export.json"])
def test_a_server_that_is_no_desk_says_how_it_is_done(home, village_atlas, path):
    application = create_app(Settings(), atlas=village_atlas)
    with TestClient(application, headers={"accept": "text/html,*/*;q=0.8"}) as client:
        answer = client.get(path)
    assert answer.status_code == 403
    assert "geoplan serve" in answer.text


@pytest.mark.parametrize("key", [*SECTIONS, "state", "delete", "restore"])
def test_another_site_changes_nothing(desk, store, plan, key):
    fields = {"version": "1", "state": "exploring", "0.title": "x"}
    for headers in (
        {"origin": "https://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"host": "evil.example"},
    ):
        assert desk.post(f"/plans/hof/{key}", data=fields, headers=headers).status_code == 403
    assert store.get("hof").version == 1


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/plans/nix", 404), ("GET", "/plans/NIX!", 422), ("GET", "/plans/hof?edit=nix", 404),
        ("POST", "/plans/hof/nix", 404), ("POST", "/plans/nix/risks", 404), ("PUT", "/plans/hof/risks", 405),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_told(desk, plan, method, path, status):
    answer = desk.request(method, path, data={"version": "1"} if method == "POST" else None)
    assert answer.status_code == status
    assert "<h1>" in answer.text


@pytest.mark.parametrize(
    ("text", "lang", "value"),
    [
        ("1.234,56", "de", 1234.56), ("1.234", "de", 1234), ("1,5", "de", 1.5), ("1.5", "de", 1.5),
        ("1,234.56", "en", 1234.56), ("1,234", "en", 1234), ("1.5", "en", 1.5), ("-3", "de", -3),
    ],
)  # fmt: skip
def test_numbers_are_read_as_the_language_writes_them(text, lang, value):
    assert Field(name="x", label=None, kind=Kind.NUMBER).read(text, lang) == value


@pytest.mark.parametrize("text", ["inf", "1e5", "1,2,3", "12.34.5", "--1", "9" * 30, "٣"])
def test_what_is_no_number_is_told(text):
    with pytest.raises(EntryError):
        Field(name="x", label=None, kind=Kind.NUMBER).read(text, "de")


def test_what_was_saved_is_said_where_it_stands(desk, store, plan):
    answer = send(desk, "facts", form(desk, "facts") | {"0.heat_plan": "yes"})
    page = html.unescape(desk.get(answer.headers["location"].replace("?", "?lang=de&")).text)
    section = page[page.index('id="facts"') : page.index('id="goals"')]
    assert "Gespeichert: Angaben der Beteiligten." in section
    assert 'href="#computed"' in section
    assert page.count("Gespeichert") == 1
    assert "Gespeichert" not in desk.get("/plans/hof?edit=facts&saved=facts&lang=de").text


def test_what_is_open_leads_to_the_field_that_answers_it(desk, store, village_atlas):
    given = {"title": "Klima", "network": {"members": ["01099001", "01099002"], "service": "climate-network"}}
    store.create(begun(read_plan(given, plan_id="klima"), village_atlas), ME)
    page = html.unescape(desk.get("/plans/klima?lang=de").text)
    links = re.findall(r'href="(/plans/klima\?edit=facts&lang=de)#(facts-0-\w+)"', page)
    assert {"facts-0-duration_months", "facts-0-participation_contract"} <= {name for _, name in links}
    edited = desk.get(links[0][0]).text
    for _, name in links:
        assert f'id="{name}"' in edited
    send(desk, "facts", form(desk, "facts", "klima") | {"0.duration_months": "3 Jahre"}, "klima")
    assert store.get("klima").plan.facts["duration_months"] == 36
    assert "#facts-0-duration_months" not in desk.get("/plans/klima?lang=de").text


def test_the_overview_comes_before_what_is_missing(desk, plan):
    page = desk.get("/plans/hof?lang=de").text
    assert page.index('id="computed"') < page.index('id="checklist"') < page.index('id="basics"')


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("36", 36),
        ("36 Monate", 36),
        ("3 Jahre", 36),
        ("1,5 Jahre", 18),
        ("2 years", 24),
        ("drei Jahre", None),
    ],
)
def test_months_may_be_given_as_years(text, months):
    field = fact_fields(["duration_months"])[0]
    if months is not None:
        assert field.read(text, "de") == months
        return
    with pytest.raises(EntryError) as caught:
        field.read(text, "de")
    assert caught.value.message.text("de") == (
        "„drei Jahre“ ist keine Zahl. Hier wird eine Zahl gebraucht, gezählt in: Monate."
    )


def test_the_planner_computes_with_what_the_partners_state(desk, store, village_atlas):
    network = {"members": ["01099001", "01099002"], "service": "climate-network"}
    given = {"title": "Klima", "network": network, "facts": {"duration_months": 36}}
    made = store.create(begun(read_plan(given, plan_id="klima"), village_atlas), ME).plan
    page = html.unescape(desk.get("/plans/klima?lang=de").text)
    address = re.search(r'href="(/\?[^"]*panel=check[^"]*)"', page)[1]
    checked = html.unescape(desk.get(address).text)
    assert "im Plan angegeben haben: vereinbarte Laufzeit in Monaten: 36." in checked
    state = in_planner(made)
    context = PlannerContext(atlas=village_atlas, state=state, lang="de", base="", desk=True)
    stated = network_of(made, village_atlas)
    assert context.refusal is None
    assert [one.status for one in context.network.checks] == [one.status for one in stated.checks]
    without = replace(context, state=state.without_facts()).network
    assert [one.status for one in without.checks] != [one.status for one in stated.checks]
    # Of a group beside the partners have stated nothing.
    assert in_planner(made, pinned=("01099001",)).facts == ()


def test_a_fact_that_cannot_be_is_told_in_the_planner(desk):
    page = html.unescape(desk.get("/?unit=01099001&with=01099002&panel=check&lang=de&facts=heat_pan:no").text)
    assert "heat_pan" in page[page.index('class="refusal"') :]
    assert 'id="stated"' not in page


def test_sections_in_which_nothing_stands_are_left_out_of_print(desk, store, plan, village_atlas):
    store.create(begun(read_plan({"title": "Leer"}, plan_id="leer"), village_atlas), ME)
    empty = re.findall(r'class="part empty" id="(\w+)"', desk.get("/plans/leer").text)
    assert set(empty) == {*SECTIONS} - {"network"}
    assert 'class="part empty"' not in desk.get("/plans/hof").text


def test_plans_of_one_title_are_told_apart(desk, store, plan, village_atlas):
    store.create(begun(read_plan(FULL, plan_id="zwei"), village_atlas), ME)
    assert (
        'Gemeinsamer Bauhof</a> <span class="muted">(Idee, 2 Mitglieder, '
        in desk.get("/plans/hof?lang=de").text
    )
