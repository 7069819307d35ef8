"""Make a division better: divide a few neighbouring groups again, with who is left over beside them."""

from collections.abc import Iterable, Iterator

import numpy as np

from geoplan.networks.area import NOBODY, Area, Division
from geoplan.networks.division_exact import best_division
from geoplan.networks.search import Deadline
from geoplan.networks.tree_division import divide_along, spanning_tree

SEED = 20_261_122
"""Trees are drawn by a generator with this seed, so that the same question has the same answer."""
TREES = 6
"""Drawn each time a few groups are divided again."""
ROUNDS = 12
"""The groups are gone through at most so often."""
MOST_TOGETHER = 6
"""With more neighbours than this, a group is divided again with one of them at a time only."""
MANY_NODES = 1000
"""From so many nodes on, too, but for who is left over."""
MOST_EXACT = 12
"""Up to so many nodes are divided again exactly."""


class Mending:
    """A division that is made better step by step."""

    def __init__(self, area: Area, division: Division) -> None:
        self._area = area
        self._groups: dict[int, tuple[int, ...]] = dict(enumerate(division.groups))
        self._owner: dict[int, int] = {
            node: number for number, group in self._groups.items() for node in group
        }
        self._next = len(self._groups)
        self._tried: set[tuple[int, ...]] = set()
        self._rng = np.random.default_rng(SEED)

    def run(self, deadline: Deadline) -> Division:
        """Go through all groups until nothing helps any more or the time is up."""
        for _ in range(ROUNDS):
            changed = False
            for node in self._starts():
                if deadline.over:
                    return Division.of(self._area, self._groups.values())
                changed |= self._mend_around(node)
            if not changed:
                break
        return Division.of(self._area, self._groups.values())

    def _starts(self) -> list[int]:
        """The nodes around which to divide again: first who is left over, then the lowest of each group."""
        left = [node for node in range(self._area.count) if node not in self._owner]
        return left + sorted(group[0] for group in self._groups.values())

    def _mend_around(self, node: int) -> bool:
        """Divide what lies around a node again; whether it became better."""
        own = self._owner.get(node)
        start = (node,) if own is None else self._groups[own]
        near = sorted({self._owner[other] for other in self._around(start) if other in self._owner} - {own})
        return any(
            self._mend([*([] if own is None else [own]), *choice], start)
            for choice in self._choices(near, own)
        )

    def _choices(self, near: list[int], own: int | None) -> Iterator[list[int]]:
        """Which neighbouring groups are divided again together: one, then two."""
        yield from ([one] for one in near)
        if own is None or (len(near) <= MOST_TOGETHER and self._area.count < MANY_NODES):
            yield from ([one, other] for one in near for other in near if one < other)

    def _mend(self, numbers: list[int], start: Iterable[int]) -> bool:
        """Divide some groups again, with who is left over around them; whether it became better."""
        region = {*start, *(node for number in numbers for node in self._groups[number])}
        region |= {other for other in self._around(region) if other not in self._owner}
        nodes = tuple(sorted(region))
        if nodes in self._tried:
            return False
        self._tried.add(nodes)
        before = Division.of(self._area, [self._groups[number] for number in numbers])
        after = self._divided(self._area.part(nodes))
        if (after.covered, after.worth) <= (before.covered, before.worth + 1e-9):
            return False
        self._replace(numbers, [tuple(nodes[place] for place in group) for group in after.groups])
        return True

    def _replace(self, numbers: list[int], groups: list[tuple[int, ...]]) -> None:
        for number in numbers:
            for node in self._groups.pop(number):
                del self._owner[node]
        for group in groups:
            self._groups[self._next] = group
            self._owner |= dict.fromkeys(group, self._next)
            self._next += 1

    def _divided(self, part: Area) -> Division:
        if part.count <= MOST_EXACT:
            return best_division(part)
        groups = [
            [piece[node] for node in group]
            for piece in part.components
            for group in best_along_trees(part.part(piece), TREES, self._rng, Deadline(None)).groups
        ]
        return Division.of(part, groups)

    def _around(self, nodes: Iterable[int]) -> set[int]:
        return {near for node in nodes for near in self._area.neighbours[node]}


def best_along_trees(area: Area, count: int, rng: np.random.Generator, deadline: Deadline) -> Division:
    """The best division along ``count`` trees, at least one: the first keeps who fits best together."""
    best = NOBODY
    for number in range(count):
        if number and deadline.over:
            break
        weight = area.fits
        if number:
            noise = rng.random(area.fits.shape)
            weight = area.fits * (noise + noise.T)
        division = divide_along(area, *spanning_tree(area, weight))
        best = max(best, division, key=lambda one: one.rank)
    return best
