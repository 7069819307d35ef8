"""Where things stand on the planner page, for tests that drive it."""

import json
import math
import re
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

TELGTE, OSTBEVERN, EVERSWINKEL, WARENDORF = "05570044", "05570032", "05570024", "05570052"
COUNTY = "05570"
"""Kreis Warendorf: Telgte and the three before lie in it."""
AHLEN = "05570004"
"""In the same county, with no border to Telgte."""
HELGOLAND = "01056025"
QUESTION = f"/?unit={TELGTE}&service=heat-planning&lang=de"
GROUP = f"/?unit={TELGTE}&with={OSTBEVERN},{EVERSWINKEL}&service=climate-network&lang=de"
ACROSS = f"/?unit={TELGTE}&with=03404000,{OSTBEVERN}&service=climate-network&lang=de"
"""With Osnabrück on board: a gap in the area, and a border between Länder."""
LANGUAGES = ("de", "en")
VIEWS = {
    "start": "/?lang=de",
    "results": "/?q=Neustadt&lang=de",
    "question": QUESTION,
    "why": f"{QUESTION}&why={OSTBEVERN}",
    "weights": f"{QUESTION}&weights=closeness:3",
    "group": GROUP,
    "check": f"{GROUP}&panel=check",
    "build": f"{GROUP}&panel=build",
    "compare": f"{GROUP}&panel=compare&pin={TELGTE},{OSTBEVERN}",
    "save": f"{GROUP}&panel=save",
    "embed panel": f"{GROUP}&panel=embed",
    "white spots": f"{QUESTION}&panel=white-spots",
    "table": f"{QUESTION}&view=table",
    "map": f"{QUESTION}&view=map",
    "gap": ACROSS,
    "empty": f"/?unit={HELGOLAND}&type=urban-rural&lang=de",
    "nothing found": "/?q=xyzxyz&lang=de",
    "plans": "/plans?lang=de",
    "help": "/help?lang=de",
    "method": "/method?lang=de",
    "accessibility": "/accessibility?lang=de",
    "privacy": "/privacy?lang=de",
}
"""Every page of the planner, and the planner in every state that looks different."""

PATIENCE_S = 60
PADDING, PADDING_SHARE = 28, 0.05
"""Room that the map leaves around what it fits, pixels at most and as a share of its shorter side."""
FINEST_FIT = 12
TILE = 256


def ready(page: Any) -> None:
    """Wait until the scripts of the planner listen."""
    page.wait_for_selector("html.scripted", state="attached")
    page.wait_for_selector("#map.geoplan-map", state="attached")


def painted(page: Any) -> None:
    """Wait until the map is drawn."""
    page.wait_for_selector('#map[data-painted]:not([data-painted=""])')


def until(page: Any, done: Callable[[], Any], what: str = "it") -> Any:
    """Wait for something that no locator can wait for (the policy forbids what Playwright would use).

    The page waits, not the clock: what Playwright knows without asking, as its address, is renewed only then.
    """
    end = time.monotonic() + PATIENCE_S
    while time.monotonic() < end:
        found = done()
        if found:
            return found
        page.wait_for_timeout(20)
    raise AssertionError(f"{what} did not happen within {PATIENCE_S} s")


def query_of(page: Any) -> dict[str, str]:
    """The query of the address that is shown."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def listed(page: Any) -> list[str]:
    """Ids of the suggestions, in the order of the list."""
    return page.locator("#list [data-unit]").evaluate_all("items => items.map(one => one.dataset.unit)")


def scores(page: Any) -> dict[str, float]:
    """What the list says how well each fits, by id."""
    told = page.locator("#list [data-unit]").evaluate_all(
        "items => items.map(one => [one.dataset.unit, one.querySelector('.fit').innerText])"
    )
    return {unit: number(text) for unit, text in told}


def number(text: str) -> float:
    """The last number of a text, written as either language writes it."""
    return float(re.findall(r"\d+(?:[.,]\d+)?", text)[-1].replace(",", "."))


def scene(page: Any) -> Any:
    """What the map is told to show."""
    return json.loads(page.locator("#scene").text_content())


def focused(page: Any) -> str:
    """Id of what has the focus."""
    return page.evaluate("document.activeElement?.id ?? ''")


def on_map(page: Any, longitude: float, latitude: float) -> tuple[float, float]:
    """Where a place lies in the window while the map fits its scene."""
    (south, west), (north, east) = scene(page)["bounds"]
    box = page.locator("#map").bounding_box()
    left, top = _mercator(west, north)
    right, bottom = _mercator(east, south)
    padding = round(min(PADDING, PADDING_SHARE * min(box["width"], box["height"])))
    room = min((box["width"] - 2 * padding) / (right - left), (box["height"] - 2 * padding) / (bottom - top))
    zoom = min(math.floor(4 * math.log2(room) + 1e-9) / 4, FINEST_FIT)
    x, y = _mercator(longitude, latitude)
    middle = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    return (
        middle[0] + (x - (left + right) / 2) * 2**zoom,
        middle[1] + (y - (top + bottom) / 2) * 2**zoom,
    )


def _mercator(longitude: float, latitude: float) -> tuple[float, float]:
    """Pixels of Web Mercator at zoom 0."""
    lift = math.asinh(math.tan(math.radians(latitude)))
    return TILE * (longitude + 180) / 360, TILE * (1 - lift / math.pi) / 2


def overflow(page: Any) -> list[str]:
    """Elements that stand out of the window; none where nobody has to scroll sideways."""
    return page.evaluate("""() => {
      const page = document.documentElement;
      if (page.scrollWidth <= page.clientWidth) return [];
      const out = [...document.body.querySelectorAll("*")].filter((one) => {
        const { left, right, width } = one.getBoundingClientRect();
        return width && (right > page.clientWidth + 1 || left < -1);
      });
      return [`${page.scrollWidth} of ${page.clientWidth}`, ...out.slice(0, 8).map((one) =>
        `${one.tagName}#${one.id}.${one.className} ${Math.round(one.getBoundingClientRect().right)}`)];
    }""")


def sideways(page: Any) -> list[str]:
    """What is scrolled sideways though it is no table that says so."""
    return page.evaluate("""() => [...document.body.querySelectorAll("*:not(.scrolls, .snippet)")]
      .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX) && one.checkVisibility()
        && one.scrollWidth > one.clientWidth)
      .map((one) => `${one.tagName}#${one.id} ${one.scrollWidth} of ${one.clientWidth}`)""")


def tight_targets(page: Any) -> list[str]:
    """What is smaller than 24 by 24 pixels though a finger has to meet it; links in a text may be."""
    return page.evaluate("""() => {
      const text = "p, li, td, th, dd, summary";
      const inText = (one) => getComputedStyle(one).display === "inline" && one.closest(text);
      const seen = (one) => one.checkVisibility({ visibilityProperty: true });
      const every = "a[href], button, input:not([type=hidden]), select, textarea, summary";
      return [...document.querySelectorAll(every)]
        .filter((one) => seen(one) && !one.matches(".skip") && !inText(one))
        .map((one) => {
          const target = one.matches("[type=checkbox], [type=radio]") ? (one.labels[0] ?? one) : one;
          const { width, height } = target.getBoundingClientRect();
          const what = `${one.tagName}#${one.id} ${one.textContent.trim().slice(0, 30)}`;
          return { width, height, told: `${Math.round(width)}×${Math.round(height)} ${what}` };
        })
        .filter(({ width, height }) => width && (width < 24 || height < 24))
        .map(({ told }) => told);
    }""")
