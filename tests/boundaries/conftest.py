"""A made-up county by a lake, drawn in kilometres, and what it takes to write it to disk.

::

    1   A  B  b  C         A  a city of its own county        b  the part of the lake that belongs to B
    0   A  U  c  C   C     B, C  an association               c  the part of the lake that belongs to C
        0  1  2  3  4  5   U  an unincorporated area

C has an exclave to the east and no neighbour on land.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import CRS

from geoplan.boundaries.assemble import assemble
from geoplan.boundaries.canonical import write_canonical
from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.boundaries.german import METRIC_CRS, KeyedFeatures, german_names, german_places
from geoplan.boundaries.raw import RawBoundaries
from geoplan.boundaries.source import SourceRow
from geoplan.provenance import Provenance
from geoplan.units import Level

EAST, NORTH, CELL_M = 500_000, 5_700_000, 1000

LAND, WATER = 4, 2
FEATURES = [  # name, ARS, designation, GF, cells (column, row)
    ("Aburg", "051110000000", "Stadt", LAND, [(0, 0), (0, 1)]),
    ("Bedorf", "052225001001", "Gemeinde", LAND, [(1, 1)]),
    ("Bedorf", "052225001001", "Gemeinde", WATER, [(2, 1)]),
    ("Ceheim", "052225001002", "Gemeinde", WATER, [(2, 0)]),
    ("Ceheim", "052225001002", "Gemeinde", LAND, [(3, 0), (3, 1)]),
    ("Ceheim", "052225001002", "Gemeinde", LAND, [(5, 0)]),
    ("Uhwald", "052229999999", "Gemeindefreies Gebiet", LAND, [(1, 0)]),
]
PARENTS = {  # level: key, name, designation
    Level.ASSOCIATION: [
        ("051110000", "Aburg", "Stadt"),
        ("052225001", "Amt Seeufer", "Amt"),
        ("052229999", "Uhwald", "Gemeindefreies Gebiet"),
    ],
    Level.COUNTY: [("05111", "Aburg", "Kreisfreie Stadt"), ("05222", "Seekreis", "Landkreis")],
    Level.GOVERNMENT_REGION: [("052", "Osten", "Regierungsbezirk")],
    Level.STATE: [("05", "Muster", "Land")],
}
PROVENANCE = Provenance(
    dataset="Made up",
    vintage="2020-01-01",
    licence="CC0-1.0",
    attribution="nobody",
    attribution_url="https://example.org",
    population_source="counted by hand",
    publisher="nobody",
    country="DE",
    crs=METRIC_CRS,
)
SOURCE = SourceRow(
    provenance=PROVENANCE,
    licence_url="https://example.org/licence",
    retrieved="2020-02-02",
    source={"package": "none"},
    population={},
    geometry="as drawn",
    files={},
)


def cells(*places: tuple[int, int]) -> shapely.Geometry:
    """Square kilometres of the drawing, as one area."""
    squares = [
        shapely.box(
            EAST + CELL_M * column,
            NORTH + CELL_M * row,
            EAST + CELL_M * (column + 1),
            NORTH + CELL_M * (row + 1),
        )
        for column, row in places
    ]
    return shapely.union_all(squares)


def keyed(rows: list[tuple[str, str, str]], area_codes: list[int] | None = None) -> KeyedFeatures:
    """Columns from rows of key, name and designation."""
    return KeyedFeatures(
        keys=[key for key, _, _ in rows],
        names=[name for _, name, _ in rows],
        designations=[designation for _, _, designation in rows],
        area_codes=np.array(area_codes or [LAND] * len(rows)),
    )


def draw(**population: float) -> RawBoundaries:
    """The world as a reader hands it over, with the inhabitants of some municipalities."""
    columns = keyed(
        [(ars, name, designation) for name, ars, designation, _, _ in FEATURES],
        [code for _, _, _, code, _ in FEATURES],
    )
    geometry = np.array([cells(*places) for *_, places in FEATURES], dtype=object)
    figures = np.array([population.get(name, np.nan) for name, *_ in FEATURES])
    return RawBoundaries(
        places=german_places(columns, geometry, figures),
        parents={level: german_names(level, keyed(rows)) for level, rows in PARENTS.items()},
        crs=METRIC_CRS,
    )


@pytest.fixture(scope="session")
def raw_world() -> Callable[..., RawBoundaries]:
    """Draw the world: ``raw_world(Aburg=5000)``."""
    return draw


@pytest.fixture(scope="session")
def provenance() -> Provenance:
    return PROVENANCE


@pytest.fixture(scope="session")
def source() -> SourceRow:
    return SOURCE


@pytest.fixture(scope="session")
def world() -> BoundaryDataset:
    return assemble(draw(Aburg=5000, Bedorf=300), PROVENANCE)


@pytest.fixture(scope="session")
def projjson() -> dict:
    return CRS.from_user_input(METRIC_CRS).to_json_dict()


@pytest.fixture
def folder(tmp_path: Path, world: BoundaryDataset, projjson: dict) -> Path:
    """The world on disk, in canonical form."""
    write_canonical(tmp_path / "world", world, SOURCE, projjson)
    return tmp_path / "world"
