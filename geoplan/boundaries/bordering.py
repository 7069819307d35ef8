"""The table of borders of polygons in GeoParquet, by the engine that their size asks for."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from geoplan.adjacency import Adjacency, build_adjacency
from geoplan.adjacency.dask import Part, connected, dask_adjacency
from geoplan.adjacency.streaming import Budget, stream_adjacency
from geoplan.boundaries.columns import border_table
from geoplan.boundaries.dataset import Borders
from geoplan.boundaries.partitions import Partition, partitions, read_partition

ID_COLUMN = "id"
DEFAULT_MEMORY_BYTES = 4 * 10**9


class Engine(StrEnum):
    """Where the relational plan runs."""

    MEMORY = "memory"
    """All at once in this process."""
    STREAM = "stream"
    """In this process, with DuckDB, within a budget of memory."""
    DASK = "dask"
    """On the workers of a Dask cluster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineChoice:
    """An engine and its settings."""

    engine: Engine = Engine.MEMORY
    budget: Budget = field(default_factory=lambda: Budget(memory_bytes=DEFAULT_MEMORY_BYTES))
    """For ``stream``."""
    scheduler: str = ""
    """For ``dask``: the address of the scheduler. Its workers have to see the source under the same path."""


def build_borders(source: Path, choice: EngineChoice) -> Adjacency:
    """The borders of a GeoParquet file or a folder of partitions; units are numbered in the order of files.

    Raises
    ------
    MissingFileError
        There is no such file.
    DatasetError
        The source cannot be read, or is not in metres.
    InvalidValueError
        A setting of the engine, or a polygon that is none.
    ModuleNotFoundError
        The engine is not installed (the extra ``scale``).
    """
    parts = partitions(source)
    match choice.engine:
        case Engine.STREAM:
            return stream_adjacency((batch for part in parts for batch in part.batches()), choice.budget)
        case Engine.DASK:
            with connected(choice.scheduler) as client:
                return dask_adjacency([_for_workers(part) for part in parts], client)
    return build_adjacency(np.concatenate([part.polygons() for part in parts]))


def _for_workers(part: Partition) -> Part:
    load = partial(read_partition, part.path.resolve())
    return Part(load=load, first_unit=part.first_unit, count=part.count)


def unit_ids(source: Path, column: str | None) -> list[str]:
    """The ids of the units: of ``column``, of the column ``id`` where there is one, else their numbers.

    Raises
    ------
    DatasetError
        There is no such column.
    """
    parts = partitions(source)
    if column is None and not all(ID_COLUMN in part.columns for part in parts):
        return [str(number) for number in range(sum(part.count for part in parts))]
    return [value for part in parts for value in part.texts(column or ID_COLUMN)]


def border_file(ids: Sequence[str], found: Adjacency) -> bytes:
    """The borders as Parquet, with the columns of a dataset; pairs that touch in points only have 0 m."""
    contacts = found.point_pairs
    borders = Borders(
        pairs=found.pairs, border_m=found.border_m,
        water_pairs=contacts, water_border_m=np.zeros(len(contacts)),
    )  # fmt: skip
    sink = pa.BufferOutputStream()
    pq.write_table(border_table(ids, borders), sink, compression="zstd")
    return bytes(sink.getvalue())
