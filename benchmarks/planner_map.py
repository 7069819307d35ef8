"""The planner's map in a browser beside folium's plain one: bytes, time until usable, tasks that block."""

import gzip
import statistics
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import folium
import uvicorn
from fastapi import FastAPI
from fastapi.responses import FileResponse
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

import geoplan
from geoplan.units import PLACE_LEVELS
from geoplan_api import Settings, create_app
from geoplan_maps.features import unit_features

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
VIEWPORT = {"width": 1440, "height": 900}
ROUNDS = 3
PATIENCE_MS = 180_000
GERMANY = (51.2, 10.4)
ANYTHING = "default-src * data: blob: 'unsafe-inline' 'unsafe-eval'"
"""folium's page keeps to no policy."""
PANS = ((-400, -300), (500, 350), (-450, 380), (420, -400))
LEAFLET = {"leaflet.js": "text/javascript", "leaflet.css": "text/css"}
WATCH_TASKS = """
    window.longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map((one) => one.duration)))
      .observe({ entryTypes: ["longtask"] });
    window.drawn = new Promise((done) => {
      const drawn = () => done(performance.now());
      window.noteDrawn = () => requestAnimationFrame(() => requestAnimationFrame(drawn));
    });
"""
"""A map is usable when the frame that shows it is done: at the second frame after it was written."""
OURS_WRITTEN = """
    new MutationObserver((_, watch) => {
      if (!document.querySelector("#map[data-painted=country]")) return;
      watch.disconnect();
      noteDrawn();
    }).observe(document, { subtree: true, attributeFilter: ["data-painted"] });
"""
FOLIUM_WRITTEN = 'addEventListener("load", noteDrawn);'
WINDOW_MADE_MS = 1500
"""A new window of Chromium keeps a core busy with its own frame for so long; no visitor waits for that."""
AFTER_NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def measure() -> dict[str, Any]:
    """Measure both maps in one run of one browser, by turns."""
    atlas = geoplan.load_atlas()
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        plain = Path(folder) / "folium.html"
        folium_map(atlas).save(plain)
        app = create_app(Settings(), atlas=atlas)
        app.get("/benchmark/folium", include_in_schema=False)(
            lambda: FileResponse(plain, headers={"content-security-policy": ANYTHING})
        )
        move_first(app, "/benchmark/folium")
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        with served(app) as base:
            _ours(browser, base)  # the server makes its layers once
            rounds = [(_ours(browser, base), _folium(browser, base)) for _ in range(ROUNDS)]
        browser.close()
        size_mb = plain.stat().st_size / 1e6
    ours, theirs = zip(*rounds, strict=True)
    return {
        "ours": _medians(ours),
        "folium": _medians(theirs) | {"page_mb": size_mb},
        "times_faster": statistics.median(b["usable_ms"] / a["usable_ms"] for a, b in rounds),
    }


def folium_map(atlas: geoplan.Atlas) -> folium.Map:
    """What one writes with folium in three lines: all places as one GeoJSON layer with tooltips."""
    made = folium.Map(location=GERMANY, zoom_start=6, tiles=None)
    places = unit_features(atlas, atlas.units.rows_of(*PLACE_LEVELS))
    folium.GeoJson(places, tooltip=folium.GeoJsonTooltip(["name"])).add_to(made)
    return made


def _ours(browser: Browser, base: str) -> dict[str, float]:
    page = _new_page(browser, OURS_WRITTEN)
    sizes = _watch_bytes(page)
    page.goto(f"{base}/")
    usable_ms = page.evaluate("drawn")
    _point(page, ".geoplan-map-tip:not([hidden])")
    page.wait_for_load_state("networkidle")
    first_view = _packed(sizes)
    before = page.evaluate("performance.now()")
    _view_places(page)
    figures = {
        "usable_ms": usable_ms,
        "first_view_kb": first_view / 1000,
        "all_places_ms": usable_ms + page.evaluate("performance.now()") - before,
        "all_places_kb": (_packed(sizes) - first_view) / 1000,
        "longest_task_panning_ms": _pan(page),
    }
    page.close()
    return figures


def _new_page(browser: Browser, watch_written: str) -> Page:
    """A page with nothing in its cache, in a window that is done with itself."""
    page = browser.new_page(viewport=VIEWPORT)
    page.set_default_timeout(PATIENCE_MS)
    page.add_init_script(WATCH_TASKS + watch_written)
    page.wait_for_timeout(WINDOW_MADE_MS)
    return page


def _point(page: Page, answer: str) -> None:
    """Point at the middle of the country; the map has to say what lies there."""
    page.mouse.move(*_middle(page))
    page.wait_for_selector(answer)


def _middle(page: Page) -> tuple[float, float]:
    box = page.locator("#map, .folium-map").first.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def _view_places(page: Page) -> None:
    """Zoom in with the wheel until all places are loaded and drawn."""
    page.mouse.move(*_middle(page))
    while page.locator("#map[data-painted=country]").count():
        page.mouse.wheel(0, -120)
        page.wait_for_timeout(150)


def _folium(browser: Browser, base: str) -> dict[str, float]:
    page = _new_page(browser, FOLIUM_WRITTEN)
    page.route(lambda url: not url.startswith(base), _from_package)
    page.goto(f"{base}/benchmark/folium")
    usable_ms = page.evaluate("drawn")
    _point(page, ".leaflet-tooltip")
    figures = {"usable_ms": usable_ms, "longest_task_panning_ms": _pan(page)}
    page.close()
    return figures


def _from_package(route: Route) -> None:
    """Leaflet from the package that is installed; nothing else that folium links is needed for the map."""
    name = route.request.url.rsplit("/", 1)[-1]
    if name in LEAFLET:
        body = (resources.files("xstatic.pkg.leaflet") / "data" / name).read_bytes()
        route.fulfill(body=body, content_type=LEAFLET[name])
    else:
        route.fulfill(body="", content_type="text/css" if name.endswith(".css") else "text/javascript")


def _pan(page: Page) -> float:
    """Drag the map over the country; the longest task meanwhile, milliseconds."""
    middle = _middle(page)
    page.evaluate("window.longTasks.length = 0")
    for across, down in PANS:
        page.mouse.move(*middle)
        page.mouse.down()
        page.mouse.move(middle[0] + across * 0.6, middle[1] + down * 0.6, steps=12)
        page.mouse.up()
        page.wait_for_timeout(400)
    page.evaluate(AFTER_NEXT_FRAME)
    return max(page.evaluate("window.longTasks"), default=0.0)


def _watch_bytes(page: Page) -> list[Request]:
    finished: list[Request] = []
    page.on("requestfinished", lambda one: finished.append(one))  # noqa: PLW0108 - Playwright marks the function
    return finished


def _packed(requests: list[Request]) -> int:
    """Bytes of all answers as they are sent, or as a proxy would compress them."""
    total = 0
    for request in list(requests):
        response = request.response()
        if response is None or not request.url.startswith("http"):
            continue
        encoded = request.sizes()["responseBodySize"]
        total += min(encoded, len(gzip.compress(response.body(), 6)))
    return total


def _medians(rounds: Any) -> dict[str, float]:
    return {name: statistics.median(one[name] for one in rounds) for name in rounds[0]}


def move_first(app: FastAPI, path: str) -> None:
    """Let a route that was added last answer before the others."""
    routes = app.router.routes
    routes.insert(
        0, routes.pop(next(n for n, route in enumerate(routes) if getattr(route, "path", "") == path))
    )


@contextmanager
def served(app: FastAPI) -> Iterator[str]:
    """The address at which ``app`` answers meanwhile."""
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
