import re
from dataclasses import replace
from html.parser import HTMLParser

import folium
import pytest

from geoplan import suggest
from geoplan.errors import OutputError, UnknownChoiceError
from geoplan_maps import map_html, render_map, write_map
from geoplan_maps.folium_map import PageLayer

DRAWN = ["land", "surroundings", "suggestions", "counties", "states", "partners", "casing", "unit", "labels"]
MAX_BYTES = 1_500_000
QUESTIONS = [
    {"unit": "05570044", "service": "heat-planning"},
    {"unit": "05570044", "service": "heat-planning", "partners": ["05570036", "05570016"]},
    {"unit": "01056025"},
    {"unit": "07233075"},
    {"unit": "05570", "type": "vertical"},
    {"unit": "mr-nuernberg", "type": "horizontal-metropolitan"},
]


class Page(HTMLParser):
    """What a page is made of, and what it would fetch."""

    def __init__(self, html):
        super().__init__()
        self.html = html
        self.tags, self.links, self.fetched, self.styles = [], [], [], []
        self.attributes, self.texts, self.open = [], [], []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)
        self.open.append(tag)
        for name, value in attrs:
            self.attributes.append(name)
            if tag == "a" and name == "href":
                self.links.append(value)
            elif name in ("src", "href", "data", "action", "poster", "srcset", "background"):
                self.fetched.append(value)
            elif name == "style":
                self.styles.append(value)

    def handle_endtag(self, tag):
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data):
        if self.open and self.open[-1] == "style":
            self.styles.append(data)
        elif not self.open or self.open[-1] != "script":
            self.texts.append(data)


@pytest.fixture(scope="module")
def page(world, answer):
    return Page(map_html(world, answer))


# ── the map ───────────────────────────────────────────────────────────────────────────────────────────


def test_it_is_a_folium_map_with_named_layers(world, answer):
    drawn = render_map(world, answer)
    assert isinstance(drawn, folium.Map)
    layers = [child.layer_name for child in drawn._children.values() if isinstance(child, PageLayer)]
    assert layers == DRAWN


def test_layers_know_their_extent(world, answer):
    (south, west), (north, east) = render_map(world, answer).get_bounds()
    assert 51.8 < south < north < 52.2
    assert 7.2 < west < east < 8.2


def test_equal_answers_are_equal_files(world, answer):
    assert map_html(world, answer) == map_html(world, answer)


def test_rendering_twice_changes_nothing(world, answer):
    root = render_map(world, answer).get_root()
    assert root.render() == root.render()


def test_folium_may_draw_more_on_it(world, answer):
    drawn = render_map(world, answer)
    folium.CircleMarker((51.9, 7.6)).add_to(drawn)
    assert "L.circleMarker(" in drawn.get_root().render()


def test_a_notebook_shows_the_same_page_in_a_frame(world, answer):
    shown = render_map(world, answer)._repr_html_()
    frame = Page(shown)
    assert frame.tags == ["iframe"]
    assert frame.fetched == []
    assert 'title="Partner für Ort 01001000"' in shown
    assert "&lt;!DOCTYPE html&gt;" in shown


# ── the page ──────────────────────────────────────────────────────────────────────────────────────────


def test_page_says_its_language_title_and_width(world, answer, page):
    assert '<html lang="de">' in page.html
    assert "<title>Partner für Ort 01001000</title>" in page.html
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page.html
    assert "user-scalable" not in page.html
    assert '<html lang="en">' in map_html(world, answer, lang="en")


def test_table_says_what_the_map_shows(page):
    text = " ".join(page.texts)
    assert page.tags.count("table") == page.tags.count("caption") == 1
    for word in ("Rang", "Name", "Passung", "Gründe", "Ort 01001006", "0,83", "reason 1.000,5", "mind this"):
        assert word in text


def test_first_stop_leads_to_the_table(page):
    assert page.links[0] == "#gp-table"
    assert 'id="gp-table"' in page.html


def test_every_button_shows_a_suggestion(page, answer):
    assert page.tags.count("button") == len(answer.suggestions)


def test_no_suggestions_are_explained(world, answer):
    empty = Page(map_html(world, replace(answer, suggestions=())))
    assert "table" not in empty.tags
    assert "Zu dieser Frage passt keine Verwaltungseinheit" in " ".join(empty.texts)


def test_source_is_linked_on_the_map_and_below(page):
    assert page.links.count("https://example.org/source") == 2


# ── no network ────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_fetched(page):
    assert page.fetched == []
    assert "link" not in page.tags
    styles = " ".join(page.styles)
    assert "@import" not in styles
    assert all(
        url.startswith(("data:image/png;base64,", "#")) for url in re.findall(r"url\(([^)]*)\)", styles)
    )
    assert "sourceMappingURL" not in page.html
    assert "\r" not in page.html


def test_no_element_carries_style_or_script_of_its_own(page):
    """So that a site may forbid both (Content-Security-Policy) and allow the page's blocks by hash."""
    assert "style" not in page.attributes
    assert not [name for name in page.attributes if name.startswith("on")]


def test_tiles_are_fetched_only_when_asked_for(world, answer):
    assert "tileLayer(" not in map_html(world, answer).split("// How the map behaves")[1]
    html = map_html(world, answer, tiles="basemap.de")
    assert "sgx.geodatenzentrum.de" in html
    assert "basemap.de / BKG" in html
    layers = list(render_map(world, answer, tiles="basemap.de")._children.values())
    assert isinstance(layers[0], folium.TileLayer)
    assert "land" not in [getattr(layer, "layer_name", None) for layer in layers]


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question["unit"])
def test_a_real_map_is_small(atlas, question):
    options = {name: value for name, value in question.items() if name != "unit"}
    html = map_html(atlas, suggest(atlas, question["unit"], **options))
    assert len(html.encode()) <= MAX_BYTES
    assert Page(html).fetched == []


# ── names that attack ─────────────────────────────────────────────────────────────────────────────────


def test_hostile_names_stay_names(world, hostile_world, ask, hostile):
    attacked, calm = (Page(map_html(one, ask(one))) for one in (hostile_world, world))
    assert [tag for tag in attacked.tags if tag != "a"] == [tag for tag in calm.tags if tag != "a"]
    assert f"Partner für {hostile}" in attacked.texts
    assert "javascript:" not in attacked.html.split("gp-head", 1)[1]


def test_data_blocks_close_no_script(hostile_world, ask):
    html = map_html(hostile_world, ask(hostile_world))
    blocks = re.findall(r'<script type="application/json"[^>]*>(.*?)</script>', html, re.DOTALL)
    assert len(blocks) == 9
    assert not any(sign in block for block in blocks for sign in "<>&")


# ── files and requests ────────────────────────────────────────────────────────────────────────────────


def test_write_map_writes_the_page(world, answer, tmp_path):
    path = write_map(tmp_path / "karte.html", world, answer)
    assert path == tmp_path / "karte.html"
    assert path.read_text(encoding="utf-8") == map_html(world, answer)
    write_map(path, world, answer, lang="en")
    assert '<html lang="en">' in path.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("", "ist ein Ordner"),
        ("nowhere/karte.html", "Den Ordner"),
        ("x" * 300 + ".html", "keine Berechtigung oder kein Speicherplatz"),
    ],
)
def test_an_unwritable_file_is_named(world, answer, tmp_path, place, said):
    with pytest.raises(OutputError) as failure:
        write_map(tmp_path / place, world, answer)
    assert said in failure.value.text("de")
    assert str(tmp_path) in failure.value.text("de")


def test_unknown_language(world, answer):
    with pytest.raises(UnknownChoiceError) as failure:
        render_map(world, answer, lang="fr")
    assert failure.value.nearest == ("de", "en")


def test_unknown_tiles(world, answer):
    with pytest.raises(UnknownChoiceError):
        render_map(world, answer, tiles="nowhere")
