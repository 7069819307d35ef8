import numpy as np
import pytest

from geoplan.adjacency.graph import BorderGraph
from geoplan.metropolitan import load_regions, with_metropolitan_regions
from geoplan.units import Level

HBGW = "mr-hannover-braunschweig-goettingen-wolfsburg"


@pytest.fixture
def germany(counties, all_members):
    return with_metropolitan_regions(counties(all_members), "DE")


def test_rows_are_appended_sorted_by_id(counties, all_members, germany):
    before, (units, regions) = counties(all_members), germany
    assert units.ids[: len(before)] == before.ids
    assert units.ids[len(before) :] == sorted(load_regions().regions)
    assert units.rows_of(Level.METROPOLITAN_REGION).tolist() == sorted(regions.members)
    assert regions.missing == {}


def test_every_column_has_a_value_for_every_row(germany):
    units, _ = germany
    columns = [
        units.names,
        units.designations,
        units.level,
        units.ars,
        units.population,
        units.population_source,
        units.area_km2,
        units.perimeter_km,
        units.xy,
        units.longitude,
        units.latitude,
        *units.parent_ids.values(),
    ]
    assert {len(column) for column in columns} == {len(units)}


def test_a_region_is_a_unit(germany):
    units, regions = germany
    row = units.row("mr-stuttgart")
    unit, members = units.at(row), regions.members[row]
    assert unit.name == "Metropolregion Stuttgart"
    assert unit.designation == "Europäische Metropolregion"
    assert unit.level is Level.METROPOLITAN_REGION
    assert (unit.ars, unit.association, unit.county, unit.government_region, unit.state) == (None,) * 5
    assert unit.population == units.population[members].sum()
    assert unit.population_source == "made up"
    assert unit.area_km2 == units.area_km2[members].sum()
    assert unit.perimeter_km is None
    assert (unit.longitude, unit.latitude) == tuple(units.xy[units.row("08111")])


def test_mark_and_source_of_a_region(germany):
    units, regions = germany
    row = units.row("mr-stuttgart")
    assert regions.mark(row) == "V"
    assert regions.source(row).startswith("https://region-stuttgart.de/")
    assert regions.mark(units.row(HBGW)) == "C"


def test_mark_of_a_member(germany):
    units, regions = germany
    region = units.row("mr-mitteldeutschland")
    assert regions.membership(region, units.row("14730")).mark == "U"
    assert regions.membership(region, units.row("14713")).mark == "V"
    with pytest.raises(KeyError):
        regions.membership(region, units.row("09162"))


def test_worms_is_in_two_regions(germany):
    units, regions = germany
    both = [units.ids[row] for row in regions.regions_of(units.row("07319"))]
    assert both == ["mr-frankfurt-rhein-main", "mr-rhein-neckar"]


def test_perimeter_from_the_county_borders(counties):
    units = counties(["08111", "08115", "08116", "08117", "08118", "08119"])
    pairs = np.array([[1, 2], [2, 3]])
    borders = BorderGraph.from_pairs(len(units), pairs, np.array([2000.0, 3000.0]))
    table, _ = with_metropolitan_regions(units, "DE", county_borders=borders)
    assert table["mr-stuttgart"].perimeter_km == pytest.approx(units.perimeter_km[1:].sum() - 2 * 5)


def test_an_unknown_population_makes_that_of_the_region_unknown(counties, all_members):
    units = counties(all_members)
    units.population[units.row("08111")] = np.nan
    table, _ = with_metropolitan_regions(units, "DE")
    assert table["mr-stuttgart"].population is None
    assert table["mr-nuernberg"].population is not None


@pytest.mark.parametrize("country", ["AT", None])
def test_other_countries_have_none(counties, all_members, country):
    units = counties(all_members)
    table, regions = with_metropolitan_regions(units, country)
    assert table is units
    assert regions.members == {}


def test_no_member_no_region(counties):
    units = counties(["05570", "09780"])
    table, regions = with_metropolitan_regions(units, "DE")
    assert table is units
    assert regions.members == {}


def test_a_municipality_with_the_key_of_a_county_is_no_member(counties):
    units = counties(["08115"])
    units.level[1] = Level.MUNICIPALITY
    assert with_metropolitan_regions(units, "DE")[0] is units


def test_members_that_the_dataset_lacks_are_reported(counties):
    table, regions = with_metropolitan_regions(counties(["08115", "08116"]), "DE")
    row = table.row("mr-stuttgart")
    assert regions.members[row].tolist() == [1, 2]
    assert regions.missing == {"mr-stuttgart": ("08111", "08117", "08118", "08119")}
    assert table.at(row).population is None
    assert tuple(table.xy[row]) == (1.5, -1.5)  # the core is unknown: the mean of those that are


def test_an_older_vintage_has_the_parts_of_a_merged_county(counties, all_members):
    older = sorted({*all_members, "03152", "03156"} - {"03159"})
    table, regions = with_metropolitan_regions(counties(older), "DE")
    row = table.row(HBGW)
    assert regions.missing == {}
    assert {table.ids[county] for county in regions.members[row]} >= {"03152", "03156"}
    assert len(regions.members[row]) == 19
    assert regions.membership(row, table.row("03156")).mark == "C"


def test_regions_of_the_embedded_dataset(atlas):
    regions, units = atlas.regions, atlas.units
    assert regions.missing == {}
    assert len(regions.members) == 12
    counted = {units.ids[row]: len(members) for row, members in regions.members.items()}
    assert counted["mr-nuernberg"] == 34
    assert counted[HBGW] in (18, 19)  # 19 before Göttingen and Osterode merged in November 2016


def test_neighbours_of_a_region_in_the_embedded_dataset(atlas):
    found = {near.unit.id for near in atlas.neighbours("mr-hamburg")}
    assert found == {"mr-berlin-brandenburg", HBGW, "mr-nordwest"}
