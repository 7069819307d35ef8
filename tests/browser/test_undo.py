"""Undo and redo: a step back in what was asked, whatever is open beside it."""

from tests.browser.planner import EVERSWINKEL, GROUP, OSTBEVERN, QUESTION, WARENDORF

COUNT = "#tray h2 .count"


def test_undo_and_redo(visit, expect):
    page = visit(QUESTION)
    expect(page.locator("#undo")).to_be_disabled()
    page.locator(f"#add-{OSTBEVERN}").click()
    expect(page.locator(COUNT)).to_have_text("2")
    page.locator(f"#add-{EVERSWINKEL}").click()
    expect(page.locator(COUNT)).to_have_text("3")
    page.keyboard.press("Control+z")
    expect(page.locator(COUNT)).to_have_text("2")
    page.locator("#undo").click()
    expect(page.locator(COUNT)).to_have_text("1")
    expect(page.locator("#undo")).to_be_disabled()
    page.locator("#redo").click()
    expect(page.locator(COUNT)).to_have_text("2")
    page.keyboard.press("Control+Shift+z")
    expect(page.locator(COUNT)).to_have_text("3")


def test_undo_takes_back_what_was_asked_and_opens_no_panel(visit, expect):
    page = visit(QUESTION)
    page.locator(f"#add-{OSTBEVERN}").click()
    expect(page.locator(COUNT)).to_have_text("2")
    page.locator("#open-check").click()
    expect(page.locator("#panel-heading")).to_be_focused()
    page.locator("#close-panel").click()
    expect(page.locator("#panel")).to_be_hidden()
    page.locator("#undo").click()
    expect(page.locator(COUNT)).to_have_text("1")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#undo")).to_be_disabled()
    page.go_back()
    expect(page.locator(COUNT)).to_have_text("2")
    expect(page.locator("#undo")).to_be_enabled()


def test_undo_leaves_open_what_is_open(visit, expect):
    page = visit(GROUP)
    page.locator(f"#name-{WARENDORF}").click()
    expect(page.locator("#why-heading")).to_contain_text("Warendorf")
    page.locator("#why-add").click()
    expect(page.locator(COUNT)).to_have_text("4")
    page.locator("#undo").click()
    expect(page.locator(COUNT)).to_have_text("3")
    expect(page.locator("#why-heading")).to_contain_text("Warendorf")
