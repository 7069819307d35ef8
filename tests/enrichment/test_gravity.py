"""The gravity model keeps what it promises to keep, for any counties and commuters."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.enrichment.gravity import (
    CountyFlows,
    Municipalities,
    can_be_spread,
    kept,
    spread,
)


@st.composite
def worlds(draw):
    counties = draw(st.integers(2, 5))
    sizes = draw(st.lists(st.integers(1, 4), min_size=counties, max_size=counties))
    county = np.repeat(np.arange(counties), sizes)
    count = len(county)
    mass = st.lists(st.integers(1, 10_000), min_size=count, max_size=count)
    place = st.lists(st.floats(0, 80_000), min_size=count, max_size=count)
    pairs = [(one, other) for one in range(counties) for other in range(counties) if one != other]
    chosen = draw(st.lists(st.sampled_from(pairs), min_size=1, unique=True))
    commuters = draw(st.lists(st.integers(1, 50_000), min_size=len(chosen), max_size=len(chosen)))
    return (
        CountyFlows(
            origin=np.array([one for one, _ in chosen]),
            destination=np.array([other for _, other in chosen]),
            commuters=np.array(commuters, dtype=float),
        ),
        Municipalities(
            county=county,
            people=np.array(draw(mass), dtype=float),
            jobs=np.array(draw(mass), dtype=float),
            xy=np.column_stack([draw(place), draw(place)]),
        ),
    )


def sums_of(flows, places, end, mass):
    """Commuters that each municipality should have at one end, if they follow its mass within the county."""
    of_county = np.bincount(end, flows.commuters, minlength=places.county.max() + 1)
    share = mass / np.bincount(places.county, mass)[places.county]
    return of_county[places.county] * share


@pytest.mark.property
@given(worlds())
def test_all_sums_hold(world):
    flows, places = world
    found = spread(flows, places, max_iterations=5000)
    count = len(places.county)
    pairs = np.bincount(found.pair, found.commuters, minlength=len(flows.origin))
    np.testing.assert_allclose(pairs, flows.commuters, rtol=1e-6)
    assert found.convergence.converged
    leaving = np.bincount(found.origin, found.commuters, minlength=count)
    np.testing.assert_allclose(leaving, sums_of(flows, places, flows.origin, places.people), rtol=1e-4)
    arriving = np.bincount(found.destination, found.commuters, minlength=count)
    np.testing.assert_allclose(arriving, sums_of(flows, places, flows.destination, places.jobs), rtol=1e-4)


@pytest.mark.property
@given(worlds())
def test_every_flow_is_between_the_counties_of_its_pair(world):
    flows, places = world
    found = spread(flows, places)
    assert (places.county[found.origin] == flows.origin[found.pair]).all()
    assert (places.county[found.destination] == flows.destination[found.pair]).all()
    assert (found.commuters >= 0).all()


@pytest.mark.property
@given(worlds())
def test_leaving_out_small_flows_keeps_the_totals_of_the_pairs(world):
    flows, places = world
    worth = kept(spread(flows, places), flows.commuters)
    pairs = np.bincount(worth.pair, worth.commuters, minlength=len(flows.origin))
    np.testing.assert_allclose(pairs, flows.commuters, rtol=1e-6)


@pytest.mark.property
@given(worlds(), st.randoms(use_true_random=False))
def test_order_of_the_municipalities_changes_nothing(world, random):
    flows, places = world
    order = list(range(len(places.county)))
    random.shuffle(order)
    shuffled = Municipalities(
        county=places.county[order], people=places.people[order], jobs=places.jobs[order], xy=places.xy[order]
    )
    one, other = spread(flows, places), spread(flows, shuffled)
    count = len(order)
    dense = np.zeros((2, count, count))
    np.add.at(dense[0], (one.origin, one.destination), one.commuters)
    at = np.array(order)
    np.add.at(dense[1], (at[other.origin], at[other.destination]), other.commuters)
    np.testing.assert_allclose(dense[0], dense[1], rtol=1e-4, atol=1e-9)


def test_the_nearer_municipality_gets_more():
    flows = CountyFlows(origin=np.array([0]), destination=np.array([1]), commuters=np.array([100.0]))
    places = Municipalities(
        county=np.array([0, 0, 1, 1]),
        people=np.ones(4),
        jobs=np.ones(4),
        xy=np.array([[0.0, 0], [40_000, 0], [0, 1000], [40_000, 1000]]),
    )
    found = spread(flows, places)
    between = {
        (int(one), int(other)): commuters
        for one, other, commuters in zip(found.origin, found.destination, found.commuters, strict=True)
    }
    assert between[0, 2] > 4 * between[0, 3]
    assert between[0, 2] + between[0, 3] == pytest.approx(50, rel=1e-4)


def test_municipalities_without_people_or_jobs_are_left_out():
    flows = CountyFlows(origin=np.array([0]), destination=np.array([1]), commuters=np.array([10.0]))
    places = Municipalities(
        county=np.array([0, 0, 1, -1]),
        people=np.array([np.nan, 5, 1, 1]),
        jobs=np.array([1.0, 1, 3, 9]),
        xy=np.zeros((4, 2)),
    )
    found = spread(flows, places)
    assert found.origin.tolist() == [1]
    assert found.destination.tolist() == [2]
    assert found.commuters.tolist() == [10.0]


def test_a_county_without_people_cannot_send():
    flows = CountyFlows(
        origin=np.array([0, 1]), destination=np.array([1, 0]), commuters=np.array([10.0, 10.0])
    )
    places = Municipalities(
        county=np.array([0, 1]), people=np.array([0.0, 1]), jobs=np.ones(2), xy=np.zeros((2, 2))
    )
    assert can_be_spread(flows, places).tolist() == [False, True]


def test_too_few_iterations_are_reported():
    flows = CountyFlows(
        origin=np.array([0, 0]), destination=np.array([1, 2]), commuters=np.array([100.0, 7.0])
    )
    places = Municipalities(
        county=np.array([0, 0, 1, 1, 2]),
        people=np.array([1.0, 9, 1, 1, 1]),
        jobs=np.array([1.0, 1, 1, 7, 1]),
        xy=np.array([[0.0, 0], [30_000, 0], [0, 9000], [50_000, 0], [90_000, 0]]),
    )
    found = spread(flows, places, max_iterations=1)
    assert not found.convergence.converged
    assert found.convergence.origin_deviation > 1e-6
    assert found.convergence.pair_deviation < 1e-12
