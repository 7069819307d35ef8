"""A small world of squares to found networks in."""

import numpy as np
import pytest
import shapely

from geoplan import Atlas, Level
from geoplan.adjacency import build_adjacency
from geoplan.boundaries.dataset import Borders, BoundaryDataset
from geoplan.provenance import Provenance
from geoplan.units import PARENT_LEVELS, UnitTable

SIDE_M = 1000.0
WIDTH, HEIGHT = 6, 3
FOREST = "m9"
"""The square in column 3 of the middle row belongs to no municipality."""
STATE_OF_COLUMN = ("05", "05", "06", "06", "16", "16")


def _key(number: int) -> str:
    return f"m{number}"


def _units() -> UnitTable:
    places = list(range(WIDTH * HEIGHT))
    states = sorted(set(STATE_OF_COLUMN))
    counties = [f"{state}c" for state in states]
    associations = ["a0"]  # squares 0 and 6
    ids = [*map(_key, places), *associations, *counties, *states]
    column = [STATE_OF_COLUMN[number % WIDTH] for number in places]
    level = [Level.UNINCORPORATED_AREA if _key(number) == FOREST else Level.MUNICIPALITY for number in places]
    level += [Level.ASSOCIATION, *[Level.COUNTY] * 3, *[Level.STATE] * 3]
    nothing: list[str | None] = [None] * len(ids)
    parents: dict[Level, list[str | None]] = {
        Level.ASSOCIATION: ["a0" if number in (0, 6) else None for number in places] + [None] * 7,
        Level.COUNTY: [*(f"{state}c" for state in column), "05c", *[None] * 6],
        Level.GOVERNMENT_REGION: nothing,
        Level.STATE: [*column, "05", *states, *[None] * 3],
    }
    count = [float(len(places) // len(states))] * len(states)
    centre = shapely.get_coordinates(shapely.centroid([_box(number) for number in places]))
    above = np.array([[(2 * place + 1) * SIDE_M, 1500.0] for place in range(len(states))])
    xy = np.concatenate([centre, centre[[0]], above, above])
    population = np.array([1000.0 * (number + 1) for number in places])
    population[places.index(9)] = np.nan
    area = np.array([1.0] * len(places) + [2.0, *count, *count])
    perimeter = np.array([4.0] * len(places) + [6.0, *[10.0] * 6])
    return UnitTable(
        ids=ids, names=[f"Ort {one}" for one in ids], designations=["Gemeinde"] * len(ids),
        level=np.array(level, dtype=object), ars=[None] * len(ids),
        parent_ids={kind: parents[kind] for kind in PARENT_LEVELS},
        population=np.concatenate([population, np.full(7, np.nan)]), population_source=["counted"] * len(ids),
        area_km2=area, perimeter_km=perimeter, xy=xy, longitude=xy[:, 0], latitude=xy[:, 1],
    )  # fmt: skip


def _box(number: int) -> shapely.Polygon:
    x, y = number % WIDTH * SIDE_M, number // WIDTH * SIDE_M
    return shapely.box(x, y, x + SIDE_M, y + SIDE_M)


@pytest.fixture(scope="session")
def squares() -> Atlas:
    """Squares of 1 km; m9 is a forest without a municipality, m0 and m6 form an association::

    m12 m13 | m14 m15 | m16 m17
     m6  m7 |  m8 (9) | m10 m11
     m0  m1 |  m2  m3 |  m4  m5      states 05 | 06 | 16
    """
    boxes = np.array([_box(number) for number in range(WIDTH * HEIGHT)])
    adjacency = build_adjacency(boxes)
    provenance = Provenance(
        dataset="squares", vintage="2026-01-01", licence="CC0", attribution="made up",
        attribution_url="about:blank", population_source=None, publisher="tests", country="DE",
        crs="EPSG:25832",
    )  # fmt: skip
    none = np.empty((0, 2), np.int64)
    return Atlas.from_dataset(
        BoundaryDataset(
            units=_units(), provenance=provenance, read_geometry=lambda level: boxes,
            borders=Borders(
                pairs=adjacency.pairs, border_m=adjacency.border_m,
                water_pairs=none, water_border_m=np.empty(0),
            ),
        )
    )  # fmt: skip
