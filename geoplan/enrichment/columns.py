"""The figures of a dataset's units as columns, and the table they are kept in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

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

    numbers: dict[str, FloatArray] = field(default_factory=dict)
    """(n,) by name, NaN where unknown."""
    texts: dict[str, list[str | None]] = field(default_factory=dict)

    @classmethod
    def empty(cls, count: int) -> "Columns":
        """Nothing known of ``count`` units."""
        return cls(
            numbers={name: np.full(count, np.nan) for name in NUMBER_COLUMNS},
            texts={name: [None] * count for name in TEXT_COLUMNS},
        )


def packed(table: pa.Table) -> bytes:
    """A table as the bytes of a Parquet file; equal tables become equal bytes."""
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", compression_level=9, write_statistics=False)
    return bytes(sink.getvalue())


def unpacked(content: bytes, name: str) -> pa.Table:
    """The table of a Parquet file.

    Raises
    ------
    DatasetError
        It is none.
    """
    try:
        return pq.read_table(pa.BufferReader(content))
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
            **{name: pa.array([texts[row] for row in at], pa.string()) for name, texts in columns.texts.items()},
        }
    )


def read_columns(extras: Extras, ids: Sequence[str]) -> Columns:
    """The columns for the units ``ids``; all unknown where the dataset has no figures.

    Raises
    ------
    DatasetError
        The table is damaged.
    """
    columns = Columns.empty(len(ids))
    if FIGURE_FILE not in extras:
        return columns
    table = unpacked(extras[FIGURE_FILE](), FIGURE_FILE)
    row_of = {one: row for row, one in enumerate(ids)}
    try:
        rows = [row_of[one] for one in table["id"].to_pylist()]
        for name in NUMBER_COLUMNS:
            values = table[name].to_pylist()
            columns.numbers[name][rows] = [np.nan if value is None else value for value in values]
        for name in TEXT_COLUMNS:
            for row, text in zip(rows, table[name].to_pylist(), strict=True):
                columns.texts[name][row] = text
    except (KeyError, ValueError, TypeError) as error:
        raise damaged(FIGURE_FILE) from error
    return columns
