"""Cut a spanning tree into groups: fast, and it leaves few over where sizes are tight.

From the leaves up each node knows, for every size of the still open group it belongs to, the best way below.
An open group is closed, left over, or joined with that of the parent.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.networks.area import Area, Division
from geoplan.networks.problem import pair_count

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Open:
    """A group that may still grow, and what has been closed below it."""

    nodes: tuple[int, ...]
    members: int
    population: float
    counties: frozenset[int]
    within: float
    """The sum over its pairs."""
    covered: int
    worth: float
    """Of the groups closed below."""
    closed: tuple[tuple[int, ...], ...]

    @property
    def promise(self) -> tuple[int, float]:
        """What is compared among open groups of one size: what is closed below, with the pairs so far."""
        return self.covered, self.worth + self.members * self.within / pair_count(self.members)


Table = dict[int, Open]
"""By members of the open group; 0: there is none."""


def divide_along(area: Area, parent: Sequence[int], order: Sequence[int]) -> Division:
    """The division along a spanning tree.

    Parameters
    ----------
    parent
        (n,) the node above each; the root is its own.
    order
        All nodes, parents before children.
    """
    tables = [_alone(area, node) for node in range(area.count)]
    for node in reversed(order):
        finished = _finished(area, tables[node])
        above = parent[node]
        if above == node:
            return Division.of(area, finished[0].closed)
        tables[above] = _joined(area, tables[above], finished)
        tables[node] = {}
    return Division.of(area, [])


def spanning_tree(area: Area, weight: FloatArray, root: int = 0) -> tuple[list[int], list[int]]:
    """Parents and order (parents first) of the heaviest spanning tree of a connected area."""
    count = area.count
    best, parent = np.full(count, -np.inf), [root] * count
    inside = np.zeros(count, dtype=bool)
    order: list[int] = []
    best[root] = np.inf
    for _ in range(count):
        node = int(np.argmax(np.where(inside, -np.inf, best)))
        inside[node] = True
        order.append(node)
        for near in area.neighbours[node]:
            if not inside[near] and weight[node, near] > best[near]:
                best[near], parent[near] = weight[node, near], node
    return parent, order


def _alone(area: Area, node: int) -> Table:
    return {
        area.size[node]: Open(
            (node,), area.size[node], float(area.population[node]), frozenset((area.county[node],)),
            float(area.fits[node, node]), 0, 0.0, (),
        )
    }  # fmt: skip


def _finished(area: Area, table: Table) -> Table:
    """The table with the choice of having no open group: closed where it is within bounds, else left over."""
    none: Open | None = None
    for one in table.values():
        closes = area.closes(one.members, one.population, len(one.counties))
        gain = one.members * one.within / pair_count(one.members) if closes else 0.0
        ended = Open(
            (), 0, 0.0, frozenset(), 0.0, one.covered + (one.members if closes else 0), one.worth + gain,
            (*one.closed, one.nodes) if closes else one.closed,
        )  # fmt: skip
        none = ended if none is None or ended.promise > none.promise else none
    return table if none is None else {**table, 0: none}


def _joined(area: Area, table: Table, below: Table) -> Table:
    """The table of a node after one of its children."""
    bounds = area.bounds
    result: Table = {}
    for one in table.values():
        for other in below.values():
            members = one.members + other.members
            population = one.population + other.population
            too_many = bounds.max_population is not None and population > bounds.max_population
            if members > bounds.max_members or too_many:
                continue
            kept = result.get(members)
            covered = one.covered + other.covered
            if kept is not None and kept.covered > covered:
                continue
            joined = _together(area, one, other)
            if kept is None or joined.promise > kept.promise:
                result[members] = joined
    return result


def _together(area: Area, one: Open, other: Open) -> Open:
    between = 0.0
    if other.nodes:
        between = float(area.fits[np.ix_(one.nodes, other.nodes)].sum())
    return Open(
        one.nodes + other.nodes, one.members + other.members, one.population + other.population,
        one.counties | other.counties, one.within + other.within + between,
        one.covered + other.covered, one.worth + other.worth, one.closed + other.closed,
    )  # fmt: skip
