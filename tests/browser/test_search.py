"""From a name to the question: typing, choosing, ambiguous and unknown names, postcodes."""

import dataclasses
import re

import pytest

from geoplan.atlas import Atlas
from geoplan.enrichment.columns import POSTCODE_FILE, packed
from geoplan.enrichment.postcodes import Postcode, Postcodes, postcode_table
from geoplan_api import Settings, create_app
from tests.browser.conftest import served
from tests.browser.planner import HELGOLAND, LANGUAGES, TELGTE, focused, listed, query_of, until

OPTIONS = "#found [role=option]"


def type_text(page, text):
    page.locator("#q").press_sequentially(text)
    page.locator(OPTIONS).first.wait_for()


def chosen(page):
    marked = page.locator(f"{OPTIONS}[aria-selected=true]")
    return marked.inner_text() if marked.count() else None


def test_the_first_visit_asks_one_question(visit, expect):
    page = visit("/?lang=de")
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Mit wem"))
    assert focused(page) == "q"
    expect(page.locator(".examples a")).to_have_count(3)


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_example_leads_to_an_answer(visit, expect, size, lang):
    page = visit("/", size=size, lang=lang)
    page.locator(".examples a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Telgte")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    assert query_of(page)["service"] == "heat-planning"
    assert len(listed(page)) >= 5


@pytest.mark.parametrize("lang", LANGUAGES)
def test_search_by_keys_alone(visit, expect, lang):
    page = visit("/", lang=lang)
    type_text(page, "ostbev")
    field = page.get_by_role("combobox").first
    expect(field).to_have_attribute("aria-expanded", "true")
    field.press("ArrowDown")
    assert "Ostbevern" in chosen(page)
    expect(field).to_have_attribute("aria-activedescendant", "found-0")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ostbevern")
    assert focused(page) == "heading"
    assert query_of(page)["unit"] == "05570032"


def test_arrows_walk_the_suggestions_in_a_ring(visit):
    page = visit("/")
    type_text(page, "neustadt")
    count = page.locator(OPTIONS).count()
    assert count > 2
    page.keyboard.press("ArrowUp")
    last = chosen(page)
    page.keyboard.press("ArrowDown")
    first = chosen(page)
    assert page.locator(OPTIONS).first.inner_text() == first != last
    for _ in range(count):
        page.keyboard.press("ArrowDown")
    assert chosen(page) == first


def test_escape_closes_the_suggestions_and_keeps_the_text(visit, expect):
    page = visit("/")
    type_text(page, "telgt")
    page.keyboard.press("Escape")
    expect(page.locator("#found")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("telgt")
    expect(page.locator("#q")).to_have_attribute("aria-expanded", "false")
    assert focused(page) == "q"


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_choose_by_click(visit, expect, size):
    page = visit("/", size=size)
    type_text(page, "everswin")
    page.locator(OPTIONS).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Everswinkel")
    expect(page.locator("#found")).to_be_hidden()
    expect(page.locator("#q")).to_have_value("")


def test_a_name_that_is_meant_without_doubt_needs_no_choice(visit, expect):
    page = visit("/")
    page.locator("#q").fill("Telgte")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Telgte")
    assert query_of(page)["unit"] == TELGTE


def test_a_service_beside_the_name_is_chosen_with_it(visit, expect):
    page = visit("/?lang=de")
    type_text(page, "Telgte Wärme")
    expect(page.locator(OPTIONS).first).to_contain_text("· Kommunale Wärmeplanung")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#heading")).to_have_text("Telgte")
    expect(page.locator("#service")).to_have_value("heat-planning")
    expect(page.locator("#q")).to_have_value("")


def test_each_search_starts_afresh(visit, expect):
    """Nothing of what was typed is left, and the question as it stands now is asked by the next unit."""
    page = visit("/?lang=de")
    page.locator("#q").fill("Telgte Bauhof")
    page.keyboard.press("Enter")
    expect(page.locator("#heading")).to_have_text("Telgte")
    expect(page.locator("#heading")).to_be_focused()
    expect(page.locator("#q")).to_have_value("")
    page.locator("#service").select_option("tourism")
    expect(page).to_have_url(re.compile("tourism"))
    page.locator("#q").fill("Ostbevern")
    page.keyboard.press("Enter")
    expect(page.locator("#heading")).to_have_text("Ostbevern")
    expect(page.locator("#service")).to_have_value("tourism")


def test_a_word_that_fits_nothing_is_named(visit, expect):
    page = visit("/?lang=de")
    type_text(page, "Telgte xyzzy")
    expect(page.locator(OPTIONS).first).to_contain_text("ohne „xyzzy“")
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_contain_text("„xyzzy“ ist kein Name")
    expect(page.locator("#q")).to_have_value("Telgte xyzzy")
    page.locator("#list .results a").click()
    expect(page.locator("#heading")).to_have_text("Telgte")
    expect(page.locator("#q")).to_have_value("")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_name_of_several_offers_the_choice(visit, expect, lang):
    page = visit("/", lang=lang)
    page.locator("#q").fill("Neustadt")
    page.keyboard.press("Enter")
    results = page.locator("#list .results a")
    expect(results.first).to_be_visible()
    assert results.count() > 3
    places = page.locator("#list .results li").all_inner_texts()
    assert len(set(places)) == len(places)  # told apart by county or state
    name = results.nth(1).inner_text()
    results.nth(1).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_suggestions_tell_places_of_one_name_apart(visit):
    page = visit("/")
    type_text(page, "neustadt")
    told = page.locator(OPTIONS).all_inner_texts()
    assert len(set(told)) == len(told)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_found_says_so_and_what_helps(visit, expect, lang):
    page = visit("/", lang=lang)
    page.locator("#q").fill("Qqxyzzy")
    page.keyboard.press("Enter")
    expect(page.locator("#list")).to_contain_text("Qqxyzzy")
    expect(page.locator("#list")).to_contain_text("AGS")
    expect(page.locator("#q")).to_be_visible()


def test_a_typo_still_finds(visit, expect):
    page = visit("/")
    type_text(page, "ostbevrn")
    expect(page.locator(OPTIONS).first).to_contain_text("Ostbevern")


def test_the_search_tells_how_many_it_found(visit, expect):
    page = visit("/")
    type_text(page, "telgte")
    expect(page.get_by_role("status").first).to_have_text(re.compile(r"\d+ gefunden"))


def test_a_slash_jumps_to_the_search(visit, expect):
    page = visit(f"/?unit={TELGTE}")
    page.locator("#list a").first.focus()
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    expect(page.locator("#q")).to_have_value("")


def test_a_key_finds(visit, expect):
    page = visit("/")
    page.locator("#q").fill(HELGOLAND)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Helgoland")


def test_a_postcode_without_postcodes_says_what_is_missing(visit, expect):
    visit_expects = "the server responded with a status of"  # the browser's own note on the answer
    page = visit("/")
    visit.expect_trouble(visit_expects)
    page.locator("#q").fill("48291")
    page.keyboard.press("Enter")
    expect(page.locator("#trouble, #list").filter(has_text="Postleitzahlen").first).to_be_visible()
    expect(page.locator("#q")).to_have_value("48291")


@pytest.fixture(scope="module")
def postcoded(atlas):
    """A server whose dataset knows the postcode of Telgte."""
    ids = atlas.dataset.units.ids
    known = Postcodes((Postcode(row=atlas.units.row(TELGTE), postcode="48291", share=None, seat=True),))
    extras = {POSTCODE_FILE: lambda: packed(postcode_table(ids, known))}
    dataset = dataclasses.replace(atlas.dataset, extras=extras)
    with served(create_app(Settings(), atlas=Atlas.from_dataset(dataset))) as address:
        yield address


def test_a_postcode_leads_to_its_municipality(visit_elsewhere, expect, postcoded):
    page = visit_elsewhere(postcoded)("/")
    type_text(page, "48291")
    expect(page.locator(OPTIONS).first).to_contain_text("Telgte")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Telgte")
    page.locator("#q").fill("48291")
    page.locator("form[role=search] button").click()
    until(page, lambda: query_of(page).get("q") == "48291" or query_of(page).get("unit") == TELGTE)
    expect(page.locator("main")).to_contain_text("Telgte")
