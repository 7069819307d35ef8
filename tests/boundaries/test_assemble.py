from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoplan.boundaries.assemble import assemble
from geoplan.boundaries.german import METRIC_CRS, KeyedFeatures, german_names, german_places
from geoplan.boundaries.raw import RawBoundaries
from geoplan.errors import DatasetError
from geoplan.units import PARENT_LEVELS, PLACE_LEVELS, Level

A, B, C, U = "05111000", "05222001", "05222002", "05222999"


def lengths(dataset, pairs, metres):
    ids = dataset.units.ids
    return {
        (ids[one], ids[other]): length
        for (one, other), length in zip(pairs.tolist(), metres.tolist(), strict=True)
    }


def test_places_come_first_then_the_levels_above_each_by_id(world):
    assert world.units.ids == [A, B, C, U, "052225001", "05111", "05222", "052", "05"]
    assert [level.value for level in world.units.level] == [
        "municipality", "municipality", "municipality", "unincorporated-area",
        "association", "county", "county", "government-region", "state",
    ]  # fmt: skip


def test_parents_are_units_of_the_dataset_only(world):
    parents = world.units.parent_ids
    assert parents[Level.ASSOCIATION][:4] == [None, "052225001", "052225001", None]
    assert parents[Level.COUNTY][:5] == ["05111", "05222", "05222", "05222", "05222"]
    assert parents[Level.GOVERNMENT_REGION][:4] == [None, "052", "052", "052"]
    assert parents[Level.STATE] == ["05"] * 8 + [None]


def test_no_unit_is_its_own_parent(world):
    for level in PARENT_LEVELS:
        assert all(
            parent != key for key, parent in zip(world.units.ids, world.units.parent_ids[level], strict=True)
        )


def test_borders_run_on_land(world):
    found = lengths(world, world.borders.pairs, world.borders.border_m)
    assert found == pytest.approx({(A, B): 1000, (A, U): 1000, (B, U): 1000})


def test_water_parts_add_borders_through_water_only(world):
    found = lengths(world, world.borders.water_pairs, world.borders.water_border_m)
    assert found == pytest.approx({(B, C): 2000, (C, U): 1000})


def test_the_geometry_of_a_unit_is_its_land_in_one_multipart_shape(world):
    land = world.read_geometry(Level.MUNICIPALITY)
    assert shapely.area(land).tolist() == [2e6, 1e6, 3e6, 1e6]
    assert shapely.get_num_geometries(land).tolist() == [1, 1, 2, 1]


def test_sizes_are_measured_and_added_up(world):
    units = world.units
    assert units.area_km2[:4] == pytest.approx([2, 1, 3, 1], rel=2e-3)
    assert units.perimeter_km[:4] == pytest.approx([6, 4, 10, 4])
    county = units["05222"]
    assert county.area_km2 == pytest.approx(units.area_km2[1:4].sum())
    assert county.perimeter_km == pytest.approx(16)


def test_points_lie_on_their_units(world):
    for level in (Level.MUNICIPALITY, *PARENT_LEVELS):
        rows = world.units.rows_of(*(PLACE_LEVELS if level == Level.MUNICIPALITY else (level,)))
        assert shapely.contains_xy(world.read_geometry(level), world.units.xy[rows]).all()
    assert world.units[A].longitude == pytest.approx(9.0, abs=0.05)
    assert world.units[A].latitude == pytest.approx(51.4, abs=0.1)


def test_population_above_is_the_sum_where_all_municipalities_are_known(raw_world, provenance):
    units = assemble(raw_world(Aburg=5000, Bedorf=300), provenance).units
    assert [units[key].population for key in (A, B, C, U, "05111", "05222", "05")] == [
        5000, 300, None, None, 5000, None, None,
    ]  # fmt: skip
    assert units[A].population_source == units["05111"].population_source == provenance.population_source
    assert units[C].population_source is None
    full = assemble(raw_world(Aburg=5000, Bedorf=300, Ceheim=20), provenance).units
    assert [full[key].population for key in ("052225001", "05222", "05")] == [320, 320, 5320]


def test_a_unit_that_is_all_water_keeps_its_water(raw_world, provenance):
    raw = raw_world()
    drowned = replace(
        raw, places=replace(raw.places, on_land=raw.places.on_land & (np.array(raw.places.ids) != U))
    )
    dataset = assemble(drowned, provenance)
    assert dataset.units[U].area_km2 == pytest.approx(1, rel=2e-3)


def test_a_level_without_names_has_no_units_and_is_nobodys_parent(raw_world, provenance):
    raw = raw_world()
    parents = {level: names for level, names in raw.parents.items() if level != Level.COUNTY}
    dataset = assemble(replace(raw, parents=parents), provenance)
    assert not len(dataset.units.rows_of(Level.COUNTY))
    assert set(dataset.units.parent_ids[Level.COUNTY]) == {None}
    assert not len(dataset.read_geometry(Level.COUNTY))


def test_features_without_area_are_passed_over(raw_world, provenance):
    raw = raw_world()
    geometry = raw.places.geometry.copy()
    geometry[-1] = None
    geometry[0] = shapely.Point(0, 0)
    assert assemble(replace(raw, places=replace(raw.places, geometry=geometry)), provenance).units.ids[
        :2
    ] == [B, C]
    geometry[:] = None
    with pytest.raises(DatasetError, match="no municipality with an area"):
        assemble(replace(raw, places=replace(raw.places, geometry=geometry)), provenance)


@st.composite
def countries(draw):
    """Square kilometres dealt out to municipalities, and municipalities to counties."""
    columns, rows = draw(st.integers(1, 5)), draw(st.integers(1, 5))
    owner = draw(st.lists(st.integers(0, 6), min_size=columns * rows, max_size=columns * rows))
    county = draw(st.lists(st.integers(1, 3), min_size=7, max_size=7))
    squares = [(number % columns, number // columns, who) for number, who in enumerate(owner)]
    return squares, county


@pytest.mark.property
@given(country=countries())
def test_levels_above_are_the_union_of_their_places(provenance, country):
    squares, county = country
    columns = KeyedFeatures(
        keys=[f"0500{county[who]}0000{who:03d}" for _, _, who in squares],
        names=[f"place {who}" for _, _, who in squares],
        designations=["Gemeinde"] * len(squares),
        area_codes=np.full(len(squares), 4),
    )
    east, north = (np.array([square[axis] for square in squares]) * 1000 for axis in (0, 1))
    corner = 500_000 + east, 5_700_000 + north
    geometry = shapely.box(*corner, corner[0] + 1000, corner[1] + 1000)
    names = german_names(Level.COUNTY, columns)
    raw = RawBoundaries(
        places=german_places(columns, geometry), parents={Level.COUNTY: names}, crs=METRIC_CRS
    )
    dataset = assemble(raw, provenance)
    units, counties = dataset.units, dataset.read_geometry(Level.COUNTY)
    places = units.rows_of(*PLACE_LEVELS)
    above = units.rows_of(Level.COUNTY)
    assert len(places) == len({who for *_, who in squares})
    assert units.area_km2[above].sum() == pytest.approx(units.area_km2[places].sum())
    assert units.perimeter_km[above] == pytest.approx(shapely.length(counties) / 1000)
    assert shapely.is_valid(counties).all()
    assert shapely.area(counties).sum() == pytest.approx(1e6 * len(squares))
