"""The figures of a dataset's units as columns, and the table they are kept in."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from geoplan.boundaries.geoparquet import plain_numbers
from geoplan.errors import DatasetError
from geoplan.messages import Message

FloatArray = NDArray[np.float64]

FIGURE_FILE = "figures.parquet"
FLOW_FILE = "flows.parquet"
POSTCODE_FILE = "postcodes.parquet"
PROFILE_FILE = "profiles.parquet"
REGISTER_FILE = "cooperations.json"
REPORT_FILE = "join-reports.json"

NUMBER_COLUMNS = ("jobs", "degurba", "published_area_km2", "centre_longitude", "centre_latitude")
TEXT_COLUMNS = (
    "city_type", "city_type_name", "mittelbereich", "mittelbereich_name", "planning_region",
    "planning_region_name", "labour_market_region", "labour_market_region_name", "county_type",
    "county_type_name",
)  # fmt: skip

Extras = Mapping[str, Callable[[], bytes]]


@dataclass(frozen=True, kw_only=True)
class Columns:
    """Figures by the rows of the unit table."""

    numbers: dict[str, FloatArray]
    """(n,) by name, NaN where unknown."""
    texts: dict[str, list[str | None]]


def packed(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file; equal tables become equal bytes."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", compression_level=9, write_statistics=False)
    return bytes(sink.getvalue())


def unpacked(content: bytes, name: str, columns: Sequence[str] | None = None) -> pa.Table:
    """The table of a Parquet file, or some ``columns`` of it.

    Raises
    ------
    DatasetError
        It is none.
    """
    try:
        return pq.ParquetFile(pa.BufferReader(content)).read(columns=columns)
    except (pa.ArrowException, OSError) as error:
        raise damaged(name) from error


def damaged(name: str) -> DatasetError:
    """The error for a table of figures that does not fit the dataset it lies in."""
    message = Message("The figures “{file}” of the dataset are damaged. Enrich the dataset again.", file=name)
    return DatasetError(message, value=name)


def figure_table(ids: Sequence[str], columns: Columns) -> pa.Table:
    """The units of which anything is known, and what is known."""
    known = np.zeros(len(ids), dtype=np.bool_)
    for numbers in columns.numbers.values():
        known |= ~np.isnan(numbers)
    for texts in columns.texts.values():
        known |= np.array([text is not None for text in texts], dtype=np.bool_)
    rows = np.flatnonzero(known)
    at = rows.tolist()
    return pa.table(
        {
            "id": pa.array([ids[row] for row in at], pa.string()),
            **{
                name: pa.array(numbers[rows], pa.float64(), from_pandas=True)
                for name, numbers in columns.numbers.items()
            },
            **{
                name: pa.array([texts[row] for row in at], pa.string())
                for name, texts in columns.texts.items()
            },
        }
    )


def read_numbers(extras: Extras, ids: Sequence[str]) -> dict[str, FloatArray]:
    """The columns of numbers for the units ``ids``, NaN where the dataset has no figure.

    Raises
    ------
    DatasetError
        The table is damaged.
    """
    columns = {name: np.full(len(ids), np.nan) for name in NUMBER_COLUMNS}
    for rows, table in _figures(extras, ids, NUMBER_COLUMNS):
        for name in NUMBER_COLUMNS:
            columns[name][rows] = _known_numbers(table[name].combine_chunks())
    return columns


def _known_numbers(column: pa.Array) -> FloatArray:
    """A column as numbers, NaN for null; pyarrow's own ways to that would import pandas, half a second."""
    if not pa.types.is_float64(column.type):
        raise damaged(FIGURE_FILE)
    unknown = plain_numbers(column.is_null().cast(pa.uint8())).astype(np.bool_)
    values = np.frombuffer(column.buffers()[1], dtype=np.float64, offset=8 * column.offset, count=len(column))
    return np.where(unknown, np.nan, values)


def read_texts(extras: Extras, ids: Sequence[str]) -> dict[str, list[str | None]]:
    """The columns of texts, ``None`` where the dataset has none; errors as in :func:`read_numbers`."""
    columns: dict[str, list[str | None]] = {name: [None] * len(ids) for name in TEXT_COLUMNS}
    for rows, table in _figures(extras, ids, TEXT_COLUMNS):
        for name in TEXT_COLUMNS:
            for row, text in zip(rows, table[name].to_pylist(), strict=True):
                columns[name][row] = text
    return columns


def _figures(
    extras: Extras, ids: Sequence[str], names: Sequence[str]
) -> Iterator[tuple[list[int], pa.Table]]:
    """The table of figures and the rows of its units, where the dataset has one."""
    if FIGURE_FILE not in extras:
        return
    table = unpacked(extras[FIGURE_FILE](), FIGURE_FILE, columns=["id", *names])
    row_of = {one: row for row, one in enumerate(ids)}
    try:
        yield [row_of[one] for one in table["id"].to_pylist()], table
    except (KeyError, ValueError, TypeError, BufferError, pa.ArrowException) as error:
        raise damaged(FIGURE_FILE) from error
