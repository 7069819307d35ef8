"""A small world written as a dataset, so that the doors are tried from the file to the answer."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pyproj
import pytest
import shapely
from starlette.testclient import TestClient

from geoplan import Atlas, Level, load_atlas
from geoplan.adjacency import build_adjacency
from geoplan.boundaries.canonical import write_canonical
from geoplan.boundaries.dataset import Borders, BoundaryDataset
from geoplan.boundaries.source import SourceRow, read_source
from geoplan.provenance import Provenance
from geoplan.units import UnitTable
from geoplan_api import Settings, create_app

CRS = "EPSG:25832"
SIDE_M = 5000.0
WEST, SOUTH = 500_000.0, 5_700_000.0
PLACES = {
    # key: name, column, row, inhabitants
    "01099001": ("Altdorf", 0, 0, 8000),
    "01099002": ("Neudorf", 1, 0, 3000),
    "01099003": ("Köthel", 0, 1, 2500),
    "01099901": ("Forst Tal", 1, 1, None),
    "02099001": ("Bergheim", 2, 0, 24000),
    "02099002": ("Neudorf", 2, 1, None),
}
COUNTIES = {"01099": "Talkreis", "02099": "Höhen"}
STATES = {"01": "Nordland", "02": "Südland"}
ABOVE = [*COUNTIES, *STATES]


def _level(key: str) -> Level:
    if len(key) == 8:
        return Level.UNINCORPORATED_AREA if key.endswith("901") else Level.MUNICIPALITY
    return Level.COUNTY if key in COUNTIES else Level.STATE


def _units(shapes: dict[str, shapely.Geometry]) -> UnitTable:
    ids = [*PLACES, *ABOVE]
    names = [place[0] for place in PLACES.values()] + [*COUNTIES.values(), *STATES.values()]
    population = [place[3] for place in PLACES.values()] + [None] * len(ABOVE)
    points = shapely.get_coordinates(shapely.point_on_surface([shapes[key] for key in ids]))
    longitude, latitude = pyproj.Transformer.from_crs(CRS, "EPSG:4326", always_xy=True).transform(*points.T)
    level = np.empty(len(ids), dtype=object)
    level[:] = [_level(key) for key in ids]
    designations = {Level.COUNTY: "Landkreis", Level.STATE: "Land", Level.UNINCORPORATED_AREA: "Gebiet"}
    return UnitTable(
        ids=ids, names=names, designations=[designations.get(one, "Gemeinde") for one in level.tolist()],
        level=level, ars=[None] * len(ids),
        parent_ids={
            Level.ASSOCIATION: [None] * len(ids),
            Level.COUNTY: [*(key[:5] for key in PLACES), *[None] * len(ABOVE)],
            Level.GOVERNMENT_REGION: [None] * len(ids),
            Level.STATE: [*(key[:2] for key in [*PLACES, *COUNTIES]), *[None] * len(STATES)],
        },
        population=np.array([np.nan if count is None else count for count in population]),
        population_source=["made up"] * len(ids),
        area_km2=shapely.area([shapes[key] for key in ids]) / 1e6,
        perimeter_km=shapely.length([shapes[key] for key in ids]) / 1e3,
        xy=points, longitude=longitude, latitude=latitude,
    )  # fmt: skip


def _shapes() -> dict[str, shapely.Geometry]:
    shapes = {
        key: shapely.box(
            WEST + column * SIDE_M,
            SOUTH + row * SIDE_M,
            WEST + (column + 1) * SIDE_M,
            SOUTH + (row + 1) * SIDE_M,
        )
        for key, (_, column, row, _) in PLACES.items()
    }
    return shapes | {
        above: shapely.union_all([shapes[key] for key in PLACES if key.startswith(above)]) for above in ABOVE
    }


@pytest.fixture(scope="session")
def villages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset of five villages and a forest, each a square of 5 km, in two counties and two states::

    Köthel   Forst Tal | Neudorf
    Altdorf  Neudorf   | Bergheim
    """
    shapes = _shapes()
    adjacency = build_adjacency(np.array([shapes[key] for key in PLACES], dtype=object))
    provenance = Provenance(
        dataset="Villages", vintage="2026-01-01", licence="CC0", attribution="© nobody",
        attribution_url="https://example.org", population_source="made up", publisher="tests",
        country="DE", crs=CRS,
    )  # fmt: skip

    def read_geometry(level: Level) -> np.ndarray:
        keys = PLACES if level == Level.MUNICIPALITY else [key for key in ABOVE if _level(key) == level]
        return np.array([shapes[key] for key in keys], dtype=object)

    dataset = BoundaryDataset(
        units=_units(shapes), provenance=provenance, read_geometry=read_geometry,
        borders=Borders(
            pairs=adjacency.pairs, border_m=adjacency.border_m,
            water_pairs=np.empty((0, 2), np.int64), water_border_m=np.empty(0),
        ),
    )  # fmt: skip
    source = SourceRow(
        provenance=provenance, licence_url="https://example.org", retrieved="2026-01-01", source={},
        population={}, geometry="squares", files={},
    )  # fmt: skip
    folder = tmp_path_factory.mktemp("villages")
    write_canonical(folder, dataset, source, pyproj.CRS(CRS).to_json_dict())
    return folder


@pytest.fixture(scope="session")
def village_atlas(villages: Path) -> Atlas:
    return load_atlas(villages)


RENAMED = {"01099003": "Bad Köthel", "01099": "Seekreis"}
REKEYED = {"02099002": "02099009"}


@pytest.fixture
def later(villages, tmp_path):
    """The villages a year later: Köthel is a spa, one Neudorf has another key, the county another name."""
    return redrawn(villages, tmp_path / "later", "2027-01-01", REKEYED, RENAMED)


def redrawn(source, folder, vintage, rekeyed, renamed):
    """The dataset in ``source`` with other keys and names, as a dataset of its own in ``folder``."""
    dataset = load_atlas(source).dataset
    units = dataset.units
    ids = [rekeyed.get(key, key) for key in units.ids]
    names = [renamed.get(key, name) for key, name in zip(units.ids, units.names, strict=True)]
    fields = {name: getattr(units, name) for name in UnitTable.__dataclass_fields__}
    provenance = replace(dataset.provenance, vintage=vintage)
    read = {level: dataset.read_geometry(level) for level in Level if level in _kept(units)}
    changed = BoundaryDataset(
        units=UnitTable(**{**fields, "ids": ids, "names": names}), borders=dataset.borders,
        provenance=provenance, read_geometry=lambda level: read.get(level, dataset.read_geometry(level)),
    )  # fmt: skip
    crs = pyproj.CRS(provenance.crs).to_json_dict()
    write_canonical(folder, changed, read_source(source), crs)
    return folder


def _kept(units):
    return set(units.level.tolist()) - {Level.UNINCORPORATED_AREA}


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    names = (
        "PUBLIC_PLANS",
        "BASEMAP_URL",
        "BASEMAP_ATTRIBUTION",
        "DATA",
        "LANG",
        "COOPERATIONS",
        "CORS_ORIGINS",
        "PUBLIC_URL",
        "FRAME_ANCESTORS",
        "DEBUG",
        "DESK",
        "PLANS_URL",
        "FEATURES_URL",
    )
    for name in names:
        monkeypatch.delenv(f"GEOPLAN_{name}", raising=False)


@pytest.fixture(scope="session")
def client(atlas: Atlas):
    """The web application with the embedded dataset."""
    with TestClient(create_app(Settings(data=None), atlas=atlas)) as client:
        yield client


@pytest.fixture(scope="session")
def village_client(villages: Path):
    """The web application with the villages, loaded by the application itself."""
    with TestClient(create_app(Settings(data=str(villages)))) as client:
        yield client
