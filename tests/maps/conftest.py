"""A small country to draw: squares of 5 km in two states, and answers made by hand."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import shapely
from pyproj import Transformer

from geoplan.adjacency import build_adjacency
from geoplan.atlas import Atlas
from geoplan.boundaries.dataset import Borders, BoundaryDataset
from geoplan.messages import Message
from geoplan.provenance import Provenance
from geoplan.suggestions.result import (
    Contribution,
    CooperationType,
    Flag,
    Role,
    Severity,
    Suggestion,
    SuggestionList,
)
from geoplan.units import PARENT_LEVELS, Level, UnitTable

SIDE_M = 5000.0
WIDTH, HEIGHT = 6, 3
EAST_M, NORTH_M = 400_000.0, 5_750_000.0

HOSTILE = "</script><img src=x onerror=\"alert('1')\">{{ 7 * 7 }}{% raw %}&amp;${1}"
"""A name that breaks out of HTML, of scripts, of attributes and of templates where it is not escaped."""


def _box(number: int) -> shapely.Polygon:
    x, y = EAST_M + number % WIDTH * SIDE_M, NORTH_M + number // WIDTH * SIDE_M
    return shapely.box(x, y, x + SIDE_M, y + SIDE_M)


def _county_of(number: int) -> str:
    return ("01001", "01002", "02001")[number % WIDTH // 2]


PLACES = list(range(WIDTH * HEIGHT))
COUNTIES = ["01001", "01002", "02001"]
STATES = ["01", "02"]
PLACE_IDS = [f"{_county_of(number)}{number:03d}" for number in PLACES]


def _shapes() -> dict[Level, np.ndarray]:
    boxes = np.array([_box(number) for number in PLACES])
    counties = [shapely.union_all(boxes[[_county_of(n) == key for n in PLACES]]) for key in COUNTIES]
    states = [shapely.union_all(boxes[[_county_of(n)[:2] == key for n in PLACES]]) for key in STATES]
    return {Level.MUNICIPALITY: boxes, Level.COUNTY: np.array(counties), Level.STATE: np.array(states)}


def _units(shapes: dict[Level, np.ndarray], names: dict[str, str]) -> UnitTable:
    order = sorted(PLACES, key=lambda number: PLACE_IDS[number])
    ids = [PLACE_IDS[number] for number in order] + COUNTIES + STATES
    levels = [Level.MUNICIPALITY] * len(PLACES) + [Level.COUNTY] * 3 + [Level.STATE] * 2
    geometry = np.concatenate([shapes[Level.MUNICIPALITY][order], shapes[Level.COUNTY], shapes[Level.STATE]])
    shapes[Level.MUNICIPALITY] = shapes[Level.MUNICIPALITY][order]
    xy = shapely.get_coordinates(shapely.point_on_surface(geometry))
    longitude, latitude = Transformer.from_crs("EPSG:25832", "EPSG:4326", always_xy=True).transform(*xy.T)
    parents = {kind: [None] * len(ids) for kind in PARENT_LEVELS}
    parents[Level.COUNTY] = [key[:5] if len(key) == 8 else None for key in ids]
    parents[Level.STATE] = [key[:2] if len(key) > 2 else None for key in ids]
    population = np.array([1000.0 * (row + 1) if len(key) == 8 else np.nan for row, key in enumerate(ids)])
    population[3] = np.nan
    return UnitTable(
        ids=ids, names=[names.get(key, f"Ort {key}") for key in ids],
        designations=[{8: "Gemeinde", 5: "Landkreis", 2: "Land"}[len(key)] for key in ids],
        level=np.array(levels, dtype=object), ars=[None] * len(ids), parent_ids=parents,
        population=population, population_source=["Probe 2024"] * len(ids),
        area_km2=shapely.area(geometry) / 1e6, perimeter_km=shapely.length(geometry) / 1e3,
        xy=xy, longitude=longitude, latitude=latitude,
    )  # fmt: skip


def make_world(
    names: dict[str, str] | None = None, attribution_url: str = "https://example.org/source"
) -> Atlas:
    shapes = _shapes()
    units = _units(shapes, names or {})
    adjacency = build_adjacency(shapes[Level.MUNICIPALITY])
    none = np.empty((0, 2), dtype=np.int64)
    provenance = Provenance(
        dataset="Probe", vintage="2024-01-01", licence="dl-de/by-2-0", attribution="© Probe (2024)",
        attribution_url=attribution_url, population_source="Probe 2024", publisher="Probe", country=None,
        crs="EPSG:25832",
    )  # fmt: skip
    borders = Borders(
        pairs=adjacency.pairs, border_m=adjacency.border_m, water_pairs=none, water_border_m=np.empty(0)
    )
    return Atlas.from_dataset(
        BoundaryDataset(
            units=units, borders=borders, provenance=provenance,
            read_geometry=lambda level: shapes.get(level, np.empty(0, dtype=object)),
        )
    )  # fmt: skip


def _contributions(score: float, weight: float = 0.25) -> tuple[Contribution, ...]:
    shares = (0.4, 0.3, 0.2, 0.1)
    return tuple(
        Contribution(
            criterion=f"criterion_{number}", value=1000.5 * (number + 1), unit="km", weight=weight,
            contribution=score * share, explanation=Message("reason {x:n1}", x=1000.5 * (number + 1)),
        )
        for number, share in enumerate(shares)
    )  # fmt: skip


def make_answer(
    atlas: Atlas, *, partners: int = 1, suggestions: int = 5, service: str | None = None
) -> SuggestionList:
    units = [atlas.units.at(row) for row in range(1 + partners + suggestions)]
    flag = Flag(code="probe", severity=Severity.WARNING, text=Message("mind this"), source="§ 1")
    scores = [round(0.83 - 0.07 * number, 2) for number in range(suggestions)]
    found = [
        Suggestion(
            unit=unit,
            type=CooperationType.HORIZONTAL_RURAL,
            role=Role.PARTNER,
            score=score,
            contributions=_contributions(score),
            flags=() if place else (flag,),
        )
        for place, (unit, score) in enumerate(zip(units[1 + partners :], scores, strict=True))
    ]
    return SuggestionList(
        unit=units[0], partners=tuple(units[1 : 1 + partners]), type="any", service=service,
        suggestions=tuple(found), flags=(), data=atlas.provenance.to_dict(),
    )  # fmt: skip


@pytest.fixture(scope="session")
def world() -> Atlas:
    """Squares of 5 km, three rows of six::

    01001 01001 | 01002 01002 ‖ 02001 02001      | county border, ‖ state border
    """
    return make_world()


@pytest.fixture(scope="session")
def answer(world: Atlas) -> SuggestionList:
    """One partner on board, five suggestions from 0.83 down in steps of 0.07."""
    return make_answer(world)


@pytest.fixture(scope="session")
def hostile() -> str:
    return HOSTILE


@pytest.fixture(scope="session")
def hostile_world() -> Atlas:
    """The same world with every name an attack, and a source that links to a script."""
    return make_world(dict.fromkeys([*PLACE_IDS, *COUNTIES, *STATES], HOSTILE), "javascript:alert(1)")


@pytest.fixture(scope="session")
def ask() -> Callable[..., SuggestionList]:
    """An answer made by hand from the first units of a world."""
    return make_answer


@pytest.fixture(scope="session")
def without_levels() -> Callable[[Atlas, set[Level]], Atlas]:
    """A world whose dataset lacks some levels."""

    def remove(atlas: Atlas, missing: set[Level]) -> Atlas:
        kept = np.flatnonzero(~np.isin(atlas.units.level, list(missing)))
        columns = {
            name: [value[row] for row in kept] if isinstance(value, list) else value[kept]
            for name, value in vars(atlas.units).items()
            if isinstance(value, list | np.ndarray)
        }
        parents = {level: [ids[row] for row in kept] for level, ids in atlas.units.parent_ids.items()}
        units = UnitTable(**columns, parent_ids=parents)
        return Atlas.from_dataset(replace(atlas.dataset, units=units))

    return remove


@pytest.fixture
def golden() -> Callable[[str, str], None]:
    """Compare a text with a reviewed file; ``GEOPLAN_RENEW_GOLDEN=1`` writes it anew for the next review."""

    def compare(name: str, text: str) -> None:
        path = Path(__file__).parent / "golden" / name
        if os.environ.get("GEOPLAN_RENEW_GOLDEN"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare
