"""Made-up countries drawn with letters: each letter is a municipality, each place of the drawing 5 × 5 km."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pyproj
import pytest
import shapely

from geoplan import Atlas, Level
from geoplan.boundaries.assemble import assemble
from geoplan.boundaries.raw import RawBoundaries, RawNames, RawPlaces
from geoplan.provenance import Provenance
from geoplan.units import PARENT_LEVELS

SIDE_M = 5000.0
WEST, SOUTH = 500_000.0, 5_700_000.0
CRS = "EPSG:25832"
Draw = Callable[..., Atlas]


def wavy(amplitude_m: float) -> Callable[[np.ndarray], np.ndarray]:
    """Move every point by up to ``amplitude_m``, the same point always by the same: another drawing."""

    def move(xy: np.ndarray) -> np.ndarray:
        return xy + amplitude_m * np.sin(xy[:, ::-1] / 170.0)

    return move


def outlines(rows: Sequence[str]) -> dict[str, shapely.Geometry]:
    """The area of each letter; "." is no land. The last row is the south."""
    squares: dict[str, list[shapely.Geometry]] = {}
    for north, row in enumerate(reversed(rows)):
        for east, letter in enumerate(row):
            if letter != ".":
                x, y = WEST + east * SIDE_M, SOUTH + north * SIDE_M
                squares.setdefault(letter, []).append(shapely.box(x, y, x + SIDE_M, y + SIDE_M))
    return {letter: shapely.union_all(boxes) for letter, boxes in sorted(squares.items())}


def draw_atlas(
    *rows: str,
    ids: Mapping[str, str] | None = None,
    names: Mapping[str, str] | None = None,
    counties: Mapping[str, str] | None = None,
    population: Mapping[str, float] | None = None,
    vintage: str = "2020-01-01",
    moved_m: float = 0.0,
) -> Atlas:
    """An atlas of the drawing; ids and names are the letters, ``counties`` has that of each letter."""
    shapes = outlines(rows)
    letters = list(shapes)
    ids, names, counties = ids or {}, names or {}, counties or {}
    geometry = np.array(list(shapes.values()), dtype=object)
    if moved_m:
        geometry = shapely.transform(shapely.segmentize(geometry, 100.0), wavy(moved_m))
    above: dict[Level, list[str | None]] = {level: [None] * len(letters) for level in PARENT_LEVELS}
    above[Level.COUNTY] = [counties.get(letter) for letter in letters]
    found = sorted({county for county in above[Level.COUNTY] if county})
    raw = RawBoundaries(
        places=RawPlaces(
            ids=[ids.get(letter, letter) for letter in letters],
            names=[names.get(letter, f"Ort {letter}") for letter in letters],
            designations=["Gemeinde"] * len(letters), levels=[Level.MUNICIPALITY] * len(letters),
            ars=[None] * len(letters), parent_ids=above, on_land=np.ones(len(letters), dtype=bool),
            geometry=geometry,
            population=np.array([(population or {}).get(letter, np.nan) for letter in letters]),
        ),
        parents={
            Level.COUNTY: RawNames(
                ids=found, names=[f"Kreis {county}" for county in found],
                designations=["Landkreis"] * len(found), ars=[None] * len(found),
            )
        },
        crs=CRS,
    )  # fmt: skip
    provenance = Provenance(
        dataset="drawing", vintage=vintage, licence="CC0-1.0", attribution="nobody",
        attribution_url="about:blank", population_source=None, publisher="tests", country=None, crs=CRS,
    )  # fmt: skip
    return Atlas.from_dataset(assemble(raw, provenance))


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Draw an atlas: ``draw("AAB", "ACB")``."""
    return draw_atlas


@pytest.fixture(scope="session")
def reprojected() -> Callable[[Atlas, str], Atlas]:
    """The same atlas in another CRS."""

    def reproject(atlas: Atlas, crs: str) -> Atlas:
        transform = pyproj.Transformer.from_crs(CRS, crs, always_xy=True).transform
        dataset = atlas.dataset

        def read(level: Level) -> np.ndarray:
            return shapely.transform(
                dataset.read_geometry(level), lambda xy: np.column_stack(transform(xy[:, 0], xy[:, 1]))
            )

        moved = replace(dataset, read_geometry=read, provenance=replace(dataset.provenance, crs=crs))
        return Atlas.from_dataset(moved)

    return reproject
