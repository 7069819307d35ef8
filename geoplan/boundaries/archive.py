"""Where the layers lie in what the BKG publishes: a zip archive, its unpacked folder or a GeoPackage."""

import logging
import re
import warnings
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geoplan.boundaries.dataset import Geometries
from geoplan.boundaries.guard import ZIP_ERRORS, checked_members, verify_members
from geoplan.errors import DatasetError
from geoplan.messages import Message

log = logging.getLogger(__name__)

GEOPACKAGE = ".gpkg"
STATUS_NOTE = "aktualitaet.txt"
_IN_ZIP = "/vsizip/"
_LAYER_NAME = re.compile(r"(VG\d+)_(GEM|KRS|VWG|RBZ|LAN)", re.IGNORECASE)
_NOTE_LIMIT_BYTES = 100_000
_FOLDER_PATTERNS = [
    f"{folders}*{suffix}" for folders in ("", "*/", "*/*/") for suffix in (".shp", GEOPACKAGE, ".txt", ".pdf")
]
"""As deep as the publisher nests; a folder that is no dataset may be a whole disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer, as GDAL finds it."""

    source: str
    """Path of the file, through ``/vsizip/`` where it is in an archive."""
    name: str
    product: str
    """VG250, VG5000 …"""

    @property
    def path(self) -> str:
        """The path as a person knows it."""
        return self.source.removeprefix(_IN_ZIP)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What a download holds."""

    path: Path
    layers: Mapping[str, Layer]
    """By the last part of the layer's name: GEM, KRS, VWG, RBZ, LAN."""
    notes: Sequence[str]
    """Names of the texts beside the layers: the licence is among them."""
    status: str
    """Text of the note of the territorial status, empty where there is none."""
    files: Sequence[str] = ()
    """All files in it: names in a zip archive, paths in a folder."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """The features of a layer."""

    columns: Mapping[str, Sequence[Any]]
    """By upper-case name."""
    geometry: Geometries
    """Empty where only the columns were asked for."""
    crs: str | None
    fields: Sequence[str] = ()
    """All columns that the layer has, as it writes them."""


def open_archive(path: Path) -> Archive:
    """Look what layers and notes there are in ``path``.

    Raises
    ------
    DatasetError
        A zip archive that cannot be opened or may not be (see :mod:`geoplan.boundaries.guard`), or a
        GeoPackage that is none.
    """
    if path.is_dir():
        return _open_folder(path)
    if path.suffix.lower() == GEOPACKAGE:
        return Archive(path=path, layers=_layers([str(path)]), notes=(), status="", files=[str(path)])
    return _open_zip(path)


def _open_folder(path: Path) -> Archive:
    files = sorted(file for pattern in _FOLDER_PATTERNS for file in path.glob(pattern) if file.is_file())
    layers = _layers([str(file) for file in files])
    notes = [file for file in files if _is_note(file.name)]
    status = [file.read_bytes() for file in notes if layers and file.name.lower() == STATUS_NOTE]
    return Archive(
        path=path,
        layers=layers,
        notes=[file.name for file in notes],
        status=_text(status),
        files=[str(file) for file in path.rglob("*") if file.is_file()] if layers else [],
    )


def _open_zip(path: Path) -> Archive:
    try:
        with zipfile.ZipFile(path) as archive:
            members = checked_members(archive, path)
            verify_members(archive, members, path)
            names = [member.filename for member in members]
            notes = [name for name in names if _is_note(name)]
            status = [
                archive.open(name).read(_NOTE_LIMIT_BYTES)
                for name in notes
                if Path(name).name.lower() == STATUS_NOTE
            ]
    except ZIP_ERRORS as error:
        message = Message("“{path}” cannot be opened as a zip archive. Fetch it again.", path=path)
        raise DatasetError(message, value=str(path)) from error
    layers = _layers([f"{_IN_ZIP}{path.resolve()}/{name}" for name in names])
    return Archive(
        path=path,
        layers=layers,
        notes=[Path(name).name for name in notes],
        status=_text(status),
        files=names,
    )


def _is_note(name: str) -> bool:
    return name.lower().endswith((".txt", ".pdf"))


def _text(notes: Sequence[bytes]) -> str:
    return notes[0][:_NOTE_LIMIT_BYTES].decode("latin-1") if notes else ""


def _layers(files: Sequence[str]) -> dict[str, Layer]:
    """The first layer of each kind: that with the shortest path, for some archives carry a history."""
    layers: dict[str, Layer] = {}
    for file in sorted(files, key=len):
        for layer in _layers_of(file):
            kind = layer.name.upper().rpartition("_")[2]
            layers.setdefault(kind, layer)
    return layers


def _layers_of(file: str) -> Iterator[Layer]:
    stem, _, suffix = file.rpartition("/")[2].rpartition(".")
    names = [stem] if suffix.lower() == "shp" else []
    if f".{suffix.lower()}" == GEOPACKAGE:
        names = _geopackage_layers(file)
    for name in names:
        found = _LAYER_NAME.fullmatch(name)
        if found:
            yield Layer(source=file, name=name, product=found[1].upper())


def _geopackage_layers(file: str) -> list[str]:
    import pyogrio  # noqa: PLC0415 - loads GDAL and geopandas: half a second that other datasets need not pay

    try:
        with warnings.catch_warnings(record=True):
            warnings.simplefilter("always")  # what GDAL says of a file it cannot open follows as an error
            return [str(name) for name in pyogrio.list_layers(file)[:, 0]]
    except (RuntimeError, ValueError, IndexError) as error:  # pyogrio's own errors; no layers at all
        path = file.removeprefix(_IN_ZIP)
        message = Message("“{path}” cannot be read as a GeoPackage. Fetch it again.", path=path)
        raise DatasetError(message, value=path) from error


def read_layer(layer: Layer, wanted: Sequence[str], *, geometry: bool = False) -> Features:
    """Read the columns ``wanted``, as far as the layer has them, and its geometry.

    Raises
    ------
    DatasetError
        The layer cannot be read.
    """
    try:
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")  # what GDAL says of a file is for the log
            features = _read_layer(layer, wanted, geometry=geometry)
    except (RuntimeError, ValueError, shapely.errors.GEOSException) as error:
        # pyogrio's own errors, texts in another encoding, polygons that are none
        message = Message(
            "The layer {layer} in “{path}” cannot be read. Fetch it again.", layer=layer.name, path=layer.path
        )
        raise DatasetError(message, value=layer.path) from error
    for warning in said:
        log.info("%s: %s", layer.path, warning.message)
    return features


def _read_layer(layer: Layer, wanted: Sequence[str], *, geometry: bool) -> Features:
    import pyogrio.raw  # noqa: PLC0415 - as above

    names = pyogrio.read_info(layer.source, layer=layer.name)["fields"].tolist()
    columns = [name for name in names if name.upper() in wanted]
    meta, _, wkb, values = pyogrio.raw.read(
        layer.source, layer=layer.name, columns=columns, read_geometry=geometry, force_2d=True
    )
    shapes = shapely.from_wkb(wkb) if geometry else np.empty(0, dtype=object)
    by_name = {name.upper(): column for name, column in zip(meta["fields"].tolist(), values, strict=True)}
    return Features(columns=by_name, geometry=np.asarray(shapes, dtype=object), crs=meta["crs"], fields=names)
