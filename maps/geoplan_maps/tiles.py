"""Which background map may be asked for by name or address; none is asked for by default."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from geoplan.errors import UnknownChoiceError
from geoplan.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """A server of map tiles in Web Mercator; using it sends the reader's address there."""

    url: str
    """Template with ``{z}``, ``{x}`` and ``{y}``."""
    attribution: str
    """Plain text of the source note."""
    attribution_url: str
    max_zoom: int


KNOWN_TILES = {
    "basemap.de": Tiles(
        url="https://sgx.geodatenzentrum.de/wmts_basemapde/tile/1.0.0/de_basemapde_web_raster_grau/default/"
        "GLOBAL_WEBMERCATOR/{z}/{y}/{x}.png",
        attribution="© basemap.de / BKG",
        attribution_url="https://basemap.de/",
        max_zoom=18,
    ),
    "TopPlusOpen": Tiles(
        url="https://sgx.geodatenzentrum.de/wmts_topplus_open/tile/1.0.0/web_light_grau/default/WEBMERCATOR/"
        "{z}/{y}/{x}.png",
        attribution="© BKG, TopPlusOpen",
        attribution_url="https://www.bkg.bund.de/",
        max_zoom=17,
    ),
    "OpenStreetMap": Tiles(
        url="https://tile.openstreetmap.org/{z}/{x}/{y}.png",
        attribution="© OpenStreetMap",
        attribution_url="https://www.openstreetmap.org/copyright",
        max_zoom=19,
    ),
}
"""Background maps by name."""

_PLACES = ("{z}", "{x}", "{y}")


def find_tiles(name_or_url: str) -> Tiles:
    """The background map with this name or with this address template.

    An address that is not of a known map carries its host as the source note.

    Raises
    ------
    UnknownChoiceError
        Neither a known name nor an ``https`` (or ``http``) template with ``{z}``, ``{x}`` and ``{y}``.
    """
    for name, known in KNOWN_TILES.items():
        if name_or_url.lower() == name.lower():
            return known
    parts = urlsplit(name_or_url)
    if parts.scheme not in ("https", "http") or not parts.hostname or not _is_template(name_or_url):
        message = Message(
            "“{value}” is no background map: neither a known name nor an address with {places}.",
            value=name_or_url, places=", ".join(_PLACES),
        )  # fmt: skip
        raise UnknownChoiceError(message, value=name_or_url, nearest=list(KNOWN_TILES))
    site = f"{parts.scheme}://{parts.hostname}/"
    return Tiles(url=name_or_url, attribution=parts.hostname, attribution_url=site, max_zoom=19)


def _is_template(url: str) -> bool:
    # Doubled braces would run as a template inside folium.
    return all(place in url for place in _PLACES) and "{{" not in url and "{%" not in url
