from dataclasses import replace

import pytest

from geoplan.provenance import source_name
from geoplan.suggestions.result import CooperationType, Role, Severity
from geoplan.units import Level
from geoplan_maps.wording import (
    ROLES,
    SEVERITIES,
    TYPES,
    county_name,
    day,
    population,
    state_name,
    unit_title,
)


def test_every_type_role_and_severity_has_a_name():
    assert set(TYPES) == {*CooperationType, "horizontal", "any"}
    assert set(ROLES) == set(Role)
    assert set(SEVERITIES) == set(Severity)


@pytest.mark.parametrize(
    ("iso_date", "lang", "written"),
    [("2024-01-01", "de", "01.01.2024"), ("2024-01-01", "en", "1 January 2024"), ("2016", "de", "2016")],
)
def test_dates(iso_date, lang, written):
    assert day(iso_date, lang) == written


def test_population_is_counted_or_said_to_be_unknown(world):
    unit = replace(world.unit("01001000"), population=19_389)
    assert population(world, unit, "de") == "19.389 Einwohner"
    guessed = replace(unit, population_source="GeoNames (estimate by place name)")
    assert population(world, guessed, "de") == "19.389 Einwohner (Schätzung)"
    assert population(world, replace(unit, population=None), "de") == "Einwohnerzahl unbekannt"


def test_known_sources_are_translated_and_others_left():
    assert source_name("GeoNames (estimate by place name)", "de") == "GeoNames (Schätzung nach Ortsnamen)"
    assert source_name("Statistik {x}", "de") == "Statistik {x}"
    assert source_name(None, "de") is None


@pytest.mark.parametrize(
    ("level", "designation", "name", "title"),
    [
        (Level.COUNTY, "Kreis", "Warendorf", "Kreis Warendorf"),
        (Level.COUNTY, "Landkreis", "Heidekreis", "Heidekreis"),
        (Level.COUNTY, "Landkreis", "Region Hannover", "Region Hannover"),
        (Level.COUNTY, "Kreisfreie Stadt", "Münster", "Münster"),
        (Level.ASSOCIATION, "Samtgemeinde", "Sögel", "Samtgemeinde Sögel"),
        (Level.MUNICIPALITY, "Stadt", "Telgte", "Telgte"),
        (Level.STATE, "Freistaat", "Bayern", "Bayern"),
    ],
)
def test_titles(world, level, designation, name, title):
    unit = replace(world.unit("01001"), level=level, designation=designation, name=name)
    assert unit_title(unit) == title


def test_parents_are_named_where_they_say_something(world):
    place, county, state = (world.unit(key) for key in ("01001000", "01001", "01"))
    assert county_name(world, place) == "Landkreis Ort 01001"
    assert county_name(world, county) is None
    assert county_name(world, replace(place, county="99999")) is None
    assert state_name(world, place) == "Ort 01"
    assert state_name(world, replace(state, state="01")) is None


def test_a_county_free_city_has_no_county_to_name(atlas):
    assert county_name(atlas, atlas.unit("05515000")) is None
