"""Every state is an address: shared, kept by a reload, come back to, in both languages and themes."""

import re

import pytest

from tests.browser.planner import (
    EVERSWINKEL,
    GROUP,
    HELGOLAND,
    LANGUAGES,
    OSTBEVERN,
    QUESTION,
    TELGTE,
    listed,
    overflow,
    painted,
    query_of,
    scene,
    scores,
)

FULL = f"{GROUP}&why={EVERSWINKEL}&weights=closeness:6,same_county:0.5"
STATES = {
    "question": QUESTION,
    "why": FULL,
    "check": f"{GROUP}&panel=check&key=population&depth=shared",
    "build": f"{GROUP}&panel=build&min=6&within=county",
    "compare": f"{GROUP}&panel=compare&pin={TELGTE},{OSTBEVERN}",
    "table": f"{QUESTION}&view=table",
    "white spots": f"{QUESTION}&panel=white-spots",
}


def seen(page):
    """What a page says and asks, without what the browser has marked."""
    texts = [page.locator(place).inner_text() for place in ("#question", "#list", "#why", "#panel", "#tray")]
    return texts, scene(page), page.title()


@pytest.mark.parametrize("state", STATES.values(), ids=STATES)
def test_a_link_shows_others_the_same(visit, state):
    page = visit(state)
    elsewhere = visit(page.url.removeprefix(visit.origin))
    assert seen(elsewhere) == seen(page)


def test_what_was_clicked_together_is_in_the_link(visit, expect):
    page = visit("/?lang=de")
    page.locator(".examples a").first.click()
    page.locator(f"#add-{OSTBEVERN}").click()
    expect(page.locator("#tray h2 .count")).to_have_text("2")
    page.locator("#weights > summary").click()
    page.locator("#weights input[type=range]").first.focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile("weights="))
    page.locator(f"#why-{EVERSWINKEL}").click()
    expect(page.locator("#why-heading")).to_contain_text("Everswinkel")
    elsewhere = visit(page.url.removeprefix(visit.origin))
    assert seen(elsewhere) == seen(page)


def test_a_reload_keeps_all(visit):
    page = visit(FULL)
    before = seen(page)
    page.reload(wait_until="domcontentloaded")
    assert seen(page) == before


def test_back_and_forward(visit, expect):
    page = visit("/?lang=de")
    page.locator(".examples a").first.click()
    expect(page.locator("#heading")).to_contain_text("Telgte")
    page.locator(f"#name-{OSTBEVERN}").click()
    expect(page.locator("#why-heading")).to_contain_text("Ostbevern")
    page.locator("#why-add").click()
    expect(page.locator("#tray h2 .count")).to_have_text("2")
    page.go_back()
    expect(page.locator("#tray h2 .count")).to_have_text("1")
    expect(page.locator("#why-heading")).to_contain_text("Ostbevern")
    page.go_back()
    expect(page.locator("#why")).to_be_hidden()
    page.go_back()
    expect(page.locator(".examples")).to_be_visible()
    page.go_forward()
    expect(page.locator("#heading")).to_contain_text("Telgte")
    assert query_of(page)["unit"] == TELGTE


def test_back_from_another_page_is_the_same_state(visit, expect):
    page = visit("/?lang=de")
    page.locator(".examples a").first.click()
    page.locator(f"#add-{OSTBEVERN}").click()
    expect(page.locator("#tray h2 .count")).to_have_text("2")
    before = scores(page)
    page.get_by_role("link", name="Hilfe").first.click()
    expect(page).to_have_url(re.compile("/help"))
    page.go_back()
    expect(page.locator("#tray h2 .count")).to_have_text("2")
    assert scores(page) == before


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_other_language_is_the_same_state(visit, expect, size):
    page = visit(FULL, size=size)
    before, asked = scores(page), query_of(page)
    page.locator("#tools a[hreflang=en]").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.locator("#list-heading")).to_have_text("Who else fits?")
    assert scores(page) == before
    assert query_of(page) == {**asked, "lang": "en"}
    expect(page.locator("#q")).to_have_attribute("placeholder", re.compile("Municipality"))
    page.locator("#tools a[hreflang=de]").click()
    expect(page.locator("#list-heading")).to_have_text("Wer passt noch dazu?")
    assert query_of(page) == asked


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_title_names_who_asks_for_what(visit, expect, lang):
    page = visit(f"/?unit={TELGTE}&service=heat-planning", lang=lang)
    expect(page).to_have_title(re.compile(r"Telgte.*geoplan"))
    page.locator("#service").select_option("climate-network")
    expect(page).to_have_title(re.compile({"de": "Klimaschutz", "en": "[Cc]limate"}[lang]))


def background(page):
    return page.evaluate("getComputedStyle(document.documentElement).backgroundColor")


def test_dark_by_the_button(visit, expect):
    page = visit(QUESTION)
    light = background(page)
    page.locator("[data-theme-switch]:visible").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    assert background(page) != light
    page.reload(wait_until="domcontentloaded")
    assert background(page) != light
    page.locator("[data-theme-switch]:visible").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert background(page) == light


def test_dark_as_the_system_likes_it(visit, expect):
    page = visit(QUESTION, color_scheme="dark")
    assert background(page) != background(visit(QUESTION))
    page.locator("[data-theme-switch]:visible").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "light")
    assert background(page) == background(visit(QUESTION))


def test_the_theme_goes_along_to_other_pages(visit, expect):
    page = visit(f"{QUESTION}&theme=dark")
    dark = background(page)
    page.get_by_role("link", name="Hilfe").first.click()
    expect(page).to_have_url(re.compile("/help"))
    assert background(page) == dark


@pytest.mark.parametrize("lang", LANGUAGES)
def test_who_has_no_neighbours_on_land_is_told_so(visit, expect, lang):
    page = visit(f"/?unit={HELGOLAND}", lang=lang)
    said = {"de": "keine Landnachbarn", "en": "no land neighbour"}[lang]
    expect(page.locator("#question, #list").filter(has_text=re.compile(said)).first).to_be_visible()
    assert listed(page)  # the next step: who can be reached all the same


def test_an_answer_without_suggestions_offers_the_next_step(visit, expect):
    page = visit(f"/?unit={HELGOLAND}&type=urban-rural&lang=de")
    expect(page.locator("#list")).to_contain_text("passt keine")
    page.locator("#list a").first.click()
    expect(page.locator("#list [data-unit]").first).to_be_visible()
    assert "type" not in query_of(page)


def test_nothing_is_lost_by_an_old_address(visit, expect):
    page = visit(f"/units/{TELGTE}?service=heat-planning&lang=de")
    expect(page.locator("#heading")).to_contain_text("Telgte")
    assert query_of(page) == {"unit": TELGTE, "service": "heat-planning", "lang": "de"}


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_description_of_the_api_comes_from_here(visit, expect, size):
    page = visit("/docs", size=size)
    expect(page.get_by_text("/api/v1/units/{unit_id}/suggestions").first).to_be_visible()
    assert overflow(page) == []


def test_print(visit, expect):
    page = visit(f"{GROUP}&why={OSTBEVERN}")
    page.emulate_media(media="print")
    for gone in ("#q", "#tools", "#weights", "#tray .actions", "#list .actions"):
        expect(page.locator(gone).first).to_be_hidden()
    for kept in ("#heading", "#list .reasons", "#map", "#why-heading", ".source", "#tray .chips"):
        expect(page.locator(kept).first).to_be_visible()
    rows = page.locator("#list [data-unit]")
    expect(rows.last).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).overflow") != "hidden"
    assert page.pdf(format="A4").startswith(b"%PDF-")


def test_paper_has_the_question_and_all_that_is_folded(visit, expect):
    """However printing begins: the map is fitted to the paper before it is given out of hand."""
    page = visit(f"{GROUP}&panel=check")
    painted(page)
    page.emulate_media(media="print")
    folded = page.locator("details:not([open])").count()
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    expect(page.locator("#paper-heading")).to_contain_text("Klimaschutznetzwerk")
    expect(page.locator("#paper-heading")).to_contain_text("Everswinkel (3 Mitglieder)")
    assert folded and not page.locator("details:not([open])").count()
    shown = page.locator("#map").bounding_box()
    drawn = page.locator("#map canvas.geoplan-map-marks").bounding_box()
    assert drawn["x"] <= shown["x"] + 1
    assert drawn["x"] + drawn["width"] >= shown["x"] + shown["width"] - 1
    assert drawn["width"] < 2 * shown["width"]
    assert page.locator("#legend .ramp").bounding_box()["y"] >= shown["y"] + shown["height"]
    assert page.evaluate("getComputedStyle(document.querySelector('.legend i')).printColorAdjust") == "exact"
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() == folded
