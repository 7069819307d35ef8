"""A small world to suggest in."""

import numpy as np
import pytest
import shapely

from geoplan import Atlas, Level
from geoplan.adjacency import build_adjacency
from geoplan.boundaries.dataset import Borders, BoundaryDataset
from geoplan.provenance import Provenance
from geoplan.units import PARENT_LEVELS, UnitTable

SIDE_M = 5000.0
WIDTH, HEIGHT = 8, 4
#: Two counties west (c0, c1) in state s0, two east (c2, c3) in state s1; each is a block of 4 × 2 squares.
#: The south-west pair of squares of each county forms an association. Square 10 is the city; 12 is forest;
#: of 31 no population is known.
CITY, FOREST, UNCOUNTED = 10, 12, 31


def _county(number: int) -> str:
    return f"c{(number % WIDTH) // 4 * 2 + number // WIDTH // 2}"


def _association(number: int) -> str | None:
    column, row = number % WIDTH % 4, number // WIDTH % 2
    return f"a{_county(number)[1]}" if row == 0 and column < 2 else None


def _units() -> UnitTable:
    places = list(range(WIDTH * HEIGHT))
    counties = [f"c{number}" for number in range(4)]
    associations = [f"a{number}" for number in range(4)]
    ids = [f"m{number:02d}" for number in places] + associations + counties + ["s0", "s1"]
    level = [Level.UNINCORPORATED_AREA if number == FOREST else Level.MUNICIPALITY for number in places]
    level += [Level.ASSOCIATION] * 4 + [Level.COUNTY] * 4 + [Level.STATE] * 2
    boxes = np.array([_box(number) for number in places])
    centre = shapely.get_coordinates(shapely.centroid(boxes))
    county_of = [_county(number) for number in places]
    parents: dict[Level, list[str | None]] = {
        Level.ASSOCIATION: [_association(number) for number in places] + [None] * 10,
        Level.COUNTY: [*county_of, *(f"c{name[1]}" for name in associations), *[None] * 6],
        Level.GOVERNMENT_REGION: [None] * len(ids),
        Level.STATE: [f"s{int(name[1]) // 2}" for name in [*county_of, *counties, *counties]] + [None] * 2,
    }
    parents = {kind: parents[kind] for kind in PARENT_LEVELS}
    above = np.array([centre[[c == name for c in county_of]].mean(axis=0) for name in counties])
    xy = np.concatenate([centre, above, above, above[[0, 2]]])
    population = np.array([3000.0 + 200 * number for number in places])
    population[CITY], population[FOREST], population[UNCOUNTED] = 120_000.0, np.nan, np.nan
    counted = np.concatenate([population, np.full(10, np.nan)])
    designations = ["Gemeinde"] * len(places) + ["Verband"] * 4 + ["Landkreis"] * 4 + ["Land"] * 2
    return UnitTable(
        ids=ids, names=[f"Ort {name}" for name in ids], designations=designations,
        level=np.array(level, dtype=object), ars=[None] * len(ids), parent_ids=parents,
        population=counted, population_source=["made up"] * len(ids),
        area_km2=np.full(len(ids), 25.0), perimeter_km=np.full(len(ids), 20.0),
        xy=xy, longitude=xy[:, 0], latitude=xy[:, 1],
    )  # fmt: skip


def _box(number: int) -> shapely.Polygon:
    x, y = number % WIDTH * SIDE_M, number // WIDTH * SIDE_M
    return shapely.box(x, y, x + SIDE_M, y + SIDE_M)


@pytest.fixture(scope="session")
def grid() -> Atlas:
    """A grid of 8 × 4 squares of 5 km, numbered row by row from the south-west::

    24 25 26 27 | 28 29 30 31
    16 17 18 19 | 20 21 22 23     counties c1 | c3
    -----------------------------
     8  9 10 11 | 12 13 14 15     counties c0 | c2
     0  1  2  3 |  4  5  6  7     states   s0 | s1
    """
    boxes = np.array([_box(number) for number in range(WIDTH * HEIGHT)])
    adjacency = build_adjacency(boxes)
    none = np.empty((0, 2), np.int64)
    provenance = Provenance(
        dataset="grid", vintage="2026-01-01", licence="CC0",
        attribution="made up", attribution_url="about:blank",
        population_source=None, publisher="tests", country="DE", crs="EPSG:25832",
    )  # fmt: skip
    return Atlas.from_dataset(
        BoundaryDataset(
            units=_units(), provenance=provenance, read_geometry=lambda level: boxes,
            borders=Borders(
                pairs=adjacency.pairs, border_m=adjacency.border_m,
                water_pairs=none, water_border_m=np.empty(0),
            ),
        )
    )  # fmt: skip
