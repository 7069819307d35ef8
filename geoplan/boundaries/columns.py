"""Which columns a dataset has on disk, and how they become the unit table and the borders again."""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geoplan.boundaries.dataset import Borders
from geoplan.boundaries.geoparquet import plain_numbers
from geoplan.units import PARENT_LEVELS, Level, UnitTable

_PARENT_COLUMNS = {level: level.value.replace("-", "_") for level in PARENT_LEVELS}


def unit_table(units: UnitTable, rows: NDArray[np.int64]) -> pa.Table:
    """The attributes of ``rows`` as a table."""
    at = rows.tolist()

    def texts(column: Sequence[str | None]) -> pa.Array:
        return pa.array([column[row] for row in at], pa.string())

    return pa.table(
        {
            "id": texts(units.ids),
            "name": texts(units.names),
            "designation": texts(units.designations),
            "level": texts([level.value for level in units.level]),
            "ars": texts(units.ars),
            **{name: texts(units.parent_ids[level]) for level, name in _PARENT_COLUMNS.items()},
            "population": pa.array(units.population[rows], pa.int32(), from_pandas=True),
            "population_source": texts(units.population_source),
            "area_km2": units.area_km2[rows],
            "perimeter_km": units.perimeter_km[rows],
            "x": units.xy[rows, 0],
            "y": units.xy[rows, 1],
            "longitude": units.longitude[rows],
            "latitude": units.latitude[rows],
        }
    )


def read_units(table: pa.Table) -> UnitTable:
    """The unit table of all levels' tables, one below the other."""
    texts = {
        field.name: table[field.name].to_pylist() for field in table.schema if pa.types.is_string(field.type)
    }
    by_value = {level.value: level for level in Level}
    level = np.empty(len(table), dtype=object)
    level[:] = [by_value[value] for value in texts["level"]]
    return UnitTable(
        ids=texts["id"],
        names=texts["name"],
        designations=texts["designation"],
        level=level,
        ars=texts["ars"],
        parent_ids={parent: texts[name] for parent, name in _PARENT_COLUMNS.items()},
        population=_numbers(table["population"]),
        population_source=texts["population_source"],
        area_km2=_numbers(table["area_km2"]),
        perimeter_km=_numbers(table["perimeter_km"]),
        xy=np.column_stack([_numbers(table["x"]), _numbers(table["y"])]),
        longitude=_numbers(table["longitude"]),
        latitude=_numbers(table["latitude"]),
    )


def _numbers(column: pa.ChunkedArray) -> NDArray[np.float64]:
    if column.null_count:
        return np.array(
            [np.nan if value is None else value for value in column.to_pylist()], dtype=np.float64
        )
    return plain_numbers(column.combine_chunks()).astype(np.float64)


def border_table(ids: Sequence[str], borders: Borders) -> pa.Table:
    """One row per pair that borders on land, through water, or both; 0 m where it does not."""
    pairs, row = np.unique(np.concatenate([borders.pairs, borders.water_pairs]), axis=0, return_inverse=True)
    length_m = np.zeros((2, len(pairs)))
    length_m[0, row[: len(borders.pairs)]] = borders.border_m
    length_m[1, row[len(borders.pairs) :]] = borders.water_border_m
    return pa.table(
        {
            "unit": pa.array([ids[unit] for unit in pairs[:, 0].tolist()], pa.string()),
            "neighbour": pa.array([ids[unit] for unit in pairs[:, 1].tolist()], pa.string()),
            "border_m": length_m[0],
            "water_border_m": length_m[1],
        }
    )


def read_borders(table: pa.Table, ids: Sequence[str]) -> Borders:
    """The borders of a table that :func:`border_table` made; ``KeyError`` for an unknown unit."""
    row_by_id = {unit_id: row for row, unit_id in enumerate(ids)}
    pairs = np.array(
        [[row_by_id[unit] for unit in table[name].to_pylist()] for name in ("unit", "neighbour")],
        dtype=np.int64,
    ).T.reshape(-1, 2)
    land, water = _numbers(table["border_m"]), _numbers(table["water_border_m"])
    return Borders(
        pairs=pairs[land > 0],
        border_m=land[land > 0],
        water_pairs=pairs[water > 0],
        water_border_m=water[water > 0],
    )
