"""What the map in the browser is made of: layers of each atlas, kept compressed, and where they are found."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import shapely

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan_api.packed import PackedFile
from geoplan_api.problems import NotFoundError
from geoplan_maps.layers import MapLayers
from geoplan_maps.tiles import Tiles
from geoplan_maps.wgs84 import to_wgs84


class LayerStore:
    """The layers of the atlases of one application, each made when it is first asked for."""

    def __init__(self) -> None:
        self._layers: dict[Atlas, MapLayers] = {}
        self._packed: dict[tuple[Atlas, str], PackedFile] = {}
        self._making = threading.Lock()

    def of(self, atlas: Atlas) -> MapLayers:
        """The layers of an atlas."""
        return self._layers.setdefault(atlas, MapLayers(atlas=atlas))

    def packed(self, atlas: Atlas, version: str, name: str) -> PackedFile:
        """A layer, compressed.

        Raises
        ------
        NotFoundError
            The atlas is not (any more) the one with this version.
        UnknownUnitError
            There is no such layer.
        """
        kept = self.kept(atlas, version, name)
        if kept:
            return kept
        layers = self._of_version(atlas, version)
        if version != layers.version:
            message = Message(
                "There is no map “{value}”: the data have changed. Load the page again.", value=version
            )
            raise NotFoundError(message, value=version, nearest=[layers.version])
        return self._made(layers, name)

    def keep(self, atlas: Atlas, name: str, content: bytes) -> None:
        """Take over a layer of an atlas that was drawn elsewhere."""
        with self._making:
            self._packed.setdefault((atlas, name), PackedFile.of(content, "application/json"))

    def kept(self, atlas: Atlas, version: str, name: str) -> PackedFile | None:
        """The same where it is made already."""
        layers = self._of_version(atlas, version)
        return self._packed.get((layers.atlas, name)) if layers.version == version else None

    def _of_version(self, atlas: Atlas, version: str) -> MapLayers:
        """The layers with a version, of this atlas or of one that it has replaced a moment ago."""
        named = (layers for layers in list(self._layers.values()) if layers.version == version)
        return next(named, None) or self.of(atlas)

    def forget(self, atlas: Atlas) -> None:
        """Let the layers of an atlas go that is answered from no more."""
        with self._making:
            self._layers.pop(atlas, None)
            for key in [key for key in self._packed if key[0] is atlas]:
                del self._packed[key]

    def _made(self, layers: MapLayers, name: str) -> PackedFile:
        key = (layers.atlas, name)
        # One at a time: who asks for the same meanwhile waits for it instead of making it again.
        with self._making:
            if key not in self._packed:
                self._packed[key] = PackedFile.of(layers.layer_bytes(name), "application/json")
            return self._packed[key]


def map_config(
    layers: MapLayers, base: str, *, query: str = "", tiles: Tiles | None = None
) -> dict[str, Any]:
    """What ``createMap`` of ``static/map/map.js`` is told.

    Parameters
    ----------
    layers
        The layers of the atlas that is drawn.
    base
        What stands before ``/map/…`` in addresses, without a slash at its end; may be relative.
    query
        ``?dataset=…`` where another than the default atlas is drawn.
    tiles
        Background map that the visitor may load; none by default.
    """
    folder = f"{base}/map/{layers.version}"
    provenance = layers.atlas.provenance
    return {
        "outline": f"{folder}/outline.json{query}",
        "places": f"{folder}/places.json{query}",
        # The map puts in the key of a county.
        "county": f"{folder}/places/{{id}}.json{query}",
        "bounds": country_bounds(layers.atlas),
        "attribution": {"text": provenance.attribution, "url": provenance.attribution_url},
        "basemap": None if tiles is None else _basemap(tiles),
    }


def around(config: dict[str, Any], county: str | None, also: Sequence[str] = ()) -> dict[str, Any]:
    """The same map with the places of a county and its neighbours only, so that little is loaded.

    Places further away come by county when the map is near enough; without a county all of them do.

    Parameters
    ----------
    also
        Counties whose places are loaded as well: those further away that the map is about.
    """
    places = None if county is None else config["outline"].replace("outline", f"around/{county}")
    return {**config, "places": places, "partial": True, "also": list(also)}


def shown_units(scene: Mapping[str, Any]) -> list[str]:
    """Ids of the units that a scene is about."""
    asking = [scene["asking"]["id"]] if scene["asking"] else []
    return [*asking, *scene["group"], *(one["id"] for one in scene["suggestions"])]


def country_bounds(atlas: Atlas) -> list[float]:
    """West, south, east and north of all units, degrees."""
    xy = atlas.units.xy
    west, south = xy.min(axis=0).tolist()
    east, north = xy.max(axis=0).tolist()
    box = to_wgs84(np.array([shapely.box(west, south, east, north)], dtype=object), atlas.provenance.crs)
    return [round(value, 3) for value in shapely.total_bounds(box).tolist()]


def _basemap(tiles: Tiles) -> dict[str, Any]:
    return {
        "url": tiles.url, "attribution": tiles.attribution, "attributionUrl": tiles.attribution_url,
        "maxZoom": tiles.max_zoom,
    }  # fmt: skip
