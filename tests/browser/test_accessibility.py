"""No page and no state breaks a rule of WCAG 2.2 A or AA, or a good practice, that axe knows."""

import re

import pytest

from tests.browser.planner import GROUP, OSTBEVERN, QUESTION, TELGTE, VIEWS, painted

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SCHEMES = ("light", "dark")
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
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
        if not page.evaluate("Boolean(window.axe)"):
            page.evaluate(axe.axe_script)
        found = page.evaluate("options => axe.run(document, options)", RULES)["violations"]
        return [
            f"{one['id']}: {node['target'][0]} – {node.get('failureSummary', '')[:160]} {node['html'][:100]}"
            for one in found
            for node in one["nodes"][:4]
        ]

    return of


@pytest.mark.parametrize("path", (VIEWS | EMBEDS).values(), ids=VIEWS | EMBEDS)
def test_page(visit, violations, path):
    page = visit(path, reduced_motion="reduce")  # no colour is half way to another
    found = {}
    for size, (width, height) in SIZES.items():
        page.set_viewport_size({"width": width, "height": height})
        if size == "phone":
            # As tall as the page: the bar at the bottom hides nothing that can be scrolled into view.
            whole = page.evaluate("document.documentElement.scrollHeight")
            page.set_viewport_size({"width": width, "height": whole})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            found[size, scheme] = violations(page)
    assert found == {(size, scheme): [] for size in SIZES for scheme in SCHEMES}


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


@pytest.mark.parametrize("scheme", SCHEMES)
def test_while_an_answer_is_waited_for(visit, violations, expect, scheme):
    page = visit("/?lang=de", color_scheme=scheme, reduced_motion="reduce")
    page.route("**/?unit=*", lambda route: None)
    page.locator(".examples a").first.click(no_wait_after=True)
    expect(page.locator("#progress")).not_to_be_empty()
    assert violations(page) == []


@pytest.mark.parametrize("path", ["/?unit=Telgtee&lang=de", "/?unit=Neustadt&lang=en"])
def test_an_address_that_means_nothing(visit, violations, path):
    page = visit("/?")
    visit.expect_trouble("the server responded with a status of")
    page.goto(visit.origin + path, wait_until="domcontentloaded")
    assert violations(page) == []


@pytest.mark.parametrize("view", ["start", "group", "check", "help"])
def test_in_english(visit, violations, view):
    page = visit(VIEWS[view].replace("lang=de", "lang=en"), lang="en", reduced_motion="reduce")
    assert violations(page) == []


def test_a_plan_in_each_of_its_states(visit, violations):
    page = visit("/plans?lang=de", reduced_motion="reduce")
    body = {"title": "Durch alle Stände", "network": {"members": [TELGTE, OSTBEVERN]}}
    made = page.request.post("/api/v1/plans", data=body)
    address = made.headers["location"]
    for state in ("exploring", "agreed", "founded", "operating", "evaluated", "ended"):
        read = page.request.get(address)
        stepped = read.json()["plan"] | {"state": state}
        assert page.request.put(address, data=stepped, headers={"if-match": read.headers["etag"]}).ok
        page.goto(f"{visit.origin}{address.removeprefix('/api/v1')}?lang=de", wait_until="domcontentloaded")
        assert violations(page) == [], state
