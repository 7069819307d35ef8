"""What an embed weighs, and how long until its map is there: ``python -m benchmarks.embeds``."""

import gzip
import statistics
import sys
from typing import Any

from playwright.sync_api import Browser, Response, sync_playwright

import geoplan
from benchmarks import report
from benchmarks.planner_map import CHROMIUM, QUIET, served
from geoplan_api import Settings, create_app

MOST_KB = 300
ROUNDS = 3
SIZES = ((320, 480), (640, 480), (1440, 600))
PAGES = {
    "suggestions for Telgte": "/embed/units/05570044?service=heat-planning",
    "suggestions for Landau": "/embed/units/07313000?service=heat-planning",
    "suggestions for Kreis Warendorf": "/embed/units/05570?service=climate-network",
    "network": "/embed/networks?members=05570044,05570032,05570024&service=climate-network",
    "white spots of Vulkaneifel": "/embed/white-spots/07233?service=heat-planning",
}


def measure() -> dict[str, dict[str, float]]:
    """Kilobytes (compressed, the most of all sizes) and milliseconds of each embed, with an empty cache."""
    app = create_app(Settings(), atlas=geoplan.load_atlas())
    with sync_playwright() as playwright, served(app) as base:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        found = {name: _measured(browser, base + path) for name, path in PAGES.items()}
        browser.close()
    return found


def _measured(browser: Browser, url: str) -> dict[str, float]:
    _open(browser, url, SIZES[0])  # the server makes its layers once
    opened = [_open(browser, url, size) for size in SIZES for _ in range(ROUNDS)]
    return {
        "kb": max(kb for kb, _ in opened),
        "usable_ms": statistics.median(milliseconds for _, milliseconds in opened),
    }


def _open(browser: Browser, url: str, size: tuple[int, int]) -> tuple[float, float]:
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page, answers = context.new_page(), []

    def note(answer: Response) -> None:
        answers.append(answer)

    page.on("response", note)
    page.goto(url)
    page.locator("#map[data-painted]:not([data-painted=''])").wait_for()
    usable = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    size_kb = sum(len(gzip.compress(answer.body(), 9)) for answer in answers) / 1000
    context.close()
    return size_kb, usable


def markdown(figures: dict[str, Any]) -> str:
    """The figures as a table."""
    rows = [[name, f"{one['kb']:.0f}", f"{one['usable_ms']:.0f}"] for name, one in figures.items()]
    return report.table(("embed", f"kB compressed (at most {MOST_KB})", "usable map, ms"), rows)


def main() -> int:
    """Print the figures; 1 where an embed is too heavy."""
    figures = measure()
    print(markdown(figures))
    return 0 if all(one["kb"] <= MOST_KB for one in figures.values()) else 1


if __name__ == "__main__":
    sys.exit(main())
