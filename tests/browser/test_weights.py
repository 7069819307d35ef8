"""Sliders: the list is ranked again while one is moved."""

import re

import pytest

from tests.browser.planner import LANGUAGES, QUESTION, listed, scores, until

SLIDERS = "#weights input[type=range]"


def open_weights(page):
    page.locator("#weights > summary").focus()
    page.keyboard.press("Enter")
    page.locator(SLIDERS).first.wait_for()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_slider_moved_by_keys_ranks_again(visit, expect, lang):
    page = visit(QUESTION.replace("lang=de", f"lang={lang}"))
    before, order = scores(page), listed(page)
    open_weights(page)
    slider = page.locator(SLIDERS).first
    name = slider.get_attribute("name").removeprefix("w_")
    slider.focus()
    page.keyboard.press("End")
    expect(page).to_have_url(re.compile(f"weights={name}:8"))
    until(page, lambda: scores(page) != before, "other scores")
    assert listed(page) != order or scores(page) != before
    expect(slider).to_be_focused()
    output = page.locator(f"#share-{name}")
    expect(output).to_have_text("8,0" if lang == "de" else "8.0")


def test_the_list_follows_each_step(visit, expect):
    page = visit(QUESTION)
    open_weights(page)
    slider = page.locator(SLIDERS).first
    slider.focus()
    usual = float(slider.input_value())
    for step in range(1, 4):
        page.keyboard.press("ArrowRight")
        expect(page).to_have_url(re.compile(f":{usual + step / 10:g}(&|$)"))


def test_moving_a_slider_leaves_one_step_in_the_history(visit, expect):
    page = visit("/?lang=de")
    page.locator(".examples a").first.click()
    expect(page).to_have_url(re.compile("unit="))
    open_weights(page)
    page.locator(SLIDERS).first.focus()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile("weights="))
    page.go_back()
    expect(page).not_to_have_url(re.compile("weights="))


def test_undo_takes_back_one_slider_at_a_time(visit, expect):
    page = visit(QUESTION)
    before = scores(page)
    open_weights(page)
    for place in (0, 1):
        page.locator(SLIDERS).nth(place).focus()
        for _ in range(3):
            page.keyboard.press("ArrowRight")
        expect(page.locator("#weights > summary")).to_contain_text(f"{place + 1} geändert")
    page.locator("#undo").click()
    expect(page.locator("#weights > summary")).to_contain_text("1 geändert")
    page.locator("#undo").click()
    expect(page).not_to_have_url(re.compile("weights="))
    until(page, lambda: scores(page) == before, "the usual scores")


def test_an_answer_puts_nothing_back_that_has_moved_on(visit, expect):
    page, held = visit(QUESTION), []
    open_weights(page)
    first, second = (page.locator(SLIDERS).nth(place) for place in (0, 1))
    usual = float(first.input_value())
    page.route(re.compile("weights="), lambda route: route.continue_() if held else held.append(route))
    first.focus()
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    second.focus()
    page.keyboard.press("ArrowRight")
    until(page, lambda: held, "the first question")
    held[0].continue_()
    expect(page.locator("#weights > summary")).to_contain_text("2 geändert")
    expect(second).to_be_focused()
    expect(page).to_have_url(re.compile(f":{usual + 0.3:g},"))
    page.locator("#undo").click()
    expect(page.locator("#weights > summary")).to_contain_text("1 geändert")
    expect(first).to_have_value(f"{usual + 0.3:g}")


def test_reset_brings_the_usual_back(visit, expect):
    page = visit(QUESTION)
    before = scores(page)
    open_weights(page)
    page.locator(SLIDERS).nth(1).focus()
    page.keyboard.press("Home")
    expect(page).to_have_url(re.compile("weights="))
    expect(page.locator("#weights > summary")).to_contain_text("1 geändert")
    page.locator("#reset-weights").click()
    expect(page).not_to_have_url(re.compile("weights="))
    until(page, lambda: scores(page) == before, "the usual scores")
    slider = page.locator(SLIDERS).nth(1)
    assert float(slider.input_value()) == float(slider.get_attribute("data-usual"))


def test_changed_weights_are_in_the_link(visit, expect):
    page = visit(f"{QUESTION}&weights=closeness:8")
    expect(page.locator("#w_closeness")).to_have_value("8")
    expect(page.locator("#w_closeness")).to_be_visible()
    assert scores(page) != scores(visit(QUESTION))


def test_each_slider_has_a_name_and_a_sentence(visit, expect):
    page = visit(QUESTION)
    open_weights(page)
    page.locator("#more-weights > summary").click()
    for slider in page.locator(SLIDERS).all():
        expect(slider).to_have_accessible_name(re.compile(r"\S{2}"))
        expect(slider).to_have_accessible_description(re.compile(r"\S+ \S+"))
