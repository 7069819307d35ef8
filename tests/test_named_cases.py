"""Places that tripped others up: islands, enclaves, exclaves, forests between, borders of states."""

import numpy as np
import pytest

from geoplan import suggest
from geoplan.errors import AmbiguousUnitError
from geoplan.suggestions import Role


def neighbours(atlas, unit):
    return {one.unit.name: one.border_km for one in atlas.neighbours(unit)}


def best(atlas, unit, count=5, **options):
    return [one.unit.name for one in suggest(atlas, unit, limit=count, **options).suggestions]


def flags(answer):
    return {flag.code for flag in answer.flags}


def test_helgoland_has_no_land_neighbour_and_still_gets_partners(atlas):
    assert neighbours(atlas, "Helgoland") == {}
    answer = suggest(atlas, "Helgoland")
    assert "no-land-neighbour" in flags(answer)
    assert answer.suggestions[0].unit.name == "Pinneberg"


def test_buesingen_lies_outside_germany(atlas):
    assert neighbours(atlas, "Büsingen am Hochrhein") == {}
    assert "Gailingen am Hochrhein" in best(atlas, "Büsingen am Hochrhein", 3, type="horizontal-rural")


def test_bremen_and_bremerhaven_border_at_the_port_only(atlas):
    """Two municipalities of one state, in two pieces; Bremen's port lies within Bremerhaven's."""
    assert neighbours(atlas, "04012000")["Bremen"] == pytest.approx(9.2, abs=0.1)
    assert len(atlas.hierarchy.members(atlas.row("04"), "county")) == 2


def test_a_municipality_inside_another_has_one_neighbour_along_its_whole_boundary(atlas):
    inner = atlas.unit("16076041")
    (outer,) = atlas.neighbours(inner.id)
    assert (inner.name, outer.unit.name) == ("Langenwolschendorf", "Zeulenroda-Triebes")
    assert outer.border_km == pytest.approx(inner.perimeter_km, rel=1e-6)


def test_the_forest_of_the_harz_breaks_no_path(atlas):
    """Sankt Andreasberg and Altenau do not border Ilsenburg; the unincorporated Harz lies between."""
    forest = atlas.row("03153504")
    around = [atlas.units.ids[row] for row in atlas.borders.neighbours(forest)[0].tolist()]
    towns = [one for one in around if atlas.units[one].level == "municipality"]
    asking = next(one for one in towns if one.startswith("03153"))
    answer = suggest(atlas, asking, type="horizontal-rural", limit=60)
    codes = {one.unit.id: [flag.code for flag in one.flags] for one in answer.suggestions}
    assert any("unincorporated-area-between" in codes[one] for one in around if one in codes)
    assert all(atlas.units[one].level != "unincorporated-area" for one in codes)


def test_a_municipality_in_a_lake_reaches_the_shore_over_the_lake(atlas):
    """Chiemsee is islands; the lake around is unincorporated."""
    assert list(neighbours(atlas, "09187123")) == ["Chiemsee (See)"]
    answer = suggest(atlas, "09187123", type="horizontal-rural")
    codes = {flag.code for one in answer.suggestions for flag in one.flags}
    assert "unincorporated-area-between" in codes


def test_a_border_between_states_is_crossed_and_flagged(atlas):
    """Berlin and Brandenburg."""
    answer = suggest(atlas, "Berlin", type="urban-rural")
    assert {one.unit.state for one in answer.suggestions} == {"12"}
    assert all("state-border" in [flag.code for flag in one.flags] for one in answer.suggestions)
    assert all(one.role == Role.HINTERLAND for one in answer.suggestions)


def test_berlin_has_no_county_above_it(atlas):
    answer = suggest(atlas, "11000000", type="vertical")
    assert "county-free" in flags(answer)
    assert {one.role for one in answer.suggestions} == {Role.PARTNER}
    assert "Potsdam-Mittelmark" in [one.unit.name for one in answer.suggestions]


def test_region_hannover_coordinates_the_city_of_hannover_too(atlas):
    answer = suggest(atlas, "Hannover", type="vertical")
    assert "county-free" not in flags(answer)
    coordinators = [one.unit.name for one in answer.suggestions if one.role == Role.COORDINATOR]
    assert coordinators == ["Region Hannover"]


def test_the_city_of_aachen_belongs_to_its_staedteregion(atlas):
    answer = suggest(atlas, "05334002", type="vertical")
    coordinators = [one.unit.name for one in answer.suggestions if one.role == Role.COORDINATOR]
    assert coordinators == ["Städteregion Aachen"]


def test_reichenau_borders_on_land_what_it_borders_on_land(atlas):
    """Its water parts are no land; the island is joined to Konstanz by its causeway and mainland parts."""
    assert set(neighbours(atlas, "Reichenau")) == {"Allensbach", "Konstanz", "Radolfzell am Bodensee"}


def test_neustadt_is_many(atlas):
    with pytest.raises(AmbiguousUnitError) as caught:
        atlas.unit("Neustadt")
    assert len(caught.value.nearest) >= 5
    assert atlas.unit("Neustadt (Hessen)").state == "06"


def test_a_village_in_a_state_border_valley_finds_partners_on_both_sides(atlas):
    answer = suggest(atlas, "Sonneberg", type="horizontal-rural", limit=20)
    assert {"09", "16"} <= {one.unit.state for one in answer.suggestions}


def test_a_metropolitan_region_borders_others_and_shares_members(atlas):
    names = best(atlas, "mr-frankfurtrheinmain", 3, type="horizontal-metropolitan")
    assert names[0] == "Metropolregion Rhein-Neckar", "Worms and Bergstraße are members of both"


def test_all_counties_of_a_state_add_up_to_it(atlas):
    state = atlas.row("09")
    counties = atlas.hierarchy.members(state, "county")
    area = atlas.units.area_km2
    assert len(counties) == 96
    assert np.isclose(area[counties].sum(), area[state], rtol=1e-6)
