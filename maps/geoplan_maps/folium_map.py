"""The map of an answer as a folium map, as HTML and as a file."""

from html import escape
from pathlib import Path

import folium
from branca.element import Element, Figure, MacroElement
from folium.template import Template

from geoplan.atlas import Atlas
from geoplan.errors import OutputError, UnknownChoiceError
from geoplan.messages import LANGUAGES, Message
from geoplan.suggestions.result import SuggestionList
from geoplan_maps.content import build_content
from geoplan_maps.features import FeatureCollection
from geoplan_maps.page import Page
from geoplan_maps.scene import Scene, build_scene
from geoplan_maps.tiles import Tiles, find_tiles


class PlanningMap(folium.Map):
    """A folium map that finds Leaflet and its data in its :class:`~geoplan_maps.page.Page`."""

    _template = Template(
        """
        {% macro header(this, kwargs) %}
        {% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map{% if this.tiled %} gp-tiled{% endif %}" id="{{ this.get_name() }}"></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map("{{ this.get_name() }}", {
                center: {{ this.location | tojson }}, zoom: 10, crs: L.CRS.{{ this.crs }},
                ...geoplan.options({{ this.tiled | tojson }})
            });
        {% endmacro %}
        """
    )
    default_js: list[tuple[str, str]] = []  # noqa: RUF012 - folium's own name and type
    default_css: list[tuple[str, str]] = []  # noqa: RUF012 - as above

    def __init__(self, location: tuple[float, float], *, tiled: bool) -> None:
        super().__init__(location=location, tiles=None)
        self.tiled = tiled


class PageLayer(folium.GeoJson):
    """A layer whose GeoJSON stands in a data block of the page; ``assets/map.js`` knows its look."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = geoplan.layer({{ this.layer_name | tojson }});
            {{ this.get_name() }}.addTo({{ this._parent.get_name() }});
        {% endmacro %}
        """
    )

    def render(self, **kwargs: object) -> str:
        """Render the template alone: what folium adds to put a layer on the map has a new id each time."""
        MacroElement.render(self, **kwargs)  # type: ignore[no-untyped-call]
        return ""


class _Start(MacroElement):
    """Controls, labels and the view; last, when all layers are on the map."""

    _template = Template(
        """
        {% macro script(this, kwargs) %}
            geoplan.start({{ this._parent.get_name() }}, {{ this.bounds | tojson }});
        {% endmacro %}
        """
    )

    def __init__(self, bounds: tuple[tuple[float, float], tuple[float, float]]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Start"
        self.bounds = bounds


def render_map(
    atlas: Atlas, answer: SuggestionList, *, lang: str = "de", tiles: str | None = None
) -> folium.Map:
    """Draw the answer to a question.

    Parameters
    ----------
    atlas
        The atlas that answered.
    answer
        The suggestions to draw.
    lang
        ``de`` or ``en``.
    tiles
        A background map: ``basemap.de``, ``TopPlusOpen``, ``OpenStreetMap`` or an address with ``{z}``,
        ``{x}`` and ``{y}``. By default there is none, and the map needs no network at all.

    Returns
    -------
    folium.Map
        In a notebook it shows itself; its root renders as a whole page. Equal answers render equally.

    Raises
    ------
    UnknownChoiceError
        No such language or background map.
    """
    if lang not in LANGUAGES:
        message = Message("There is no language “{value}”.", value=lang)
        raise UnknownChoiceError(message, value=lang, nearest=LANGUAGES)
    background = find_tiles(tiles) if tiles else None
    scene = build_scene(atlas, answer)
    return draw(Page(build_content(atlas, answer, lang), scene.layers), scene, background)


def draw(page: Page, scene: Scene, background: Tiles | None = None) -> folium.Map:
    """Put the map of ``scene`` on ``page``; its root renders as the whole page."""
    (south, west), (north, east) = scene.bounds
    drawn = PlanningMap(((south + north) / 2, (west + east) / 2), tiled=background is not None)
    page.add_child(drawn)
    _add_layers(drawn, scene.layers, background)
    drawn.add_child(_Start(scene.bounds))
    _number(page)
    return drawn


def _add_layers(drawn: folium.Map, layers: dict[str, FeatureCollection], background: Tiles | None) -> None:
    if background is not None:
        credit = f'<a href="{escape(background.attribution_url)}">{escape(background.attribution)}</a>'
        drawn.add_child(
            folium.TileLayer(tiles=background.url, attr=credit, max_zoom=background.max_zoom, control=False)
        )
    for name, features in layers.items():
        if name == "unit":
            drawn.add_child(PageLayer(features, name="casing"))
        if background is None or name != "land":
            drawn.add_child(PageLayer(features, name=name))


def _number(element: Element) -> None:
    """Replace folium's random ids by running numbers, so that equal maps are equal files."""
    elements = [element]
    for number, one in enumerate(elements):
        one._id = f"{number:04d}"
        elements += one._children.values()
        if isinstance(one, Figure):
            elements += [one.header, one.html, one.script]


def map_html(atlas: Atlas, answer: SuggestionList, *, lang: str = "de", tiles: str | None = None) -> str:
    """The map as one HTML page; parameters and errors as in :func:`render_map`."""
    page: str = render_map(atlas, answer, lang=lang, tiles=tiles).get_root().render()
    return page


def write_map(
    path: str | Path, atlas: Atlas, answer: SuggestionList, *, lang: str = "de", tiles: str | None = None
) -> Path:
    """Write the map as one HTML file that opens without any network, and return its path.

    Parameters and errors as in :func:`render_map`; an existing file is replaced.

    Raises
    ------
    OutputError
        The file cannot be written where it was asked for.
    """
    target = Path(path)
    page = map_html(atlas, answer, lang=lang, tiles=tiles)
    try:
        target.write_text(page, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(_unwritable(target, error), value=str(path)) from error
    return target


def _unwritable(target: Path, error: OSError) -> Message:
    if isinstance(error, IsADirectoryError):
        return Message("“{path}” is a folder; a map is written to a file.", path=str(target))
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        template = "“{path}” cannot be written: there is no folder “{folder}”."
        return Message(template, path=str(target), folder=str(target.parent))
    return Message("“{path}” cannot be written: no permission or no space.", path=str(target))
