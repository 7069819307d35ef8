"""The question, the ranked list, and the map beside it in step."""

import re

import pytest

from tests.browser.planner import (
    COUNTY,
    EVERSWINKEL,
    OSTBEVERN,
    QUESTION,
    TELGTE,
    focused,
    listed,
    on_map,
    painted,
    query_of,
    scene,
    scores,
    until,
)

LIT = "#list .lit"


def place(page, unit):
    """Where the middle of a unit is on the screen."""
    told = page.request.get(f"/api/v1/units/{unit}").json()
    return on_map(page, told["longitude"], told["latitude"])


def test_the_list_is_ranked(visit):
    page = visit(QUESTION)
    found = list(scores(page).values())
    assert found == sorted(found, reverse=True)
    ranks = page.locator("#list .rank").all_inner_texts()
    assert ranks == [str(rank) for rank in range(1, len(ranks) + 1)]
    assert {OSTBEVERN, COUNTY, EVERSWINKEL} <= set(listed(page)[:5])


def test_each_suggestion_says_its_strongest_reasons(visit):
    page = visit(QUESTION)
    for reasons in page.locator("#list .reasons").all_inner_texts()[:5]:
        assert len(reasons) > 15


def test_list_and_map_show_the_same(visit):
    page = visit(QUESTION)
    assert [one["id"] for one in scene(page)["suggestions"]] == listed(page)


def test_no_outline_stays_of_a_unit_that_the_list_has_no_more(visit, expect):
    """The list under a resting pointer is replaced: of what lay there nothing stays marked."""
    page = visit(QUESTION)
    marked = page.locator("#map")
    page.locator(f"#s-{COUNTY}").hover()
    expect(marked).to_have_attribute("data-lit", COUNTY)
    page.evaluate("""() => {
        const service = document.getElementById("service");
        service.value = "building-yard";
        service.dispatchEvent(new Event("change", { bubbles: true }));
    }""")
    expect(page.locator(f"#s-{COUNTY}")).to_have_count(0)
    expect(marked).not_to_have_attribute("data-lit", COUNTY, timeout=3000)


def test_another_question_is_shown_as_a_whole_and_another_partner_moves_nothing(visit):
    page = visit(QUESTION)
    view = scene(page)["view"]
    page.locator(f"#add-{OSTBEVERN}").click()
    until(page, lambda: scene(page)["group"], "a partner on the map")
    assert scene(page)["view"] == view
    page.locator("#service").select_option("building-yard")
    until(page, lambda: scene(page)["view"] != view, "another view")


def test_the_list_of_another_question_is_read_from_its_top(visit, expect):
    page = visit(QUESTION)
    side = page.locator(".side")
    top = "side => side.scrollTop"
    side.evaluate("side => { side.scrollTop = 200; }")
    page.locator(f"#add-{listed(page)[2]}").click()
    expect(page.locator("#tray h2 .count")).to_have_text("2")
    assert side.evaluate(top) > 100  # whoever adds one goes on from there
    page.locator("#service").select_option("climate-network")
    expect(page).to_have_url(re.compile("service=climate-network"))
    assert side.evaluate(top) == 0


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_another_service_gives_another_list(visit, expect, size):
    page = visit(QUESTION, size=size)
    before = scores(page)
    page.locator("#service").select_option("climate-network")
    expect(page).to_have_url(re.compile("service=climate-network"))
    assert scores(page) != before
    expect(page.locator("#service")).to_have_value("climate-network")


def test_another_form_gives_another_list(visit, expect):
    page = visit(QUESTION)
    page.locator("#type").select_option("vertical")
    expect(page).to_have_url(re.compile("type=vertical"))
    vertical = set(listed(page))
    page.locator("#type").select_option("any")
    expect(page).not_to_have_url(re.compile("type=vertical"))
    assert set(listed(page)) != vertical


def test_a_change_is_told_to_screen_readers(visit, expect):
    page = visit(QUESTION)
    status = page.locator("#status")
    expect(status).to_have_attribute("aria-live", "polite")
    before = status.inner_text()
    page.locator("#type").select_option("vertical")
    expect(status).not_to_have_text(before)
    expect(status).to_contain_text(str(len(listed(page))))


def test_more_can_be_listed(visit, expect):
    page = visit(f"/?unit={TELGTE}&lang=de")
    before = len(listed(page))
    if page.locator("#more").count():
        page.locator("#more").click()
        expect(page).to_have_url(re.compile("limit="))
        assert len(listed(page)) > before


def test_the_map_draws_the_answer(visit, expect):
    page = visit(QUESTION)
    painted(page)
    expect(page.locator("#map canvas.geoplan-map-marks")).to_be_visible()
    names = [text.replace("\n", " ") for text in page.locator(".legend").all_inner_texts()]
    assert names


def test_hovering_the_map_marks_the_list(visit, expect):
    page = visit(QUESTION)
    painted(page)
    x, y = place(page, OSTBEVERN)
    page.mouse.move(x - 3, y)
    page.mouse.move(x, y)
    expect(page.locator(LIT)).to_have_attribute("data-unit", OSTBEVERN)
    expect(page.locator(".geoplan-map-tip")).to_contain_text("Ostbevern")


def marks(page):
    """What is drawn above the ground of the map."""
    return page.locator("#map canvas.geoplan-map-marks").evaluate("canvas => canvas.toDataURL()")


@pytest.mark.parametrize("by", ["hover", "focus"])
def test_the_list_marks_the_map(visit, by):
    page = visit(QUESTION)
    painted(page)
    page.mouse.move(5, 5)
    resting = marks(page)
    name = page.locator(f"#name-{OSTBEVERN}")
    name.hover() if by == "hover" else name.focus()
    until(page, lambda: marks(page) != resting, "a mark on the map")


def test_a_click_on_the_map_says_why(visit, expect):
    page = visit(QUESTION)
    painted(page)
    page.mouse.click(*place(page, EVERSWINKEL))
    expect(page.locator("#why-heading")).to_contain_text("Everswinkel")
    assert query_of(page)["why"] == EVERSWINKEL
    until(page, lambda: focused(page) == "why-heading", "the focus on the heading")


def test_a_click_on_the_empty_map_asks(visit, expect):
    """The first visit: a county is clicked to come nearer, then it answers."""
    page = visit("/?lang=de")
    painted(page)
    box = page.locator("#map").bounding_box()
    before = page.locator("#map").screenshot()
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    until(page, lambda: "unit=" in page.url or page.locator("#map").screenshot() != before, "anything")


def test_the_map_can_be_used_by_keys(visit, expect):
    page = visit(QUESTION, reduced_motion="reduce")
    painted(page)
    page.locator("#map").focus()
    said = page.locator(".geoplan-map-told")
    expect(said).not_to_have_text("")
    before = said.inner_text()
    page.keyboard.press("ArrowUp")
    expect(said).not_to_have_text(before)
    name = said.inner_text().split(",")[0].split(" (")[0]
    page.keyboard.press("Enter")
    expect(page.locator("#why-heading, #heading").filter(has_text=name).first).to_be_visible()


def test_the_table_twin_says_the_same(visit, expect):
    page = visit(QUESTION)
    ids, fits = listed(page), list(scores(page).values())
    page.locator('#tabs [data-view="table"]').click()
    table = page.get_by_role("table")
    expect(table).to_be_visible()
    assert listed(page) == ids
    told = page.locator("#list tbody tr").evaluate_all("rows => rows.map(row => row.cells[4].innerText)")
    assert [float(text.replace(",", ".")) for text in told] == fits
    expect(page.locator('#tabs [data-view="table"]')).to_have_attribute("aria-current", "true")


def test_arrows_walk_the_list(visit, expect):
    page = visit(QUESTION)
    ids = listed(page)
    page.locator(f"#name-{ids[0]}").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#name-{ids[1]}")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(page.locator(f"#name-{ids[0]}")).to_be_focused()


def test_a_click_with_ctrl_takes_on_board_and_out(visit, expect):
    page = visit(QUESTION)
    painted(page)
    page.keyboard.down("Control")
    page.mouse.click(*place(page, OSTBEVERN))
    page.keyboard.up("Control")
    expect(page).to_have_url(re.compile(f"with={OSTBEVERN}"))
    expect(page.locator("#why")).to_be_hidden()


def test_space_on_the_map_takes_on_board(visit, expect):
    page = visit(f"/?unit={TELGTE}&lang=de", reduced_motion="reduce")
    painted(page)
    page.locator("#map").focus()
    said = page.locator(".geoplan-map-told")
    for _ in range(12):
        if "Rang" in said.inner_text():
            break
        page.keyboard.press("ArrowUp")
    name = said.inner_text().split(",")[0]
    page.keyboard.press("Space")
    expect(page.locator("#tray h2 .count")).to_have_text("2")
    expect(page.locator("#tray .chips")).to_contain_text(name.split(" (")[0])
    expect(page.locator("#map")).to_be_focused()
