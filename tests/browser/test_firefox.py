"""The way of a planner in a browser of another make: Debian's Firefox, driven by WebDriver BiDi."""

from pathlib import Path

import pytest

from tests.browser.conftest import Contexts, Visits
from tests.browser.planner import EVERSWINKEL, GROUP, OSTBEVERN, QUESTION, listed, overflow, painted, query_of

FIREFOX = Path("/usr/bin/firefox-esr")


@pytest.fixture(scope="module")
def firefox(playwright):
    if not FIREFOX.exists():
        pytest.skip("needs Firefox at /usr/bin/firefox-esr: apt-get install firefox-esr")
    started = playwright.firefox.launch(channel="moz-firefox", executable_path=str(FIREFOX))
    yield started
    started.close()


@pytest.fixture
def visit(firefox, origin):
    """Opens pages in Firefox, which are watched as those in Chromium are."""
    contexts = Contexts(firefox, origin)
    visits = Visits(contexts)
    yield visits
    told = visits.close()
    contexts.close()
    assert told == []


def test_from_the_search_to_a_network(visit, expect):
    page = visit("/?lang=de")
    page.locator("#q").fill("Telgte")
    expect(page.locator("#found [role=option]").first).to_contain_text("Telgte")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#list [data-unit]").first).to_be_visible()
    painted(page)
    first = listed(page)[0]
    page.locator(f"#why-{first}").click()
    expect(page.locator("#why-heading")).to_be_focused()
    page.keyboard.press("Escape")
    page.locator(f"#add-{first}").click()
    expect(page.locator("#tray")).to_contain_text("(2)")
    assert query_of(page)["with"] == first
    page.go_back()
    expect(page.locator("#tray")).not_to_contain_text("(2)")


def test_weights_rank_anew_and_the_address_keeps_them(visit, expect):
    page = visit(f"{QUESTION}&weights=closeness:3")
    expect(page.locator("#list [data-unit]").first).to_be_visible()
    before = listed(page)
    page.reload(wait_until="domcontentloaded")
    expect(page.locator("#list [data-unit]").first).to_be_visible()
    assert listed(page) == before
    assert {OSTBEVERN, EVERSWINKEL} <= set(before)


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("panel", ["check", "build", "compare", "embed"])
def test_panels_open_and_nothing_stands_out(visit, expect, size, panel):
    page = visit(f"{GROUP}&panel={panel}", size=size)
    expect(page.locator("#panel-heading")).to_be_visible()
    assert overflow(page) == []


def test_an_embed_shows_its_map_and_its_table(visit, expect):
    page = visit("/embed/units/Altdorf?service=heat-planning&lang=de")
    painted(page)
    expect(page.locator("table").first).to_be_attached()
