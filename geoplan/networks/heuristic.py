"""Good groups quickly: grow one from those who have to be in, then exchange members while that helps."""

from collections.abc import Iterator
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from geoplan.networks.bitset import bits
from geoplan.networks.bound import TOLERANCE
from geoplan.networks.problem import GroupProblem

FloatArray = NDArray[np.float64]

MOST_STARTS = 8
"""At most so many candidates that fit the required members best each start a group of their own."""
MOST_EXCHANGES = 60


def good_groups(problem: GroupProblem, size: int, start_count: int = MOST_STARTS) -> list[int]:
    """Feasible groups of ``size`` found from several starts, each the best among its exchanges."""
    found: dict[int, None] = {}
    for start in starts(problem, min(start_count, MOST_STARTS)):
        grown = grow(problem, start, size)
        if grown is not None:
            found[exchange(problem, grown)] = None
    return list(found)


def starts(problem: GroupProblem, count: int) -> list[int]:
    """The required members alone, and with each of the ``count`` candidates that fit them best."""
    required = bits(problem.required)
    fit = problem.fits[:, required].sum(axis=1)
    fit[required] = -np.inf
    best = np.argsort(-fit, kind="stable")[: max(0, min(count, problem.count - len(required)))]
    return [problem.required, *(problem.required | problem.together[place] for place in best.tolist())]


def grow(problem: GroupProblem, start: int, size: int) -> int | None:
    """Add who fits best of those in reach, up to ``size`` members; ``None`` where that fails."""
    members = joined(problem, start)
    fits = problem.fits_in(size)
    while members is not None and members.bit_count() < size:
        room = size - members.bit_count()
        near = [
            place for place in bits(problem.around(members) & ~members)
            if problem.together[place].bit_count() <= room
        ]  # fmt: skip
        if not near:
            return None
        own = fits[np.ix_(near, bits(members))].sum(axis=1)
        members |= problem.together[near[int(np.argmax(own))]]
    done = members is not None and members.bit_count() == size and problem.feasible(members)
    return members if done else None


def joined(problem: GroupProblem, members: int) -> int | None:
    """A group with whoever lies on the shortest ways between its pieces; ``None`` where there is no way."""
    while not problem.connected(members):
        way = _shortest_way(problem, problem.reach(members & -members, members), members)
        if way is None:
            return None
        members |= problem.closed(way)
    return members


def _shortest_way(problem: GroupProblem, piece: int, members: int) -> int | None:
    rings = [piece]
    seen = piece
    while not problem.around(rings[-1]) & members & ~piece:
        ring = problem.around(rings[-1]) & ~seen
        if not ring:
            return None
        seen |= ring
        rings.append(ring)
    way = 0
    ahead = problem.around(rings[-1]) & members & ~piece
    for ring in reversed(rings[1:]):
        step = problem.around(ahead) & ring
        ahead = step & -step
        way |= ahead
    return way


def exchange(problem: GroupProblem, members: int) -> int:
    """The group after exchanging one block for another of its size, as long as the total grows."""
    for _ in range(MOST_EXCHANGES):
        gains = takewhile(lambda entry: entry[0] > TOLERANCE, ranked_exchanges(problem, members))
        better = next((other for _, other in gains if problem.feasible(other)), None)
        if better is None:
            return members
        members = better
    return members


def ranked_exchanges(problem: GroupProblem, members: int) -> Iterator[tuple[float, int]]:
    """Every group that has one other block of the same size, and by how much its total is higher: best first.

    Feasible or not. With ``q`` the pairs of everybody with the group, a block ``o`` that leaves takes
    ``q(o) - pairs within o`` away, and a block ``i`` brings ``q(i) + pairs within i - pairs of i with o``.
    """
    leaving = _blocks(problem, members & ~problem.required)
    coming = [block for block in _blocks(problem, problem.around(members) & ~members) if not block & members]
    if not leaving or not coming:
        return
    fits = problem.fits_in(members.bit_count())
    with_group = fits[:, bits(members)].sum(axis=1)
    within_out, within_in = _within(fits, leaving), _within(fits, coming)
    lost = np.array([with_group[bits(block)].sum() for block in leaving]) - within_out
    brought = np.array([with_group[bits(block)].sum() for block in coming]) + within_in
    gain = brought[:, None] - _between(fits, coming, leaving) - lost[None, :]
    size_in, size_out = ([block.bit_count() for block in blocks] for blocks in (coming, leaving))
    gain[np.not_equal.outer(size_in, size_out)] = -np.inf
    for place in np.argsort(-gain, axis=None, kind="stable").tolist():
        row, column = divmod(place, len(leaving))
        if np.isinf(gain[row, column]):
            return
        yield float(gain[row, column]), members & ~leaving[column] | coming[row]


def _blocks(problem: GroupProblem, places: int) -> list[int]:
    return list(dict.fromkeys(problem.together[place] for place in bits(places)))


def _between(fits: FloatArray, blocks: list[int], others: list[int]) -> FloatArray:
    """(b, o) the pairs between each two blocks.

    Added up without matrix products: on small matrices their threads cost far more than the sums.
    """
    rows, columns = _concatenated(blocks), _concatenated(others)
    pairs = fits[np.ix_(rows[0], columns[0])]
    return np.add.reduceat(np.add.reduceat(pairs, rows[1], axis=0), columns[1], axis=1)


def _concatenated(blocks: list[int]) -> tuple[list[int], list[int]]:
    """The members of all blocks in a row, and where each block starts."""
    starts_at: list[int] = []
    places: list[int] = []
    for block in blocks:
        starts_at.append(len(places))
        places += bits(block)
    return places, starts_at


def _within(fits: FloatArray, blocks: list[int]) -> FloatArray:
    """(b,) the pairs within each block."""
    return np.array([fits[np.ix_(places, places)].sum() / 2 for places in map(bits, blocks)])
