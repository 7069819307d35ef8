"""The planner by keys: a sensible order, a ring that is seen, a name for each, room for fingers."""

import re

import pytest

from tests.browser.planner import GROUP, OSTBEVERN, QUESTION, TELGTE, focused, painted

STOP = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const inPage = ["#question", "#tabs", "#list", "#map", "#why", "#panel", "#tray"];
  const parts = ["#tools", ...inPage, ".search", ".foot", ".skip"];
  const place = parts.find((part) => one.closest(part)) ?? "other";
  const ring = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  return {
    place, tag: one.tagName, id: one.id, text: one.innerText?.slice(0, 40) ?? "",
    ring: ring.outlineStyle !== "none" && parseFloat(ring.outlineWidth) >= 2,
    seen: box.width > 0 && box.height > 0,
  };
}"""
"""What has the focus: in which part of the page, and whether one sees that it has it."""

MOST_STOPS = 150
MARK_UNIQUE = "element => { const was = element.dataset.walked; element.dataset.walked = '1'; return !was; }"


def walk(page):
    """All stops of the tab key from the top of the page, once round."""
    page.evaluate("document.activeElement?.blur()")
    page.locator("body").evaluate(
        "body => { body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); }"
    )
    stops = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop is None:
            break
        if not page.evaluate(f"({MARK_UNIQUE})(document.activeElement)"):
            break
        stops.append(stop)
    return stops


def parts(stops):
    """The parts of the page in the order in which they are reached."""
    order = []
    for stop in stops:
        if stop["place"] not in order:
            order.append(stop["place"])
    return order


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_order_is_that_of_the_page(visit, size):
    page = visit(GROUP, size=size)
    stops = walk(page)
    order = [part for part in parts(stops) if part != "other"]
    wanted = [".skip", ".search", "#tools", "#question", "#tabs", "#list", "#map", "#tray", ".foot"]
    assert order == [part for part in wanted if size == "desktop" or part != "#map"]


@pytest.mark.parametrize(
    "path", [GROUP, f"{QUESTION}&why={OSTBEVERN}", f"{GROUP}&panel=check", "/plans", "/help"]
)
def test_each_stop_is_seen(visit, path):
    page = visit(path)
    stops = walk(page)
    assert len(stops) > 5
    assert [stop for stop in stops if not (stop["ring"] and stop["seen"])] == []


def test_each_stop_is_reached_once(visit):
    """No trap: the tab key comes round."""
    page = visit(f"{QUESTION}&why={OSTBEVERN}")
    stops = walk(page)
    assert len(stops) < MOST_STOPS
    assert {"#why", "#list", "#tray"} <= set(parts(stops))


@pytest.mark.parametrize("path", [QUESTION, f"{GROUP}&panel=check", "/help"])
def test_the_skip_link_jumps_over_the_head(visit, expect, path):
    page = visit(path)
    page.locator("body").evaluate("body => { body.tabIndex = -1; body.focus(); }")
    page.keyboard.press("Tab")
    skip = page.locator("a.skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("Boolean(document.activeElement.closest('main'))")


def test_from_the_search_to_a_saved_network_by_keys_alone(visit, expect):
    page = visit("/?lang=de")
    page.keyboard.type("telgte")
    page.locator("#found [role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#heading")).to_be_focused()
    for _ in range(60):
        page.keyboard.press("Tab")
        if focused(page).startswith("name-"):
            break
    page.keyboard.press("Enter")
    expect(page.locator("#why-heading")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#why")).to_be_hidden()
    page.keyboard.press("Space")
    expect(page.locator("#tray h2 .count")).to_have_text("2")
    page.keyboard.press("Space")
    expect(page.locator("#tray h2 .count")).to_have_text("3")
    for _ in range(120):
        page.keyboard.press("Tab")
        if focused(page) == "open-save":
            break
    page.keyboard.press("Enter")
    expect(page.locator("#panel-heading")).to_be_focused()
    for _ in range(5):
        page.keyboard.press("Tab")
        if focused(page) == "save-title":
            break
    page.keyboard.press("Control+a")
    page.keyboard.type("Mit Tasten gemacht")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/plans/"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Mit Tasten gemacht")


def test_the_map_is_no_trap(visit):
    page = visit(QUESTION)
    painted(page)
    page.locator("#map").focus()
    for _ in range(8):
        page.keyboard.press("Tab")
    assert not page.evaluate("Boolean(document.activeElement.closest('#map'))")


def test_keys_are_told(visit, expect):
    page = visit("/help?lang=de")
    for key in ("Eingabe", "Leertaste", "Esc", "Strg"):
        expect(page.locator("main")).to_contain_text(key)
    expect(page.locator("main kbd").first).to_be_visible()


def test_names_of_one_word_are_told_apart(visit):
    """The town of Warendorf and its county are both in the list."""
    page = visit(f"/?unit={TELGTE}&lang=de")
    names = page.locator("#list a").evaluate_all("all => all.map(one => one.textContent)")
    by_kind = [" ".join(name.split()) for name in names if re.match(r"\s*(Warum|\+)", name)]
    assert by_kind
    assert len(set(by_kind)) == len(by_kind)
