"""How the commuters between two counties are spread over their municipalities: a gravity model.

Between municipality i of county a and municipality j of county b travel

    t(i, j) = A(i) · B(j) · C(a, b) · exp(-d(i, j) / d₀)

with the balancing factors A, B, C such that three sums hold: all out-commuters of a county leave its
municipalities as its people are spread (origins), all in-commuters arrive as its jobs are spread
(destinations), and every pair of counties keeps its published total. Found by iterative proportional fitting,
whose last step is the total of the pairs, so that they hold to rounding. Source: A. G. Wilson, "A statistical
theory of spatial distribution models", Transportation Research 1 (1967), doubly constrained. The third sum
and d₀ are ours.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
CellArray = NDArray[np.int32]

DETERRENCE_KM = 15.0
"""d₀: with every further 15 km there are fewer by the factor e. A judgement, near the mean way to work."""
MAX_ITERATIONS = 200
TOLERANCE = 1e-6
"""Relative deviation of every sum at which the fitting ends."""
LEAST_COMMUTERS = 1.0
"""Flows of less than one person are left out, …"""
LEAST_SHARE = 0.25
"""… unless the pair of counties has no more than that; then those of a quarter of its largest are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyFlows:
    """Commuters between counties, numbered 0 … c - 1."""

    origin: IntArray
    """(p,) county that they leave."""
    destination: IntArray
    """(p,) county that they go to."""
    commuters: FloatArray
    """(p,)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Municipalities:
    """What the model knows of the municipalities."""

    county: IntArray
    """(n,) number of the county, -1 for none."""
    people: FloatArray
    """(n,) mass of an origin; 0 or unknown sends nobody."""
    jobs: FloatArray
    """(n,) mass of a destination; 0 or unknown attracts nobody."""
    xy: FloatArray
    """(n, 2) metres."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Convergence:
    """How well the sums hold in the end."""

    iterations: int
    converged: bool
    origin_deviation: float
    """Largest relative deviation of an origin's sum."""
    destination_deviation: float
    pair_deviation: float
    """Largest relative deviation of the total of a pair of counties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SpreadFlows:
    """Commuters between municipalities, estimated; pair by pair."""

    origin: CellArray
    """(m,) municipality."""
    destination: CellArray
    pair: CellArray
    """(m,) the pair of counties each belongs to."""
    commuters: FloatArray
    convergence: Convergence


def can_be_spread(flows: CountyFlows, places: Municipalities) -> NDArray[np.bool_]:
    """(p,) whether the origin has a municipality with people and the destination one with jobs."""
    count = int(
        max(flows.origin.max(initial=-1), flows.destination.max(initial=-1), places.county.max(initial=-1))
    )
    sends = np.isin(np.arange(count + 1), places.county[_positive(places.people)])
    receives = np.isin(np.arange(count + 1), places.county[_positive(places.jobs)])
    return np.asarray(sends[flows.origin] & receives[flows.destination], dtype=np.bool_)


def spread(
    flows: CountyFlows, places: Municipalities, *, max_iterations: int = MAX_ITERATIONS,
    tolerance: float = TOLERANCE,
) -> SpreadFlows:  # fmt: skip
    """Spread the commuters between counties over their municipalities.

    All pairs must be such that :func:`can_be_spread`; pairs are distinct and have commuters.
    """
    origin, destination, pair = _cells(flows, places)
    way_km = np.hypot(*(places.xy[origin] - places.xy[destination]).T) / 1000
    sums = (
        (origin, _wanted(flows.origin, flows.commuters, places.county, places.people)),
        (destination, _wanted(flows.destination, flows.commuters, places.county, places.jobs)),
        (pair, flows.commuters),
    )
    commuters, convergence = _fitted(np.exp(-way_km / DETERRENCE_KM), sums, max_iterations, tolerance)
    return SpreadFlows(
        origin=origin, destination=destination, pair=pair, commuters=commuters, convergence=convergence
    )


def kept(flows: SpreadFlows, totals: FloatArray) -> SpreadFlows:
    """The flows worth keeping; the commuters of those left out go to the others of their pair.

    Left out is what is below :data:`LEAST_COMMUTERS`; of a pair that has hardly more, what is below
    :data:`LEAST_SHARE` of its largest flow. The totals of the pairs hold as before.
    """
    largest = np.zeros(len(totals))
    np.maximum.at(largest, flows.pair, flows.commuters)
    worth = flows.commuters >= np.minimum(LEAST_COMMUTERS, LEAST_SHARE * largest)[flows.pair]
    pair = flows.pair[worth]
    commuters = flows.commuters[worth]
    found = np.bincount(pair, commuters, minlength=len(totals))
    return SpreadFlows(
        origin=flows.origin[worth],
        destination=flows.destination[worth],
        pair=pair,
        commuters=commuters * np.divide(totals, found, out=np.zeros(len(totals)), where=found > 0)[pair],
        convergence=flows.convergence,
    )


def _positive(mass: FloatArray) -> NDArray[np.bool_]:
    return np.nan_to_num(mass) > 0


def _cells(flows: CountyFlows, places: Municipalities) -> tuple[CellArray, CellArray, CellArray]:
    """Origin, destination and pair of every way between two municipalities of every pair of counties."""
    senders, sender_start = _by_county(places.county, _positive(places.people))
    receivers, receiver_start = _by_county(places.county, _positive(places.jobs))
    width = np.diff(receiver_start)[flows.destination]
    size = np.diff(sender_start)[flows.origin] * width
    pair = np.repeat(np.arange(len(size), dtype=np.int32), size)
    place = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
    line, column = np.divmod(place, width[pair])
    origin = senders[sender_start[flows.origin][pair] + line]
    destination = receivers[receiver_start[flows.destination][pair] + column]
    return origin, destination, pair


def _by_county(county: IntArray, taken: NDArray[np.bool_]) -> tuple[CellArray, IntArray]:
    """The municipalities taken, county by county, and where each county's begin."""
    rows = np.flatnonzero(taken & (county >= 0))
    order = rows[np.argsort(county[rows], kind="stable")]
    start = np.searchsorted(county[order], np.arange(int(county.max(initial=-1)) + 2))
    return order.astype(np.int32), start.astype(np.int64)


def _wanted(end: IntArray, commuters: FloatArray, county: IntArray, mass: FloatArray) -> FloatArray:
    """(n,) commuters of each municipality: those of its county, spread as its mass."""
    count = int(county.max(initial=-1)) + 1
    known = np.where(_positive(mass) & (county >= 0), mass, 0.0)
    at = np.maximum(county, 0)
    of_county = np.bincount(end, commuters, minlength=count)
    mass_of_county = np.bincount(at, known, minlength=count)
    share = np.divide(known, mass_of_county[at], out=np.zeros(len(known)), where=known > 0)
    return np.asarray(of_county[at] * share, dtype=np.float64)


def _fitted(
    seed: FloatArray, sums: tuple[tuple[CellArray, FloatArray], ...], max_iterations: int, tolerance: float
) -> tuple[FloatArray, Convergence]:
    """Scale the seed to each of the sums in turn, until all hold.

    ``sums`` are a group for every cell and the sum wanted for every group; the last is met to rounding.
    """
    cells = seed.copy()
    iteration, deviation = 0, [np.inf] * len(sums)
    while max(deviation) > tolerance and iteration < max_iterations:
        iteration += 1
        for group, wanted in sums:
            found = np.bincount(group, cells, minlength=len(wanted))
            cells *= np.divide(wanted, found, out=np.zeros(len(wanted)), where=found > 0)[group]
        deviation = [_deviation(cells, group, wanted) for group, wanted in sums]
    return cells, Convergence(
        iterations=iteration,
        converged=max(deviation) <= tolerance,
        origin_deviation=deviation[0],
        destination_deviation=deviation[1],
        pair_deviation=deviation[2],
    )


def _deviation(cells: FloatArray, group: CellArray, wanted: FloatArray) -> float:
    found = np.bincount(group, cells, minlength=len(wanted))
    counted = wanted > 0
    return float(np.max(np.abs(found[counted] / wanted[counted] - 1), initial=0.0))
