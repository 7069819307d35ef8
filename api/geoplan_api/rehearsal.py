"""What is made once for an atlas, so that no reader waits for it."""

from geoplan.atlas import Atlas
from geoplan.suggestions import suggest
from geoplan.units import Level
from geoplan_api import answers
from geoplan_api.atlases import load
from geoplan_api.ogc.collections import CollectionStore
from geoplan_api.ogc.crs import CRS84
from geoplan_api.settings import Settings
from geoplan_maps.exchange.tables import TABLES
from geoplan_maps.layers import MapLayers

FIRST_LAYERS = ("outline", "places")
"""What the first page asks for, and what takes seconds to draw."""


def rehearse(atlas: Atlas, collections: CollectionStore) -> None:
    """Answer once what readers ask for, so that indexes and polygons are there."""
    rows = atlas.units.rows_of(Level.MUNICIPALITY)
    if not len(rows):
        return
    unit = atlas.units.at(int(rows[0]))
    answers.search(atlas, unit.name, limit=1)
    suggest(atlas, unit, limit=1)
    served = collections.of(atlas, TABLES[Level.MUNICIPALITY.value])
    collections.source(served).feature(0, CRS84)


def first_layers(settings: Settings) -> tuple[str, dict[str, bytes]]:
    """Load the data and draw the layers that are asked for first; their version, and each by its name.

    For a process of its own: drawing keeps whoever does it from answering.
    """
    layers = MapLayers(atlas=load(settings, settings.data))
    return layers.version, {name: layers.layer_bytes(name) for name in FIRST_LAYERS}
