"""Which candidates can still be in a group of a given size: everybody a rule keeps out is left out early."""

from geoplan.networks.bitset import bits
from geoplan.networks.problem import GroupProblem

Sets = tuple[int, int]
"""Who is chosen, and who is free."""


def reduced(problem: GroupProblem, chosen: int, free: int, size: int) -> Sets | None:
    """The free candidates who can be in a group of ``size`` with all who are chosen.

    ``None`` where there is no such group. A group that passes may still break a rule: this only ever leaves
    out what is sure.
    """
    if chosen.bit_count() > size:
        return None
    while True:
        left = _by_counties(problem, chosen, free)
        left = _by_difference(problem, chosen, left, size)
        left = _by_size_and_population(problem, chosen, left, size)
        left = _by_reach(problem, chosen, left, size)
        if left is None or chosen.bit_count() + left.bit_count() < size:
            return None
        if left == free:
            return (chosen, free) if _population_in_reach(problem, chosen, free, size) else None
        free = left


def _by_counties(problem: GroupProblem, chosen: int, free: int) -> int | None:
    limit = problem.bounds.max_counties
    if limit is None:
        return free
    counties = problem.counties_of(chosen)
    if len(counties) > limit:
        return None
    if len(counties) < limit:
        return free
    allowed = sum(problem.county_masks[county] for county in counties)
    return _whole_blocks(problem, free, free & allowed)


def _by_difference(problem: GroupProblem, chosen: int, free: int | None, size: int) -> int | None:
    for other in problem.apart:
        if free is None:
            return None
        room = other.common_limit(size) - (chosen & other.members).bit_count()
        if room < 0:
            return None
        if room == 0:
            free = _whole_blocks(problem, free, free & ~other.members)
    return free


def _by_size_and_population(problem: GroupProblem, chosen: int, free: int | None, size: int) -> int | None:
    """Leave out the blocks that are too large for the members or inhabitants that are left."""
    if free is None:
        return None
    room, most = size - chosen.bit_count(), problem.bounds.max_population
    population_room = None if most is None else most - problem.population_of(chosen)
    if population_room is not None and population_room < 0:
        return None
    left = free
    for place in bits(free):
        block = problem.together[place]
        if block.bit_count() > room or (
            population_room is not None and problem.population_of(block) > population_room
        ):
            left &= ~block
    return left


def _by_reach(problem: GroupProblem, chosen: int, free: int | None, size: int) -> int | None:
    """Leave out whom the chosen do not reach, or only over more others than there is room for."""
    if free is None or problem.neighbours is None:
        return free
    seen = problem.reach(chosen & -chosen, chosen | free)
    if chosen & ~seen:
        return None
    near = ring = chosen
    for _ in range(size - chosen.bit_count()):
        ring = problem.around(ring) & free & ~near
        near |= ring
    return _whole_blocks(problem, free, free & near & seen)


def _population_in_reach(problem: GroupProblem, chosen: int, free: int, size: int) -> bool:
    """Whether the free candidates with the most (fewest) inhabitants lift the group above (keep it below)."""
    bounds, take = problem.bounds, size - chosen.bit_count()
    if not bounds.of_population:
        return True
    have = problem.population_of(chosen)
    sizes = sorted(problem.population[bits(free)].tolist())
    least, most = have + sum(sizes[:take]), have + sum(sizes[len(sizes) - take :])
    low, high = bounds.min_population, bounds.max_population
    return (low is None or most >= low) and (high is None or least <= high)


def _whole_blocks(problem: GroupProblem, free: int, left: int) -> int:
    """Of ``left``, those whose whole block is left."""
    for place in bits(free & ~left):
        left &= ~problem.together[place]
    return left
