"""From a network to a plan: saved, found again, carried on, taken to the council."""

import re

import pytest

from tests.browser.planner import GROUP, LANGUAGES, OSTBEVERN, TELGTE, query_of

TITLE = "Wärme an der Ems"


def saved(page, expect, title):
    page.locator("#open-save").click()
    expect(page.locator("#panel-heading")).to_be_focused()
    page.locator("#save-title").fill(title)
    page.locator("#save-plan").click()
    expect(page).to_have_url(re.compile(r"/plans/[\w-]+"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_network_becomes_a_plan(visit, expect, lang):
    page = visit(GROUP.replace("lang=de", f"lang={lang}"))
    saved(page, expect, f"{TITLE} {lang}")
    expect(page.locator("html")).to_have_attribute("lang", lang)
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{TITLE} {lang}")
    for name in ("Telgte", "Ostbevern", "Everswinkel"):
        expect(page.locator("main")).to_contain_text(name)
    plan = page.request.get(f"/api/v1/plans/{page.url.split('/plans/')[1].split('?')[0]}").json()
    assert TELGTE in str(plan)
    assert OSTBEVERN in str(plan)


def test_a_plan_is_printed_with_its_map(visit, expect):
    page = visit(GROUP)
    saved(page, expect, "Auf Papier")
    inside = page.frame_locator("iframe.plan-map")
    inside.locator('#map[data-painted]:not([data-painted=""])').wait_for()
    expect(inside.locator(".summary")).to_have_count(0)  # the page says it, with what the partners stated
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    frame = page.locator("iframe.plan-map").bounding_box()
    for shown in ("h1", "#map", ".legend", ".source"):
        box = inside.locator(shown).bounding_box()
        assert frame["y"] <= box["y"] < box["y"] + box["height"] <= frame["y"] + frame["height"] + 1, shown
    expect(inside.locator("#twin")).to_be_hidden()
    drawn = inside.locator("canvas.geoplan-map-marks").bounding_box()
    assert frame["width"] < drawn["width"] < 2 * frame["width"] < 1500
    page.evaluate("dispatchEvent(new Event('afterprint'))")


def test_a_plan_is_found_again_and_leads_back_to_the_planner(visit, expect):
    page = visit(GROUP)
    saved(page, expect, "Wieder gefunden")
    page.goto(f"{visit.origin}/plans?lang=de", wait_until="domcontentloaded")
    page.get_by_role("link", name="Wieder gefunden").click()
    back = page.locator(f'main a[href*="unit={TELGTE}"]').first
    back.click()
    expect(page.locator("#tray")).to_contain_text("Ostbevern")
    assert set(query_of(page)["with"].split(",")) == {OSTBEVERN, "05570024"}


def test_a_plan_without_a_title_is_not_saved(visit, expect):
    page = visit(f"{GROUP}&panel=save")
    title = page.locator("#save-title")
    title.fill("")
    page.locator("#save-plan").click()
    assert title.evaluate("field => field.validity.valueMissing")
    assert "/plans" not in page.url


def test_a_section_can_be_edited(visit, expect):
    page = visit(GROUP)
    saved(page, expect, "Zum Ändern")
    page.locator("a.button[href*='edit=']").first.click()
    form = page.locator("main form").filter(has=page.locator("textarea, input[type=text]")).first
    field = form.locator("textarea:visible, input[type=text]:visible").first
    field.fill("Neu gesagt")
    form.get_by_role("button").first.click()
    expect(page.locator("main")).to_contain_text("Neu gesagt")
    expect(page.locator("main")).to_contain_text("Gespeichert")


@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_what_only_the_partners_know_is_found_stated_and_confirmed(visit, expect, size):
    """From the overview to the field of what is open, and after saving one sees and hears that it is kept."""
    page = visit("/help?lang=de", size=size)
    group = {"members": [TELGTE, OSTBEVERN], "service": "climate-network"}
    body = {"title": "Angaben", "network": group}
    plan = page.request.post("/api/v1/plans", data=body).json()["plan"]["id"]
    page.goto(f"{visit.origin}/plans/{plan}?lang=de", wait_until="domcontentloaded")
    page.locator("#open-facts a", has_text="Laufzeit").click()
    field = page.locator("#facts-0-duration_months")
    expect(field).to_be_focused()
    expect(field).to_be_in_viewport()
    tops = page.locator("#facts .counted input").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().top)"
    )
    assert size == "phone" or max(tops) - min(tops) < 1
    field.fill("3 Jahre")
    field.press("Enter")
    told = page.locator("#facts .saved")
    expect(told).to_contain_text("Gespeichert: Angaben der Beteiligten")
    expect(told).to_be_in_viewport()
    expect(page.locator("#told")).to_contain_text("Gespeichert: Angaben der Beteiligten")
    expect(page.locator("#facts")).to_contain_text("36")


def test_the_link_can_be_copied(visit, expect):
    page = visit(GROUP)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator("#copy-link").click()
    expect(page.get_by_text("Link kopiert").first).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_the_snippet_can_be_copied_and_says_what_it_is(visit, expect):
    page = visit(f"{GROUP}&panel=embed")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.locator('[data-copy="embed-snippet"]').click()
    expect(page.get_by_text("Kopiert").first).to_be_visible()
    # What the panel is opened for stands first, however low the window is.
    code = page.locator("#embed-snippet").bounding_box()
    assert code["y"] + code["height"] < page.locator("#embed-form").bounding_box()["y"] < 600
    copied = page.evaluate("navigator.clipboard.readText()")
    assert re.search(r'<iframe [^>]*title="[^"]+Telgte', copied)
    source = re.search(r'src="([^"]+)"', copied)[1].replace("&amp;", "&")
    assert page.request.get(source).ok


def test_the_preview_follows_the_choice(visit, expect):
    page = visit(f"{GROUP}&panel=embed")
    page.locator("#embed-theme").select_option("dark")
    expect(page.locator("#embed-snippet")).to_have_value(re.compile("theme=dark"))
    expect(page.locator("#embed-preview")).to_have_attribute("src", re.compile("theme=dark"))
    page.locator("#embed-lang").select_option("en")
    expect(page.locator("#embed-preview")).to_have_attribute("src", re.compile("lang=en"))


def test_only_boxes_of_the_chosen_content_are_shown(visit, expect):
    page = visit(f"{GROUP}&panel=embed")
    suggestions, gaps = (page.locator(f'#embed-form [value="{name}"]') for name in ("suggestions", "gaps"))
    checks = page.locator("#embed-form [name=checks]")
    expect(suggestions).to_be_hidden()
    expect(gaps).to_be_visible()
    gaps.uncheck()
    expect(page.locator("#embed-snippet")).to_have_value(re.compile("layers=group,basemap"))
    checks.uncheck()
    expect(page.locator("#embed-snippet")).to_have_value(re.compile("checks=false"))
    page.locator("#embed-what").select_option(index=1)
    expect(suggestions).to_be_visible()
    page.locator("#embed-what").select_option(index=2)
    expect(suggestions).to_be_hidden()
    expect(gaps).to_be_hidden()
    expect(checks).to_be_hidden()
    expect(page.locator("#embed-snippet")).not_to_have_value(re.compile("layers=|checks="))


def test_the_snippet_shows_the_network_in_a_page_of_others(visit, expect):
    page = visit(f"{GROUP}&panel=embed")
    snippet = page.locator("#embed-snippet").input_value()
    portal = f'<!doctype html><html lang="de"><title>Portal</title>{snippet}'
    visit.expect_trouble("asked https://portal.example/")
    page.route("https://portal.example/", lambda route: route.fulfill(body=portal, content_type="text/html"))
    page.goto("https://portal.example/", wait_until="domcontentloaded")
    inside = page.frame_locator("iframe")
    expect(inside.get_by_role("heading", level=1)).to_contain_text("Telgte")
    inside.locator('#map[data-painted]:not([data-painted=""])').wait_for()
