"""Divide an area into groups: exactly where it is small, else along trees, mended a few groups at a time."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from geoplan.networks.area import NOBODY, Area, Division
from geoplan.networks.division_exact import MOST_NODES, best_division
from geoplan.networks.search import Deadline
from geoplan.networks.tree_division import divide_along, spanning_tree

SEED = 20_261_122
"""Trees are drawn by a generator with this seed, so that the same question has the same answer."""
FIRST_TREES = 12
FIRST_TREES_OF_MANY = 2
MANY_NODES = 300
"""From so many nodes on fewer trees are drawn over the whole area; what they miss is mended."""
TREES = 6
"""Drawn each time a few groups are divided again."""
ROUNDS = 12
"""The groups are gone through at most so often."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Divided:
    """A division and how sure it is that none is better."""

    division: Division
    proven: bool


def divide(area: Area, deadline: Deadline) -> Divided:
    """Divide an area: leave as few over as possible, and of such divisions take the best fitting."""
    found = [_divided_component(area, component, deadline) for component in area.components]
    groups = [group for one in found for group in one.division.groups]
    return Divided(division=Division.of(area, groups), proven=all(one.proven for one in found))


def _divided_component(area: Area, component: list[int], deadline: Deadline) -> Divided:
    part = area.part(component)
    if area.members(component) < area.bounds.min_members:
        return Divided(division=NOBODY, proven=True)
    exact = part.count <= MOST_NODES
    division = best_division(part) if exact else _mended(part, _first(part, deadline), deadline)
    groups = [[component[node] for node in group] for group in division.groups]
    return Divided(division=Division.of(area, groups), proven=exact)


def _first(area: Area, deadline: Deadline) -> Division:
    """The best of the divisions along a few trees over the whole area."""
    rng = np.random.default_rng(SEED)
    count = FIRST_TREES if area.count < MANY_NODES else FIRST_TREES_OF_MANY
    return _along_trees(area, count, rng, deadline)


def _along_trees(area: Area, count: int, rng: np.random.Generator, deadline: Deadline) -> Division:
    """The best division along ``count`` trees, at least one: the first keeps who fits best together."""
    best = NOBODY
    for number in range(count):
        if number and deadline.over:
            break
        weight = area.fits if number == 0 else area.fits * _symmetric(rng, area.count)
        division = divide_along(area, *spanning_tree(area, weight))
        best = max(best, division, key=lambda one: one.rank)
    return best


def _symmetric(rng: np.random.Generator, count: int) -> np.ndarray:
    noise = rng.random((count, count))
    return noise + noise.T


def _mended(area: Area, division: Division, deadline: Deadline) -> Division:
    """Divide neighbouring groups again, with who is left over beside them, as long as that helps."""
    rng = np.random.default_rng(SEED)
    groups = [set(group) for group in division.groups]
    for _ in range(ROUNDS):
        changed = False
        for seeds in _regions(area, groups):
            if deadline.over:
                return Division.of(area, [sorted(group) for group in groups])
            changed |= _divided_again(area, groups, seeds, rng)
        if not changed:
            break
    return Division.of(area, [sorted(group) for group in groups])


def _regions(area: Area, groups: Sequence[set[int]]) -> list[int]:
    """The nodes around which to divide again: first who is left over, then the lowest of each group."""
    covered = set().union(*groups)
    return [node for node in range(area.count) if node not in covered] + sorted(min(group) for group in groups)


def _divided_again(area: Area, groups: list[set[int]], node: int, rng: np.random.Generator) -> bool:
    """Divide what lies around a node again; True where it became better. ``groups`` is changed."""
    owner = {member: number for number, group in enumerate(groups) for member in group}
    start = groups[owner[node]] if node in owner else {node}
    near = sorted({owner[other] for other in _around(area, start) if other in owner} - {owner.get(node)})
    changed = False
    for choice in _choices(near, alone=node not in owner):
        region = start.union(*(groups[number] for number in choice))
        region |= {other for other in _around(area, region) if other not in owner}
        nodes = sorted(region)
        part = area.part(nodes)
        old = [groups[number] for number in ({owner[node]} if node in owner else set()) | set(choice)]
        before = Division.of(area, [sorted(group) for group in old])
        after = _best_of_part(part, rng)
        if (after.covered, after.worth) > (before.covered, before.worth + 1e-9):
            for group in old:
                groups.remove(group)
            groups += [{nodes[place] for place in group} for group in after.groups]
            changed = True
            break
    return changed


def _best_of_part(part: Area, rng: np.random.Generator) -> Division:
    if part.count <= MOST_NODES - 2:
        return best_division(part)
    found = [
        _along_trees(part.part(piece), TREES, rng, Deadline(None)).groups for piece in part.components
    ]
    groups = [
        [piece[node] for node in group]
        for piece, divided in zip(part.components, found, strict=True) for group in divided
    ]  # fmt: skip
    return Division.of(part, groups)


def _choices(near: list[int], *, alone: bool) -> Iterable[tuple[int, ...]]:
    """Which neighbouring groups are divided again together: one, then two."""
    yield from ((one,) for one in near)
    if alone or len(near) <= 6:
        yield from ((one, other) for one in near for other in near if one < other)


def _around(area: Area, nodes: Iterable[int]) -> set[int]:
    return {near for node in nodes for near in area.neighbours[node]}
