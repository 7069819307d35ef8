"""How long after a slider is moved the list is ranked again, in a browser."""

import statistics
from typing import Any

from playwright.sync_api import sync_playwright

import geoplan
from benchmarks.planner_map import CHROMIUM, PATIENCE_MS, QUIET, VIEWPORT, served
from geoplan_api import Settings, create_app

QUESTION = "/?unit=05570044&service=heat-planning&lang=de"
SLIDERS = ("closeness", "same_county", "capacity", "size_parity")
KEYS = ("PageUp", "PageUp", "PageDown", "PageUp", "PageDown", "PageDown", "PageUp", "PageDown", "End", "Home")
WATCH = """
    window.moves = [];
    addEventListener("input", () => { window.moved = performance.now(); }, true);
    const replaced = history.replaceState;
    // The planner writes the address when the new list is in the page.
    history.replaceState = function (...given) {
      if (window.moved) moves.push(performance.now() - window.moved);
      window.moved = 0;
      return replaced.apply(this, given);
    };
"""


def measure() -> dict[str, Any]:
    """Milliseconds from the input event of a slider to the re-ranked list in the page: median, 95 %, most."""
    app = create_app(Settings(), atlas=geoplan.load_atlas())
    with sync_playwright() as playwright, served(app) as base:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_page(viewport=VIEWPORT)
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(WATCH)
        page.goto(base + QUESTION)
        page.wait_for_selector("#map[data-painted=places]")
        page.locator("#weights > summary").click()
        for slider in SLIDERS:
            page.locator(f"#w_{slider}").focus()
            for key in KEYS:
                _move(page, key)
        times = sorted(page.evaluate("moves"))
        browser.close()
    return {
        "moves": len(times),
        "median_ms": statistics.median(times),
        "p95_ms": times[int(0.95 * (len(times) - 1))],
        "most_ms": times[-1],
    }


def _move(page: Any, key: str) -> None:
    done = page.evaluate("moves.length")
    before = page.evaluate("document.activeElement.value")
    page.keyboard.press(key)
    while page.evaluate("document.activeElement.value") != before and page.evaluate("moves.length") == done:
        page.wait_for_timeout(10)
    page.wait_for_timeout(60)  # the map has followed
