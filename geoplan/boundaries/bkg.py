"""Boundaries as the Bundesamt für Kartographie und Geodäsie (BKG) publishes them: VG250, VG250-EW, VG5000."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.boundaries.archive import GEOPACKAGE, Archive, Features, Layer, open_archive, read_layer
from geoplan.boundaries.assemble import assemble
from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.boundaries.german import METRIC_CRS, KeyedFeatures, german_names, german_places
from geoplan.boundaries.measure import reproject
from geoplan.boundaries.raw import RawBoundaries, RawNames, RawPlaces
from geoplan.errors import DatasetError
from geoplan.messages import Message
from geoplan.provenance import Provenance
from geoplan.units import Level

PLACE_LAYER = "GEM"
PARENT_LAYERS = {
    Level.ASSOCIATION: "VWG",
    Level.COUNTY: "KRS",
    Level.GOVERNMENT_REGION: "RBZ",
    Level.STATE: "LAN",
}
KEY_COLUMNS = ("ARS", "RS")
"""The regional key: RS in older products, ARS since 2019."""
POPULATION_COLUMN = "EWZ"
PUBLISHER = "Bundesamt für Kartographie und Geodäsie (BKG)"
ATTRIBUTION = "© GeoBasis-DE / BKG {year} (Daten verändert)"
ATTRIBUTION_URL = "https://www.bkg.bund.de"
UNKNOWN_VINTAGE = "unknown"

_MISREAD = "Ã"
"""The first byte of every umlaut in UTF-8, read as Latin-1; no German name has it."""
_COLUMNS = (*KEY_COLUMNS, "GEN", "BEZ", "GF", POPULATION_COLUMN)
_GERMAN_DATE = re.compile(r"(\d{2})\.(\d{2})\.(\d{4})")
_ISO_DATE = re.compile(r"((?:19|20)\d{2})[-_.]?(\d{2})[-_.]?(\d{2})")
_LICENCES = (("cc_by", "CC-BY-4.0"), ("cc-by", "CC-BY-4.0"), ("geonutzv", "GeoNutzV"))
_USUAL_LICENCE = "dl-de/by-2-0"


def is_bkg(path: Path) -> bool:
    """Say whether ``path`` has the form of a download: zip archive, GeoPackage or unpacked folder."""
    if path.is_dir():
        return PLACE_LAYER in open_archive(path).layers
    return path.suffix.lower() in (".zip", GEOPACKAGE)


def read_bkg(path: Path) -> BoundaryDataset:
    """Read a download of the BKG, at full resolution, into ETRS89 / UTM 32N.

    Raises
    ------
    DatasetError
        The archive cannot be opened, has no layer of municipalities, or a layer lacks keys, names or CRS.
    """
    archive = open_archive(path)
    if PLACE_LAYER not in archive.layers:
        message = Message("“{path}” has no layer VG…_GEM with municipalities.", path=path)
        raise DatasetError(message, value=str(path))
    places = _read_places(archive.layers[PLACE_LAYER])
    parents = {
        level: _read_names(level, archive.layers[kind])
        for level, kind in PARENT_LAYERS.items()
        if kind in archive.layers
    }
    has_population = not np.isnan(places.population).all()
    return assemble(
        RawBoundaries(places=places, parents=parents, crs=METRIC_CRS),
        provenance(archive, has_population=has_population),
    )


def read_bkg_provenance(path: Path) -> Provenance:
    """What a download is, without its geometry; errors as in :func:`read_bkg`."""
    archive = open_archive(path)
    population = _population(read_layer(archive.layers[PLACE_LAYER], _COLUMNS))
    return provenance(archive, has_population=population is not None and not np.isnan(population).all())


def _read_places(layer: Layer) -> RawPlaces:
    features = read_layer(layer, _COLUMNS, geometry=True)
    keyed = _keyed(layer, features)
    if features.crs is None:
        raise _unusable(layer, Message("It has no CRS."))
    _check_complete(layer, features)
    try:
        geometry = reproject(features.geometry, features.crs, METRIC_CRS)
        return german_places(keyed, geometry, _population(features))
    except DatasetError as error:
        raise _unusable(layer, error.message) from error


def _read_names(level: Level, layer: Layer) -> RawNames:
    keyed = _keyed(layer, read_layer(layer, _COLUMNS))
    try:
        return german_names(level, keyed)
    except DatasetError as error:
        raise _unusable(layer, error.message) from error


def _unusable(layer: Layer, reason: Message) -> DatasetError:
    message = Message(
        "The layer {layer} in “{path}” cannot be used. {reason} Fetch the boundaries again.",
        layer=layer.name,
        path=layer.path,
        reason=reason,
    )
    return DatasetError(message, value=layer.path)


def _check_complete(layer: Layer, features: Features) -> None:
    """A file that was cut off reads as features without polygons."""
    count = len(features.geometry)
    without = int(np.sum(shapely.is_missing(features.geometry) | shapely.is_empty(features.geometry)))
    if without or not count:
        reason = Message("{count} of {all} features have no polygon.", count=without, all=count)
        raise _unusable(layer, reason)


def _keyed(layer: Layer, features: Features) -> KeyedFeatures:
    return KeyedFeatures(
        keys=_texts(layer, features, *KEY_COLUMNS),
        names=_texts(layer, features, "GEN"),
        designations=_texts(layer, features, "BEZ"),
        area_codes=_area_codes(layer, features),
    )


def _column(layer: Layer, features: Features, *names: str) -> Sequence[Any]:
    """The first of the columns that the layer has."""
    for name in names:
        if name in features.columns:
            return features.columns[name]
    raise _unusable(layer, Message("It has no column {column}.", column=" / ".join(names)))


def _texts(layer: Layer, features: Features, *names: str) -> list[str]:
    return ["" if value is None else _decoded(str(value)) for value in _column(layer, features, *names)]


def _decoded(text: str) -> str:
    """UTF-8 that was read as Latin-1, as happens where the file that names the encoding is missing."""
    if _MISREAD not in text:
        return text
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _area_codes(layer: Layer, features: Features) -> NDArray[np.int64]:
    """GF; a missing one counts as water, which matters only where the unit has land as well."""
    return np.nan_to_num(np.asarray(_column(layer, features, "GF"), dtype=np.float64)).astype(np.int64)


def _population(features: Features) -> NDArray[np.float64] | None:
    """Inhabitants; negative numbers stand for unknown."""
    if POPULATION_COLUMN not in features.columns:
        return None
    values = np.asarray(features.columns[POPULATION_COLUMN], dtype=np.float64)
    return np.where(values < 0, np.nan, values)


def provenance(archive: Archive, *, has_population: bool) -> Provenance:
    """The source row of a download: product, territorial status and licence from its files."""
    product = archive.layers[PLACE_LAYER].product
    vintage = _vintage(archive)
    year = "" if vintage == UNKNOWN_VINTAGE else vintage[:4]
    return Provenance(
        dataset=product,
        vintage=vintage,
        licence=_licence(archive),
        attribution=ATTRIBUTION.format(year=year).replace("  ", " "),
        attribution_url=ATTRIBUTION_URL,
        population_source=f"BKG {product}-EW, {vintage}" if has_population else None,
        publisher=PUBLISHER,
        country="DE",
        crs=METRIC_CRS,
    )


def _vintage(archive: Archive) -> str:
    """The territorial status: from the note beside the layers, else from the names of files."""
    noted = _GERMAN_DATE.search(archive.status)
    if noted:
        return f"{noted[3]}-{noted[2]}-{noted[1]}"
    for name in (archive.path.name, archive.layers[PLACE_LAYER].source):
        for pattern, order in ((_ISO_DATE, (1, 2, 3)), (_GERMAN_DATE, (3, 2, 1))):
            found = pattern.search(name)
            if found:
                return "-".join(found[group] for group in order)
    return UNKNOWN_VINTAGE


def _licence(archive: Archive) -> str:
    names = " ".join(archive.notes).lower()
    return next((licence for mark, licence in _LICENCES if mark in names), _USUAL_LICENCE)
