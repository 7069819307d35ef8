"""Where the layers lie in what the BKG publishes: a zip archive, its unpacked folder or a GeoPackage."""

import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from geoplan.boundaries.dataset import Geometries
from geoplan.errors import DatasetError
from geoplan.messages import Message

GEOPACKAGE = ".gpkg"
_LAYER_NAME = re.compile(r"(VG\d+)_(GEM|KRS|VWG|RBZ|LAN)", re.IGNORECASE)
_NOTE_LIMIT_BYTES = 100_000
_FOLDER_PATTERNS = [
    f"{folders}*{suffix}" for folders in ("", "*/", "*/*/") for suffix in (".shp", GEOPACKAGE, ".txt", ".pdf")
]
"""As deep as the publisher nests; a folder that is no dataset may be a whole disk."""
_ZIP_ERRORS = (OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, zlib.error)
"""All that reading a damaged, encrypted or oddly packed archive was seen to raise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One layer, as GDAL finds it."""

    source: str
    """Path of the file, through ``/vsizip/`` where it is in an archive."""
    name: str
    product: str
    """VG250, VG5000 …"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What a download holds."""

    path: Path
    layers: Mapping[str, Layer]
    """By the last part of the layer's name: GEM, KRS, VWG, RBZ, LAN."""
    notes: Mapping[str, str]
    """Name and text of the files beside the layers: territorial status, licence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """The features of a layer."""

    columns: Mapping[str, Sequence[Any]]
    """By upper-case name."""
    geometry: Geometries
    """Empty where only the columns were asked for."""
    crs: str | None


def open_archive(path: Path) -> Archive:
    """Look what layers and notes there are in ``path``.

    Raises
    ------
    DatasetError
        A zip archive that cannot be opened, or a GeoPackage that is none.
    """
    if path.is_dir():
        return _open_folder(path)
    if path.suffix.lower() == GEOPACKAGE:
        return Archive(path=path, layers=_layers([str(path)]), notes={})
    return _open_zip(path)


def _open_folder(path: Path) -> Archive:
    files = sorted(file for pattern in _FOLDER_PATTERNS for file in path.glob(pattern) if file.is_file())
    notes = {
        file.name: _text(file.read_bytes()) if _is_text(file.name) else ""
        for file in files
        if _is_note(file.name)
    }
    return Archive(path=path, layers=_layers([str(file) for file in files]), notes=notes)


def _open_zip(path: Path) -> Archive:
    notes = {}
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(archive.namelist())
            for name in filter(_is_note, names):
                with archive.open(name) as file:
                    notes[Path(name).name] = _text(file.read(_NOTE_LIMIT_BYTES)) if _is_text(name) else ""
    except _ZIP_ERRORS as error:
        message = Message("“{path}” cannot be opened as a zip archive. Fetch it again.", path=path)
        raise DatasetError(message, value=str(path)) from error
    members = [f"/vsizip/{path.resolve()}/{name}" for name in names]
    return Archive(path=path, layers=_layers(members), notes=notes)


def _is_note(name: str) -> bool:
    return name.lower().endswith((".txt", ".pdf"))


def _is_text(name: str) -> bool:
    return name.lower().endswith(".txt")


def _text(content: bytes) -> str:
    return content[:_NOTE_LIMIT_BYTES].decode("latin-1")


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
        return [str(name) for name in pyogrio.list_layers(file)[:, 0]]
    except pyogrio.errors.DataSourceError as error:
        message = Message("“{path}” cannot be read as a GeoPackage. Fetch it again.", path=file)
        raise DatasetError(message, value=file) from error


def read_layer(layer: Layer, wanted: Sequence[str], *, geometry: bool = False) -> Features:
    """Read the columns ``wanted``, as far as the layer has them, and its geometry.

    Raises
    ------
    DatasetError
        The layer cannot be read.
    """
    import pyogrio.raw  # noqa: PLC0415 - as above

    try:
        names = pyogrio.read_info(layer.source, layer=layer.name)["fields"].tolist()
        columns = [name for name in names if name.upper() in wanted]
        meta, _, wkb, values = pyogrio.raw.read(
            layer.source, layer=layer.name, columns=columns, read_geometry=geometry, force_2d=True
        )
    except RuntimeError as error:  # the base of pyogrio's errors of sources, layers and features
        message = Message(
            "The layer {layer} in “{path}” cannot be read. Fetch it again.",
            layer=layer.name,
            path=layer.source,
        )
        raise DatasetError(message, value=layer.source) from error
    shapes = shapely.from_wkb(wkb) if geometry else np.empty(0, dtype=object)
    by_name = {name.upper(): column for name, column in zip(meta["fields"].tolist(), values, strict=True)}
    return Features(columns=by_name, geometry=np.asarray(shapes, dtype=object), crs=meta["crs"])
