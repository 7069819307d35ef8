"""A map in a real browser that is offline: what is seen, clicked and reached by keyboard."""

import re
from base64 import b64encode
from hashlib import sha256

import pytest

from geoplan import suggest
from geoplan_maps import map_html, render_map, write_map

pytestmark = pytest.mark.browser

WIDE, NARROW = (1440, 900), (390, 844)


@pytest.fixture
def browser(chromium):
    return chromium


@pytest.fixture
def visit(browser, tmp_path):
    """Open a map offline; at the end nothing may have been requested or complained about."""
    contexts, requested, trouble, path = [], [], [], tmp_path / "map.html"

    def open_page(html_or_write, size=WIDE):
        if callable(html_or_write):
            html_or_write(path)
        else:
            path.write_text(html_or_write, encoding="utf-8")
        context = browser.new_context(viewport={"width": size[0], "height": size[1]}, offline=True)
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: requested.append(request.url))
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(path.as_uri())
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert trouble == []
    assert set(requested) == {path.as_uri()}


@pytest.fixture
def opened(visit, world, answer):
    return visit(lambda path: write_map(path, world, answer))


def _fill(page, selector):
    return page.eval_on_selector(selector, "path => getComputedStyle(path).fill")


def test_every_layer_is_drawn(opened):
    for layer, count in (("land", 1), ("surroundings", 2), ("suggestion", 5), ("partners", 1), ("unit", 1)):
        assert opened.locator(f"path.gp-{layer}").count() == count
    assert opened.locator("path.gp-counties").count() == 1
    assert opened.locator("path.gp-states").count() == 1


def test_suggestions_are_filled_by_score_and_the_unit_is_outlined(opened):
    assert _fill(opened, "path.gp-suggestion.gp-step-5") == "rgb(17, 75, 117)"
    assert _fill(opened, "path.gp-suggestion.gp-step-2") == "rgb(149, 192, 229)"
    assert _fill(opened, "path.gp-partners") == 'url("#gp-hatch")'
    outline = opened.eval_on_selector("path.gp-unit", "path => getComputedStyle(path).strokeWidth")
    assert float(outline.removesuffix("px")) >= 3


def test_a_click_opens_the_reasons(opened):
    opened.locator("path.gp-suggestion.gp-step-5").click()
    popup = opened.locator(".leaflet-popup")
    for said in ("1. Ort 01001006", "Passung 0,83", "3.000 Einwohner", "Quelle: Probe 2024", "mind this"):
        assert said in popup.inner_text()
    reasons = popup.locator(".gp-reasons li")
    assert [reason.is_visible() for reason in reasons.all()] == [True] * 4
    assert popup.locator(".leaflet-popup-close-button").get_attribute("aria-label") == "Schließen"


def test_a_tooltip_names_rank_and_name(opened):
    opened.locator("path.gp-suggestion.gp-step-4").hover()
    assert opened.locator(".leaflet-tooltip").inner_text() == "2. Ort 01001007"
    assert "gp-marked" in opened.locator("#gp-row-2").get_attribute("class")


def test_suggestions_are_reached_and_read_by_keyboard(opened):
    area = opened.locator("path.gp-suggestion.gp-step-5")
    assert area.get_attribute("role") == "button"
    assert area.get_attribute("aria-label") == "1. Ort 01001006, Passung 0,83"
    area.focus()
    opened.keyboard.press("Enter")
    assert opened.locator(".leaflet-popup").count() == 1
    opened.keyboard.press("Escape")
    opened.locator(".leaflet-popup").wait_for(state="detached")
    assert (
        opened.evaluate("document.activeElement.getAttribute('aria-label')")
        == "1. Ort 01001006, Passung 0,83"
    )


def test_the_first_tab_stop_leads_to_the_table(opened):
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Zur Tabelle"
    opened.keyboard.press("Enter")
    opened.keyboard.press("Tab")
    assert opened.evaluate("document.activeElement.textContent") == "Ort 01001006"


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_name_in_the_table_shows_its_area(visit, world, answer, size):
    page = visit(lambda path: write_map(path, world, answer), size)
    page.locator("#gp-row-3 .gp-show").click()
    page.locator(".leaflet-popup").wait_for()
    assert "3. Ort 01001012" in page.locator(".leaflet-popup").inner_text()
    page.wait_for_function(
        "() => { const box = document.querySelector('.leaflet-popup').getBoundingClientRect();"
        " return box.top >= 0 && box.bottom <= innerHeight && box.left >= 0 && box.right <= innerWidth; }"
    )


@pytest.mark.parametrize("size", [WIDE, NARROW, (320, 480), (640, 480)])
def test_nothing_is_wider_than_the_window(visit, world, answer, size):
    page = visit(lambda path: write_map(path, world, answer), size)
    assert page.evaluate("document.documentElement.scrollWidth") <= size[0]
    assert page.locator("table").is_visible()


def test_table_keeps_its_meaning_on_a_phone(visit, world, answer):
    page = visit(lambda path: write_map(path, world, answer), NARROW)
    assert page.get_by_role("table").count() == 1
    assert page.get_by_role("rowheader").count() == 5
    assert page.get_by_role("columnheader").count() == 4


def test_labels_do_not_cover_each_other(visit, atlas):
    page = visit(lambda path: write_map(path, atlas, suggest(atlas, "05570044")))
    boxes = [
        label.bounding_box()
        for label in page.locator(".gp-label > span").all()
        if "gp-hidden" not in (label.get_attribute("class") or "")
    ]
    assert len(boxes) > 5
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            apart_x = one["x"] + one["width"] <= other["x"] or other["x"] + other["width"] <= one["x"]
            apart_y = one["y"] + one["height"] <= other["y"] or other["y"] + other["height"] <= one["y"]
            assert apart_x or apart_y


def test_hostile_names_run_nothing(visit, hostile_world, ask, hostile):
    page = visit(lambda path: write_map(path, hostile_world, ask(hostile_world)))
    page.locator("path.gp-suggestion.gp-step-5").hover()
    page.locator("path.gp-suggestion.gp-step-5").click(force=True)
    assert hostile in page.locator(".leaflet-popup").inner_text()
    assert page.locator("img").count() == 0


def test_a_notebook_frame_works_offline(visit, world, answer):
    page = visit(f"<!DOCTYPE html><title>notebook</title>{render_map(world, answer)._repr_html_()}")
    frame = page.frame_locator("iframe")
    frame.locator("path.gp-suggestion.gp-step-5").click()
    assert "1. Ort 01001006" in frame.locator(".leaflet-popup").inner_text()


def test_a_site_may_forbid_all_but_the_blocks_of_the_page(visit, world, answer):
    html = map_html(world, answer)
    allowed = {
        tag: " ".join(
            f"'sha256-{b64encode(sha256(block.encode()).digest()).decode()}'"
            for block in re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        )
        for tag in ("script", "style")
    }
    policy = (
        f"default-src 'none'; img-src data:; script-src {allowed['script']}; style-src {allowed['style']}"
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    page = visit(html.replace("<head>", f"<head>{meta}", 1))
    page.locator("path.gp-suggestion.gp-step-5").click()
    assert "1. Ort 01001006" in page.locator(".leaflet-popup").inner_text()
    assert _fill(page, "path.gp-suggestion.gp-step-5") == "rgb(17, 75, 117)"


def test_without_script_the_table_is_there(browser, tmp_path, world, answer):
    context = browser.new_context(java_script_enabled=False, offline=True)
    page = context.new_page()
    page.goto(write_map(tmp_path / "map.html", world, answer).as_uri())
    assert "Ort 01001006" in page.locator("table").inner_text()
    context.close()
