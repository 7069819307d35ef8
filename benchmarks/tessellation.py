"""Countries that do not exist: tessellations of any size, the same for the same seed, made a row at a time.

Municipalities are bricks of 5.6 km whose corners are moved and whose sides are drawn with five vertices
each, so neighbours share wiggly borders and three meet at a corner, as in real boundaries. There is sea with
islands in it; one unit in fifty has an exclave, one in a hundred is holed by another; one vertical border in
three hundred has a vertex on one side only; and of one unit in five hundred all vertices differ by
nanometres from those of its neighbours.

``python -m benchmarks.tessellation UNITS FOLDER`` writes one as partitioned GeoParquet.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely
from numpy.typing import NDArray

Geometries = NDArray[np.object_]
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

CELL_M = 5600.0
SEED = 8
INNER = 5
"""Vertices between the corners of a side."""
CORNER_MOVE, SIDE_MOVE = 0.14, 0.08
"""Shares of a cell that corners move, and vertices of a side."""
SEA_BLOCK, SEA_SHARE, ISLAND_SHARE = 9, 0.05, 0.12
EXCLAVE_SHARE, ENCLAVE_SHARE, UNEVEN_SHARE = 0.02, 0.01, 0.003
EXCLAVE_STEP = 3
NOISY_SHARE, NOISE_M = 0.002, 2e-9
CRS = "EPSG:3035"
PARTITION_UNITS = 20_000

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_MIX = np.uint64(0xD6E8FEB86659FD93)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """The units of one row of cells, from west to east."""

    geometry: Geometries
    number: int
    column: Ints
    """The cell of each unit in its row."""


def dice(seed: int, *numbers: Ints | int) -> Floats:
    """A number from 0 to 1 for each combination of whole numbers, always the same one."""
    mixed = np.array(seed, np.uint64)
    with np.errstate(over="ignore"):
        for number in numbers:
            mixed = (mixed ^ np.asarray(number, np.int64).view(np.uint64)) * _SPREAD
            mixed = (mixed ^ (mixed >> np.uint64(32))) * _MIX
            mixed ^= mixed >> np.uint64(29)
    return np.asarray(mixed >> np.uint64(11)) / 2.0**53


def side_of(units: int) -> int:
    """So many rows and columns make at least so many units."""
    return int(np.ceil(np.sqrt(units * 1.08))) + 2


def rows_of(units: int, seed: int = SEED) -> Iterator[Row]:
    """The rows of a square country of ``units`` units."""
    side, left = side_of(units), units
    for number in range(side):
        row = _row(number, side, seed)
        if left <= len(row.geometry):
            yield Row(geometry=row.geometry[:left], number=number, column=row.column[:left])
            return
        left -= len(row.geometry)
        yield row


def _row(number: int, side: int, seed: int) -> Row:
    column = np.arange(side)
    rings = shapely.linearrings(_outlines(number, side, seed))
    lot = dice(seed, 11, number, column)
    there = _is_land(number, column, seed)
    given = there & (lot < EXCLAVE_SHARE) & (column >= EXCLAVE_STEP)
    owner = column - EXCLAVE_STEP
    given &= there[owner] & ~given[owner]
    holed = there & ~given & (lot > 1 - ENCLAVE_SHARE)
    hole = shapely.linearrings(_holes(number, column[holed], seed))
    cells = np.array(shapely.polygons(rings), dtype=object)
    cells[holed] = shapely.polygons(rings[holed], holes=hole[:, None])
    for place in np.flatnonzero(given).tolist():
        cells[owner[place]] = shapely.multipolygons([*shapely.get_parts(cells[owner[place]]), cells[place]])
    kept = column[there & ~given]
    inside = np.array(shapely.polygons(hole), dtype=object)
    order = np.argsort(np.concatenate([kept, column[holed]]), kind="stable")
    return Row(
        geometry=np.concatenate([cells[kept], inside])[order], number=number,
        column=np.concatenate([kept, column[holed]])[order],
    )  # fmt: skip


def _is_land(number: int, column: Ints, seed: int) -> NDArray[np.bool_]:
    sea = dice(seed, 12, number // SEA_BLOCK, column // SEA_BLOCK) < SEA_SHARE
    return ~sea | (dice(seed, 13, number, column) < ISLAND_SHARE)


def _corners(line: int, places: Ints, seed: int) -> Floats:
    """(…, 2) corners on a line between rows; two to a cell."""
    x = places / 2 + CORNER_MOVE * (dice(seed, 1, line, places) - 0.5)
    y = line + CORNER_MOVE * 2 * (dice(seed, 2, line, places) - 0.5)
    return np.stack([x, y], axis=-1) * CELL_M


def _side(ends: tuple[Floats, Floats], kind: int, line: int, places: Ints, seed: int) -> Floats:
    """(n, inner + 1, 2) the vertices of sides with their start and without their end."""
    start, end = ends
    step = np.arange(1, INNER + 1)
    across = (end - start)[:, None, ::-1] * [1.0, -1.0]
    move = SIDE_MOVE * (dice(seed, 3 + kind, line, places[:, None], step) - 0.5)
    uneven = _is_uneven(line, places, seed) & (kind == 1)
    inner = start[:, None] + (end - start)[:, None] * (step / (INNER + 1))[:, None] + across * move[..., None]
    inner[uneven, 2] = (inner[uneven, 1] + inner[uneven, 3]) / 2
    return np.concatenate([start[:, None], inner], axis=1)


def _is_uneven(line: int, places: Ints, seed: int) -> NDArray[np.bool_]:
    return dice(seed, 7, line, places) < UNEVEN_SHARE


def _outlines(number: int, side: int, seed: int) -> Floats:
    """(side, v, 2) closed outlines of the bricks of a row; every other row is moved by half a brick."""
    first = 2 * np.arange(side) + number % 2
    low, high = ([_corners(line, first + step, seed) for step in range(3)] for line in (number, number + 1))

    def along(corners: list[Floats], line: int, step: int) -> Floats:
        return _side((corners[step], corners[step + 1]), 0, line, first + step, seed)

    def up(step: int) -> Floats:
        return _side((low[step], high[step]), 1, number, first + step, seed)

    def back(vertices: Floats, end: Floats) -> Floats:
        return np.concatenate([end[:, None], vertices[:, :0:-1]], axis=1)

    west = up(0)
    uneven = _is_uneven(number, first, seed)
    west[uneven, 3] = west[uneven, 2]  # the vertex in the middle is on the other side only
    outline = np.concatenate(
        [
            along(low, number, 0), along(low, number, 1), up(2),
            back(along(high, number + 1, 1), high[2]), back(along(high, number + 1, 0), high[1]),
            back(west, high[0]),
        ],
        axis=1,
    )  # fmt: skip
    noisy = dice(seed, 14, number, first) < NOISY_SHARE
    noise = np.random.default_rng([seed, number]).uniform(-NOISE_M, NOISE_M, outline.shape)
    outline[noisy] += noise[noisy]
    return np.concatenate([outline, outline[:, :1]], axis=1)


def _holes(number: int, column: Ints, seed: int) -> Floats:
    """(n, 13, 2) closed rings in the middle of cells."""
    angle = np.linspace(0, 2 * np.pi, 12, endpoint=False)
    radius = 0.12 + 0.1 * dice(seed, 9, number, column[:, None], np.arange(12))
    middle = np.column_stack([column + 0.5 + (number % 2) / 2, np.full(len(column), number + 0.5)])
    ring = middle[:, None] + radius[..., None] * np.stack([np.cos(angle), np.sin(angle)], axis=-1)
    return np.concatenate([ring, ring[:, :1]], axis=1) * CELL_M


def write(folder: Path, batches: Iterator[Geometries], crs: str = CRS) -> dict[str, int]:
    """Write polygons as GeoParquet partitions; returns how many units and vertices there are."""
    import pyproj  # noqa: PLC0415 - the processes that measure have no use for it

    folder.mkdir(parents=True, exist_ok=True)
    column = {"encoding": "WKB", "geometry_types": [], "crs": pyproj.CRS(crs).to_json_dict()}
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    units = vertices = 0
    for number, geometry in enumerate(batches):
        table = pa.table({"geometry": pa.array(shapely.to_wkb(geometry), pa.binary())})
        pq.write_table(
            table.replace_schema_metadata({"geo": json.dumps(geo)}), folder / f"part-{number:05}.parquet"
        )
        units += len(geometry)
        vertices += int(shapely.get_num_coordinates(geometry).sum())
    return {"units": units, "vertices": vertices}


def batches_of(units: int, seed: int = SEED) -> Iterator[Geometries]:
    """The units of a country, some rows at a time."""
    kept: list[Geometries] = []
    for row in rows_of(units, seed):
        kept.append(row.geometry)
        if sum(map(len, kept)) >= PARTITION_UNITS:
            yield np.concatenate(kept)
            kept = []
    if kept:
        yield np.concatenate(kept)


def main() -> None:
    """Write a country."""
    print(json.dumps(write(Path(sys.argv[2]), batches_of(int(sys.argv[1])))))


if __name__ == "__main__":
    main()
