"""Vector tiles of the whole country in one file (PMTiles): cut by GDAL, put together here.

GDAL writes one layer of one zoom band at a time; a vector tile is a message whose layers stand one after the
other, so tiles of several layers are joined by joining their bytes.
"""

import gzip
import io
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio.raw
import shapely
from numpy.typing import NDArray
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from geoplan.atlas import Atlas
from geoplan.units import PLACE_LEVELS, Level
from geoplan_maps.backdrop import simplified
from geoplan_maps.exchange.columns import as_multi
from geoplan_maps.exchange.files import notice
from geoplan_maps.exchange.tile_reading import stored_tile
from geoplan_maps.wgs84 import to_wgs84

MIN_ZOOM, MAX_ZOOM = 4, 11
MAX_TILE_BYTES = 500_000
FIELDS = {"id": "String", "name": "String", "population": "Number", "area_km2": "Number"}
LAYER_LEVELS: Mapping[str, tuple[Level, ...]] = {
    "states": (Level.STATE,),
    "counties": (Level.COUNTY,),
    "municipalities": PLACE_LEVELS,
}
_E7 = 10_000_000
_NO_INHABITANTS = -1
"""Where the population is unknown: a number, so that styles can compare it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """Zoom levels that are drawn from one state of detail."""

    first: int
    last: int
    tolerance_m: float
    """Of the simplification, metres: under half a pixel of the last zoom level."""


BANDS: Mapping[str, tuple[Band, ...]] = {
    "states": (
        Band(first=4, last=5, tolerance_m=2000.0),
        Band(first=6, last=7, tolerance_m=500.0),
        Band(first=8, last=MAX_ZOOM, tolerance_m=0.0),
    ),
    "counties": (
        Band(first=5, last=5, tolerance_m=2000.0),
        Band(first=6, last=7, tolerance_m=500.0),
        Band(first=8, last=MAX_ZOOM, tolerance_m=0.0),
    ),
    "municipalities": (
        Band(first=7, last=8, tolerance_m=300.0),
        Band(first=9, last=MAX_ZOOM, tolerance_m=0.0),
    ),
}
"""Which layer is in which zoom levels, and how fine."""

Tiles = dict[tuple[int, int, int], bytes]
"""Zoom, column and row from the north → the bytes of a tile, not compressed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One layer of one band, ready to be cut; of plain values, so that another process can do it."""

    layer: str
    band: Band
    crs: str
    shapes: NDArray[np.object_]
    """(n,) polygons as WKB."""
    columns: list[NDArray[Any]]
    """In the order of :data:`FIELDS`."""


def tile_archive(atlas: Atlas, run: Callable[[Cut], Tiles] | None = None) -> bytes:
    """All tiles of an atlas as PMTiles (version 3), with licence, source note and layers in its metadata.

    Parameters
    ----------
    run
        Calls :func:`cut_tiles`, perhaps in another process: GDAL lets no other thread of this one work.
    """
    tiles: Tiles = {}
    for layer, bands in BANDS.items():
        rows = atlas.units.rows_of(*LAYER_LEVELS[layer])
        if len(rows):
            for band in bands:
                for place, data in (run or cut_tiles)(_cut(atlas, layer, rows, band)).items():
                    tiles[place] = tiles.get(place, b"") + data
    return _archive(atlas, tiles)


def tile_bytes(archive: Path, zoom: int, column: int, row: int) -> bytes | None:
    """One tile of a PMTiles file, compressed by gzip; ``None`` where it has none."""
    if not MIN_ZOOM <= zoom <= MAX_ZOOM or max(column, row) >= 2**zoom:
        return None
    return stored_tile(archive, zoom, column, row)


def tile_layers(atlas: Atlas) -> list[dict[str, Any]]:
    """The layers as TileJSON describes them."""
    return [
        {
            "id": layer, "fields": FIELDS, "minzoom": bands[0].first, "maxzoom": bands[-1].last,
            "description": ", ".join(LAYER_LEVELS[layer]),
        }
        for layer, bands in BANDS.items()
        if len(atlas.units.rows_of(*LAYER_LEVELS[layer]))
    ]  # fmt: skip


def bounds_of(atlas: Atlas) -> tuple[float, float, float, float]:
    """West, south, east and north of all units, degrees."""
    places = atlas.units.rows_of(*PLACE_LEVELS)
    shapes = to_wgs84(shapely.envelope(atlas.geometry(places)), atlas.provenance.crs)
    west, south, east, north = shapely.total_bounds(shapes).tolist()
    return west, south, east, north


def _cut(atlas: Atlas, layer: str, rows: NDArray[np.int64], band: Band) -> Cut:
    units, listed = atlas.units, rows.tolist()
    shapes = as_multi(simplified(atlas.geometry(rows), band.tolerance_m), "MultiPolygon")
    population = np.nan_to_num(units.population[rows], nan=_NO_INHABITANTS).astype(np.int64)
    columns = [
        np.array([units.ids[row] for row in listed], dtype=object),
        np.array([units.names[row] for row in listed], dtype=object),
        population, np.round(units.area_km2[rows], 2),
    ]  # fmt: skip
    wkb = np.asarray(shapely.to_wkb(shapes), dtype=object)
    return Cut(layer=layer, band=band, crs=atlas.provenance.crs, shapes=wkb, columns=columns)


def cut_tiles(job: Cut) -> Tiles:
    """Let GDAL cut a layer into tiles."""
    options = {
        "FORMAT": "MBTILES", "MINZOOM": str(job.band.first), "MAXZOOM": str(job.band.last),
        "MAX_SIZE": str(MAX_TILE_BYTES),
    }  # fmt: skip
    with tempfile.TemporaryDirectory(prefix="geoplan-tiles-") as folder:
        path = Path(folder) / "band.mbtiles"
        pyogrio.raw.write(
            path, job.shapes, job.columns, list(FIELDS), layer=job.layer, driver="MVT",
            geometry_type="MultiPolygon", crs=job.crs, dataset_options=options,
        )  # fmt: skip
        with closing(sqlite3.connect(path)) as file:
            found = file.execute("SELECT zoom_level, tile_column, tile_row, tile_data FROM tiles")
            # MBTiles counts rows from the south.
            return {(z, x, 2**z - 1 - y): gzip.decompress(data) for z, x, y, data in found}


def _archive(atlas: Atlas, tiles: Tiles) -> bytes:
    file = io.BytesIO()
    writer: Any = Writer(file)  # type: ignore[no-untyped-call]
    for tile_id, place in sorted((zxy_to_tileid(*place), place) for place in tiles):
        writer.write_tile(tile_id, gzip.compress(tiles[place], mtime=0))
    west, south, east, north = bounds_of(atlas)
    provenance = atlas.provenance
    header = {
        "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
        "min_lon_e7": int(west * _E7), "min_lat_e7": int(south * _E7),
        "max_lon_e7": int(east * _E7), "max_lat_e7": int(north * _E7),
        "min_zoom": MIN_ZOOM, "max_zoom": MAX_ZOOM, "center_zoom": MIN_ZOOM + 1,
        "center_lon_e7": int((west + east) / 2 * _E7), "center_lat_e7": int((south + north) / 2 * _E7),
    }  # fmt: skip
    writer.finalize(
        header,
        {
            "name": "geoplan", "description": notice(provenance), "attribution": provenance.attribution,
            "version": provenance.vintage, "licence": provenance.licence, "type": "overlay", "format": "pbf",
            "vector_layers": tile_layers(atlas),
        },
    )  # fmt: skip
    return file.getvalue()
