"""The features of any polygon file: GeoJSON, GeoPackage, shapefile, GeoParquet."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geoplan.boundaries.dataset import Geometries
from geoplan.boundaries.geoparquet import decoded
from geoplan.errors import DatasetError
from geoplan.messages import Message
from geoplan.nearest import nearest_values

GEOPARQUET = (".parquet", ".geoparquet")
GEOPARQUET_DEFAULT_CRS = "OGC:CRS84"
"""What the specification says where a file names none."""
_AREAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_OWN_ENCODINGS = ("multipolygon",)


@dataclass(frozen=True, slots=True, kw_only=True)
class PolygonFile:
    """The features of a file."""

    path: Path
    columns: Mapping[str, Sequence[Any]]
    geometry: Geometries
    crs: str | None

    def column(self, name: str) -> Sequence[Any]:
        """A column by name.

        Raises
        ------
        DatasetError
            There is none; names the nearest.
        """
        if name not in self.columns:
            message = Message("“{path}” has no column “{column}”.", path=self.path, column=name)
            raise DatasetError(message, value=name, nearest=nearest_values(name, self.columns))
        return self.columns[name]


def read_polygons(path: Path, layer: str | None = None) -> PolygonFile:
    """Read all features of a file, or of one of its layers.

    Raises
    ------
    DatasetError
        The file is missing, cannot be read, has no such layer, no features, or others than polygons.
    """
    if not path.exists():
        message = Message("There is no file “{path}”.", path=path)
        raise DatasetError(message, value=str(path), nearest=_neighbours(path))
    read = _read_geoparquet(path) if path.suffix.lower() in GEOPARQUET else _read_with_gdal(path, layer)
    return _checked(read)


def _neighbours(path: Path) -> list[str]:
    try:
        names = [other.name for other in path.parent.iterdir() if other.is_file()]
    except OSError:
        return []
    return nearest_values(path.name, names)


def _unreadable(path: Path, reason: Message | None = None) -> DatasetError:
    why = reason or Message("it is no file of polygons that GDAL knows")
    message = Message("“{path}” cannot be read: {reason}.", path=path, reason=why)
    return DatasetError(message, value=str(path))


def _read_with_gdal(path: Path, layer: str | None) -> PolygonFile:
    import pyogrio.raw  # noqa: PLC0415 - loads GDAL: half a second that other datasets need not pay

    try:
        names = [str(name) for name in pyogrio.list_layers(path)[:, 0]]
        if layer is not None and layer not in names:
            message = Message("“{path}” has no layer “{layer}”.", path=path, layer=layer)
            raise DatasetError(message, value=layer, nearest=nearest_values(layer, names))
        meta, _, wkb, values = pyogrio.raw.read(path, layer=layer or names[0], force_2d=True)
        geometry = np.asarray(shapely.from_wkb(wkb), dtype=object)
    except (RuntimeError, ValueError, IndexError, TypeError, shapely.errors.ShapelyError) as error:
        raise _unreadable(path) from error
    columns = dict(zip(meta["fields"].tolist(), values, strict=True))
    return PolygonFile(path=path, columns=columns, geometry=geometry, crs=meta["crs"])


def _read_geoparquet(path: Path) -> PolygonFile:
    try:
        table = pq.ParquetFile(pa.BufferReader(path.read_bytes())).read()
        geo = json.loads((table.schema.metadata or {})[b"geo"])
        name = geo["primary_column"]
        described = geo["columns"][name]
        column = table[name]
        geometry = (
            decoded(column) if described["encoding"] in _OWN_ENCODINGS
            else np.asarray(shapely.from_wkb(column.to_pylist()), dtype=object)
        )  # fmt: skip
        crs = described.get("crs", GEOPARQUET_DEFAULT_CRS)
    except (
        pa.ArrowException,
        OSError,
        KeyError,
        TypeError,
        ValueError,
        shapely.errors.ShapelyError,
    ) as error:
        raise _unreadable(path, Message("it is no GeoParquet")) from error
    columns = {other: table[other].to_pylist() for other in table.column_names if other != name}
    return PolygonFile(
        path=path, columns=columns, geometry=geometry, crs=json.dumps(crs) if isinstance(crs, dict) else crs
    )


def _checked(file: PolygonFile) -> PolygonFile:
    if not len(file.geometry):
        raise _unreadable(file.path, Message("it has no features"))
    areal = np.isin(shapely.get_type_id(file.geometry), _AREAL) & ~shapely.is_empty(file.geometry)
    if not areal.all():
        reason = Message(
            "{count} of {all} features are no polygons",
            count=int((~areal).sum()),
            all=len(areal),
        )
        raise _unreadable(file.path, reason)
    return file
