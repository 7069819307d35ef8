"""Phones, narrow windows, zoom: nothing is lost but width."""

import re

import pytest

from tests.browser.planner import (
    COUNTY,
    EVERSWINKEL,
    GROUP,
    OSTBEVERN,
    QUESTION,
    TELGTE,
    VIEWS,
    listed,
    on_map,
    overflow,
    painted,
    query_of,
    sideways,
    tight_targets,
    until,
)

COUNTY_ON_BOARD = f"/?unit={TELGTE}&with={OSTBEVERN},{COUNTY}&service=climate-network&lang=de"
WINDOWS = {
    "desktop": (1440, 900), "small desktop": (1024, 768), "200 % of 1280": (640, 450), "phone": (390, 844),
    "small phone": (360, 740), "narrow": (320, 640),
}  # fmt: skip


@pytest.mark.parametrize("path", VIEWS.values(), ids=VIEWS)
def test_each_view_fits_each_window(visit, path):
    """Nobody scrolls sideways, and each target has room for a finger; 200 % are half the pixels."""
    page = visit(path, wait=False, device_scale_factor=2)
    found = {}
    for window, (width, height) in WINDOWS.items():
        page.set_viewport_size({"width": width, "height": height})
        found[window] = [*overflow(page), *sideways(page), *tight_targets(page)]
    assert found == {window: [] for window in WINDOWS}


@pytest.mark.parametrize("width", [1440, 1024])
def test_the_foot_of_the_planner_is_one_line(visit, width):
    """It says whose data they are, and hides none of its links."""
    page = visit(GROUP)
    page.set_viewport_size({"width": width, "height": 768})
    foot = page.locator(".foot")
    assert foot.bounding_box()["height"] < 2 * 20
    assert "GeoBasis-DE" in foot.locator(".source").inner_text()
    inside = foot.locator("nav a").evaluate_all(
        "all => all.every(one => one.getBoundingClientRect().right <= innerWidth)"
    )
    assert inside


def test_text_alone_at_twice_the_size(visit):
    page = visit(GROUP)
    page.locator("html").evaluate("html => { html.style.fontSize = '200%'; }")
    assert overflow(page) == []
    page.set_viewport_size({"width": 640, "height": 800})
    assert overflow(page) == []


@pytest.mark.parametrize("beside", [f"why={OSTBEVERN}", "panel=white-spots"])
def test_what_opens_beside_the_map_leaves_the_legend_free(visit, beside):
    page = visit(f"{QUESTION}&{beside}")
    opened = page.locator("#why:not([hidden]), #panel:not([hidden])")
    for width in (1440, 1100, 1024):
        page.set_viewport_size({"width": width, "height": 800})
        legend, drawer = page.locator("#legend").bounding_box(), opened.bounding_box()
        assert legend["x"] + legend["width"] <= drawer["x"], width


def test_the_legend_is_folded_on_a_phone_and_hides_no_source(visit, expect):
    page = visit(f"{QUESTION}&view=map", size="phone")
    legend = page.locator("#legend")
    expect(legend.locator(".ramp")).to_be_hidden()
    assert legend.bounding_box()["height"] < 40
    legend.locator("summary").click()
    expect(legend.locator(".ramp")).to_be_visible()
    page.set_viewport_size({"width": 1440, "height": 900})
    expect(legend.locator("summary")).to_be_hidden()
    for path in (QUESTION, f"{QUESTION}&view=table"):
        wide = visit(path)
        expect(wide.locator("#legend .ramp")).to_be_visible()
        box = wide.locator("#legend").bounding_box()
        assert box["y"] + box["height"] <= wide.locator(".geoplan-map-source").bounding_box()["y"]


def test_all_members_are_seen_in_the_sheet_of_a_phone(visit):
    members = f"{OSTBEVERN},{EVERSWINKEL},05570052,05570036,05570040,{COUNTY}"
    page = visit(f"/?unit={TELGTE}&with={members}&service=climate-network&lang=de", size="phone")
    page.locator("#tray-sheet summary").click()
    chips = page.locator("#tray .chips")
    assert chips.locator(".chip").count() == 7
    assert chips.evaluate("one => one.scrollHeight <= one.clientHeight")


def test_tabs_on_a_phone(visit, expect):
    page = visit(QUESTION, size="phone")
    tabs = page.locator("#tabs")
    expect(page.locator("#list .suggestion").first).to_be_visible()
    expect(page.locator("#map")).to_be_hidden()
    tabs.locator('[data-view="map"]').click()
    expect(page.locator("#map")).to_be_visible()
    expect(page.locator("#list .suggestion").first).to_be_hidden()
    painted(page)
    assert query_of(page)["view"] == "map"
    tabs.locator('[data-view="table"]').click()
    expect(page.get_by_role("table")).to_be_visible()
    tabs.locator('[data-view="list"]').click()
    expect(page.locator("#list .suggestion").first).to_be_visible()
    assert "view" not in query_of(page)


@pytest.mark.parametrize("path", [QUESTION, COUNTY_ON_BOARD], ids=["one added", "shared with the county"])
def test_the_map_of_a_phone_shows_what_is_asked_about(visit, expect, path):
    """It has no size while the list is seen, and is fitted once it has one."""
    page = visit(path, size="phone")
    if path == QUESTION:
        page.locator(f"#add-{OSTBEVERN}").click()
        expect(page.locator("#tray-sheet summary .count")).to_have_text("2")
    page.locator('#tabs [data-view="map"]').click()
    painted(page)
    expect(page.locator('#map[data-painted="country"]')).to_have_count(0)
    tip = page.locator(".geoplan-map-tip")

    def told():
        x, y = on_map(page, 7.785, 51.98)
        page.mouse.move(x, y)
        page.mouse.move(x + 1, y)
        return "Telgte" in (tip.text_content() or "")

    until(page, told, "Telgte in the middle of the map")
    assert page.locator("#tabs").bounding_box()["y"] < 200


def test_the_network_is_a_sheet_on_a_phone(visit, expect):
    page = visit(QUESTION, size="phone")
    page.locator(f"#add-{OSTBEVERN}").click()
    summary = page.locator("#tray-sheet summary")
    expect(summary.locator(".count")).to_have_text("2")
    expect(page.locator("#tray .chips")).to_be_hidden()
    summary.click()
    expect(page.locator("#tray .chips")).to_be_visible()
    page.locator(f"#remove-{OSTBEVERN}").click()
    expect(summary.locator(".count")).to_have_text("1")


def test_the_sheet_leaves_room_for_the_list(visit):
    page = visit(GROUP, size="phone")
    box = page.locator("#tray").bounding_box()
    assert box["y"] + box["height"] <= 844 + 1
    assert box["height"] < 844 / 4


def test_the_whole_list_can_be_reached_above_the_sheet(visit, expect):
    page = visit(GROUP, size="phone")
    last = page.locator(f"#why-{listed(page)[-1]}")
    last.scroll_into_view_if_needed()
    last.click()
    expect(page.locator("#why-heading")).to_be_visible()


def test_why_on_a_phone_is_where_one_looks(visit, expect):
    page = visit(QUESTION, size="phone")
    page.locator(f"#why-{EVERSWINKEL}").click()
    expect(page.locator("#why-heading")).to_be_focused()
    expect(page.locator("#why-heading")).to_be_in_viewport()
    page.locator("#close-why").click()
    expect(page.locator("#why")).to_be_hidden()
    expect(page.locator(f"#s-{EVERSWINKEL}")).to_be_in_viewport()


def test_a_panel_on_a_phone_is_where_one_looks(visit, expect):
    page = visit(GROUP.replace("climate-network", "heat-planning"), size="phone")
    page.locator("#open-check-at-once").click()
    expect(page.locator("#panel-heading")).to_be_focused()
    expect(page.locator("#panel-heading")).to_be_in_viewport()


def test_a_phone_on_its_side(visit, expect):
    page = visit(QUESTION, size="phone")
    page.set_viewport_size({"width": 844, "height": 390})
    expect(page.locator("#list .suggestion").first).to_be_attached()
    assert overflow(page) == []
    page.locator(f"#name-{OSTBEVERN}").click()
    expect(page.locator("#why-heading")).to_be_in_viewport()


def test_a_wide_screen_shows_list_and_map_at_once(visit, expect):
    page = visit(GROUP)
    for place in ("#list .suggestion", "#map", "#tray .chips", "#heading"):
        expect(page.locator(place).first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollHeight <= innerHeight + 1")


@pytest.mark.parametrize(
    ("path", "size", "least"), [(QUESTION, "desktop", 5), (GROUP, "desktop", 4), (GROUP, "phone", 2)]
)
def test_several_suggestions_are_seen_at_once(visit, path, size, least):
    """Without scrolling, with all their reasons: somebody compares."""
    page = visit(path, size=size)
    seen = page.locator("#list .suggestion").evaluate_all("""rows => {
      const floor = document.getElementById("tray").getBoundingClientRect().top;
      return rows.filter((row) => row.getBoundingClientRect().bottom <= floor).length;
    }""")
    assert seen >= least


def test_without_motion_nothing_moves(visit, expect):
    page = visit(QUESTION, reduced_motion="reduce")
    page.locator("#service").select_option("climate-network")
    expect(page).to_have_url(re.compile("climate-network"))
    assert page.evaluate("document.getAnimations().length") == 0
