"""A made-up country as a dataset: ``python -m benchmarks.country UNITS FOLDER``.

Units are those of ``benchmarks.tessellation``; 30 or so make a county, 25 counties a state, and in every
other county four neighbours each form an association. Inhabitants are drawn (log-normal, median 1,700).
Borders are measured on the outlines; the polygons of the dataset are boxes, since neither loading nor
suggesting reads them.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from benchmarks.tessellation import CRS, SEED, Ints, dice, rows_of
from geoplan.adjacency import build_adjacency
from geoplan.boundaries.canonical import write_canonical
from geoplan.boundaries.dataset import Borders, BoundaryDataset, Geometries
from geoplan.boundaries.source import SourceRow
from geoplan.provenance import Provenance
from geoplan.units import PARENT_LEVELS, Level, UnitTable

COUNTY, STATE_COUNTIES, ASSOCIATION = (5, 6), 5, 2
"""Rows and columns of cells in a county, of counties in a state (both ways), of cells in an association."""
MEDIAN, SIGMA = 1700.0, 1.2
LONGITUDE, LATITUDE, DEGREES_PER_M = 10.0, 50.0, 1e-6
"""Where the country would lie: degrees are made up, and nothing is measured in them."""
_OUTLINE = shapely.box(0, 0, 1, 1)


def units_of(count: int) -> tuple[UnitTable, Geometries]:
    """The unit table of a country, and the outlines of its places."""
    rows = list(rows_of(count))
    geometry = np.concatenate([row.geometry for row in rows])
    line = np.concatenate([np.full(len(row.geometry), row.number) for row in rows])
    column = np.concatenate([row.column for row in rows])
    county, state, association = _parents(line, column)
    above = {
        Level.ASSOCIATION: _distinct(association),
        Level.COUNTY: _distinct(county),
        Level.STATE: _distinct(state),
    }  # fmt: skip
    state_of = dict(zip(county, state, strict=True))
    county_of = dict(zip(association, county, strict=True))
    places = [f"m{number:07}" for number in range(len(geometry))]
    ids = [*places, *(name for names in above.values() for name in names)]
    level = np.empty(len(ids), dtype=object)
    level[:] = [Level.MUNICIPALITY] * len(places) + [kind for kind, names in above.items() for _ in names]
    none: list[str | None] = [None] * len(ids)
    associations, counties = above[Level.ASSOCIATION], above[Level.COUNTY]
    own = [county_of[name] for name in associations]
    parents = dict.fromkeys(PARENT_LEVELS, none) | {
        Level.ASSOCIATION: [*association, *none[len(places) :]],
        Level.COUNTY: [*county, *own, *none[len(places) + len(own) :]],
        Level.STATE: [
            *state, *(state_of[name] for name in own), *(state_of[name] for name in counties),
            *none[: len(above[Level.STATE])],
        ],
    }  # fmt: skip
    return _table(ids, level, parents, geometry, np.column_stack([line, column])), geometry


def _distinct(names: list[str | None]) -> list[str]:
    return sorted({name for name in names if name is not None})


def _parents(line: Ints, column: Ints) -> tuple[list[str], list[str], list[str | None]]:
    """The ids of the county, the state and the association of each place."""
    high, wide = line // COUNTY[0], column // COUNTY[1]
    county = [f"c{row:04}{place:04}" for row, place in zip(high.tolist(), wide.tolist(), strict=True)]
    state = [
        f"s{row:04}{place:04}"
        for row, place in zip(
            (high // STATE_COUNTIES).tolist(), (wide // STATE_COUNTIES).tolist(), strict=True
        )
    ]
    inner = (line % COUNTY[0]) // ASSOCIATION * COUNTY[1] + (column % COUNTY[1]) // ASSOCIATION
    association = [
        f"a{name[1:]}{number:02}" if (row + place) % 2 else None
        for name, number, row, place in zip(county, inner.tolist(), high.tolist(), wide.tolist(), strict=True)
    ]
    return county, state, association


def _table(
    ids: list[str], level: NDArray[np.object_], parents: dict[Level, list[str | None]], geometry: Geometries,
    cell: Ints,
) -> UnitTable:  # fmt: skip
    """The unit table; what lies above the places is the sum or the mean of what lies in it."""
    places, number = len(geometry), {name: row for row, name in enumerate(ids)}
    drawn = np.sqrt(-2 * np.log(dice(SEED, 21, *cell.T) + 1e-12)) * np.cos(
        2 * np.pi * dice(SEED, 22, *cell.T)
    )
    bounds = shapely.bounds(geometry)
    figures = np.zeros((len(ids), 6))
    figures[:places, 0] = np.rint(MEDIAN * np.exp(SIGMA * drawn))
    figures[:places, 1], figures[:places, 2] = shapely.area(geometry) / 1e6, shapely.length(geometry) / 1e3
    figures[:places, 3:5], figures[:places, 5] = (bounds[:, :2] + bounds[:, 2:]) / 2, 1
    for kind in (Level.ASSOCIATION, Level.COUNTY, Level.STATE):
        inside = [(row, number[name]) for row, name in enumerate(parents[kind][:places]) if name is not None]
        if inside:
            rows, above = np.array(inside).T
            np.add.at(figures, above, figures[rows])
    xy = figures[:, 3:5] / figures[:, 5:]
    return UnitTable(
        ids=ids, names=[f"Ort {name}" for name in ids], designations=["Gemeinde"] * len(ids), level=level,
        ars=[None] * len(ids), parent_ids=parents, population=figures[:, 0],
        population_source=["made up"] * len(ids), area_km2=figures[:, 1], perimeter_km=figures[:, 2], xy=xy,
        longitude=LONGITUDE + xy[:, 0] * DEGREES_PER_M, latitude=LATITUDE + xy[:, 1] * DEGREES_PER_M,
    )  # fmt: skip


def write_country(folder: Path, count: int) -> dict[str, int]:
    """Write the dataset of a country."""
    units, geometry = units_of(count)
    found = build_adjacency(geometry)
    none = np.empty((0, 2), np.int64)
    provenance = Provenance(
        dataset="made up", vintage="2026-01-01", licence="CC0", attribution="made up",
        attribution_url="about:blank",
        population_source="made up", publisher="benchmarks", country=None, crs=CRS,
    )  # fmt: skip
    dataset = BoundaryDataset(
        units=units, provenance=provenance,
        borders=Borders(
            pairs=found.pairs, border_m=found.border_m, water_pairs=none, water_border_m=np.empty(0)
        ),
        read_geometry=lambda level: np.full(len(units.rows_of(level)), _OUTLINE, dtype=object),
    )  # fmt: skip
    source = SourceRow(
        provenance=provenance, licence_url="about:blank", retrieved="2026-01-01", source={}, population={},
        geometry="boxes", files={},
    )  # fmt: skip
    write_canonical(folder, dataset, source, pyproj.CRS(CRS).to_json_dict())
    return {"units": count, "borders": len(found.pairs)}


def main() -> None:
    """Write a country."""
    print(json.dumps(write_country(Path(sys.argv[2]), int(sys.argv[1]))))


if __name__ == "__main__":
    main()
