"""A sum of inhabitants says how many municipalities it leaves out."""

from dataclasses import replace

import numpy as np
import pytest

from geoplan import check_network
from geoplan.networks.headcount import Headcount, headcount_of

COUNTY, UNKNOWN, KNOWN = "05c", "m1", ("m0", "m6", "m7", "m12", "m13")
"""The squares of a county; nobody knows who lives in the second."""


@pytest.fixture(scope="module")
def world(squares):
    return with_population(squares, UNKNOWN, np.nan)


def with_population(atlas, unit, count):
    population = atlas.units.population.copy()
    population[atlas.row(unit)] = count
    return replace(atlas, units=replace(atlas.units, population=population))


def test_a_county_with_an_unknown_municipality_has_at_least_the_others(world):
    count = headcount_of(world, world.unit(COUNTY))
    known = sum(world.unit(one).population for one in KNOWN)
    assert (count.known, count.unknown, count.total) == (known, 1, None)
    assert count.text.text("de").endswith(" Einwohner (von einer Gemeinde unbekannt)")
    assert count.text.text("de").startswith("mindestens ")


def test_a_network_counts_everybody_once_and_says_who_is_missing(world):
    both = check_network(world, [COUNTY, KNOWN[0]], service="waste")
    assert both.headcount == headcount_of(world, world.unit(COUNTY))
    said = both.to_dict("en")
    assert said["population"] is None
    assert said["population_at_least"] == both.headcount.known
    assert said["population_unknown_for"] == 1


def test_where_all_are_known_it_is_their_sum(squares):
    network = check_network(squares, ["m0", "m1"], service="waste")
    assert network.population == 3000
    assert network.headcount.text.text("de") == "3.000 Einwohner"


@pytest.mark.parametrize(
    ("count", "text", "short"),
    [
        (Headcount(known=1234, unknown=0), "1.234 Einwohner", "1.234"),
        (Headcount(known=1234, unknown=0, estimate=True), "1.234 Einwohner (Schätzung)", "1.234"),
        (
            Headcount(known=1234, unknown=3),
            "mindestens 1.234 Einwohner (von 3 Gemeinden unbekannt)",
            "mind. 1.234 (3 unbekannt)",
        ),
        (
            Headcount(known=1234, unknown=1, estimate=True),
            "mindestens 1.234 Einwohner (Schätzung; von einer Gemeinde unbekannt)",
            "mind. 1.234 (1 unbekannt)",
        ),
        (Headcount(known=0, unknown=1), "Einwohnerzahl unbekannt", "–"),
    ],
)
def test_in_german(count, text, short):
    assert count.text.text("de") == text
    assert count.short.text("de") == short


def test_an_own_number_goes_before_a_sum(world):
    counted = with_population(world, COUNTY, 99_999)
    assert headcount_of(counted, counted.unit(COUNTY)) == Headcount(known=99_999, unknown=0)
