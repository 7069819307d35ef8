"""Pictures of every page and state, to be looked at: ``python -m tests.browser.pictures [part of a name …]``.

They are written to ``out/pictures``: each state at two widths, light and dark. ``--width`` and ``--theme``
take one of them, ``--slices 3`` cuts what is tall into so many screens instead of one long picture.
"""

import os
import sys
import tempfile
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from itertools import product
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, sync_playwright

import geoplan
from geoplan_api import Settings, create_app
from geoplan_api.cli.export.folder import write_folder
from geoplan_api.site_export import export_site, site_request
from tests.browser.camera import FOLDER, Choice, chosen, options_of, take
from tests.browser.conftest import served
from tests.browser.planner import (
    ACROSS,
    COUNTY,
    GROUP,
    HELGOLAND,
    OSTBEVERN,
    QUESTION,
    TELGTE,
    VIEWS,
    painted,
    ready,
)
from tests.chromium import CHROMIUM, QUIET

STATES = ("exploring", "agreed", "founded", "operating", "evaluated", "ended")
SIZES = {"320": (320, 480), "640": (640, 480), "wide": (1280, 600)}
EMBEDS = {
    "municipality": f"units/{TELGTE}?service=heat-planning&lang=de",
    "network": f"networks?members={TELGTE},{OSTBEVERN},05570024&service=climate-network&lang=de",
    "white spots": "white-spots/07233?service=heat-planning&lang=de",
}
SITE = {
    "index": "index.html",
    "map": f"heat-planning/{TELGTE}.html",
    "white spots": "heat-planning/white-spots.html",
}
PORTAL = "http://portal.test"
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


def main(arguments: list[str]) -> int:
    """Take the pictures that are wanted."""
    choice = chosen(arguments, __doc__ or "")
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        os.environ["GEOPLAN_PLANS_URL"] = f"sqlite:///{folder}/plans.db"
        app = create_app(Settings(), atlas=geoplan.load_atlas(), desk=True)
        app.state.plan_store.get()
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=list(QUIET))
        with served(app) as origin:
            plans = _plans(browser, origin) if choice.wants_plans else {}
            _pages(browser, origin, choice, PLAIN | plans)
            _embeds(browser, origin, choice, plans.get("plan idea", ""))
        if choice.wants("site"):
            _site(browser, Path(folder) / "site", choice)
        browser.close()
    return 0


def _pages(browser: Any, origin: str, choice: Choice, plain: dict[str, str]) -> None:
    for width, theme in product(choice.widths, choice.themes):
        options = options_of(width, theme)
        context = browser.new_context(**options)
        for name, path in plain.items():
            if choice.wants(name):
                take(_opened(context, origin + path), f"{name}-{width}-{theme}", choice)
        context.close()
        for name, (path, act) in MADE.items():
            if choice.wants(name):
                context = browser.new_context(**options)
                page = _opened(context, origin + path)
                act(page)
                take(page, f"{name}-{width}-{theme}", choice)
                context.close()


def _opened(context: Any, url: str) -> Any:
    page = context.new_page()
    page.goto(url, wait_until="domcontentloaded")
    if page.locator("body.planner").count():
        ready(page)
        if page.locator("#map").is_visible():
            painted(page)
    return page


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


def _embeds(browser: Any, origin: str, choice: Choice, plan: str) -> None:
    embeds = EMBEDS | {"plan": plan.removeprefix("/")}
    for (name, path), (size, (width, height)), theme in product(embeds.items(), SIZES.items(), choice.themes):
        if not choice.wants(f"embed {name}"):
            continue
        page = browser.new_page(viewport={"width": max(390, width + 60), "height": height + 160})
        ground, ink = ("#fff", "#111") if theme == "light" else ("#16181c", "#eee")
        source = f"{origin}/embed/{path}&theme={theme}"
        host = HOST.format(ground=ground, ink=ink, src=source, width=width, height=height)
        # A plan that is not public shows at the desk alone.
        portal = f"{origin if name == 'plan' else PORTAL}/portal"
        page.route(portal, partial(_answer, host))
        page.goto(portal)
        page.frame_locator("iframe").locator("#map[data-painted]:not([data-painted=''])").wait_for()
        take(page, f"embed_{name}-{size}-{theme}", choice)


def _site(browser: Any, folder: Path, choice: Choice) -> None:
    """The pages of a county as they are exported, served as any web server does."""
    atlas = geoplan.load_atlas()
    request = site_request(atlas, COUNTY, services=["heat-planning"], langs=["de"], planner=None)
    write_folder(folder, export_site(atlas, request))
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever).start()
        for width, theme in product(choice.widths, choice.themes):
            context = browser.new_context(**options_of(width, theme))
            for name, path in SITE.items():
                page = context.new_page()
                page.goto(f"http://127.0.0.1:{server.server_port}/{path}")
                take(page, f"site_{name}-{width}-{theme}", choice)
            context.close()
        server.shutdown()


def _answer(html: str, route: Any) -> None:
    route.fulfill(body=html, content_type="text/html")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
