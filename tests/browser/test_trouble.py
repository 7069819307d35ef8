"""Slow networks, a server that is gone, wrong addresses: what happened, what is kept, what to do."""

import re
import time

import pytest

from tests.browser.planner import (
    EVERSWINKEL,
    LANGUAGES,
    OSTBEVERN,
    QUESTION,
    TELGTE,
    listed,
    painted,
    query_of,
    ready,
    scores,
    until,
)

FAST_B_S = 10_000_000
GONE = ("ERR_FAILED", "ERR_INTERNET_DISCONNECTED", "ERR_CONNECTION_REFUSED")
ANSWERED = "the server responded with a status of"
"""The browser's own notes about requests that got no answer, or another than 200."""


def slow_down(page, seconds):
    """Let each request of a page wait."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False, "latency": 1000 * seconds,
            "downloadThroughput": FAST_B_S, "uploadThroughput": FAST_B_S,
        },
    )  # fmt: skip
    return session


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_takes_long_says_what_is_being_done(visit, expect, lang):
    page = visit(QUESTION.replace("lang=de", f"lang={lang}"))
    slow_down(page, 2)
    started = time.monotonic()
    page.locator("#service").select_option("climate-network")
    said = page.locator("main").get_by_text({"de": "wird berechnet", "en": "being computed"}[lang]).first
    expect(said).to_be_visible()
    assert time.monotonic() - started > 0.35
    expect(page.locator("#list [data-unit]").first).to_be_visible()  # what was there stays meanwhile
    expect(page).to_have_url(re.compile("climate-network"))
    expect(said).to_be_hidden()


def test_only_what_takes_long_says_so(visit, expect):
    """By a clock that is moved by hand, so that the test does not depend on how fast a machine is."""
    page = visit(QUESTION)
    held = []
    page.route("**/?*", lambda route: held.append(route))  # noqa: PLW0108 - Playwright marks the function
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.locator(f"#why-{OSTBEVERN}").click()
    until(page, lambda: held, "the request")
    page.clock.run_for(390)
    expect(page.locator("#progress")).to_be_empty()
    page.clock.run_for(20)
    expect(page.locator("#progress")).to_have_text(re.compile("wird berechnet"))
    # The clock is that of the context, which other tests use after this one.
    page.clock.resume()
    held[0].continue_()
    expect(page.locator("#why-heading")).to_contain_text("Ostbevern")
    expect(page.locator("#progress")).to_be_empty()


def test_the_last_wish_counts(visit, expect):
    page = visit(QUESTION)
    slow_down(page, 0.3)
    page.locator(f"#why-{OSTBEVERN}").click(no_wait_after=True)
    page.locator(f"#why-{EVERSWINKEL}").click(no_wait_after=True)
    expect(page.locator("#why-heading")).to_contain_text("Everswinkel")
    until(page, lambda: query_of(page).get("why") == EVERSWINKEL, "the last address")


@pytest.mark.parametrize("size", ["desktop", "phone"])
@pytest.mark.parametrize("path", ["/?lang=de", QUESTION, f"{QUESTION}&why={OSTBEVERN}"])
def test_nothing_jumps_while_a_page_comes_slowly(visit, path, size):
    page = visit("/docs", size=size, wait=False, fresh=True)
    slow_down(page, 0.15)
    page.goto(visit.origin + path, wait_until="domcontentloaded")
    ready(page)
    if page.locator("#map").is_visible():
        painted(page)
    assert page.evaluate("globalThis.shifted") < 0.05


def test_nothing_jumps_while_one_works(visit, expect):
    page = visit(QUESTION)
    painted(page)
    page.locator(f"#add-{OSTBEVERN}").click()
    expect(page.locator("#tray h2 .count")).to_have_text("2")
    page.locator(f"#why-{EVERSWINKEL}").click()
    expect(page.locator("#why-heading")).to_be_visible()
    assert page.evaluate("globalThis.shifted") < 0.05


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_server_is_gone_and_comes_back(visit, expect, lang):
    page = visit(QUESTION.replace("lang=de", f"lang={lang}"))
    visit.expect_trouble(*GONE)
    before, address = scores(page), page.url
    page.context.route("**/*", lambda route: route.abort())
    page.locator(f"#add-{OSTBEVERN}").click()
    said = page.get_by_role("alert").filter(has_text={"de": "bleibt erhalten", "en": "stays"}[lang])
    expect(said.first).to_be_visible()
    assert (scores(page), page.url) == (before, address)
    again = page.locator("#trouble").get_by_role("button")
    again.click()
    expect(said.first).to_be_visible()  # still gone
    page.context.unroute_all()
    page.locator("#trouble").get_by_role("button").click()
    expect(page.locator("#tray h2 .count")).to_have_text("2")
    expect(page.locator("#trouble")).to_be_empty()
    assert query_of(page)["with"] == OSTBEVERN


def test_moved_sliders_are_not_lost_while_the_server_is_gone(visit, expect):
    page = visit(QUESTION)
    visit.expect_trouble(*GONE)
    page.locator("#weights > summary").click()
    slider = page.locator("#weights input[type=range]").first
    slider.focus()
    page.context.route("**/*", lambda route: route.abort())
    page.keyboard.press("End")
    expect(page.locator("#trouble")).not_to_be_empty()
    expect(slider).to_have_value("8")
    page.context.unroute_all()
    page.locator("#trouble").get_by_role("button").click()
    expect(page).to_have_url(re.compile("weights="))
    expect(slider).to_have_value("8")


def test_going_back_while_the_server_is_gone(visit, expect):
    page = visit(QUESTION)
    visit.expect_trouble(*GONE)
    page.locator(f"#add-{OSTBEVERN}").click()
    expect(page.locator("#tray h2 .count")).to_have_text("2")
    page.context.route("**/*", lambda route: route.abort())
    page.go_back()
    expect(page.locator("#trouble")).not_to_be_empty()
    page.context.unroute_all()
    page.locator("#trouble").get_by_role("button").click()
    expect(page.locator("#tray h2 .count")).to_have_text("1")
    assert "with" not in query_of(page)


def test_the_search_works_on_without_suggestions(visit, expect):
    page = visit("/?lang=de")
    visit.expect_trouble(*GONE)
    page.context.route("**/found?**", lambda route: route.abort())
    page.locator("#q").press_sequentially("Telgte")
    page.keyboard.press("Enter")
    expect(page.locator("#heading")).to_contain_text("Telgte")


def test_a_map_that_does_not_come_does_not_stop_the_list(visit, expect):
    page = visit(QUESTION, wait=False)
    visit.expect_trouble(*GONE, "Failed to fetch dynamically imported module", "Failed to load")
    page.context.route("**/bundled/map/*.js", lambda route: route.abort())
    page.reload(wait_until="domcontentloaded")
    page.locator("html.scripted").wait_for(state="attached")
    expect(page.locator("#map .no-map")).to_be_visible()
    page.locator(f"#add-{OSTBEVERN}").click()
    expect(page.locator("#tray h2 .count")).to_have_text("2")
    ids = listed(page)
    page.locator(f"#name-{ids[0]}").focus()
    page.keyboard.press("ArrowDown")
    expect(page.locator(f"#name-{ids[1]}")).to_be_focused()


def test_map_data_that_do_not_come_can_be_asked_for_again(visit, expect):
    page = visit("/docs", wait=False)
    visit.expect_trouble(*GONE)
    page.context.route("**/map/**/*.json", lambda route: route.abort())
    page.goto(visit.origin + QUESTION, wait_until="domcontentloaded")
    said = page.locator("#map [role=alert]")
    expect(said).not_to_be_empty()
    page.context.unroute_all()
    said.get_by_role("button").click()
    painted(page)
    expect(said).to_be_empty()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/?unit=Telgtee", "Telgte"),
        ("/?unit=99999999", "99999999"),
        ("/?unit=Neustadt", "Neustadt"),
        (f"/?unit={TELGTE}&service=heat", "heat-planning"),
        (f"/?unit={TELGTE}&weights=closenes:2", "closeness"),
        ("/nowhere", "/nowhere"),
    ],
)
def test_an_address_that_means_nothing_says_why(visit, expect, path, told, lang):
    page = visit("/?", lang=lang)
    visit.expect_trouble(ANSWERED)
    answer = page.goto(visit.origin + path, wait_until="domcontentloaded")
    assert 400 <= answer.status < 500
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("main")).to_contain_text(told)
    page.locator("main a").last.click()
    expect(page.locator("#q")).to_be_visible()


def test_from_an_ambiguous_address_to_the_right_one(visit, expect):
    page = visit("/?")
    visit.expect_trouble(ANSWERED)
    page.goto(f"{visit.origin}/?unit=Neustadt&service=heat-planning&lang=de", wait_until="domcontentloaded")
    page.locator("main").get_by_role("link", name=re.compile("Neustadt")).first.click()
    expect(page.locator("#heading")).to_contain_text("Neustadt")


def test_a_page_that_is_not_there_is_a_page_all_the_same(visit, expect):
    page = visit("/?")
    visit.expect_trouble(ANSWERED)
    answer = page.goto(visit.origin + "/gibt/es/nicht?lang=de", wait_until="domcontentloaded")
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Nicht gefunden")
    expect(page).to_have_title(re.compile("Nicht gefunden"))
    page.get_by_role("link", name=re.compile("Zurück")).click()
    expect(page.locator("#q")).to_be_focused()
