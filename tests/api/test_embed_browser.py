"""An embed in a page of another site, in a real browser: its height, its keys, and what it never does."""

import gzip
import threading
from contextlib import contextmanager
from importlib import resources

import pytest
import uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from geoplan_api import Settings, create_app

pytestmark = pytest.mark.browser

PATIENCE_MS = 60_000
MOST_KB = 300
SIZES = {"narrow": (320, 480), "usual": (640, 480), "wide": (1440, 600)}
UNIT = "/embed/units/Altdorf?service=heat-planning&lang=de"
PAGES = {
    "unit": UNIT,
    "network": "/embed/networks?members=01099003,02099001&service=building-yard&lang=de",
    "white-spots": "/embed/white-spots/01099?service=heat-planning&lang=de",
}
TELGTE = "/embed/units/05570044?service=heat-planning&lang=de"
BASEMAP = "https://tiles.example/{z}/{x}/{y}.png"
WATCH = """
    addEventListener("securitypolicyviolation", (event) =>
      console.error(`policy: ${event.violatedDirective} ${event.blockedURI}`));
"""


@pytest.fixture
def browser(chromium):
    return chromium


@contextmanager
def served(app):
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.02)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    try:
        yield f"http://{host}:{port}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def address(village_atlas):
    with served(create_app(Settings(), atlas=village_atlas)) as base:
        yield base


@pytest.fixture(scope="module")
def germany(atlas):
    with served(create_app(Settings(), atlas=atlas)) as base:
        yield base


@pytest.fixture
def opened(browser):
    """Open a page and note what it asks for and what goes wrong."""
    contexts = []

    def opened(url, size=(640, 480), **options):
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="de-DE", **options
        )
        contexts.append(context)
        page = context.new_page()
        page.requested, page.trouble = [], []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("console", lambda message: page.trouble.append(message.text))
        page.on("pageerror", lambda error: page.trouble.append(str(error)))
        if options.get("java_script_enabled", True):
            page.add_init_script(WATCH)
        page.goto(url)
        return page

    yield opened
    for context in contexts:
        context.close()


def drawn(frame):
    frame.locator("#map[data-painted]:not([data-painted=''])").wait_for(timeout=PATIENCE_MS)


def portal(embed):
    """A site of its own with a strict policy, which keeps a copy of host.js."""
    html = (
        '<!doctype html><html lang="de"><head><meta charset="utf-8"><title>Portal</title>'
        '<link rel="icon" href="data:,"><script src="/host.js" defer></script></head>'
        f'<body><h1>Portal</h1><iframe id="frame" src="{embed}" title="Karte" width="640" height="300">'
        "</iframe></body></html>"
    )
    script = (resources.files("geoplan_api") / "static" / "embed" / "host.js").read_text()
    origin = "/".join(embed.split("/")[:3])
    policy = f"default-src 'none'; script-src 'self'; img-src data:; frame-src {origin}"
    headers = {"content-security-policy": policy}
    return Starlette(
        routes=[
            Route("/", lambda _: HTMLResponse(html, headers=headers)),
            Route("/host.js", lambda _: Response(script, media_type="text/javascript")),
        ]
    )


@pytest.fixture
def framed(address, opened):
    with served(portal(address + UNIT)) as site:
        page = opened(site, (1024, 900))
        frame = page.frame(url=lambda url: "/embed/" in url)
        drawn(frame)
        yield page, frame, (site, address)


def height(page):
    return page.locator("#frame").bounding_box()["height"]


def until(page, holds):
    """Wait; the policy of the pages forbids what Playwright's own waiting for a condition is made of."""
    for _ in range(150):
        if holds():
            return
        page.wait_for_timeout(100)
    raise AssertionError("has not come about")


def settled(page, frame):
    """The frame has the height that its content fills without a scroll bar."""
    until(page, lambda: page.evaluate("document.getElementById('frame').style.height") != "")
    until(page, lambda: frame.evaluate("document.documentElement.scrollHeight <= innerHeight + 2"))


def test_height_follows_the_content(framed):
    page, frame, _ = framed
    settled(page, frame)
    with_map = height(page)
    assert with_map > 300
    frame.locator("#switch").click()
    until(page, lambda: abs(height(page) - with_map) > 10)
    frame.locator("#switch").click()
    until(page, lambda: abs(height(page) - with_map) < 6)
    settled(page, frame)


def test_a_list_that_goes_on_below_says_so(address, opened):
    page = opened(address + PAGES["network"], (1440, 320))
    drawn(page)
    twin = page.locator("#twin.goes-on")
    twin.wait_for()
    assert "weiter unten mehr" in page.evaluate("getComputedStyle(twin, '::after').content")
    cut = """() => {
        const cue = parseFloat(getComputedStyle(twin, "::after").height);
        const end = twin.getBoundingClientRect().top + twin.clientHeight - cue;
        const boxes = [...twin.querySelectorAll("tr, .check")].map((one) => one.getBoundingClientRect());
        return boxes.filter((box) => box.top < end - 6 && box.bottom > end + 6).length;
    }"""
    for lower in (0, 15, 30):
        page.evaluate(
            "px => { twin.style.paddingTop = `${px}px`; dispatchEvent(new Event('geoplan:changed')); }", lower
        )
        assert page.evaluate(cut) == 0, "the last line that is seen is whole"
    page.evaluate("twin.scrollTop = twin.scrollHeight")
    until(page, lambda: not twin.count())
    page.set_viewport_size({"width": 1440, "height": 2000})
    until(page, lambda: not page.locator("#twin.scrolls").count())


def test_the_height_asked_for_ends_with_a_whole_line(address, opened):
    embed = address + PAGES["network"]
    with served(portal(embed)) as site:
        page = opened(site, (1440, 900))
        page.evaluate("frame.width = 1400")
        frame = page.frame(url=lambda url: "/embed/" in url)
        drawn(frame)
        settled(page, frame)
        until(page, lambda: not frame.locator("#twin.scrolls").count())


def test_nothing_but_its_own_server_is_asked(framed):
    page, _, origins = framed
    assert [url for url in page.requested if not url.startswith((*origins, "data:"))] == []
    assert page.trouble == []


def test_nothing_is_stored(framed):
    page, frame, _ = framed
    assert page.context.cookies() == []
    assert frame.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]


@pytest.mark.parametrize("message", [{"type": "geoplan:height", "height": 1234}, "geoplan", None, 5])
def test_only_the_frame_sets_its_height(framed, message):
    page, frame, _ = framed
    settled(page, frame)
    before = height(page)
    page.evaluate("(message) => window.postMessage(message, '*')", message)
    page.wait_for_timeout(100)
    assert height(page) == before
    assert page.trouble == []


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_sizes(address, opened, path, size):
    page = opened(address + path, size)
    drawn(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator("#map").bounding_box()["height"] >= 190
    assert page.trouble == []
    if size == SIZES["wide"]:
        assert page.locator("#twin").is_visible()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_without_script(address, opened, path):
    page = opened(address + path, java_script_enabled=False)
    assert page.locator("noscript table").first.is_visible()
    assert not page.locator("#map").is_visible()
    link = page.get_by_role("link", name="Im Planer öffnen").first
    assert link.get_attribute("rel") == "noopener"


def test_table_is_one_tab_away(address, opened):
    page = opened(address + UNIT)
    drawn(page)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "switch"
    page.keyboard.press("Enter")
    assert page.locator("#twin table").is_visible()
    assert not page.locator("#map").is_visible()
    page.keyboard.press("Space")
    assert page.locator("#map").is_visible()
    page.locator("#map").focus()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.id") == "switch"


def test_what_is_chosen_on_the_map_is_said(address, opened):
    page = opened(address + PAGES["white-spots"])
    drawn(page)
    box = page.locator("#map").bounding_box()
    # Three by two squares in the middle of the map; the one in the south-west is Altdorf.
    page.mouse.click(box["x"] + 0.36 * box["width"], box["y"] + 0.65 * box["height"])
    until(page, lambda: "Altdorf" in page.locator("#told").text_content())
    assert page.trouble == []


@pytest.mark.parametrize(
    ("look", "scheme", "paper"),
    [
        ("theme=dark", "light", "rgb(21, 25, 28)"),
        ("theme=light", "dark", "rgb(255, 255, 255)"),
        ("theme=auto", "dark", "rgb(21, 25, 28)"),
        ("theme=dark&background=transparent", "light", "rgba(0, 0, 0, 0)"),
    ],
)
def test_theme(address, opened, look, scheme, paper):
    page = opened(f"{address}{UNIT}&{look}", color_scheme=scheme)
    found = page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
    assert found == paper
    ink = page.evaluate("getComputedStyle(document.body).color")
    assert (ink == "rgb(232, 236, 239)") == ("dark" in look or (scheme == "dark" and "auto" in look))


def test_script_that_does_not_load(address, opened, browser):
    context = browser.new_context(locale="de-DE")
    page = context.new_page()
    page.route("**/bundled/map/map.js", lambda route: route.abort())
    page.goto(address + UNIT)
    page.locator("#twin table").wait_for(timeout=PATIENCE_MS)
    context.close()


def test_background_map_only_after_a_click(village_atlas, browser):
    app = create_app(Settings(basemap_url=BASEMAP, basemap_attribution="Amt"), atlas=village_atlas)
    context = browser.new_context(viewport={"width": 640, "height": 480}, locale="de-DE")
    with served(app) as base:
        page, asked, trouble = context.new_page(), [], []
        page.add_init_script(WATCH)
        page.on("console", lambda message: trouble.append(message.text))
        page.route("https://tiles.example/**", lambda route: (asked.append(1), route.fulfill(body=""))[1])
        page.goto(base + UNIT, wait_until="networkidle")
        drawn(page)
        assert asked == []
        page.get_by_role("button", name="Amt").click()
        page.wait_for_timeout(300)
        assert asked
        assert [text for text in trouble if "policy" in text] == []
    context.close()


def test_weight(germany, browser):
    context = browser.new_context(viewport={"width": 640, "height": 480}, locale="de-DE")
    page, answers = context.new_page(), []

    def note(answer):
        answers.append(answer)

    page.on("response", note)
    page.goto(germany + TELGTE, wait_until="networkidle")
    drawn(page)
    size = sum(len(gzip.compress(answer.body(), 9)) for answer in answers)
    context.close()
    assert len(answers) > 5
    assert size <= MOST_KB * 1000


@pytest.mark.parametrize("look", ["theme=light", "theme=dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_accessible(address, opened, path, look):
    axe = pytest.importorskip(
        "axe_playwright_python.sync_playwright", reason="needs axe: pip install axe-playwright-python"
    )
    # axe is put into the page as a script, which the policy of the page forbids.
    page = opened(f"{address}{path}&{look}", bypass_csp=True)
    drawn(page)
    for _ in range(2):
        found = axe.Axe().run(page)
        assert found.violations_count == 0, found.generate_report()
        page.locator("#switch").click()
