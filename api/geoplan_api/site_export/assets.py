"""What all pages of a site have in common: scripts, style sheets, Leaflet, geometry."""

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable

from geoplan.atlas import Atlas
from geoplan_api.leaflet import VENDORED, leaflet_bytes
from geoplan_maps.layers import MapLayers

FOLDERS = ("embed", "map")
"""Of ``static``: all of their files are needed."""
SINGLE = ("icon.svg", "planner/tokens.css")
SURROUNDINGS = 2
"""Counties over so many borders are on the map, so that it does not end at the border of the county."""


def asset_files() -> Iterator[tuple[str, bytes]]:
    """Scripts and style sheets of ours, and Leaflet as installed."""
    static = resources.files("geoplan_api") / "static"
    for name in SINGLE:
        yield f"static/{name}", (static / name).read_bytes()
    for folder in FOLDERS:
        yield from _all_of(static / folder, f"static/{folder}")
    for name in VENDORED:
        yield f"vendor/leaflet/{name}", leaflet_bytes(name)


def _all_of(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for one in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if one.is_file() and not one.name.startswith("."):
            yield f"{path}/{one.name}", one.read_bytes()


def geometry_files(atlas: Atlas, county: str) -> Iterator[tuple[str, bytes]]:
    """The county and its surroundings, drawn as the planner draws them."""
    layers = MapLayers(atlas=atlas)
    folder = f"map/{layers.version}"
    yield f"{folder}/outline.json", layers.excerpt_bytes(county, SURROUNDINGS)
    yield f"{folder}/around/{county}.json", layers.layer_bytes(f"around/{county}")
    for row in layers.near(county, SURROUNDINGS).tolist():
        near = atlas.units.ids[row]
        yield f"{folder}/places/{near}.json", layers.layer_bytes(f"places/{near}")
