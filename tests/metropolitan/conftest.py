"""Tables of counties."""

from collections.abc import Callable, Iterable

import numpy as np
import pytest

from geoplan.metropolitan import load_regions
from geoplan.units import PARENT_LEVELS, Level, UnitTable

Counties = Callable[[Iterable[str]], UnitTable]


@pytest.fixture(scope="session")
def counties() -> Counties:
    """Make a table of one municipality and counties with these keys, in this order.

    The county in row r has 1000 × r inhabitants, r km², a perimeter of 10 × r km, and its point at (r, -r).
    """

    def make(keys: Iterable[str]) -> UnitTable:
        ids = ["05570044", *keys]
        rows = np.arange(len(ids), dtype=float)
        level = np.full(len(ids), Level.COUNTY, dtype=object)
        level[0] = Level.MUNICIPALITY
        return UnitTable(
            ids=ids, names=[f"Kreis {key}" for key in ids], designations=["Kreis"] * len(ids), level=level,
            ars=[None] * len(ids), parent_ids={kind: [None] * len(ids) for kind in PARENT_LEVELS},
            population=1000 * rows, population_source=["made up"] * len(ids),
            area_km2=rows, perimeter_km=10 * rows, xy=np.column_stack([rows, -rows]),
            longitude=rows, latitude=-rows,
        )  # fmt: skip

    return make


@pytest.fixture(scope="session")
def all_members() -> list[str]:
    """The keys of all counties that are members of a region, sorted."""
    return sorted({key for region in load_regions().regions.values() for key in region.members})
