"""Polygons in GeoParquet files that are read a part at a time: one file, or a folder of partitions."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from geoplan.boundaries.dataset import Geometries
from geoplan.boundaries.geoparquet import decoded
from geoplan.boundaries.metric import metric_crs
from geoplan.boundaries.polygons import GEOPARQUET, GEOPARQUET_DEFAULT_CRS
from geoplan.errors import DatasetError, missing_file
from geoplan.messages import Message
from geoplan.nearest import nearest_values

BATCH_UNITS = 4096
"""Polygons that are read at a time: of municipalities at full resolution some 20 MB."""
_OWN_ENCODING = "multipolygon"
_NOT_READABLE = (pa.ArrowException, OSError, KeyError, TypeError, ValueError, shapely.errors.ShapelyError)


@dataclass(frozen=True, kw_only=True)
class Partition:
    """One file of polygons."""

    path: Path
    first_unit: int
    """The number of its first unit among those of all partitions."""

    @cached_property
    def count(self) -> int:
        """How many units it has."""
        return int(self._file.metadata.num_rows)

    @cached_property
    def _file(self) -> Any:
        try:
            return pq.ParquetFile(self.path)
        except (pa.ArrowException, OSError) as error:
            raise _unreadable(self.path) from error

    @cached_property
    def _geometry(self) -> tuple[str, dict[str, Any]]:
        """The name of the column of polygons, and what the file says of it."""
        try:
            geo = json.loads((self._file.schema_arrow.metadata or {})[b"geo"])
            return geo["primary_column"], geo["columns"][geo["primary_column"]]
        except _NOT_READABLE as error:
            raise _unreadable(self.path) from error

    @property
    def crs(self) -> str:
        """The CRS of its polygons: authority and code where the file says them, else as it has it."""
        crs = self._geometry[1].get("crs", GEOPARQUET_DEFAULT_CRS)
        if not isinstance(crs, dict):
            return str(crs)
        known = crs.get("id")
        return f"{known['authority']}:{known['code']}" if known else json.dumps(crs)

    @property
    def columns(self) -> list[str]:
        """The names of the columns."""
        return list(self._file.schema_arrow.names)

    def batches(self) -> Iterator[Geometries]:
        """Its polygons, some at a time.

        Raises
        ------
        DatasetError
            They cannot be read.
        """
        name, described = self._geometry
        try:
            for batch in self._file.iter_batches(batch_size=BATCH_UNITS, columns=[name]):
                column = batch.column(0)
                if described["encoding"] == _OWN_ENCODING:
                    # A batch is a window on a longer column; what is taken out of it begins at its own start.
                    whole = column.take(pa.array(np.arange(len(column))))
                    yield decoded(pa.chunked_array([whole]))
                else:
                    yield np.asarray(shapely.from_wkb(column.to_numpy(zero_copy_only=False)), dtype=object)
        except _NOT_READABLE as error:
            raise _unreadable(self.path) from error

    def polygons(self) -> Geometries:
        """All its polygons; errors as in :meth:`batches`."""
        return np.concatenate([np.empty(0, dtype=object), *self.batches()])

    def texts(self, name: str) -> list[str]:
        """A column as texts.

        Raises
        ------
        DatasetError
            There is none; names the nearest.
        """
        if name not in self.columns:
            message = Message("“{path}” has no column “{column}”.", path=self.path, column=name)
            raise DatasetError(message, value=name, nearest=nearest_values(name, self.columns))
        return [str(value) for value in self._file.read(columns=[name])[name].to_pylist()]


def partitions(source: Path) -> list[Partition]:
    """The partitions of ``source``, a GeoParquet file or a folder of such, by name; nothing is read yet.

    Raises
    ------
    MissingFileError
        There is no such file or folder.
    DatasetError
        It has no GeoParquet, or the CRS is not one in metres.
    """
    if not source.exists():
        raise missing_file(source)
    paths = sorted(source.rglob("*")) if source.is_dir() else [source]
    found: list[Partition] = []
    first_unit = 0
    for path in paths:
        if source.is_dir() and path.suffix.lower() not in GEOPARQUET:
            continue
        part = Partition(path=path, first_unit=first_unit)
        _check_crs(part, found)
        first_unit += part.count
        found.append(part)
    if not found:
        message = Message("“{path}” has no GeoParquet files.", path=source)
        raise DatasetError(message, value=str(source))
    return found


def _check_crs(part: Partition, others: list[Partition]) -> None:
    """Refuse degrees, and partitions that do not lie in one plane."""
    metric_crs(part.crs, np.zeros(4), part.crs)
    if others and part.crs != others[0].crs:
        message = Message(
            "“{path}” has another CRS ({crs}) than the partitions before it ({other}).",
            path=part.path, crs=part.crs, other=others[0].crs,
        )  # fmt: skip
        raise DatasetError(message, value=str(part.path))


def read_partition(path: Path) -> Geometries:
    """The polygons of one partition, for whoever knows its path only; errors as in ``batches``."""
    return Partition(path=path, first_unit=0).polygons()


def _unreadable(path: Path) -> DatasetError:
    message = Message("“{path}” cannot be read: {reason}.", path=path, reason=Message("it is no GeoParquet"))
    return DatasetError(message, value=str(path))
