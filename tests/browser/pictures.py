"""Pictures of every page and state, to be looked at: ``python -m tests.browser.pictures [part of a name …]``.

They are written to ``out/pictures``: each state at two widths, light and dark.
"""

import os
import re
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, sync_playwright

import geoplan
from geoplan_api import Settings, create_app
from tests.browser.conftest import CHROMIUM, QUIET, served
from tests.browser.planner import ACROSS, GROUP, HELGOLAND, OSTBEVERN, QUESTION, TELGTE, VIEWS, painted, ready

FOLDER = Path("out/pictures")
WIDTHS = {"1440": (1440, 900), "390": (390, 844)}
THEMES = ("light", "dark")
PAUSE_MS = 500
STATES = ("exploring", "agreed", "founded", "operating", "evaluated", "ended")
SIZES = {"320": (320, 480), "640": (640, 480), "wide": (1280, 600)}
EMBEDS = {
    "municipality": f"units/{TELGTE}?service=heat-planning&lang=de",
    "network": f"networks?members={TELGTE},{OSTBEVERN},05570024&service=climate-network&lang=de",
    "white spots": "white-spots/07233?service=heat-planning&lang=de",
}
PORTAL = "http://portal.test/"
HOST = """<!doctype html><meta charset="utf-8"><title>Portal</title>
<style>body{{margin:24px;background:{ground};color:{ink};font:16px sans-serif}}</style>
<p>Ein Absatz des Portals.</p>
<iframe src="{src}" width="{width}" height="{height}" style="border:0" title="Karte"></iframe>
<p>Der Absatz danach.</p>"""


def _search(page: Any) -> None:
    page.locator("#q").press_sequentially("neust")
    page.locator("#found [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")


def _weights(page: Any) -> None:
    page.locator("#weights").evaluate("one => { one.open = true; }")
    slider = page.locator("#weights input[type=range]").first
    slider.focus()
    page.keyboard.press("End")
    page.wait_for_url("**weights=**")


def _sheet(page: Any) -> None:
    with suppress(Error):
        page.locator("#tray-sheet summary").click(timeout=1000)


def _gone(page: Any) -> None:
    page.context.route("**/*", lambda route: route.abort())
    page.locator(f"#add-{OSTBEVERN}").click()
    page.locator("#trouble p").wait_for()


def _slow(page: Any) -> None:
    page.context.route("**/?*", lambda route: None)
    page.locator(f"#add-{OSTBEVERN}").click()
    page.wait_for_timeout(900)


def _print(page: Any) -> None:
    page.emulate_media(media="print")


def _compared(page: Any) -> None:
    page.locator("#why .rival").first.evaluate("one => one.scrollIntoView()")


def _unfolded(page: Any) -> None:
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true; })")


PLAIN: dict[str, str] = VIEWS | {
    "not found": "/nowhere?lang=de",
    "unknown unit": "/?unit=Telgtee&lang=de",
    "helgoland": f"/?unit={HELGOLAND}&lang=de",
    "check gap": f"{ACROSS}&panel=check",
    "county": "/?unit=08336&service=climate-network&lang=de",
    "region": "/?unit=mr-nuernberg&lang=de",
    "english": f"{GROUP.replace('lang=de', 'lang=en')}&why=05570052",
    "docs": "/docs",
}
MADE: dict[str, tuple[str, Callable[[Any], None]]] = {
    "suggestions open": ("/?lang=de", _search),
    "weights moved": (QUESTION, _weights),
    "sheet": (GROUP, _sheet),
    "server gone": (QUESTION, _gone),
    "loading": (QUESTION, _slow),
    "print": (f"{GROUP}&why={OSTBEVERN}", _print),
    "why compared": (f"{QUESTION}&why=05570024", _compared),
    "check unfolded": (f"{GROUP}&panel=check", _unfolded),
}


def main(wanted: list[str]) -> int:
    """Take the pictures whose names have one of ``wanted`` in them; all without."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["GEOPLAN_PLANS_URL"] = f"sqlite:///{folder}/plans.db"
        app = create_app(Settings(), atlas=geoplan.load_atlas(), desk=True)
        app.state.plan_store.get()
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        with served(app) as origin:
            plans = _plans(browser, origin)
            _pages(browser, origin, wanted, PLAIN | plans)
            _embeds(browser, origin, wanted)
        browser.close()
    return 0


def _pages(browser: Any, origin: str, wanted: list[str], plain: dict[str, str]) -> None:
    for width, (across, down) in WIDTHS.items():
        for theme in THEMES:
            options = {"viewport": {"width": across, "height": down}, "color_scheme": theme}
            context = browser.new_context(**options, reduced_motion="reduce", locale="de-DE")
            for name, path in plain.items():
                if _is_wanted(name, wanted):
                    page = _opened(context, origin + path)
                    _take(page, f"{name}-{width}-{theme}")
            context.close()
            for name, (path, act) in MADE.items():
                if _is_wanted(name, wanted):
                    context = browser.new_context(**options, reduced_motion="reduce", locale="de-DE")
                    page = _opened(context, origin + path)
                    act(page)
                    _take(page, f"{name}-{width}-{theme}")
                    context.close()


def _opened(context: Any, url: str) -> Any:
    page = context.new_page()
    page.goto(url, wait_until="domcontentloaded")
    if page.locator("body.planner").count():
        ready(page)
        if page.locator("#map").is_visible():
            painted(page)
    return page


def _take(page: Any, name: str) -> None:
    page.wait_for_timeout(PAUSE_MS)
    planner = page.locator("body.planner").count() and page.viewport_size["width"] > WIDTHS["390"][0]
    page.screenshot(path=FOLDER / f"{re.sub(' ', '_', name)}.png", full_page=not planner)
    page.close()


def _plans(browser: Any, origin: str) -> dict[str, str]:
    """Addresses of a plan in each state, and of one of its forms."""
    context = browser.new_context()
    members = [TELGTE, OSTBEVERN, "05570024"]
    found = {}
    for number in range(len(STATES) + 1):
        network = {"members": members, "service": "heat-planning"}
        body = {"title": f"Wärme an der Ems {number + 1}", "network": network}
        made = context.request.post(f"{origin}/api/v1/plans", data=body)
        state = STATES[number - 1] if number else "idea"
        found[f"plan {state}"] = _advanced(context, origin, made, number)
    found["plan edit"] = found["plan idea"].replace("?", "?edit=participants&")
    context.close()
    return found


def _advanced(context: Any, origin: str, made: Any, steps: int) -> str:
    address = origin + made.headers["location"]
    for state in STATES[:steps]:
        read = context.request.get(address)
        stepped = read.json()["plan"] | {"state": state}
        context.request.put(address, data=stepped, headers={"if-match": read.headers["etag"]})
    return f"/plans/{made.json()['plan']['id']}?lang=de"


def _embeds(browser: Any, origin: str, wanted: list[str]) -> None:
    for name, path in EMBEDS.items():
        for size, (width, height) in SIZES.items():
            for theme in THEMES:
                if not _is_wanted(f"embed {name}", wanted):
                    continue
                page = browser.new_page(viewport={"width": max(390, width + 60), "height": height + 160})
                ground, ink = ("#fff", "#111") if theme == "light" else ("#16181c", "#eee")
                source = f"{origin}/embed/{path}&theme={theme}"
                host = HOST.format(ground=ground, ink=ink, src=source, width=width, height=height)
                page.route(PORTAL, partial(_answer, host))
                page.goto(PORTAL)
                page.frame_locator("iframe").locator("#map[data-painted]:not([data-painted=''])").wait_for()
                _take(page, f"embed_{name}-{size}-{theme}")


def _answer(html: str, route: Any) -> None:
    route.fulfill(body=html, content_type="text/html")


def _is_wanted(name: str, wanted: list[str]) -> bool:
    return not wanted or any(part in name for part in wanted)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
