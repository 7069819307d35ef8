"""Covering an area: everybody in a network, or the reason why not."""

import numpy as np
import pytest

from geoplan import InvalidValueError
from geoplan.networks import cover
from geoplan.networks.contiguity import passable_neighbours, pieces


def check(atlas, found, low, high):
    members = [unit.id for network in found.networks for unit in network.members]
    left = [one.unit.id for one in found.left_over]
    assert len(members) == len(set(members))
    assert not set(members) & set(left)
    for network in found.networks:
        assert low <= len(network.members) <= high
        rows = np.array([atlas.units.row(unit.id) for unit in network.members])
        assert len(pieces(passable_neighbours(atlas, rows))) == 1
    assert all(one.reason.text("en") for one in found.left_over)
    return len(members), len(left)


def test_squares_of_a_state(squares):
    found = cover(squares, "05", service="business-park", min_members=3, max_members=3)
    assert check(squares, found, 3, 3) == (6, 0)
    assert found.status == "optimal"
    assert found.gap == 0
    total = sum(network.score * len(network.members) for network in found.networks)
    assert found.score == pytest.approx(total / 6)


def test_numbers_that_do_not_add_up_are_told(squares):
    found = cover(squares, "05", service="business-park", min_members=4, max_members=5)
    assert check(squares, found, 4, 5) == (5, 1)
    assert found.left_over[0].reason.text("en") == "6 members cannot be divided into networks of 4 to 5"


def test_too_few_and_too_large(squares):
    few = cover(squares, "05", service="business-park", min_members=8, max_members=9)
    assert len(few.left_over) == 6
    assert few.score is None
    assert few.networks == ()
    assert "only 6 members" in few.left_over[0].reason.text("en")
    whole = cover(
        squares, "05", service="business-park", min_members=2, max_members=2, whole_associations=True
    )
    assert [unit.id for unit in whole.networks[0].members] == ["m0", "m6"]


def test_large_association_is_told(squares):
    found = cover(
        squares, "a0", service="business-park", min_members=2, max_members=5, population=(None, 5_000)
    )
    assert [one.unit.id for one in found.left_over] == ["m0", "m6"]
    assert "7,000 inhabitants" in found.left_over[1].reason.text("en")


def test_population_has_to_be_known(squares):
    found = cover(
        squares, "06", service="business-park", min_members=2, max_members=3, population=(1, 99_000)
    )
    check(squares, found, 2, 3)
    found = cover(
        squares, "06", service="business-park", min_members=2, max_members=3, population=(900_000, None)
    )
    assert "a network needs 900,000" in found.left_over[0].reason.text("en")


def test_neighbours_outside_are_named(squares):
    few = cover(squares, "05", service="business-park", min_members=8, max_members=9)
    outside = {one.unit.id: [unit.id for unit in one.outside] for one in few.left_over}
    assert outside["m1"] == ["m2"]
    assert outside["m0"] == []


def test_without_contiguity_nobody_needs_a_border(squares):
    found = cover(squares, "06", service="it", min_members=5, max_members=5)
    assert not found.contiguous
    assert len(found.left_over) == 0


def test_answer_as_json(squares):
    answer = cover(squares, "05", service="business-park", min_members=4, max_members=5).to_dict("de")
    assert answer["unit"] == "05"
    assert (answer["members"], answer["covered"]) == (6, 5)
    assert answer["left_over"][0]["reason"].startswith("6 ")
    assert answer["networks"][0].keys() >= {"members", "score", "population", "area_km2", "compactness"}


@pytest.mark.parametrize(
    ("unit", "conditions", "named"),
    [
        ("m0", {}, "Ort m0"),
        ("05", {"min_members": 5, "max_members": 3}, "5"),
        ("05", {"time_limit": 0}, "0"),
    ],
)
def test_wrong_requests_are_named(squares, unit, conditions, named):
    with pytest.raises(InvalidValueError, match=named):
        cover(squares, unit, service="business-park", **conditions)


@pytest.mark.parametrize(
    ("unit", "service", "low", "high"),
    [
        ("05166", "heat-planning", 3, 6),
        ("08336", "heat-planning", 3, 6),
        ("09679", "heat-planning", 3, 6),
        ("09679", "climate-network", 6, 12),
        ("08336", "land-use-plan", 4, 20),
    ],
)
def test_counties_are_covered_with_nobody_left_over(atlas, unit, service, low, high):
    found = cover(atlas, unit, service=service, contiguity=True, time_limit=None)
    assert check(atlas, found, low, high)[1] == 0
    assert found.gap < 0.1
    assert cover(atlas, unit, service=service, contiguity=True, time_limit=None) == found


def test_saarland_is_covered(atlas):
    found = cover(atlas, "10", service="heat-planning", time_limit=None)
    assert (found.covered, found.left_over) == (52, ())


@pytest.mark.slow
def test_schleswig_holstein_leaves_over_who_has_no_neighbour(atlas):
    found = cover(atlas, "01", service="land-use-plan", time_limit=None)
    assert [one.unit.name for one in found.left_over] == ["Gröde", "Helgoland"]
    assert "no passable neighbour" in found.left_over[0].reason.text("en")
