"""What can be opened for a group: each panel is a page, and a slip in the address is told in words."""

import html as markup
import json
import re

import pytest

from geoplan.units import Level

HTML = {"accept": "text/html"}
GROUP = "/?unit=05570044&with=05570032,05570028&lang=de"
"""Telgte, Ostbevern and Oelde, which does not border on them."""
VILLAGES = "/?unit=01099001&with=01099002&lang=de"


def get(client, path):
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200, (path, answer.text[:500])
    return answer.text


def part(html, name):
    """A region of the page as text, without markup."""
    found = re.search(rf'<section id="{name}".*?</section>', html, re.S)[0]
    return " ".join(markup.unescape(re.sub(r"<[^>]+>", " ", found)).split())


def links(html, name):
    found = re.search(rf'<section id="{name}".*?</section>', html, re.S)[0]
    return [markup.unescape(one) for one in re.findall(r'href="([^"]+)"', found)]


def refusal(html):
    found = re.search(r'<p class="refusal"[^>]*>(.*?)</p>', html, re.S)
    return None if found is None else markup.unescape(found[1])


def scene_of(html):
    return json.loads(re.search(r'<script type="application/json" id="scene"[^>]*>(.*?)</script>', html)[1])


@pytest.mark.parametrize("panel", ["build", "check", "compare", "white-spots"])
@pytest.mark.parametrize("asked", [GROUP, "/?unit=05570044&lang=de", "/?unit=08336&lang=en", "/?lang=de"])
def test_every_panel_is_a_page(client, panel, asked):
    page = get(client, f"{asked}&panel={panel}")
    if "unit" in asked:
        assert '<h2 id="panel-heading" tabindex="-1">' in page
    assert ' style="' not in page


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("panel=build&min=abc", "abc"),
        ("panel=build&min=9&max=3", "9"),
        ("panel=build&max=1", "1"),
        ("panel=build&min=99999999999999999999", "99999999999999999999"),
        ("panel=build&alternatives=many", "many"),
        ("panel=build&alternatives=77", "77"),
        ("panel=build&exclude=Nirgendwo", "Nirgendwo"),
        ("panel=build&exclude=05570032", "Ostbevern"),
        ("panel=build&min=40&within=county", "40"),
        ("panel=check&assume=years:soon", "soon"),
        ("panel=check&assume=years:-1", "-1"),
        ("panel=check&assume=years:nan", "nan"),
        ("panel=check&assume=wages:3", "wages"),
        ("panel=check&assume=years", ""),
        ("panel=check&depth=marriage", "marriage"),
        ("panel=check&key=luck", "luck"),
        ("panel=check&key=use", ""),
    ],
)
def test_a_slip_is_told_in_the_panel_and_the_rest_stays(client, said, named):
    page = get(client, f"{GROUP}&{said}")
    if said != "panel=check&assume=years":
        assert named in refusal(page)
    assert "Telgte" in part(page, "tray")


@pytest.mark.parametrize("unit", ["05515", "05570", "05", "mr-nuernberg", "055700040"])
@pytest.mark.parametrize("panel", ["build", "white-spots"])
def test_every_kind_of_unit_has_its_panels(client, unit, panel):
    if client.get(f"/api/v1/units/{unit}").status_code != 200:
        pytest.skip(f"the dataset has no {unit}")
    get(client, f"/?unit={unit}&panel={panel}&service=it&lang=de")


def test_a_large_group_is_checked(client, atlas):
    rows = atlas.hierarchy.members(atlas.units.row("05"), Level.MUNICIPALITY)[:60]
    ids = [atlas.units.ids[row] for row in rows.tolist()]
    for panel in ("check", "build", "compare"):
        get(client, f"/?unit={ids[0]}&with={','.join(ids[1:])}&pin={','.join(ids[:5])}&panel={panel}&lang=de")


def test_a_panel_in_english_speaks_english(client):
    page = part(get(client, GROUP.replace("lang=de", "lang=en") + "&panel=check"), "panel")
    assert "Still open" in page
    assert "Noch offen" not in page


def test_an_area_without_white_spots_is_told_so_once(client):
    page = get(client, "/?unit=05570044&service=heat-planning&panel=white-spots&lang=de")
    assert "Alle 13 Gemeinden finden mindestens 2 gute Partner." in page
    assert "0 von 13" not in page


def test_white_spots_are_those_of_the_answer_and_of_the_map(client):
    page = get(client, "/?unit=05570044&service=climate-network&panel=white-spots&lang=de")
    answer = client.get("/api/v1/units/05570/white-spots?service=climate-network&lang=de").json()
    white = {one["id"] for one in answer["municipalities"] if one["white"]}
    assert white
    assert set(re.findall(r'<li data-unit="(\d+)"', page)) == white
    shown = scene_of(page)["whiteSpots"]
    assert set(shown) == {one["id"] for one in answer["municipalities"]}
    assert {one for one, step in shown.items() if step == 0} == white
    assert any(f"unit={one}" in link for one in white for link in links(page, "panel"))
    assert scene_of(get(client, GROUP)).get("whiteSpots") is None


def test_a_county_free_city_asks_about_its_state(client):
    assert "Nordrhein-Westfalen" in part(get(client, "/?unit=05515000&panel=white-spots&lang=de"), "panel")


def test_the_question_leads_to_the_white_spots(client):
    assert any("panel=white-spots" in link for link in links(get(client, "/?unit=05570044"), "question"))


def test_villages_of_two_states(village_client):
    page = get(village_client, "/?unit=01099002&with=02099001&lang=de")
    assert "Landesgrenze" in part(page, "tray")


def test_nothing_of_the_group_hides_behind_the_panel(client):
    """The map of white spots shows them and neither suggestions nor the group."""
    shown = scene_of(get(client, GROUP + "&panel=white-spots"))
    assert (shown["suggestions"], shown["partners"], shown["group"], shown["gaps"]) == ([], [], [], [])
    assert scene_of(get(client, GROUP))["gaps"]
