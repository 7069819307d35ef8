"""A network against the map, the rules and the funding."""

import datetime
import json
import math
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.errors import AmbiguousUnitError, InvalidValueError, UnknownChoiceError, UnknownUnitError
from geoplan.networks import Intentions, check_network
from geoplan.networks.fit import group_score, pair_fits
from geoplan.rules import Depth, Status
from geoplan.services import find_service
from geoplan.services.register import Cooperation, CooperationRegister

TODAY = datetime.date(2026, 11, 22)


def check(atlas, members, service="building-yard", on=TODAY, **intended):
    named = members.split() if isinstance(members, str) else members
    return check_network(atlas, named, service=service, on=on, intentions=Intentions(**intended))


def statuses(network):
    return {check.rule: check.status.value for check in network.checks}


def text(network, rule):
    return next(check.text.text("en") for check in network.checks if check.rule == rule)


# ── shape ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("members", "perimeter"), [("m0", 4), ("m0 m1", 6), ("m0 m1 m6 m7", 8), ("m0 m4", 8), ("m0 m1 m2 m3", 10)]
)
def test_compactness_from_border_lengths(squares, members, perimeter):
    network = check(squares, members)
    area = len(members.split())
    assert network.area_km2 == pytest.approx(area)
    assert network.compactness == pytest.approx(4 * math.pi * area / perimeter**2)


def test_pieces(squares):
    network = check(squares, "m0 m1 m4 m5")
    assert network.components == (("m0", "m1"), ("m4", "m5"))
    assert not network.contiguous
    assert statuses(network)["contiguity"] == "missed"
    assert statuses(check(squares, "m0 m1 m4 m5", "it"))["contiguity"] == "met"


def test_unincorporated_area_breaks_no_path(squares):
    """m8 and m10 have only the forest m9 in common."""
    network = check(squares, "m8 m10")
    assert network.contiguous
    assert check(squares, "m8 m11").contiguous is False


def test_articulation(squares):
    assert statuses(check(squares, "m0 m1 m6 m7"))["articulation"] == "met"
    network = check(squares, "m0 m1 m2")
    assert "Ort m1" in text(network, "articulation")
    assert "Ort m0" not in text(network, "articulation")
    assert statuses(network)["articulation"] == "missed"


def test_leaving_of_one_apart_breaks_nothing(squares):
    assert statuses(check(squares, "m0 m1 m5"))["articulation"] == "met"


def test_who_is_left_alone_outside(squares):
    network = check(squares, "m1 m6")
    assert "Ort m0" in text(network, "isolated-outside")
    assert statuses(network)["isolated-outside"] == "missed"
    assert statuses(check(squares, "m1 m7"))["isolated-outside"] == "met"


def test_forest_lets_the_surrounded_reach_others(squares):
    """m3's neighbours m2 and m4 are inside, but through the forest m9 it reaches m8, m10 and m15."""
    assert "Ort m3" not in text(check(squares, "m2 m4"), "isolated-outside")
    assert "Ort m3" in text(check(squares, "m2 m4 m8 m10 m15"), "isolated-outside")


def test_counts_and_population(squares):
    network = check(squares, "m0 m2 m4")
    assert (network.counties, network.states) == (("05c", "06c", "16c"), ("05", "06", "16"))
    assert network.population == 1000 + 3000 + 5000
    assert network.to_dict("de")["counties"] == 3


def test_a_county_with_one_of_its_municipalities_counts_once(squares):
    alone, both = check(squares, ["05c"]), check(squares, ["05c", "m0"])
    assert alone.population == both.population == 1000 * (1 + 2 + 7 + 8 + 13 + 14)
    assert alone.area_km2 == both.area_km2 == 6
    assert both.contiguous


def test_unknown_population_is_null(atlas):
    units = atlas.units
    unknown = next(row for row in units.rows_of("municipality").tolist() if np.isnan(units.population[row]))
    network = check(atlas, [units.ids[unknown], "05570044"], "it")
    assert network.population is None
    assert json.dumps(network.to_dict("de"), allow_nan=False)


# ── score ───────────────────────────────────────────────────────────────────────────────────────────────

MEMBERS = st.lists(
    st.sampled_from([f"m{number}" for number in range(18) if number != 9] + ["05c", "16c"]),
    min_size=1, max_size=8, unique=True,
)  # fmt: skip
SERVICES = st.sampled_from(["building-yard", "climate-network", "waste", "heat-planning", "it"])


@given(members=MEMBERS, service=SERVICES, depth=st.sampled_from([None, *Depth]), data=st.data())
def test_laws_of_a_check(squares, members, service, depth, data):
    network = check(squares, members, service, depth=depth)
    if len(members) == 1:
        assert network.score is None
    else:
        assert 0 <= network.score <= 1
        assert sum(part.contribution for part in network.contributions) == pytest.approx(
            network.score, abs=1e-9
        )
        rows = np.array([squares.row(member) for member in sorted(members)])
        assert network.score == pytest.approx(
            group_score(pair_fits(squares, rows, find_service(service))), abs=1e-9
        )
    assert network.contiguous == (len(network.components) == 1)
    assert sorted(one for piece in network.components for one in piece) == sorted(members)
    turned = data.draw(st.permutations(members))
    assert check(squares, turned, service, depth=depth).to_dict("de") == network.to_dict("de")
    for lang in ("de", "en"):
        json.dumps(network.to_dict(lang), allow_nan=False)


# ── rules ───────────────────────────────────────────────────────────────────────────────────────────────

SIX = "m0 m1 m2 m6 m7 m8"
FIVE = "m0 m1 m2 m6 m7"


def test_five_and_six_participants(squares):
    five, six = (check(squares, members, "climate-network") for members in (FIVE, SIX))
    assert statuses(five)["nki-networks.min-participants"] == "missed"
    assert statuses(six)["nki-networks.min-participants"] == "met"
    assert five.cost.grant.status == "not-fundable"
    assert five.cost.grant.to_dict("en")["low_eur"] == 0
    assert six.cost.grant.status == "estimate"


def test_a_municipal_company_is_the_sixth_from_a_quarter_on(squares):
    quarter, less = (check(squares, FIVE, "climate-network", companies=(share,)) for share in (0.25, 0.24))
    assert statuses(quarter)["nki-networks.min-participants"] == "met"
    assert statuses(quarter)["nki-networks.company-share"] == "met"
    assert statuses(less)["nki-networks.min-participants"] == "missed"
    assert statuses(less)["nki-networks.company-share"] == "missed"


def test_a_county_alone_gets_no_network_funding_but_may_coordinate(squares):
    network = check(squares, ["05c"], "climate-network")
    assert network.cost.grant.status == "not-fundable"
    assert network.legal_forms == ()
    coordination = check(squares, ["05c"], "climate-coordination")
    assert statuses(coordination)["climate-coordination.only-landkreise"] == "met"
    assert (
        statuses(check(squares, SIX, "climate-coordination"))["climate-coordination.only-landkreise"]
        == "missed"
    )


@pytest.mark.parametrize(("eligible", "status"), [("16666.66", "not-fundable"), ("16666.67", "computed")])
def test_grant_just_under_the_least(squares, eligible, status):
    network = check(
        squares, SIX, "climate-network", eligible_eur=Decimal(eligible), confirmed_rate=0.6,
        confirmed_cap_eur=Decimal(40_000),
    )  # fmt: skip
    assert network.cost.grant.status == status
    expected = "missed" if status == "not-fundable" else "met"
    assert statuses(network)["nki-networks.min-grant"] == expected


def test_unverified_rate_leaves_the_grant_unclear(squares):
    network = check(squares, SIX, "climate-network", eligible_eur=Decimal(300_000))
    grant = network.cost.grant.to_dict("en")
    assert (grant["status"], grant["mark"]) == ("estimate", "U")
    assert grant["low_eur"] == grant["high_eur"] == 180_000
    assert grant["own_low_eur"] == 120_000
    assert "not verified" in grant["text"]
    assert statuses(network)["nki-networks.min-grant"] == "unclear"
    assert "Its lower end, too, is well above the €10,000" in text(network, "nki-networks.min-grant")


def test_an_estimate_near_the_least_grant_is_not_called_likely(squares):
    network = check(squares, SIX, "climate-network", eligible_eur=Decimal(30_000))
    assert statuses(network)["nki-networks.min-grant"] == "unclear"
    assert "lower end" not in text(network, "nki-networks.min-grant")


def test_what_is_left_after_the_grant_is_shared_out_to_the_cent(squares):
    cost = check(squares, SIX, "climate-network").cost
    assert sum(cost.left_low.values()) == int(cost.after_grant.low * 100)
    assert sum(cost.left_high.values()) == int(cost.after_grant.high * 100)
    more = check(squares, SIX, "climate-network", eligible_eur=Decimal(9_000_000), confirmed_rate=1.0,
                 confirmed_cap_eur=Decimal(9_000_000)).cost  # fmt: skip
    assert more.left_low == {}
    assert check(squares, "m0 m1").cost.left_low == {}


def test_two_states(squares):
    network = check(squares, "m0 m1 m2", depth=Depth.SHARED_TASK)
    assert len(network.states) == 2
    assert statuses(network)["cross-border.treaty"] == "unclear"
    assert any(form.form.kind == "public-law" for form in network.legal_forms)
    funded = check(squares, SIX, "climate-network")
    assert funded.cost.grant.status == "estimate"  # federal money does not stop at a state's border


def test_states_apart_get_no_form_of_public_law(squares):
    network = check(squares, "m0 m4", depth=Depth.SHARED_TASK)
    assert statuses(network)["cross-border.treaty"] == "missed"
    assert all(form.form.kind != "public-law" for form in network.legal_forms)


@pytest.mark.parametrize("on", [datetime.date(2024, 10, 31), datetime.date(2028, 1, 1)])
def test_dates_outside_validity(squares, on):
    network = check(squares, SIX, "climate-network", on=on)
    assert statuses(network)["nki-networks.validity"] == "unclear"
    assert "nki-networks.min-participants" not in statuses(network)
    assert network.cost.grant.status == "unclear"


def test_today_is_the_day_where_none_is_said(squares):
    network = check_network(squares, ["m0", "m1"], service="it")
    assert abs((network.on - datetime.date.today()).days) <= 1


def test_level_that_holds_the_task(squares):
    assert statuses(check(squares, "m0 m1", "waste"))["task-level"] == "missed"
    assert statuses(check(squares, ["05c", "06c"], "waste"))["task-level"] == "met"
    assert statuses(check(squares, ["05c", "06c"], "building-yard"))["task-level"] == "unclear"
    assert statuses(check(squares, "m0 m1", "schools"))["task-level"] == "unclear"


def test_where_the_states_decide_it_is_said_what_is_known_of_this_one(squares):
    known = check(squares, "m0 m1", "heat-planning")
    unknown = check(squares, "m4 m5", "heat-planning")
    both = check(squares, "m0 m1 m4 m5", "heat-planning")
    assert [one.states for one in (known, unknown, both)] == [("05",), ("16",), ("05", "16")]
    assert statuses(known)["task-level"] == "met"
    assert statuses(check(squares, ["m0", "05c"], "heat-planning"))["task-level"] == "unclear"
    for network in (unknown, both):
        assert statuses(network)["task-level"] == "unclear"
        assert f"for {squares.units['16'].name} that is not kept here" in text(network, "task-level")
    assert f"whether {squares.units['16'].name} does is not kept here" in text(
        unknown, "heat-planning.convoy-allowed"
    )
    assert "§ 3 LWPG NRW" in next(one.note for one in known.checks if one.rule == "task-level").text("de")


# ── bodies that exist ───────────────────────────────────────────────────────────────────────────────────


def cooperation(key, service, members):
    return Cooperation(
        id=key, name=f"Verbund {key}", type="horizontal-rural", service=service, legal_form=None,
        members=tuple(members.split()), complete=True, source="made up",
    )  # fmt: skip


def test_join_before_you_found(squares):
    same = cooperation("yard", "building-yard", "m1 m2 m3")
    other = cooperation("it", "it", "m0 m1")
    far = cooperation("far", "it", "m4 m5")
    world = squares.with_register(CooperationRegister((same, other, far)))
    network = check(world, "m0 m1 m6 m7")
    found = statuses(network)
    assert found["existing-bodies.yard"] == "missed"
    assert found["existing-bodies.it"] == "unclear"
    assert "existing-bodies.far" not in found
    assert "Verbund yard" in text(network, "existing-bodies.yard")
    assert statuses(check(world, "m16 m17"))["existing-bodies"] == "met"


def test_without_a_register_nothing_is_known(squares):
    assert statuses(check(squares, "m0 m1"))["existing-bodies"] == "unclear"


def test_associations_stay_whole(squares):
    assert "Ort m6" in text(check(squares, "m0 m1"), "associations-whole")
    assert statuses(check(squares, "m0 m1"))["associations-whole"] == "missed"
    whole = statuses(check(squares, "m0 m6 m1"))
    assert whole["associations-whole"] == "met"
    just = check(squares, "m0 m6")
    assert statuses(just)["existing-association"] == "unclear"
    assert "Ort a0" in text(just, "existing-association")


# ── what is asked wrongly ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("members", "error"),
    [
        ([], InvalidValueError),
        (["m9"], InvalidValueError),
        (["m0", "nirgendwo"], UnknownUnitError),
    ],
)
def test_wrong_members(squares, members, error):
    with pytest.raises(error):
        check(squares, members)


def test_ambiguous_member(atlas):
    with pytest.raises(AmbiguousUnitError):
        check(atlas, ["Neustadt"])


def test_too_many_members(atlas):
    with pytest.raises(InvalidValueError):
        check(atlas, [atlas.units.ids[row] for row in atlas.units.rows_of("municipality")[:201]])


def test_unknown_service(squares):
    with pytest.raises(UnknownChoiceError):
        check(squares, "m0 m1", "buildingyard")


def test_members_named_twice_count_once(squares):
    assert [unit.id for unit in check(squares, "m1 m0 m1").members] == ["m0", "m1"]


# ── on real data ────────────────────────────────────────────────────────────────────────────────────────


def test_villages_around_muenster(atlas):
    network = check(atlas, ["Telgte", "Ostbevern", "Everswinkel", "Warendorf"])
    assert network.contiguous
    assert statuses(network)["task-level"] == "met"
    assert network.legal_forms[0].form.key == "mandating-agreement"
    assert "GkG NRW" in network.legal_forms[0].statute.text("de")


def test_deadline_goes_by_size(atlas):
    city, town = "05515000", "05570044"
    both = {"heat-planning.deadline-large", "heat-planning.deadline-small"}
    assert both <= set(statuses(check(atlas, [city, town], "heat-planning")))
    assert both & set(statuses(check(atlas, [town], "heat-planning"))) == {"heat-planning.deadline-small"}
    assert both & set(statuses(check(atlas, [city], "heat-planning"))) == {"heat-planning.deadline-large"}


def test_estimated_population_near_the_threshold_decides_nothing(atlas):
    """Of a place name's estimate between 75,000 and 125,000 nobody knows on which side it is."""
    units = atlas.units
    near = [row for row in units.rows_of("municipality").tolist() if 90_000 < units.population[row] < 110_000]
    network = check(atlas, [units.ids[near[0]]], "heat-planning", on=datetime.date(2026, 1, 1))
    assert statuses(network)["heat-planning.deadline-large"] == Status.UNCLEAR


def test_thuringian_association(atlas):
    """All members of one Verwaltungsgemeinschaft: it goes first, and nothing public is founded beside it."""
    hierarchy, units = atlas.hierarchy, atlas.units
    association = next(
        row for row in units.rows_of("association").tolist()
        if units.ids[row].startswith("16") and 2 < len(hierarchy.members(row, "municipality")) < 9
    )  # fmt: skip
    members = [units.ids[row] for row in hierarchy.members(association, "municipality").tolist()]
    network = check(atlas, members, depth=Depth.SHARED_TASK)
    assert statuses(network)["land-law.vg-first"] == "missed"
    assert statuses(network)["existing-association"] == "unclear"


def test_a_check_is_quick(atlas):
    start = datetime.datetime.now()
    check(
        atlas, [atlas.units.ids[row] for row in atlas.hierarchy.members(atlas.row("05570"), "municipality")]
    )
    assert datetime.datetime.now() - start < datetime.timedelta(seconds=3)
