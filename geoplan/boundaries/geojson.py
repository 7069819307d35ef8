"""Boundaries of the BKG as lists of GeoJSON features, the form that some packages carry them in."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geoplan.boundaries.german import METRIC_CRS, KeyedFeatures, german_names, german_places
from geoplan.boundaries.measure import GEOGRAPHIC_CRS, reproject
from geoplan.boundaries.raw import RawBoundaries
from geoplan.units import Level

PLACE_FILE = "gemeinden.geo.json"
PARENT_FILES = {
    Level.ASSOCIATION: "verwaltungsgemeinschaften.geo.json",
    Level.COUNTY: "kreise.geo.json",
    Level.GOVERNMENT_REGION: "regierungsbezirke.geo.json",
    Level.STATE: "laender.geo.json",
}


def _features(entries: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All features of a list; an entry may be a collection, whose features may be of different units."""
    for entry in entries:
        if entry["type"] == "FeatureCollection":
            yield from _features(entry["features"])
        else:
            yield entry


def _read(path: Path) -> tuple[KeyedFeatures, list[str]]:
    """The columns and the geometry, each as GeoJSON text, of a list."""
    features = list(_features(json.loads(path.read_bytes())))
    rows = [feature["properties"] for feature in features]
    columns = KeyedFeatures(
        keys=[row["RS"] for row in rows],
        names=[row["GEN"] for row in rows],
        designations=[row["BEZ"] for row in rows],
        area_codes=np.array([row["GF"] for row in rows], dtype=np.int64),
    )
    return columns, [json.dumps(feature["geometry"]) for feature in features]


def read_geojson(folder: Path) -> RawBoundaries:
    """Read the five lists in ``folder`` (WGS 84) into ETRS89 / UTM 32N."""
    columns, texts = _read(folder / PLACE_FILE)
    geometry = np.asarray(shapely.from_geojson(texts), dtype=object)
    return RawBoundaries(
        places=german_places(columns, reproject(geometry, GEOGRAPHIC_CRS, METRIC_CRS)),
        parents={level: german_names(level, _read(folder / name)[0]) for level, name in PARENT_FILES.items()},
        crs=METRIC_CRS,
    )
