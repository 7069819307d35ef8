"""No page and no state breaks a rule of WCAG 2.2 A or AA, or a good practice, that axe knows."""

import re

import pytest

from tests.browser.planner import GROUP, OSTBEVERN, QUESTION, TELGTE, VIEWS, painted

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SCHEMES = ("light", "dark")
EMBEDS = {
    "embed": f"/embed/units/{TELGTE}?service=heat-planning&lang=de",
    "embed of a network": f"/embed/networks?members={TELGTE},{OSTBEVERN}&service=heat-planning&lang=de",
    "embed of white spots": "/embed/white-spots/05570?service=heat-planning&lang=de",
}


@pytest.fixture(scope="session")
def axe():
    library = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs axe: pip install axe-playwright-python"
    )
    return library.Axe()


@pytest.fixture
def violations(axe):
    """What axe finds on a page: rule, element, and what is wrong with it."""

    def of(page):
        found = axe.run(page, options=RULES).response["violations"]
        return [
            f"{one['id']}: {node['target'][0]} – {node.get('failureSummary', '')[:160]} {node['html'][:100]}"
            for one in found
            for node in one["nodes"][:4]
        ]

    return of


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("path", (VIEWS | EMBEDS).values(), ids=VIEWS | EMBEDS)
def test_page(visit, violations, path, size):
    page = visit(path, size=size, reduced_motion="reduce")  # no colour is half way to another
    if size == "phone":
        # As tall as the page: the bar at the bottom hides nothing that one would scroll out from under it.
        height = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": 390, "height": height})
    found = {}
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        found[scheme] = violations(page)
    assert found == {scheme: [] for scheme in SCHEMES}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_page_that_is_not_there(visit, violations, theme):
    page = visit("/?")
    visit.expect_trouble("the server responded with a status of")
    page.goto(f"{visit.origin}/nowhere?theme={theme}&lang=de", wait_until="domcontentloaded")
    assert violations(page) == []


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_while_suggestions_are_open(visit, violations, size):
    page = visit("/?lang=de", size=size)
    page.locator("#q").press_sequentially("neust")
    page.locator("#found [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_with_weights_open(visit, violations, scheme):
    page = visit(f"{QUESTION}&weights=closeness:2", color_scheme=scheme)
    page.locator("#weights input").first.wait_for()
    assert violations(page) == []


def test_with_all_that_can_be_unfolded(visit, violations):
    page = visit(f"{GROUP}&panel=check")
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    assert violations(page) == []


def test_with_the_sheet_open(visit, violations):
    page = visit(GROUP, size="phone")
    page.locator("#tray-sheet summary").click()
    assert violations(page) == []


def test_while_the_server_is_gone(visit, violations, expect):
    page = visit(QUESTION)
    visit.expect_trouble("ERR_FAILED")
    page.context.route("**/*", lambda route: route.abort())
    page.locator(f"#add-{OSTBEVERN}").click()
    expect(page.locator("#trouble")).not_to_be_empty()
    assert violations(page) == []


def test_a_painted_map_in_both_themes(visit, violations):
    page = visit(GROUP, reduced_motion="reduce")
    painted(page)
    assert violations(page) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page) == []


def test_a_plan_and_its_forms(visit, violations, expect):
    page = visit(f"{GROUP}&panel=save")
    page.locator("#save-title").fill("Klimaschutznetzwerk an der Ems")
    page.locator("#save-plan").click()
    expect(page).to_have_url(re.compile("/plans/"))
    assert violations(page) == []
    address = page.url.split("?")[0]
    sections = page.locator("a[href*='edit=']").evaluate_all("all => all.map(one => one.href)")
    assert sections
    for section in sections[:4]:
        page.goto(section, wait_until="domcontentloaded")
        assert violations(page) == []
    page.goto(f"{address}?theme=dark&lang=en", wait_until="domcontentloaded")
    assert violations(page) == []
