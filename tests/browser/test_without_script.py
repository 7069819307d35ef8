"""All of the planner where no script runs: pages, links and forms."""

import re

import pytest

from tests.browser.planner import AHLEN, EVERSWINKEL, GROUP, OSTBEVERN, QUESTION, listed, query_of, scores


@pytest.fixture
def plain(visit):
    def open_page(path, **options):
        page = visit(path, scripted=False, **options)
        visit.expect_trouble("was preloaded using link preload")  # for the map, which needs a script
        return page

    return open_page


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_from_the_search_to_a_network(plain, expect, size):
    page = plain("/?lang=de", size=size)
    page.get_by_role("searchbox").fill("Telgte")
    page.get_by_role("button", name="Suchen").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Telgte")
    page.get_by_label("Aufgabenfeld").first.select_option("heat-planning")
    page.get_by_role("button", name="Vorschlagen", exact=True).click()
    assert query_of(page)["service"] == "heat-planning"
    page.locator(f"#name-{OSTBEVERN}").click()
    expect(page.locator("#why-heading")).to_contain_text("Ostbevern")
    page.locator("#why-add").click()
    expect(page.locator("#tray")).to_contain_text("Ostbevern")
    expect(page.locator("#list-heading")).to_have_text("Wer passt noch dazu?")


def test_a_name_of_several(plain, expect):
    page = plain("/?q=Neustadt&lang=de")
    page.locator("#list .results a").nth(1).click()
    expect(page.locator("#heading")).to_contain_text("Neustadt")
    assert listed(page)


def test_sliders_by_button(plain, expect):
    page = plain(QUESTION)
    before = scores(page)
    page.locator("#weights > summary").click()
    slider = page.locator("#weights input[type=range]").first
    name = slider.get_attribute("name").removeprefix("w_")
    slider.fill("8")
    page.locator("#weights form button").click()
    expect(page).to_have_url(re.compile(f"weights={name}:8"))
    assert "w_" not in page.url
    assert scores(page) != before
    page.locator("#reset-weights").click()
    expect(page).not_to_have_url(re.compile("weights="))
    assert scores(page) == before


def test_the_table_shows_what_the_map_would(plain, expect):
    page = plain(QUESTION)
    ids = listed(page)
    page.locator('#tabs [data-view="table"]').click()
    expect(page.get_by_role("table")).to_be_visible()
    assert listed(page) == ids


def test_the_empty_map_leads_to_the_table(plain, expect):
    page = plain(QUESTION)
    expect(page.locator(".picture .no-map")).to_be_visible()


@pytest.mark.parametrize("panel", ["build", "check", "compare", "save", "embed", "white-spots"])
def test_each_panel(plain, expect, panel):
    page = plain(f"{GROUP}&panel={panel}&pin={AHLEN},{EVERSWINKEL}")
    expect(page.locator("#panel-heading")).to_be_visible()
    page.locator("#close-panel").click()
    expect(page.locator("#panel")).to_be_hidden()
    assert "panel" not in query_of(page)


def test_conditions_by_button(plain, expect):
    page = plain(f"{GROUP}&panel=check")
    page.locator("#check-depth").select_option(index=2)
    page.locator("form:has(#check-depth) button").click()
    expect(page).to_have_url(re.compile("depth="))
    expect(page.locator("#panel-heading")).to_be_visible()


def test_no_button_is_offered_that_does_nothing(plain, expect):
    page = plain(GROUP)
    for dead in ("#undo", "#redo"):
        expect(page.locator(dead)).to_be_hidden()
