"""A network grows: on board, out again, checked, built, compared; what is missing is told meanwhile."""

import re

import pytest

from tests.browser.planner import (
    AHLEN,
    COUNTY,
    EVERSWINKEL,
    GROUP,
    LANGUAGES,
    OSTBEVERN,
    QUESTION,
    TELGTE,
    focused,
    listed,
    query_of,
    scene,
    until,
)

COUNT = "#tray h2 .count"


def partners(page):
    return query_of(page).get("with", "").split(",")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_take_on_board_by_click(visit, expect, lang):
    page = visit(QUESTION.replace("lang=de", f"lang={lang}"))
    page.locator(f"#add-{OSTBEVERN}").click()
    expect(page.locator(COUNT)).to_have_text("2")
    expect(page.locator("#list-heading")).to_have_text(
        {"de": "Wer passt noch dazu?", "en": "Who else fits?"}[lang]
    )
    assert partners(page) == [OSTBEVERN]
    assert scene(page)["group"] == [TELGTE, OSTBEVERN]
    assert OSTBEVERN not in listed(page)


def test_take_on_board_by_space(visit, expect):
    page = visit(QUESTION)
    first, second = listed(page)[:2]
    page.locator(f"#name-{first}").focus()
    page.keyboard.press("Space")
    expect(page.locator(COUNT)).to_have_text("2")
    assert partners(page) == [first]
    expect(page.locator(f"#name-{second}")).to_be_focused()  # one can go on
    page.keyboard.press("Space")
    expect(page.locator(COUNT)).to_have_text("3")
    assert partners(page) == [first, second]


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_proposals_keep_names_and_numbers_apart(visit, size):
    page = visit("/?unit=08336&service=climate-network&panel=build&lang=de", size=size)
    page.locator(".proposal").first.wait_for()
    collisions = page.evaluate("""() => [...document.querySelectorAll(".proposal")].flatMap((card) => {
      const edge = card.getBoundingClientRect();
      return [...card.querySelectorAll(".fits tbody tr")].filter((row) => {
        const [name, fit, out] = [...row.cells];
        const range = document.createRange();
        range.selectNodeContents(name);
        range.setEndBefore(name.querySelector("svg"));
        const last = out.firstElementChild ?? fit;
        return range.getBoundingClientRect().right > fit.getBoundingClientRect().left - 2
          || last.getBoundingClientRect().right > edge.right;
      }).map((row) => row.textContent.trim());
    })""")
    assert collisions == []


def test_take_out_again(visit, expect):
    page = visit(GROUP)
    page.locator(f"#remove-{OSTBEVERN}").focus()
    page.keyboard.press("Enter")
    expect(page.locator(COUNT)).to_have_text("2")
    assert partners(page) == [EVERSWINKEL]
    assert focused(page) != ""


def test_empty_the_network(visit, expect):
    page = visit(GROUP)
    page.locator("#clear").click()
    expect(page.locator(COUNT)).to_have_text("1")
    assert "with" not in query_of(page)
    expect(page.locator("#tray-heading")).to_be_focused()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_gap_is_told_and_drawn(visit, expect, lang):
    page = visit(f"/?unit={TELGTE}&with={AHLEN}&service=building-yard", lang=lang)
    assert len(scene(page)["gaps"]) == 1
    said = {"de": r"zusammenh|Lücke|Teil", "en": r"contiguous|piece|gap|part"}[lang]
    expect(
        page.locator("#tray .signs .sign:not(.good)").filter(has_text=re.compile(said)).first
    ).to_be_visible()
    for between in (OSTBEVERN, EVERSWINKEL):
        assert between not in partners(page)


def test_a_group_without_a_gap_says_so(visit, expect):
    page = visit(GROUP)
    assert scene(page)["gaps"] == []
    expect(page.locator("#tray")).to_contain_text("zusammenhängend")


def test_what_is_missing_for_the_funding_is_told(visit, expect):
    page = visit(GROUP)
    expect(page.locator("#tray")).to_contain_text(re.compile("noch 3"))  # of six municipalities at least


def test_check(visit, expect):
    page = visit(GROUP)
    page.locator("#open-check").click()
    expect(page.locator("#panel-heading")).to_be_focused()
    expect(page.locator("#panel .check").first).to_be_visible()
    expect(page.locator("#panel .check .evidence").first).not_to_be_empty()
    expect(page.locator("#cost")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator("#open-check")).to_be_focused()
    assert "panel" not in query_of(page)


def test_the_cost_can_be_asked_with_other_assumptions(visit, expect):
    page = visit(f"{GROUP}&panel=check")
    total = page.locator("#panel .total")
    before = total.inner_text()
    page.locator("#assumptions summary").click()
    field = page.locator("#assumptions input[inputmode=decimal]").first
    field.fill("9")
    page.locator("#assumptions-apply").click()
    expect(page).to_have_url(re.compile("assume="))
    expect(total).not_to_have_text(before)
    page.locator("#usual-assumptions").click()
    expect(total).to_have_text(before)


def test_what_is_open_stays_while_the_network_changes(visit, expect):
    page = visit(f"{GROUP}&panel=check")
    before = page.locator("#panel table.shares tbody tr").count()
    page.locator(f"#remove-{EVERSWINKEL}").click()
    expect(page.locator("#panel table.shares tbody tr")).to_have_count(before - 1)


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_let_it_build_and_take_it(visit, expect, size):
    page = visit(f"/?unit={TELGTE}&service=climate-network&lang=de", size=size)
    if size == "phone":
        page.locator("#open-build-at-once").click()
    else:
        page.locator("#open-build").click()
    expect(page.locator("#panel-heading")).to_be_focused()
    members = page.locator(".proposal").first.locator("tbody tr").count()
    assert members >= 6  # what is funded as a climate network
    page.locator("#take-1").click()
    expect(page.locator("#panel")).to_be_hidden()
    assert len(partners(page)) == members - 1
    expect(page.locator("#tray .count").first).to_have_text(str(members))


def test_build_under_conditions(visit, expect):
    page = visit(f"/?unit={TELGTE}&service=climate-network&panel=build&lang=de")
    page.locator("#build-min").fill("7")
    page.locator("#build-max").fill("7")
    page.locator("#build-within").select_option("county")
    page.locator("#panel form.conditions button").click()
    expect(page).to_have_url(re.compile("min=7"))
    expect(page.locator(".proposal").first.locator("tbody tr")).to_have_count(7)


def test_conditions_that_nothing_meets_are_told(visit, expect):
    page = visit(f"/?unit={TELGTE}&service=climate-network&panel=build&min=9&max=3&lang=de")
    expect(page.locator("#panel .refusal")).to_be_visible()
    expect(page.locator("#build-min")).to_have_value("9")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_changes_if_the_county_joins(visit, expect, lang):
    page = visit(GROUP.replace("lang=de", f"lang={lang}"))
    page.locator("#join-county").click()
    expect(page.locator("#panel-heading")).to_be_focused()
    expect(page.locator("#panel .side-a")).to_contain_text({"de": "niemand", "en": "nobody"}[lang])
    expect(page.locator("#panel .side-b")).to_contain_text("Warendorf")
    expect(page.locator("#panel .changes li").first).to_be_visible()
    expect(page.locator("#panel .figures-table tr.differs").first).to_be_visible()
    assert COUNTY not in partners(page)  # nobody comes on board unasked
    page.locator("#take-kept").click()
    expect(page.locator("#panel")).to_be_hidden()
    assert COUNTY in partners(page)


def test_compare_with_what_was_kept(visit, expect):
    page = visit(GROUP)
    page.locator("#pin").click()
    expect(page.locator("#panel-heading")).to_be_focused()
    page.locator(f"#remove-{EVERSWINKEL}").click()
    expect(page.locator("#panel .side-a")).to_contain_text("Everswinkel")
    expect(page.locator("#panel .side-both .count")).to_have_text("2")
    expect(page.locator("#panel .side-b .count")).to_have_text("0")
    differing = page.locator("#panel .figures-table tr.differs").all_inner_texts()
    assert len(differing) >= 3
    page.locator("#swap").click()
    expect(page.locator(COUNT)).to_have_text("3")
    page.locator("#keep-today").click()
    expect(page.locator("#panel")).to_be_hidden()
    expect(page.locator(COUNT)).to_have_text("3")


def test_the_dossier_is_a_pdf(visit):
    page = visit(f"{GROUP}&panel=check")
    link = page.locator("#papers ~ .actions a").first
    with page.expect_download() as coming:
        link.click()
    assert coming.value.suggested_filename.endswith(".pdf")
    assert coming.value.path().read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_white_spots_of_the_county(visit, expect, lang):
    page = visit(QUESTION.replace("lang=de", f"lang={lang}"))
    page.locator("#open-white-spots").click()
    expect(page.locator("#panel-heading")).to_contain_text("Warendorf")
    shown = scene(page)["whiteSpots"]
    assert len(shown) == 13  # municipalities of the county
    expect(page.locator(".legend .keys li")).to_have_count(3)
    listed_white = page.locator("#panel [data-unit]").evaluate_all("all => all.map(one => one.dataset.unit)")
    assert {unit for unit, step in shown.items() if step == 0} == set(listed_white)
    page.keyboard.press("Escape")
    expect(page.locator("#open-white-spots")).to_be_focused()


def test_the_county_asks_for_white_spots_as_well(visit, expect):
    page = visit(f"/?unit={COUNTY}&service=heat-planning&panel=white-spots&lang=de")
    expect(page.locator("#panel-heading")).to_contain_text("Warendorf")
    until(page, lambda: scene(page)["whiteSpots"])
