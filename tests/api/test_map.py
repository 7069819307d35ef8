"""The map in a real browser: drawn, moved, asked by mouse and keys, and never in the way."""

import time

import pytest

from geoplan_maps.layers.digits import written
from geoplan_maps.tiles import find_tiles
from tests.api.map_page import map_app, served

pytestmark = pytest.mark.browser

TELGTE, OSTBEVERN, MUENSTER = "05570044", "05570032", "05515000"
PATIENCE_S = 60
AROUND_TELGTE = [[51.70, 7.50], [52.15, 8.20]]
SCENES = {
    "telgte": {
        "asking": {"id": TELGTE, "level": "municipality", "name": "Telgte"},
        "partners": [], "group": [], "bounds": AROUND_TELGTE,
        "suggestions": [
            {"id": OSTBEVERN, "rank": 1, "cls": 5, "name": "Ostbevern", "score": "0,81"},
            {"id": MUENSTER, "rank": 2, "cls": 2, "name": "<b>Münster</b>", "score": "0,50"},
        ],
    },
    "counties": {
        "asking": {"id": "05570", "level": "county", "name": "Warendorf"},
        "bounds": [[51.3, 6.9], [52.5, 9.0]],
        "suggestions": [{"id": "05515", "rank": 1, "cls": 4, "name": "Münster", "level": "county"}],
        "group": ["05566"],
    },
    "region": {
        "asking": {"id": "mr-nuernberg", "level": "metropolitan-region", "name": "Nürnberg"},
        "bounds": [[47.3, 8.9], [51.0, 13.9]],
        "suggestions": [{"id": "mr-muenchen", "rank": 1, "cls": 5, "level": "metropolitan-region"}],
    },
}  # fmt: skip


@pytest.fixture
def browser(chromium):
    return chromium


@pytest.fixture(scope="module")
def address(atlas):
    with served(map_app(atlas, SCENES, tiles=find_tiles("basemap.de"))) as base:
        yield base


@pytest.fixture
def opened(browser, address):
    """Opens a scene; afterwards nothing has failed, broken the policy or asked another server."""
    pages, trouble, requested = [], [], []

    def open_scene(name="", *, size=(1440, 900), **options):
        page = browser.new_page(viewport={"width": size[0], "height": size[1]}, locale="de-DE", **options)
        pages.append(page)
        page.on("request", lambda request: requested.append(request.url))
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.goto(f"{address}/page?scene={name}")
        settled(page)
        return page

    yield open_scene
    for page in pages:
        page.close()
    assert trouble == []
    assert [url for url in requested if not url.startswith((f"{address}/", "data:"))] == []


def until(page, expression, arg=None):
    """Wait until an expression holds; Playwright's own way needs eval, which the policy forbids."""
    ends = time.monotonic() + PATIENCE_S
    while not page.evaluate(expression, arg):
        assert time.monotonic() < ends, expression
        page.wait_for_timeout(20)


def settled(page, painted=None):
    """Wait until what is seen is complete."""
    page.wait_for_timeout(30)
    until(page, "Boolean(document.getElementById('map')?.dataset.painted)")
    until(page, "!map.drawing.painting && !map.store.waiting && map.drawing.frame.zoom === map.map.getZoom()")
    if painted:
        page.wait_for_selector(f"#map[data-painted={painted}]")


def colour(page, latitude, longitude):
    """What is painted on the ground at a place."""
    return page.evaluate(
        """([latitude, longitude]) => {
            const { drawing } = window.map;
            const { frame } = drawing;
            const point = window.map.map.project([latitude, longitude], frame.zoom);
            const at = [point.x - frame.left, point.y - frame.top].map((value) => value * frame.ratio);
            const copy = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
            copy.drawImage(drawing.front, ...at.map(Math.floor), 1, 1, 0, 0, 1, 1);
            return [...copy.getImageData(0, 0, 1, 1).data];
        }""",
        [latitude, longitude],
    )


def pixel_of(page, latitude, longitude):
    point = page.evaluate("(at) => window.map.map.latLngToContainerPoint(at)", [latitude, longitude])
    return point["x"], point["y"]


IN_OSTBEVERN, IN_TELGTE, IN_MUENSTER, IN_SEA = (52.045, 7.845), (51.98, 7.785), (51.95, 7.60), (54.3, 7.2)
FIT_5, FIT_2, LAND = [17, 75, 117, 255], [149, 192, 229, 255], [238, 240, 239, 255]


def test_counties_are_drawn_at_first(opened):
    page = opened()
    assert page.locator("#map").get_attribute("data-painted") == "country"
    assert colour(page, 51.05, 10.2)[3] == 255
    assert colour(page, *IN_SEA) == [0, 0, 0, 0]
    assert page.evaluate("[...window.map.store.loaded.keys()]") == ["outline"]


def test_closer_come_municipalities_and_then_finer_ones(opened):
    page = opened()
    page.evaluate("window.map.map.setView([51.98, 7.8], 8, { animate: false })")
    settled(page, "places")
    assert page.evaluate("window.map.store.places.layer.count") > 11_000
    page.evaluate("window.map.map.setView([51.98, 7.8], 11, { animate: false })")
    settled(page, "counties")
    assert page.evaluate("window.map.store.county('05570').layer.ids.includes('05570044')")


def test_a_scene_is_shaded_by_fit(opened):
    page = opened("telgte")
    assert colour(page, *IN_OSTBEVERN) == FIT_5
    assert colour(page, *IN_MUENSTER) == FIT_2
    assert colour(page, *IN_TELGTE) == LAND


@pytest.mark.parametrize(("scene", "place"), [("counties", IN_MUENSTER), ("region", (48.1, 11.9))])
def test_counties_and_regions_are_shaded_too(opened, scene, place):
    page = opened(scene)
    near = colour(page, *place)
    assert near != LAND and near[3] == 255


@pytest.mark.parametrize("scene", ["", "telgte"])
def test_a_municipality_is_chosen_by_a_click(opened, scene):
    page = opened(scene)
    page.evaluate("window.map.map.setView([51.98, 7.8], 11, { animate: false })")
    settled(page, "counties")
    page.mouse.click(*pixel_of(page, *IN_TELGTE))
    until(page, "told.selected.length")
    assert page.evaluate("told.selected") == [TELGTE]


def test_a_click_on_a_county_goes_there(opened):
    page = opened()
    page.mouse.click(*pixel_of(page, *IN_TELGTE))
    until(page, "window.map.map.getZoom() > 8")
    assert page.evaluate("told.selected") == []


def test_a_county_is_chosen_where_counties_are_asked_for(opened):
    page = opened("counties")
    page.mouse.click(*pixel_of(page, *IN_MUENSTER))
    until(page, "told.selected.length")
    assert page.evaluate("told.selected") == ["05515"]


def test_the_pointer_is_told_name_and_rank(opened):
    page = opened("telgte")
    page.mouse.move(*pixel_of(page, *IN_OSTBEVERN))
    tip = page.locator(".geoplan-map-tip")
    tip.wait_for(state="visible")
    assert tip.inner_text().split("\n") == ["Ostbevern", "Rank 1 · fit 0,81"]
    assert page.evaluate("told.hovered.at(-1)") == OSTBEVERN
    page.mouse.move(*pixel_of(page, *IN_MUENSTER))
    until(page, "told.hovered.at(-1) === '05515000'")
    assert tip.locator("b").count() == 0
    page.mouse.move(*pixel_of(page, *(51.75, 7.25)))
    until(page, "told.hovered.at(-1) !== '05515000'")


def test_keys_move_and_choose(opened):
    page = opened("telgte")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "application"
    assert page.locator(".geoplan-map-cross").is_visible()
    before = page.evaluate("window.map.map.getCenter()")
    page.keyboard.press("ArrowUp")
    until(page, "(lat) => window.map.map.getCenter().lat > lat", arg=before["lat"])
    zoom = page.evaluate("window.map.map.getZoom()")
    page.keyboard.press("+")
    until(page, "(zoom) => window.map.map.getZoom() > zoom", arg=zoom)
    until(page, "!window.map.zooming")  # until then Leaflet takes no order, not even one without animation
    page.evaluate("window.map.map.setView([52.045, 7.845], 11, { animate: false })")
    settled(page)
    until(page, "document.querySelector('.geoplan-map-told').textContent.startsWith('Ostbevern')")
    page.keyboard.press("Enter")
    page.keyboard.press("Space")
    assert page.evaluate("[told.selected, told.toggled]") == [[OSTBEVERN], [OSTBEVERN]]


def test_buttons_have_names_and_are_reached(opened):
    page = opened("telgte")
    zoom = page.evaluate("window.map.map.getZoom()")
    page.get_by_role("button", name="Further away").focus()
    page.keyboard.press("Enter")
    until(page, "(zoom) => window.map.map.getZoom() < zoom", arg=zoom)
    page.get_by_role("button", name="All suggestions").click()
    until(page, "(zoom) => window.map.map.getZoom() === zoom", arg=zoom)


def test_the_map_stays_where_it_is_while_weights_change(opened):
    page = opened("telgte")
    page.evaluate("window.map.map.setView([52.0, 7.7], 10.5, { animate: false })")
    reweighted = {**SCENES["telgte"], "bounds": [[51.0, 7.0], [53.0, 9.0]]}
    page.evaluate("(scene) => window.map.show(scene)", reweighted)
    settled(page)
    assert page.evaluate("window.map.map.getZoom()") == 10.5


def test_a_unit_is_lit_and_gone_to(opened):
    page = opened("telgte")
    page.evaluate("window.map.highlight('05570032')")
    page.evaluate("window.map.focusUnit('09162000')")
    until(page, "Math.abs(window.map.map.getCenter().lat - 48.15) < 0.1")


def test_dark_theme(opened):
    page = opened("telgte")
    light = colour(page, *IN_TELGTE)
    page.evaluate("document.documentElement.dataset.theme = 'dark'; window.map.setTheme()")
    settled(page)
    assert sum(colour(page, *IN_TELGTE)[:3]) < 200 < sum(light[:3])
    assert sum(colour(page, *IN_OSTBEVERN)[:3]) > 600


def test_a_phone(opened):
    page = opened("telgte", size=(390, 844), has_touch=True)
    page.touchscreen.tap(*pixel_of(page, *IN_OSTBEVERN))
    until(page, "told.selected.length")
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_nothing_moves_for_those_who_do_not_want_it(opened):
    page = opened("telgte", reduced_motion="reduce")
    assert page.evaluate("[map.map.options.zoomAnimation, map.map.options.inertia]") == [False, False]


def test_the_source_is_told_and_no_background_is_loaded(opened):
    page = opened("telgte")
    assert page.get_by_role("link", name="BKG").get_attribute("href") == "https://www.bkg.bund.de"
    assert page.get_by_role("button", name="Load background map (© basemap.de / BKG)").is_visible()


def test_failure_is_told_and_tried_again(browser, address):
    page = browser.new_page()
    page.route("**/outline.json", lambda route: route.abort())
    page.goto(f"{address}/page?scene=telgte")
    page.get_by_text("The map could not be loaded.").wait_for()
    page.unroute("**/outline.json")
    page.get_by_role("button", name="Try again").click()
    settled(page, "counties")
    assert page.get_by_text("The map could not be loaded.").count() == 0
    page.close()


def test_all_places_are_panned(opened):
    """That it stays fluid is measured by ``python -m benchmarks.planner``."""
    page = opened()
    page.evaluate("window.map.map.setView([51.2, 10.3], 7.5, { animate: false })")
    settled(page, "places")
    for across, down in [(-400, -300), (500, 350)]:
        page.mouse.move(720, 450)
        page.mouse.down()
        page.mouse.move(720 + across, 450 + down, steps=8)
        page.mouse.up()
    settled(page, "places")
    page.close()


def test_numbers_are_read_as_they_were_written(opened):
    numbers = [0, -1, 1, 22, -22, 23, 2024, -2025, 91_125, -(2**30), 2**30]
    read = """async (text) => [...(await import("/static/map/digits.js")).readNumbers(text)]"""
    assert opened().evaluate(read, written(numbers)) == numbers


def test_names_do_not_lie_on_one_another(opened):
    place = """async () => {
        const { placeLabels } = await import("/static/map/labels.js");
        const label = (text, x, priority, more) => ({ text, x, y: 50, size: 10, priority, ...more });
        const given = [
            label("late", 52, 2), label("first", 50, 1), label("beside", 120, 3), label("outside", -90, 0),
            label("3 far too wide", 170, 4, { short: "3", room: 20 }), label("on a sign", 250, 5),
            label("elsewhere", 50, 6, { spots: [{ x: 120, y: 50 }, { x: 50, y: 90 }, { x: 250, y: 90 }] }),
            label("islet", 200, 7, { room: 4 }), label("under a button", 250, 8, { y: 10, quiet: true }),
        ];
        const page = { width: 300, height: 100, taken: [[240, 40, 260, 60]], covered: [[260, 0, 300, 20]] };
        return placeLabels(given, (one) => 8 * one.text.length, page).map((one) => [one.text, one.x, one.y]);
    }"""
    assert opened().evaluate(place) == [
        ["first", 50, 50], ["beside", 120, 50], ["3", 170, 50], ["elsewhere", 50, 90],
        # Written over what is so small it would hide it.
        ["islet", 200, 41],
    ]  # fmt: skip


def placed(page, labels, where):
    """What is written of labels, by the text: place and size of the letters."""
    place = """async ([labels, page]) => {
        const { placeLabels } = await import("/static/map/labels.js");
        const width = (one) => 0.6 * one.size * one.text.length;
        const found = placeLabels(labels, width, page);
        return found.map((one) => [one.text, [one.x, one.y, one.size, width(one) / 2]]);
    }"""
    return dict(page.evaluate(place, [labels, where]))


def test_names_of_members_are_always_written(opened):
    """Aside, smaller, before those that have more room; never one over another or cut by the window."""
    names = ["Telgte", "Ostbevern", "Everswinkel", "Warendorf (Stadt)", "Sendenhorst"]
    member = {"size": 14, "priority": 1, "must": True}
    labels = [
        {**member, "text": name, "x": 110 + 16 * (number % 2), "y": 60 + 12 * number}
        for number, name in enumerate(names)
    ]
    where = {"width": 400, "height": 300, "seen": [20, 30, 230, 150], "covered": [[20, 110, 60, 150]]}
    page = opened()
    found = placed(page, [*labels, {**labels[0], "text": "Münster", "must": False, "priority": 0}], where)
    assert set(names) <= set(found)
    boxes = [[x - half, y - 0.6 * size, x + half, y + 0.6 * size] for x, y, size, half in found.values()]
    left, top, right, bottom = where["seen"]
    for one, (west, north, east, south) in enumerate(boxes):
        assert left <= west and top <= north and east <= right and south <= bottom
        for other in [*boxes[:one], *where["covered"]]:
            assert west >= other[2] or other[0] >= east or north >= other[3] or other[1] >= south


def test_no_name_is_cut_by_the_edge_of_the_window(opened):
    where = {"width": 400, "height": 300, "seen": [100, 100, 300, 200]}
    label = {"text": "Name", "size": 10, "priority": 1, "quiet": True}
    spots = {"cut": (295, 150), "under the edge": (200, 199), "inside": (200, 150), "outside": (350, 150)}
    labels = [{**label, "text": text, "x": x, "y": y} for text, (x, y) in spots.items()]
    assert set(placed(opened(), labels, where)) == {"inside", "outside"}


def test_a_name_is_written_on_what_it_names(opened):
    """A little aside rather than as a number; the name of who holds others nowhere on a member."""
    place = """async () => {
        const { placeLabels } = await import("/static/map/labels.js");
        const between = (left, right) => (x) => x > left && x < right;
        const label = (text, x, priority, more) => ({ text, x, y: 50, size: 10, priority, ...more });
        const given = [
            label("Telgte", 50, 1),
            label("3 Beelen", 90, 2, { short: "3", room: 80, within: between(75, 155) }),
            label("Kreis", 200, 3, { spots: [{ x: 260, y: 50 }], within: between(230, 290) }),
            label("Islet", 20, 5, { y: 90, room: 4, within: () => false }),
            label("Nowhere", 200, 4, { within: () => false }),
            label("Warendorf (Stadt)", 350, 0,
                { must: true, short: "Warendorf", room: 80, within: between(310, 390) }),
        ];
        const page = { width: 400, height: 100 };
        return placeLabels(given, (one) => 7 * one.text.length, page).map((one) => [one.text, one.x]);
    }"""
    found = dict(opened().evaluate(place))
    assert set(found) == {"Telgte", "3 Beelen", "Kreis", "Warendorf", "Islet"}
    assert 100 < found["3 Beelen"] < 130
    assert found["Kreis"] == 260
    assert found["Warendorf"] == 350


def names_on(page):
    return page.evaluate("() => map.drawing.source.marks(map.drawing.frame).labels.map((one) => one.text)")


@pytest.mark.parametrize("shown", ["white spots", "outlined county"])
def test_what_the_answer_is_about_is_named_however_small(opened, shown):
    page = opened("telgte")
    page.evaluate("() => map.map.setZoom(9.75, { animate: false })")
    settled(page)
    # Places of fewer inhabitants than others have that are named around.
    small = {"05570012": "Beelen", "05570024": "Everswinkel", "05570048": "Wadersloh"}
    assert not set(small.values()) & set(names_on(page))
    scene = SCENES["telgte"] | (
        {"suggestions": [], "whiteSpots": dict.fromkeys(small, 2)}
        if shown == "white spots"
        else {"suggestions": [{"id": "05570", "rank": 1, "cls": 0, "role": "coordinator", "level": "county"}]}
    )
    page.evaluate("scene => map.show(scene)", scene)
    settled(page)
    assert set(small.values()) <= set(names_on(page))


def test_a_map_that_nobody_moved_is_fitted_to_another_size(opened):
    page = opened("telgte")
    seen = "bounds => map.map.getBounds().contains(bounds)"
    page.set_viewport_size({"width": 700, "height": 500})
    until(page, "() => map.map.getSize().x === 700")
    assert page.evaluate(seen, AROUND_TELGTE)
    page.locator(".geoplan-map-buttons button").first.click()
    until(page, "() => !map.zooming")
    settled(page)
    zoom = page.evaluate("map.map.getZoom()")
    page.set_viewport_size({"width": 600, "height": 500})
    until(page, "() => map.map.getSize().x === 600")
    assert page.evaluate("map.map.getZoom()") == zoom


def test_who_is_new_on_board_is_seen(opened):
    """Where all members are seen, the map stays; far ones bring it to all."""
    page = opened("telgte", reduced_motion="reduce")
    view = "() => [map.map.getZoom(), ...Object.values(map.map.getCenter())]"
    before = page.evaluate(view)
    scene = SCENES["telgte"] | {"view": TELGTE}
    near = {"group": [OSTBEVERN], "members": [[51.9, 7.7], [52.1, 7.9]]}
    page.evaluate("scene => map.show(scene)", scene | near)
    assert page.evaluate(view) == before
    far = [[51.9, 7.7], [53.6, 10.1]]
    added = {"group": [OSTBEVERN, "02000000"], "members": far, "bounds": far}
    page.evaluate("scene => map.show(scene)", scene | added)
    assert page.evaluate("bounds => map.map.getBounds().contains(bounds)", far)


def test_the_legend_of_the_page_covers_no_name(opened):
    page = opened("telgte")
    page.evaluate("""() => {
        const legend = document.createElement("div");
        legend.dataset.overMap = "";
        const style = { position: "fixed", left: "40px", top: "60px", width: "200px", height: "90px" };
        Object.assign(legend.style, style);
        document.body.append(legend);
        window.map.repaint();
    }""")
    settled(page)
    frame = page.evaluate("window.map.drawing.frame")
    left, top = frame["seen"][:2]
    assert [left + 40, top + 60, left + 240, top + 150] in frame["covered"]
