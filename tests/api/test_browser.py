"""The pages in a real browser: complete without the web outside, and within their own security policy."""

import threading
from pathlib import Path

import pytest
import uvicorn

from geoplan_api import Settings, create_app

pytestmark = pytest.mark.browser

CHROMIUM = Path("/usr/bin/chromium")
QUIET = ("--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking")
SIZES = {"wide": (1440, 900), "narrow": (390, 844)}
PAGES = {
    "/?q=neudorf": "Neudorf (Gemeinde)",
    "/units/Altdorf?service=heat-planning": "Bergheim",
    "/embed/units/Altdorf?lang=en": "Partners for Altdorf",
    "/docs": "/api/v1/units/{unit_id}/suggestions",
}


@pytest.fixture(scope="module")
def browser():
    playwright = pytest.importorskip(
        "playwright.sync_api",
        reason="needs Playwright: pip install playwright (its own browsers are not used)",
    )
    if not CHROMIUM.exists():
        pytest.skip("needs Chromium at /usr/bin/chromium: apt-get install chromium")
    with playwright.sync_playwright() as running:
        started = running.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        yield started
        started.close()


@pytest.fixture(scope="module")
def address(village_atlas):
    config = uvicorn.Config(create_app(Settings(), atlas=village_atlas), port=0, log_level="error")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        thread.join(0.05)
    host, port = server.servers[0].sockets[0].getsockname()[:2]
    yield f"http://{host}:{port}"
    server.should_exit = True
    thread.join()


@pytest.mark.parametrize("size", SIZES.values(), ids=SIZES)
@pytest.mark.parametrize(("path", "text"), PAGES.items())
def test_page(browser, address, path, text, size):
    requested, trouble = [], []
    page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="de-DE")
    page.on("request", lambda request: requested.append(request.url))
    page.on("console", lambda message: trouble.append(message.text))
    page.on("pageerror", lambda error: trouble.append(str(error)))
    page.goto(address + path, wait_until="networkidle")
    page.get_by_text(text).first.wait_for(timeout=5000)
    wider = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    page.close()
    assert trouble == []
    assert [url for url in requested if not url.startswith((f"{address}/", "data:"))] == []
    assert not wider


def test_search_without_script(browser, address):
    context = browser.new_context(java_script_enabled=False, locale="de-DE")
    page = context.new_page()
    page.goto(address)
    page.get_by_role("searchbox").fill("altdorf")
    page.get_by_role("button", name="Suchen").click()
    page.get_by_role("link", name="Altdorf (Gemeinde)").click()
    page.get_by_label("Aufgabenfeld").select_option("heat-planning")
    page.get_by_role("button", name="Vorschlagen").click()
    assert "service=heat-planning" in page.url
    assert page.get_by_role("row").count() > 1
    context.close()
