"""The best division of a small area, with proof: every connected group is tried in every combination."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from geoplan.networks.area import NOBODY, Area, Division
from geoplan.networks.bitset import bits, mask_of
from geoplan.networks.problem import pair_count

MOST_NODES = 16
"""Up to so many nodes the exact division takes a moment."""


@dataclass(frozen=True, slots=True)
class ConnectedGroup:
    """A connected group of nodes, as bits, with what its bounds and its worth need."""

    nodes: int
    members: int
    population: float
    counties: frozenset[int]
    within: float
    """The sum over its pairs."""

    @property
    def worth(self) -> float:
        """See :meth:`Area.worth`."""
        return self.members * self.within / pair_count(self.members)


def best_division(area: Area) -> Division:
    """The division that leaves the fewest over and, of these, fits best; for at most :data:`MOST_NODES`."""
    by_lowest: dict[int, list[tuple[int, int, float]]] = {}
    for group in connected_groups(area):
        if area.closes(group.members, group.population, len(group.counties)):
            entry = (group.nodes, group.members, group.worth)
            by_lowest.setdefault(group.nodes & -group.nodes, []).append(entry)

    @cache
    def best(left: int) -> tuple[int, float, tuple[int, ...]]:
        """Covered members, worth and groups of the best division of the nodes in ``left``."""
        if not left:
            return 0, 0.0, ()
        lowest = left & -left
        found = best(left ^ lowest)
        for nodes, members, worth in by_lowest.get(lowest, ()):
            if nodes & ~left == 0:
                covered, rest_worth, rest = best(left ^ nodes)
                candidate = (covered + members, round(worth + rest_worth, 9), (nodes, *rest))
                found = max(found, candidate)
        return found

    _, _, chosen = best((1 << area.count) - 1)
    return Division.of(area, [bits(nodes) for nodes in chosen]) if chosen else NOBODY


def connected_groups(area: Area) -> Iterator[ConnectedGroup]:
    """Every connected group with at most as many members as a network has, each once."""
    around = [mask_of(near) for near in area.neighbours]
    fits = area.fits.tolist()
    for start in range(area.count):
        # Only nodes above the start join, and each tries the open ones in one order: no group comes twice.
        alone = ConnectedGroup(
            1 << start, area.size[start], area.population[start],
            frozenset((area.county[start],)), fits[start][start],
        )  # fmt: skip
        allowed = -1 << (start + 1)
        stack = [(alone, [start], around[start] & allowed, allowed & ~around[start])]
        while stack:
            group, nodes, frontier, fresh = stack.pop()
            if group.members > area.bounds.max_members:
                continue
            yield group
            for node in bits(frontier):
                frontier ^= 1 << node
                joined = ConnectedGroup(
                    group.nodes | 1 << node, group.members + area.size[node],
                    group.population + area.population[node], group.counties | {area.county[node]},
                    group.within + fits[node][node] + sum(fits[node][other] for other in nodes),
                )  # fmt: skip
                found = around[node] & fresh
                stack.append((joined, [*nodes, node], frontier | found, fresh & ~found))
