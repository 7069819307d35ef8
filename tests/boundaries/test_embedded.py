"""What holds of the embedded dataset, all of Germany."""

from itertools import pairwise

import numpy as np
import pytest
import shapely

from geoplan.adjacency import BorderGraph, build_adjacency
from geoplan.boundaries.canonical import LEVEL_FILES
from geoplan.boundaries.catalogue import EMBEDDED, known_datasets, load_dataset
from geoplan.boundaries.geonames import POPULATION_SOURCE
from geoplan.boundaries.source import read_source, sha256
from geoplan.hierarchy import Hierarchy
from geoplan.keys import ags_from_ars, is_unincorporated
from geoplan.units import PARENT_LEVELS, PLACE_LEVELS, Level

FOLDER = known_datasets()[EMBEDDED]
LIMIT_BYTES = 8_000_000


@pytest.fixture(scope="module")
def germany():
    return load_dataset()


@pytest.fixture(scope="module")
def units(germany):
    return germany.units


@pytest.fixture(scope="module")
def places(units):
    return units.rows_of(*PLACE_LEVELS)


@pytest.fixture(scope="module")
def polygons(germany):
    return germany.read_geometry(Level.MUNICIPALITY)


def test_the_units_are_those_of_2016(units):
    counts = {level.value: len(units.rows_of(level)) for level in Level if len(units.rows_of(level))}
    assert counts == {
        "municipality": 11_084, "unincorporated-area": 215, "association": 1_268,
        "county": 402, "government-region": 19, "state": 16,
    }  # fmt: skip


def test_the_borders_are_those_that_geos_finds(germany):
    assert len(germany.borders.pairs) == pytest.approx(33_178, abs=33)
    assert germany.borders.border_m.sum() / 1000 == pytest.approx(168_880, rel=1e-3)


def test_thirty_pairs_border_through_water_only(germany):
    land = set(map(tuple, germany.borders.pairs.tolist()))
    assert len(set(map(tuple, germany.borders.water_pairs.tolist())) - land) == 30


def test_it_is_small_enough_to_be_embedded():
    assert sum(file.stat().st_size for file in FOLDER.iterdir()) <= LIMIT_BYTES


def test_the_source_row_is_complete_and_its_checksums_right():
    row = read_source(FOLDER)
    assert row.provenance.to_dict() == {
        "dataset": "VG250",
        "vintage": "2016-01-01",
        "licence": "GeoNutzV",
        "attribution": "© GeoBasis-DE / BKG 2016 (Daten verändert)",
        "attribution_url": "https://www.bkg.bund.de",
        "population_source": POPULATION_SOURCE,
        "publisher": "Bundesamt für Kartographie und Geodäsie (BKG)",
        "country": "DE",
        "crs": "EPSG:25832",
    }
    assert row.licence_url.startswith("https://")
    assert len(row.source["sha256"]) == 64
    assert row.population["licence"] == "CC-BY-4.0"
    assert set(row.files) == {file.name for file in FOLDER.glob("*.parquet")}
    assert all(file.sha256 == sha256((FOLDER / name).read_bytes()) for name, file in row.files.items())


def test_every_place_has_one_county_and_one_state(units, places):
    hierarchy = Hierarchy.from_ids(units.ids, units.level, units.parent_ids)
    for level in (Level.COUNTY, Level.STATE):
        parents = hierarchy.parent[level][places]
        assert (parents >= 0).all()
        assert (units.level[parents] == level).all()


def test_keys_names_and_levels_agree(units, places):
    for row in places.tolist():
        unit = units.at(row)
        assert unit.id == ags_from_ars(unit.ars)
        assert unit.county == unit.id[:5]
        assert unit.state == unit.id[:2]
        assert is_unincorporated(unit.ars) == (unit.level == Level.UNINCORPORATED_AREA)
        assert unit.name == unit.name.strip() != ""


def test_rows_are_sorted_as_the_unit_table_promises(units, places):
    assert places.tolist() == list(range(11_299))
    assert units.ids[:11_299] == sorted(units.ids[:11_299])
    assert len(set(units.ids)) == len(units.ids)


def test_the_areas_of_the_children_add_up(units, places):
    hierarchy = Hierarchy.from_ids(units.ids, units.level, units.parent_ids)
    assert units.area_km2[places].sum() == pytest.approx(357_170, rel=2e-3)
    for level in PARENT_LEVELS:
        parents = hierarchy.parent[level][places]
        summed = np.bincount(
            parents[parents >= 0], units.area_km2[places][parents >= 0], minlength=len(units)
        )
        above = units.rows_of(level)
        assert units.area_km2[above] == pytest.approx(summed[above])
        assert units.area_km2[above].min() > 0


def test_the_named_cases_are_there(units):
    assert units["05570044"].name == "Telgte"
    assert units["01056025"].name == "Helgoland"
    assert units["08335015"].name.startswith("Büsingen")
    assert units["05570044"].association is None
    assert units["05570044"].government_region == "055"
    assert units["03241"].name == "Region Hannover"
    assert sum(name.startswith("Neustadt") for name in units.names) >= 20


def test_population_is_an_estimate_and_never_zero(units):
    municipalities = units.rows_of(Level.MUNICIPALITY)
    known = ~np.isnan(units.population[municipalities])
    assert 9_000 <= known.sum() <= 9_500
    assert units.population[municipalities][known].min() > 0
    assert np.isnan(units.population[units.rows_of(Level.UNINCORPORATED_AREA)]).all()
    assert {source for source in units.population_source if source} == {POPULATION_SOURCE}
    assert [source is not None for source in units.population_source] == (
        ~np.isnan(units.population)
    ).tolist()
    assert units["05515000"].population == units["05515"].population == pytest.approx(310_000, rel=0.05)


def test_borders_are_not_longer_than_the_units_they_go_round(germany, units):
    graph = BorderGraph.from_pairs(len(units), germany.borders.pairs, germany.borders.border_m)
    places = len(units.rows_of(*PLACE_LEVELS))
    assert (graph.shared_border_m[:places] <= units.perimeter_km[:places] * 1000 + 1).all()


def test_points_lie_on_their_units(germany, units, polygons, places):
    on_surface = shapely.contains_xy(polygons, units.xy[places])
    assert on_surface.mean() > 0.999
    away = shapely.distance(polygons[~on_surface], shapely.points(units.xy[places][~on_surface]))
    assert (away < 50).all()


@pytest.mark.slow
def test_generalised_polygons_are_a_coverage_that_keeps_every_pair(germany, polygons):
    assert shapely.is_valid(polygons).all()
    assert shapely.coverage_is_valid(polygons)
    assert np.array_equal(build_adjacency(polygons).pairs, germany.borders.pairs)


@pytest.mark.slow
def test_generalised_areas_are_the_measured_ones(units, polygons, places):
    # A metre in UTM 32N is up to 1.8 per mille longer than on the ground at the edges of Germany.
    share = shapely.area(polygons) / 1e6 / units.area_km2[places]
    assert np.quantile(np.abs(share - 1), 0.99) < 0.01
    assert shapely.area(polygons).sum() / 1e6 == pytest.approx(units.area_km2[places].sum(), rel=1e-3)


@pytest.mark.slow
def test_lines_of_the_levels_above_are_lines_of_the_municipalities(germany, units, polygons):
    lines = {tuple(sorted(pair)) for pair in _segments(polygons)}
    for level in (Level.COUNTY, Level.STATE):
        above = germany.read_geometry(level)
        assert shapely.coverage_is_valid(above)
        assert {tuple(sorted(pair)) for pair in _segments(above)} <= lines
        assert len(above) == len(units.rows_of(level))


def _segments(geometry):
    for ring in shapely.get_rings(geometry):
        yield from pairwise(map(tuple, shapely.get_coordinates(ring).tolist()))


def test_geopandas_reads_every_level():
    geopandas = pytest.importorskip("geopandas", reason="geopandas is not installed (extra “notebook”)")
    frame = geopandas.read_parquet(FOLDER / LEVEL_FILES[Level.STATE])
    assert frame.crs.to_epsg() == 25832
    assert len(frame) == 16
    assert frame.is_valid.all()
