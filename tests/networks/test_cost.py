from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.evidence import Mark
from geoplan.networks import Intentions, ShareKey
from geoplan.networks.cost import cost_of, pair_count
from geoplan.networks.cost_model import load_cost_model
from geoplan.networks.grant import grant_eur, is_fundable
from geoplan.rules import Depth
from geoplan.services import find_service, load_services

LEAST = Decimal(10_000)


def members(count):
    return {f"{number:08d}": 1000.0 * (number + 1) for number in range(count)}


def cost(count=4, service="building-yard", **intended):
    return cost_of(find_service(service), members(count), Intentions(**intended))


# ── the grant formula ───────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("eligible", "rate", "count", "expected"),
    [
        ("16666.66", "0.6", 6, "9999.99"),
        ("16666.67", "0.6", 6, "10000.00"),
        ("12499.99", "0.8", 6, "9999.99"),
        ("12500.00", "0.8", 6, "10000.00"),
        ("400000.00", "0.6", 6, "240000.00"),  # the cap is reached at 66,667 per participant
        ("400002.00", "0.6", 6, "240000.00"),
        ("300000.00", "0.8", 6, "240000.00"),
        ("0", "0.6", 6, "0.00"),
    ],
)
def test_grant(eligible, rate, count, expected):
    amount = grant_eur(Decimal(eligible), rate=Decimal(rate), participants=count, cap=Decimal(40_000))
    assert amount == Decimal(expected)
    assert is_fundable(amount, LEAST) == (Decimal(expected) >= LEAST)


def test_publicity_lifts_the_cap():
    terms = {"rate": Decimal("0.6"), "participants": 6, "cap": Decimal(40_000)}
    assert grant_eur(Decimal(500_000), **terms) == 240_000
    assert grant_eur(Decimal(500_000), publicity_cap=Decimal(1_500), **terms) == 249_000


@given(
    eligible=st.decimals(0, 10**7, places=2),
    rate=st.sampled_from([Decimal("0.6"), Decimal("0.8")]),
    count=st.integers(1, 60),
)
def test_grant_never_exceeds_rate_cap_or_cost(eligible, rate, count):
    amount = grant_eur(eligible, rate=rate, participants=count, cap=Decimal(40_000))
    assert 0 <= amount <= min(rate * eligible, count * Decimal(40_000), eligible)
    more = grant_eur(eligible, rate=rate, participants=count + 1, cap=Decimal(40_000))
    assert more >= amount


# ── the cost model ──────────────────────────────────────────────────────────────────────────────────────


def test_numbers_by_hand():
    """Bauhof, 4 members, shared staff, narrow scope: hours of 4 members and 6 pairs."""
    found = cost()
    assert (found.depth, found.scope) == (Depth.SHARED_STAFF, "narrow")
    setup, yearly = 0.7 * (4 * 40 + 6 * 3), 0.7 * (4 * 60 + 6 * 3)
    assert float(found.total.low) == pytest.approx((setup + 3 * yearly) * 0.7 * 55, abs=0.02)
    assert float(found.total.high) == pytest.approx((setup + 3 * yearly) * 1.4 * 85, abs=0.02)


def test_effort_grows_with_pairs():
    assert [pair_count(count) for count in (1, 2, 6, 12)] == [0, 1, 15, 66]
    lows = [float(cost(count).yearly.low) for count in (2, 4, 6, 8)]
    steps = [more - less for less, more in pairwise(lows)]
    assert steps == sorted(steps)
    assert steps[0] < steps[-1]


def test_a_company_is_a_participant():
    assert cost(5, companies=(0.3,)).participants == 6


@pytest.mark.parametrize("service", load_services())
@pytest.mark.parametrize("depth", [None, *Depth])
def test_every_service_and_depth_has_a_range(service, depth):
    found = cost(5, service, depth=depth)
    assert 0 < found.total.low < found.total.high
    answer = found.to_dict("de")
    assert answer["drivers"]["participants"] == 5
    assert {one["mark"] for one in answer["assumptions"]} <= {"V", "D", "U", "C"}


@given(count=st.integers(1, 30), key=st.sampled_from([ShareKey.EQUAL, ShareKey.POPULATION, ShareKey.MIXED]))
def test_shares_add_up_to_the_total(count, key):
    found = cost(count, key=key)
    assert sum(found.shares_low.values()) == found.total.low * 100
    assert sum(found.shares_high.values()) == found.total.high * 100


def test_savings_are_no_promise():
    savings = cost().to_dict("de")["savings"]
    assert (savings["low_share"], savings["high_share"]) == (0.0, 0.15)
    assert savings["source"].startswith("https://")
    assert "kein Versprechen" in savings["text"] or "not a promise" in savings["text"]


def test_assumption_can_be_changed():
    found = cost(assumptions={"pair_hours.shared-staff": 0, "years": 5})
    used = {one.key: one for one in found.assumptions}
    assert used["years"].value == 5
    assert used["years"].changed
    assert found.total.low != cost().total.low
    assert load_cost_model()["years"] == 3


def test_changed_assumption_is_a_judgement():
    model = load_cost_model().changed({"years": 5})
    assert model.assumptions["years"].mark == Mark.DERIVED


@pytest.mark.parametrize("value", [-1, float("nan"), float("inf"), 1e9])
def test_assumption_out_of_bounds(value):
    with pytest.raises(InvalidValueError):
        cost(assumptions={"years": value})


def test_unknown_assumption_names_the_nearest():
    with pytest.raises(UnknownChoiceError) as caught:
        cost(assumptions={"hour_low": 50})
    assert "hour_low_eur" in caught.value.nearest


def test_key_of_use_needs_what_is_used():
    with pytest.raises(InvalidValueError):
        cost(2, key=ShareKey.USE, use={"00000000": 3})
    found = cost(2, key=ShareKey.USE, use={"00000000": 3, "00000001": 1})
    assert found.shares_low["00000000"] > found.shares_low["00000001"]
