"""The canonical form of a dataset: one GeoParquet file per level, one of borders, and a source row."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geoplan.boundaries.columns import border_table, read_borders, read_units, unit_table
from geoplan.boundaries.dataset import BoundaryDataset, Geometries
from geoplan.boundaries.geoparquet import GEOMETRY, decoded, encoded, metadata, write_table
from geoplan.boundaries.source import SOURCE_FILE, FileRow, SourceRow, read_source, sha256
from geoplan.errors import DatasetError
from geoplan.messages import Message
from geoplan.units import PLACE_LEVELS, Level

LEVEL_FILES: Mapping[Level, str] = MappingProxyType(
    {
        Level.MUNICIPALITY: "municipalities.parquet",
        Level.ASSOCIATION: "associations.parquet",
        Level.COUNTY: "counties.parquet",
        Level.GOVERNMENT_REGION: "government-regions.parquet",
        Level.STATE: "states.parquet",
    }
)
"""In the order of the rows of the unit table; the first has the unincorporated areas too."""
BORDER_FILE = "borders.parquet"
_OWN_FILES = (*LEVEL_FILES.values(), BORDER_FILE)
_PARQUET_MARK = b"PAR1"


def write_canonical(
    folder: Path, dataset: BoundaryDataset, source: SourceRow, crs: Mapping[str, Any]
) -> SourceRow:
    """Write a dataset into ``folder``, and return the source row with its files.

    Parameters
    ----------
    source
        Its provenance is replaced by that of the dataset, its files by those written.
    crs
        PROJJSON of the dataset's CRS.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = {}
    for level, name in LEVEL_FILES.items():
        rows = dataset.units.rows_of(*(PLACE_LEVELS if level in PLACE_LEVELS else (level,)))
        geometry = dataset.read_geometry(level)
        table = unit_table(dataset.units, rows).append_column(GEOMETRY, encoded(geometry))
        files[name] = _write(folder / name, table.replace_schema_metadata(metadata(geometry, crs)))
    files[BORDER_FILE] = _write(folder / BORDER_FILE, border_table(dataset.units.ids, dataset.borders))
    for name, read in dataset.extras.items():
        content = read()
        (folder / name).write_bytes(content)
        files[name] = FileRow(rows=row_count(content), sha256=sha256(content))
    written = replace(source, provenance=dataset.provenance, files=files, enrichment=dataset.enrichment)
    (folder / SOURCE_FILE).write_text(written.to_json(), encoding="utf-8", newline="\n")
    return written


def _write(path: Path, table: pa.Table) -> FileRow:
    write_table(table, str(path))
    return FileRow(rows=len(table), sha256=sha256(path.read_bytes()))


def _is_extra(name: str) -> bool:
    """Whether a file of the source row lies beside the boundaries; never one of another folder."""
    return name not in _OWN_FILES and name == Path(name).name and "\\" not in name


def row_count(content: bytes) -> int:
    """Rows of a Parquet file; a file of another form counts as one."""
    if not content.startswith(_PARQUET_MARK):
        return 1
    return int(pq.ParquetFile(pa.BufferReader(content)).metadata.num_rows)


def is_canonical(path: Path) -> bool:
    """Say whether ``path`` looks like a dataset in canonical form, perhaps a damaged one."""
    return any((path / name).is_file() for name in (SOURCE_FILE, LEVEL_FILES[Level.MUNICIPALITY]))


def read_canonical(folder: Path) -> BoundaryDataset:
    """Read the dataset in ``folder``; its polygons are read when they are asked for.

    Raises
    ------
    DatasetError
        The source row or a file is missing or damaged, or they do not fit one another. Reading the polygons
        raises it too.
    """
    source = read_source(folder)
    files = _Files(folder=folder, rows=source.files)
    tables = [files.table(name, geometry=False) for name in LEVEL_FILES.values()]
    try:
        units = read_units(pa.concat_tables(tables))
        borders = read_borders(files.table(BORDER_FILE, geometry=False), units.ids)
    except (pa.ArrowException, KeyError, ValueError) as error:
        raise _damaged(folder, Message("its tables do not fit one another")) from error
    return BoundaryDataset(
        units=units,
        borders=borders,
        provenance=source.provenance,
        read_geometry=files.geometry,
        extras={name: partial(files.content, name) for name in source.files if _is_extra(name)},
        enrichment=tuple(source.enrichment),
        files={name: file.sha256 for name, file in source.files.items()},
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Files:
    """The files of a dataset, checked against the source row when they are read."""

    folder: Path
    rows: Mapping[str, FileRow]

    def table(self, name: str, *, geometry: bool) -> pa.Table:
        """The columns of a file: its polygons, or all others."""
        content = self.content(name)
        try:
            file = pq.ParquetFile(pa.BufferReader(content))
            columns = [column for column in file.schema_arrow.names if (column == GEOMETRY) == geometry]
            table = file.read(columns=columns)
        except (pa.ArrowException, OSError) as error:
            raise _damaged(self.folder / name, Message("it is no Parquet file")) from error
        if len(table) != self.rows[name].rows:
            reason = Message(
                "it has {found} rows, the source row says {expected}",
                found=len(table),
                expected=self.rows[name].rows,
            )
            raise _damaged(self.folder / name, reason)
        return table

    def geometry(self, level: Level) -> Geometries:
        """The polygons of a level."""
        name = LEVEL_FILES[Level.MUNICIPALITY if level in PLACE_LEVELS else level]
        table = self.table(name, geometry=True)
        if table.num_columns != 1:
            raise _damaged(self.folder / name, Message("it has no polygons"))
        return decoded(table[GEOMETRY]) if len(table) else np.empty(0, dtype=object)

    def content(self, name: str) -> bytes:
        """The bytes of a file, if they are those that the source row says."""
        path = self.folder / name
        if name not in self.rows:
            raise _damaged(self.folder / SOURCE_FILE, Message("it does not list {file}", file=name))
        try:
            content = path.read_bytes()
        except OSError as error:
            raise _damaged(path, Message("it is missing or cannot be opened")) from error
        if sha256(content) != self.rows[name].sha256:
            raise _damaged(path, Message("its checksum is not that of the source row"))
        return content


def _damaged(path: Path, reason: Message) -> DatasetError:
    message = Message(
        "The dataset is damaged: “{path}”: {reason}. Fetch the dataset again, or build it with “make data”.",
        path=path,
        reason=reason,
    )
    return DatasetError(message, value=str(path))
