"""Shares are exact to the cent by every key."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.errors import InvalidValueError
from geoplan.networks import ShareKey, share_out

pytestmark = pytest.mark.property

IDS = st.lists(
    st.integers(1, 10**8).map(lambda number: f"{number:08d}"), min_size=1, max_size=40, unique=True
)
CENTS = st.integers(0, 10**13)
WEIGHTS = st.one_of(st.integers(0, 4 * 10**6), st.floats(0, 1e9, allow_subnormal=False))


@st.composite
def cases(draw):
    members = draw(IDS)
    weights = [draw(WEIGHTS) for _ in members]
    weights[draw(st.integers(0, len(members) - 1))] = draw(st.integers(1, 10**6))
    return draw(CENTS), members, draw(st.sampled_from(ShareKey)), dict(zip(members, weights, strict=True))


@given(case=cases())
def test_shares_add_up_and_nobody_is_negative(case):
    total, members, key, weights = case
    shares = share_out(total, members, key, population=weights, use=weights)
    assert set(shares) == set(members)
    assert sum(shares.values()) == total
    assert min(shares.values()) >= 0


@given(case=cases(), data=st.data())
def test_order_does_not_matter(case, data):
    total, members, key, weights = case
    turned = data.draw(st.permutations(members))
    one = share_out(total, members, key, population=weights, use=weights)
    assert share_out(total, turned, key, population=weights, use=weights) == one


@given(case=cases())
def test_nobody_is_a_cent_or_more_off(case):
    total, members, key, weights = case
    shares = share_out(total, members, key, population=weights, use=weights)
    whole = sum(weights.values())
    for member in members:
        part = {
            ShareKey.EQUAL: 1 / len(members),
            ShareKey.MIXED: (1 / len(members) + weights[member] / whole) / 2,
        }
        exact = total * part.get(key, weights[member] / whole)
        assert abs(shares[member] - exact) < 1 + 1e-9 * total


@given(case=cases())
def test_who_weighs_more_pays_no_less(case):
    total, members, key, weights = case
    shares = share_out(total, members, key, population=weights, use=weights)
    if key != ShareKey.EQUAL:
        ordered = sorted(members, key=lambda member: weights[member])
        for less, more in pairwise(ordered):
            assert weights[less] == weights[more] or shares[less] <= shares[more]


def test_the_cents_left_go_to_the_largest_remainders_then_to_the_lower_id():
    assert share_out(100, ["c", "b", "a"]) == {"c": 33, "b": 33, "a": 34}
    assert share_out(10, ["a", "b"], ShareKey.POPULATION, population={"a": 1, "b": 2}) == {"a": 3, "b": 7}
    assert share_out(100, ["a", "b"], ShareKey.MIXED, population={"a": 0, "b": 5}) == {"a": 25, "b": 75}


@pytest.mark.parametrize(
    ("total", "members", "key", "population"),
    [
        (-1, ["a"], "equal", {}),
        (1, [], "equal", {}),
        (1, ["a", "a"], "equal", {}),
        (1, ["a", "b"], "population", {"a": 1}),
        (1, ["a", "b"], "population", {"a": 1, "b": None}),
        (1, ["a", "b"], "population", {"a": 1, "b": -1}),
        (1, ["a", "b"], "population", {"a": 1, "b": float("nan")}),
        (1, ["a", "b"], "mixed", {"a": 0, "b": 0}),
    ],
)
def test_what_cannot_be_shared(total, members, key, population):
    with pytest.raises(InvalidValueError):
        share_out(total, members, ShareKey(key), population=population)
