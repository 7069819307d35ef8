"""Why this one: the drawer with bars in words and numbers."""

import re

import pytest
from pytest import approx

from tests.browser.planner import (
    COUNTY,
    EVERSWINKEL,
    LANGUAGES,
    OSTBEVERN,
    QUESTION,
    TELGTE,
    focused,
    listed,
    number,
    query_of,
    scores,
    until,
)


def test_enter_opens_it_and_escape_goes_back(visit, expect):
    page = visit(QUESTION)
    page.locator(f"#name-{EVERSWINKEL}").focus()
    page.keyboard.press("Enter")
    expect(page.locator("#why-heading")).to_be_focused()
    expect(page.locator("#why-heading")).to_contain_text("Everswinkel")
    page.keyboard.press("Escape")
    expect(page.locator("#why")).to_be_hidden()
    expect(page.locator(f"#name-{EVERSWINKEL}")).to_be_focused()
    assert "why" not in query_of(page)


def test_the_button_gets_the_focus_back(visit, expect):
    page = visit(QUESTION)
    page.locator(f"#why-{OSTBEVERN}").click()
    expect(page.locator("#why-heading")).to_be_focused()
    page.locator("#close-why").click()
    expect(page.locator("#why")).to_be_hidden()
    until(page, lambda: focused(page) in (f"why-{OSTBEVERN}", f"name-{OSTBEVERN}"), "the focus back")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_the_bars_add_up_to_what_the_list_says(visit, expect, lang, size):
    page = visit(f"/?unit={TELGTE}&service=heat-planning", lang=lang, size=size)
    shown = scores(page)[EVERSWINKEL]
    page.locator(f"#why-{EVERSWINKEL}").click()
    expect(page.locator("#why-heading")).to_be_visible()
    amounts = page.locator("#why .amount").evaluate_all("all => all.map(one => one.firstChild.textContent)")
    assert len(amounts) >= 5
    assert sum(map(number, amounts)) == pytest.approx(shown, abs=0.005 * (len(amounts) + 1))
    told = page.locator("#why .sum").inner_text()
    assert re.search(r"\d[.,]\d\d", told)[0].replace(",", ".") == f"{shown:.2f}"


def test_bars_are_drawn_longest_first_and_as_long_as_they_say(visit, expect):
    page = visit(f"{QUESTION}&why={OSTBEVERN}")
    bars = page.locator("#why .bars li")
    lengths = bars.evaluate_all(
        "all => all.map(one => Number(one.querySelector('.does').getAttribute('width')))"
    )
    amounts = bars.evaluate_all("all => all.map(one => one.querySelector('.amount').firstChild.textContent)")
    assert lengths == sorted(lengths, reverse=True)
    for length, amount in zip(lengths, map(number, amounts), strict=True):
        assert length / 1000 == pytest.approx(amount, abs=0.0051)


def test_it_says_what_speaks_against_how_sure_and_from_where(visit, expect):
    page = visit(f"{QUESTION}&why={OSTBEVERN}")
    why = page.locator("#why")
    expect(why.locator(".stand")).to_contain_text("Rang 1 von")
    expect(why.get_by_role("heading", level=3)).not_to_have_count(0)
    expect(why).to_contain_text("Wie sicher ist das?")
    expect(why).to_contain_text("BKG")
    link = why.get_by_role("link", name="So wird gerechnet")
    assert page.request.get(link.get_attribute("href")).ok


def test_it_is_compared_with_those_before_and_after(visit, expect):
    """The fourth has the second for its rival, as the third is the county, judged by other criteria."""
    page = visit(QUESTION)
    told, order = scores(page), listed(page)
    assert order[2] == COUNTY
    page.locator(f"#why-{order[3]}").click()
    expect(page.locator("#why .rival")).to_have_count(2)
    before, after = page.locator("#why .rival").all()
    expect(before).to_contain_text("Rang 2")
    expect(before).to_contain_text("Auf Rang 3 steht Kreis Warendorf")
    expect(before).to_contain_text("diese Form hat eigene Kriterien")
    expect(after).to_contain_text("Rang 6")
    ahead = before.locator("p").first.inner_text().split(" davor")[0]
    assert number(ahead) == approx(told[order[1]] - told[order[3]], abs=0.001)  # as the list writes them
    expect(before.locator("li").first).to_contain_text(re.compile(r"\d,\d\d"))
    before.locator("a").click()
    expect(page.locator("#why .stand")).to_contain_text("Rang 2 von")
    page.goto(f"{visit.origin}{QUESTION}&why={COUNTY}", wait_until="domcontentloaded")
    expect(page.locator("#why .rival").first).to_contain_text("nur die Passung im Ganzen")
    expect(page.locator("#why .parting")).to_have_count(0)


def test_from_why_into_the_network_and_out(visit, expect):
    page = visit(f"{QUESTION}&why={OSTBEVERN}")
    page.locator("#why-add").click()
    expect(page).to_have_url(re.compile(f"with={OSTBEVERN}"))
    page.locator("#why-remove").click()
    expect(page).not_to_have_url(re.compile("with="))


def test_a_unit_that_cannot_be_a_partner_says_so(visit, expect):
    page = visit(f"{QUESTION}&why=09162000")
    expect(page.locator("#why-heading")).to_contain_text("München")
    expect(page.locator("#why p").first).to_be_visible()


def test_the_question_can_be_turned_round(visit, expect):
    page = visit(f"{QUESTION}&why={OSTBEVERN}")
    page.locator("#why .actions a.quiet").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ostbevern")
    assert query_of(page) == {"unit": OSTBEVERN, "service": "heat-planning", "lang": "de"}
    expect(page.locator("#heading")).to_be_focused()
