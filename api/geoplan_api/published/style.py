"""How the vector tiles are described and drawn: TileJSON 3 and a MapLibre style without any third party."""

from dataclasses import dataclass
from typing import Any

from geoplan.atlas import Atlas
from geoplan_maps.exchange.tiles import MAX_ZOOM, MIN_ZOOM, bounds_of, tile_layers

SOURCE = "geoplan"
ARCHIVE = "units.pmtiles"
MEDIA_TYPE, TILE_TYPE = "application/vnd.pmtiles", "application/vnd.mapbox-vector-tile"


@dataclass(frozen=True, slots=True, kw_only=True)
class TileAddresses:
    """Where the tiles are found."""

    archive: str
    """The PMTiles file."""
    single: str
    """A template for one tile."""


def tile_json(atlas: Atlas, addresses: TileAddresses) -> dict[str, Any]:
    """The tiles as TileJSON 3.0 describes them; ``pmtiles`` is the file that they all are in."""
    west, south, east, north = bounds_of(atlas)
    return {
        "tilejson": "3.0.0",
        "name": "geoplan",
        "tiles": [addresses.single],
        "pmtiles": addresses.archive,
        "attribution": attribution(atlas),
        "version": "1.0.0",
        "scheme": "xyz",
        "minzoom": MIN_ZOOM,
        "maxzoom": MAX_ZOOM,
        "bounds": [west, south, east, north],
        "center": [round((west + east) / 2, 4), round((south + north) / 2, 4), MIN_ZOOM + 1],
        "vector_layers": tile_layers(atlas),
        "data": atlas.provenance.to_dict(),
    }


def attribution(atlas: Atlas) -> str:
    """The source note with licence and vintage."""
    provenance = atlas.provenance
    return f"{provenance.attribution}, {provenance.licence}, {provenance.vintage}"


def map_style(atlas: Atlas, addresses: TileAddresses, *, single: bool) -> dict[str, Any]:
    """A style for MapLibre: fills and lines, no fonts, no icons.

    Parameters
    ----------
    single
        Tile by tile; else from the PMTiles file, with the protocol of the library pmtiles.
    """
    one_by_one = {"tiles": [addresses.single], "minzoom": MIN_ZOOM, "maxzoom": MAX_ZOOM}
    source = one_by_one if single else {"url": f"pmtiles://{addresses.archive}"}
    west, south, east, north = bounds_of(atlas)
    return {
        "version": 8,
        "name": "geoplan",
        "center": [round((west + east) / 2, 4), round((south + north) / 2, 4)],
        "zoom": MIN_ZOOM + 1,
        "sources": {
            SOURCE: {"type": "vector", **source, "attribution": attribution(atlas)},
        },
        "layers": [
            {"id": "background", "type": "background", "paint": {"background-color": "#f4f5f2"}},
            _layer("land", "states", "fill", {"fill-color": "#ffffff"}),
            _layer("population", "municipalities", "fill", {"fill-color": _POPULATION, "fill-opacity": 0.6}),
            _layer("municipalities", "municipalities", "line", {"line-color": "#b9bfb4", "line-width": 0.5}),
            _layer("counties", "counties", "line", {"line-color": "#7d8778", "line-width": 1}),
            _layer("states", "states", "line", {"line-color": "#3f4a3c", "line-width": 1.6}),
        ],
    }  # fmt: skip


_POPULATION = [
    "step", ["get", "population"],
    "#ffffff", 0, "#eef3ea", 2_000, "#d9e6d0", 5_000, "#bcd4ad", 20_000, "#97bb85", 100_000, "#6f9d5d",
]  # fmt: skip
"""Inhabitants in steps; where they are unknown the number is below 0."""


def _layer(name: str, layer: str, kind: str, paint: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "type": kind, "source": SOURCE, "source-layer": layer, "paint": paint}
