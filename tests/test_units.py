"""What units are called, alone and beside one another."""

from dataclasses import replace

import pytest

from geoplan.units import titles_beside

COUNTY, TOWN, OTHER = "05570", "05570052", "05570044"


def test_a_town_says_so_beside_the_county_that_is_called_like_it(atlas):
    county, town, other = (atlas.unit(one) for one in (COUNTY, TOWN, OTHER))
    beside = titles_beside([town, other, county])
    assert [beside(one) for one in (county, town, other)] == [
        "Kreis Warendorf",
        "Warendorf (Stadt)",
        "Telgte",
    ]
    assert titles_beside([town, other])(town) == "Warendorf"


@pytest.mark.parametrize("county", ["05515", "09162"])
def test_a_city_that_is_its_own_county_is_called_as_ever(atlas, county):
    city = atlas.unit(county)
    town = atlas.unit(f"{county}000")
    assert titles_beside([city, town])(town) == town.title


def test_without_a_designation_the_name_has_to_do(atlas):
    town = replace(atlas.unit(TOWN), designation="")
    assert titles_beside([atlas.unit(COUNTY), town])(town) == "Warendorf"
