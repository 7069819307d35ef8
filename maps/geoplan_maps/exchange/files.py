"""Tables as files that GIS programs open: FlatGeobuf, GeoPackage, GeoJSON, GeoParquet."""

import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio.raw
import pyproj
import shapely
from numpy.typing import NDArray

from geoplan.provenance import Provenance
from geoplan_maps.exchange.columns import Column, Kind, Table, as_multi
from geoplan_maps.wgs84 import Geometries, to_wgs84

WGS84 = "EPSG:4326"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFormat:
    """A form that a table can be written in."""

    suffix: str
    title: str
    media_type: str
    write: Callable[[Path, str, Table, Provenance], None]


def file_bytes(form: str, name: str, table: Table, provenance: Provenance) -> bytes:
    """A table as a file of the format ``form``, a key of :data:`FORMATS`.

    Parameters
    ----------
    name
        What the layer is called.
    provenance
        Licence, source note and vintage; they are written into the file.
    """
    with tempfile.TemporaryDirectory(prefix="geoplan-export-") as folder:
        path = Path(folder) / f"{name}.{FORMATS[form].suffix}"
        FORMATS[form].write(path, name, table, provenance)
        return path.read_bytes()


def notice(provenance: Provenance) -> str:
    """Licence, source note and vintage in a line."""
    return (
        f"{provenance.dataset}, {provenance.vintage}. {provenance.attribution}."
        f" Licence: {provenance.licence}. {provenance.attribution_url}"
    )


def _flatgeobuf(path: Path, name: str, table: Table, provenance: Provenance) -> None:
    options = {"TITLE": f"{name} ({provenance.vintage})", "DESCRIPTION": notice(provenance)}
    _write(path, "FlatGeobuf", name, table, layer_options=options)


def _geopackage(path: Path, name: str, table: Table, provenance: Provenance) -> None:
    told = {key.upper(): str(value) for key, value in provenance.to_dict().items() if value is not None}
    options = {"IDENTIFIER": f"{name} ({provenance.vintage})", "DESCRIPTION": notice(provenance)}
    _write(path, "GPKG", name, table, layer_options=options, dataset_metadata=told)


def _geojson(path: Path, name: str, table: Table, provenance: Provenance) -> None:
    options = {"DESCRIPTION": notice(provenance), "ID_FIELD": "id", "COORDINATE_PRECISION": "5"}
    shapes = as_multi(to_wgs84(table.geometry, table.crs), table.shape)
    _write(path, "GeoJSON", name, table, shapes=shapes, layer_options=options)


def _write(
    path: Path, driver: str, name: str, table: Table, *, shapes: Geometries | None = None, **options: Any
) -> None:
    pyogrio.raw.write(
        path,
        shapely.to_wkb(table.geometry if shapes is None else shapes),
        [_values(column) for column in table.columns.values()],
        list(table.columns),
        field_mask=[_unknown(column) for column in table.columns.values()],
        layer=name, driver=driver, geometry_type=table.shape, crs=table.crs if shapes is None else WGS84,
        **options,
    )  # fmt: skip


def _values(column: Column) -> NDArray[Any]:
    values: NDArray[Any] = column.values
    return np.nan_to_num(values).astype(np.int64) if column.kind == Kind.INTEGER else values


def _unknown(column: Column) -> NDArray[np.bool_] | None:
    return _missing(column) if column.kind == Kind.INTEGER else None


def _geoparquet(path: Path, name: str, table: Table, provenance: Provenance) -> None:
    types = {
        Kind.STRING: pa.string(), Kind.INTEGER: pa.int64(), Kind.NUMBER: pa.float64(),
        Kind.BOOLEAN: pa.bool_(),
    }  # fmt: skip
    arrays = {
        key: pa.array(_values(column), type=types[column.kind], mask=_missing(column))
        for key, column in table.columns.items()
    }
    arrays["geometry"] = pa.array(shapely.to_wkb(table.geometry), type=pa.binary())
    about = {"geo": json.dumps(_geo(table)), "geoplan": json.dumps({"table": name, **provenance.to_dict()})}
    pq.write_table(pa.table(arrays).replace_schema_metadata(about), path, compression="zstd")


def _missing(column: Column) -> NDArray[np.bool_] | None:
    if column.kind not in (Kind.INTEGER, Kind.NUMBER):
        return None
    unknown: NDArray[np.bool_] = np.isnan(column.values)
    return unknown


def _geo(table: Table) -> dict[str, Any]:
    """The ``geo`` entry of GeoParquet 1.1."""
    column = {
        "encoding": "WKB", "geometry_types": [table.shape], "crs": pyproj.CRS(table.crs).to_json_dict(),
    }  # fmt: skip
    return {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}


FORMATS: Mapping[str, FileFormat] = {
    "fgb": FileFormat(
        suffix="fgb", title="FlatGeobuf", media_type="application/vnd.flatgeobuf", write=_flatgeobuf
    ),
    "gpkg": FileFormat(
        suffix="gpkg", title="GeoPackage", media_type="application/geopackage+sqlite3", write=_geopackage
    ),
    "geojson": FileFormat(
        suffix="geojson", title="GeoJSON", media_type="application/geo+json", write=_geojson
    ),
    "geoparquet": FileFormat(
        suffix="parquet", title="GeoParquet", media_type="application/vnd.apache.parquet", write=_geoparquet
    ),
}
"""By the word that asks for them."""
