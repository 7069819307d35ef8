"""The planner page as the server makes it: complete without a script, each link another state."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from random import Random
from urllib.parse import parse_qs, urlsplit

import pytest

from geoplan.criteria import CRITERIA
from geoplan.messages import alphabetical
from geoplan.services import load_services
from geoplan_api.html import unbroken
from geoplan_api.labels import inhabitants
from geoplan_api.planner.sliders import MEANINGS

HTML = {"accept": "text/html"}
QUESTION = "/?unit=01099001&lang=de"


class Page(HTMLParser):
    """Links, ids and forms of a page."""

    def __init__(self, html):
        super().__init__()
        self.links, self.ids, self.current = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        if tag == "a" and "data-nav" in found:
            self.links.append(found["href"])
        if "id" in found:
            self.ids.append(found["id"])


def get(client, path):
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200, (path, answer.text[:500])
    return answer.text


@pytest.mark.parametrize(
    ("population", "source", "said"),
    [
        (1234, "GeoNames (estimate by place name)", "1.234 Einwohner (Schätzung)"),
        (1234, "Destatis", "1.234 Einwohner"),
        (None, None, "Einwohnerzahl unbekannt"),
    ],
)
def test_an_estimated_number_of_inhabitants_says_so(village_atlas, population, source, said):
    unit = replace(village_atlas.unit("01099001"), population=population, population_source=source)
    assert inhabitants(village_atlas, unit).text("de") == said


def scene_of(html):
    return json.loads(re.search(r'<script type="application/json" id="scene"[^>]*>(.*?)</script>', html)[1])


def test_every_criterion_says_what_it_means():
    assert set(MEANINGS) == set(CRITERIA)


def test_the_first_visit_has_one_question(village_client):
    html = get(village_client, "/?lang=de")
    assert "Mit wem" in html
    assert "autofocus" in html
    assert scene_of(html)["asking"] is None


def test_an_exact_name_leads_to_the_unit(village_client):
    answer = village_client.get("/?q=Altdorf&service=it&lang=de", headers=HTML, follow_redirects=False)
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.headers["location"]).query) == {
        "unit": ["01099001"], "service": ["it"], "lang": ["de"]
    }  # fmt: skip


def test_a_name_that_several_have_leads_to_a_choice(village_client):
    html = get(village_client, "/?q=Neudorf&lang=de")
    assert "unit=01099002" in html
    assert "unit=02099002" in html


def test_list_and_scene_are_one(village_client):
    html = get(village_client, QUESTION)
    listed = re.findall(r'<li id="s-([\w-]+)"', html)
    assert listed
    assert [one["id"] for one in scene_of(html)["suggestions"]] == listed
    asked = village_client.get("/api/v1/units/01099001/suggestions").json()["suggestions"]
    assert [one["id"] for one in asked] == listed


def test_reasons_add_up_and_say_where_they_are_from(village_client):
    html = get(village_client, QUESTION + "&why=01099002")
    asked = village_client.get("/api/v1/units/01099001/suggestions/01099002?lang=de").json()
    for part in asked["suggestion"]["contributions"]:
        assert unbroken(part["explanation"]) in html
    assert f"Rang {asked['rank']} von {asked['candidates']}" in html
    assert asked["mutuality"]["text"] in html


def test_a_unit_that_cannot_be_a_partner_is_told_apart(village_client):
    html = get(village_client, QUESTION + "&why=01099901")
    assert "Forst Tal" in html
    assert "Partner für Forst Tal" in html


def test_weights_of_a_form_without_script_become_an_address(village_client):
    answer = village_client.get("/?unit=01099001&w_closeness=2&lang=de", headers=HTML, follow_redirects=False)
    assert answer.status_code == 303
    assert parse_qs(urlsplit(answer.headers["location"]).query)["weights"] == ["closeness:2"]
    html = get(village_client, answer.headers["location"])
    assert "1 geändert" in html


def test_a_form_without_script_changes_only_what_was_moved(village_client):
    """It sends all of its sliders, and a browser puts each of them on a step."""
    html = get(village_client, QUESTION)
    sent = dict(re.findall(r'name="(w_\w+)"[^>]*value="([\d.]+)"', html))
    moved = {**sent, "w_closeness": "1.5"}
    asked = {"unit": "01099001", "lang": "de"}
    for fields, weights in ((sent, None), (moved, ["closeness:1.5"])):
        answer = village_client.get("/", params=asked | fields, headers=HTML, follow_redirects=False)
        assert parse_qs(urlsplit(answer.headers["location"]).query).get("weights") == weights


def test_a_postcode_that_is_not_known_leaves_the_search_at_hand(village_client):
    html = get(village_client, "/?q=48291&lang=de")
    assert "48291" in html
    assert 'id="q"' in html


def test_an_old_territorial_status_is_told(village_client, client):
    assert "Jahre alt" in get(client, "/?unit=05570044&lang=de")
    assert "Jahre alt" not in get(village_client, QUESTION)


def test_a_city_that_is_its_own_county_is_not_named_twice(client):
    page = get(client, "/?unit=05570044&lang=de")
    assert "Kreisfreie Stadt, Nordrhein-Westfalen" in page
    assert "Kreisfreie Stadt Münster, Nordrhein-Westfalen" not in page
    facts = re.search(r'class="facts">(.*?)</p>', get(client, "/?unit=05515000&lang=de"))
    assert facts
    assert facts[1].startswith("Kreisfreie Stadt, ")


def test_a_county_among_its_municipalities_is_outlined(village_client):
    scene = scene_of(get(village_client, QUESTION + "&with=01099002,01099"))
    assert scene["outlined"] == ["01099"]
    assert scene_of(get(village_client, "/?unit=01099&with=02099"))["outlined"] == []


def test_a_county_whose_inhabitants_are_partly_unknown_has_at_least_those_of_the_others(client, atlas):
    facts = re.search(r'class="facts">(.*?)</p>', get(client, "/?unit=08336&lang=de"))[1]
    assert atlas.unit("08336").population is None
    assert re.search(r"mindestens [\d.]+\sEinwohner \((Schätzung; )?von \w+ Gemeinden? unbekannt\)", facts)


def test_service_fields_stand_in_the_order_of_the_alphabet(client):
    options = re.search(r'<select id="service".*?</select>', get(client, "/?unit=05570044&lang=de"), re.S)[0]
    labels = re.findall(r"<option[^>]*>([^<]+)</option>", options)[1:]
    assert labels == sorted(labels, key=alphabetical)
    assert len(labels) == len(set(labels)) == len(load_services())
    assert "Klimaschutznetzwerk" in labels
    assert labels.index("Tourismus") > next(at for at, one in enumerate(labels) if one.startswith("Ö"))


def test_notes_of_a_suggestion_are_counted(client):
    page = get(client, "/?unit=05570044&lang=de")
    assert re.search(r'<span class="mind">(1 Hinweis|\d+ Hinweise)</span>', page)
    assert "zu beachten" not in page


def test_reasons_and_their_sum_say_that_they_are_rounded(village_client):
    assert "Gerundet; Abweichungen um 0,01 möglich." in get(village_client, QUESTION + "&why=01099002")


def test_with_partners_the_question_changes(village_client):
    assert "Wer passt noch dazu?" in get(village_client, QUESTION + "&with=01099002")


def test_a_gap_is_drawn_from_piece_to_piece(village_client):
    assert scene_of(get(village_client, QUESTION + "&with=01099002"))["gaps"] == []
    gaps = scene_of(get(village_client, QUESTION + "&with=02099002&service=building-yard"))["gaps"]
    assert len(gaps) == 1
    assert len(gaps[0]) == 2


def test_ids_are_given_once(village_client):
    for path in (
        QUESTION,
        QUESTION + "&with=01099002&why=01099003&view=table",
        QUESTION + "&panel=check&with=01099002",
    ):
        ids = Page(get(village_client, path)).ids
        assert len(ids) == len(set(ids)), path


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("/?unit=Atldorf", 404, "Altdorf"),
        ("/?unit=Neudorf", 409, "02099002"),
        ("/?unit=01099001&service=itt", 422, "it"),
        ("/?unit=01099001&type=vertikal", 422, "vertical"),
        ("/?unit=01099001&weights=closenes:2", 422, "closeness"),
        ("/?unit=01099001&weights=closeness:x", 422, "x"),
        ("/?unit=01099001&with=99999999", 404, "99999999"),
        ("/?unit=01099001&panel=nothing", 422, "panel"),
        ("/?unit=01099001&limit=0", 422, "limit"),
    ],
)
def test_what_is_wrong_is_told_on_a_page(village_client, path, status, told):
    answer = village_client.get(path, headers=HTML)
    assert answer.status_code == status
    assert told in answer.text
    assert "<h1" in answer.text


def test_wherever_one_clicks_there_is_a_page(village_client):
    """A walk along the links of the planner: none is broken, whatever was clicked before."""
    random = Random(20261122)
    for start in ("/", QUESTION, "/?unit=01099&lang=en"):
        path = start
        for _ in range(25):
            links = Page(get(village_client, path)).links
            path = random.choice(links) if links else start


def test_a_kind_beside_the_name_opens_the_one_of_that_kind(client):
    headers = {"accept": "text/html"}
    named = client.get("/?q=Kreis+Warendorf", headers=headers, follow_redirects=False)
    assert named.status_code == 303
    assert parse_qs(urlsplit(named.headers["location"]).query)["unit"] == ["05570"]
    assert client.get("/?q=Warendorf", headers=headers, follow_redirects=False).status_code == 200
