"""A county that asks is joined by its own municipalities where the service can be done so."""

import numpy as np
import pytest

from geoplan import InvalidValueError, build_network, check_network, suggest
from geoplan.networks.fit import pair_fits
from geoplan.networks.vertical import counties_with_own
from geoplan.services import find_service


def build(squares, *seeds, **conditions):
    service = conditions.pop("service", "climate-network")
    found = build_network(squares, seeds, service=service, min_members=3, max_members=4, **conditions)
    return {unit.id for unit in found.networks[0].members}, found


def test_a_county_is_joined_by_its_own_municipalities(squares):
    members, found = build(squares, "05c")
    assert "05c" in members
    assert members < {"05c", "m0", "m1", "m6", "m7", "m12", "m13"}
    checked = check_network(
        squares, sorted(members), service="climate-network", on=found.networks[0].on, seeds=["05c"]
    )
    assert checked == found.networks[0]


def test_what_was_asked_decides_otherwise(squares):
    assert build(squares, "05c", type="horizontal")[0] == {"05c", "06c", "16c"}
    assert build(squares, "05c", include=["06c"])[0] == {"05c", "06c", "16c"}
    assert build(squares, "05c", service="business-park")[0] == {"05c", "06c", "16c"}
    assert "m0" in build(squares, "05c", service="business-park", type="vertical", include=["m0"])[0]


def test_a_municipality_may_name_its_own_county_only(squares):
    assert {"m0", "05c"} < build(squares, "m0", include=["05c"])[0]
    with pytest.raises(InvalidValueError, match="Ort 06c"):
        build(squares, "m0", include=["06c"])


def test_inhabitants_of_members_in_a_county_count_once(squares):
    with pytest.raises(InvalidValueError) as caught:
        build(squares, "05c", population=(30000, None))
    assert "05c" in caught.value.text("en")


def test_associations_stay_whole_beside_their_county(squares):
    members, _ = build(squares, "05c", include=["m0"], whole_associations=True)
    assert {"m0", "m6"} < members


def test_that_a_county_holds_the_area_together_is_said(squares):
    network = check_network(squares, ["05c", "m0", "m13"], service="climate-network")
    (found,) = [one for one in network.checks if one.rule == "articulation"]
    assert "Ort 05c" in found.text.text("en")


def suggested(squares, asking, candidate):
    found = suggest(squares, asking, type="vertical", service="climate-network", limit=50)
    return next(one.score for one in found.suggestions if one.unit.id == candidate)


@pytest.mark.parametrize(("above", "inside"), [("05c", "m0"), ("05c", "m13"), ("a0", "m6")])
def test_who_lies_in_another_fits_it_as_it_would_suggest_it(squares, above, inside):
    rows = np.array([squares.units.row(one) for one in (above, inside, "m7")])
    fits = pair_fits(squares, rows, find_service("climate-network"))
    assert fits[0, 1] == fits[1, 0] == pytest.approx(suggested(squares, inside, above))


def test_reasons_of_a_county_among_its_own_add_up_and_leave_equals_alone(squares):
    equals = check_network(squares, ["m0", "m1", "m7"], service="climate-network")
    joined = check_network(squares, ["05c", "m0", "m1", "m7"], service="climate-network")
    assert sum(part.contribution for part in joined.contributions) == pytest.approx(joined.score)
    told = {part.criterion: part.explanation.text("en") for part in joined.contributions}
    before = {part.criterion: part.explanation.text("en") for part in equals.contributions}
    assert told["same_county"] == before["same_county"]
    assert "belongs_to" in told
    assert "belongs_to" not in before


@pytest.mark.parametrize(
    ("members", "found"),
    [
        (("05570", "05570044", "05515000"), ["05570"]),
        (("05570", "05515000"), []),  # no municipality of its own
        (("05515", "05515000"), []),  # Münster is a city and its own county
        (("05570", "05566", "05566008", "05570044"), ["05570", "05566"]),
    ],
)
def test_counties_beside_their_own_municipalities_are_found(atlas, members, found):
    assert [one.id for one in counties_with_own(atlas.unit(name) for name in members)] == found


def test_a_county_does_not_hide_that_its_municipalities_lie_apart(squares):
    network = check_network(squares, ["05c", "m0", "m13"], service="climate-network")
    assert network.contiguous
    assert network.only_by.text("en").endswith("Ort 05c joins the area; the others lie in 2 separate pieces.")
    (shape,) = [one for one in network.checks if one.rule == "contiguity"]
    assert shape.text.text("en").endswith("2 separate pieces: Ort m0 | Ort m13.")
    needed = check_network(squares, ["05c", "m0", "m13"], service="business-park")
    (shape,) = [one for one in needed.checks if one.rule == "contiguity"]
    assert shape.status == "unclear"
    near = check_network(squares, ["05c", "m0", "m1", "m7"], service="climate-network")
    assert near.only_by is None
    (risk,) = [one for one in near.checks if one.rule == "articulation"]
    assert (risk.status, "m1" in risk.text.text("en")) == ("missed", True)


def test_the_smallest_municipality_is_one_on_board(squares):
    joined = check_network(squares, ["05c", "m7", "m13"], service="heat-planning")
    assert any("8,000" in one.text.text("en") for one in joined.checks), "m7, not m0"
    assert not any("1,000 " in one.text.text("en") for one in joined.checks)
