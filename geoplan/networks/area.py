"""An area that is to be divided into networks: its units, who borders whom, how well they fit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoplan.networks.contiguity import pieces
from geoplan.networks.problem import Bounds, pair_count

FloatArray = NDArray[np.float64]
Nodes = Sequence[int]


@dataclass(frozen=True, kw_only=True, eq=False)
class Area:
    """n nodes 0 … n - 1: a unit, or several that stay together."""

    size: Sequence[int]
    """(n,) members of each node."""
    fits: FloatArray
    """(n, n) symmetric sums over the pairs between two nodes; the diagonal has the pairs within a node."""
    neighbours: Sequence[Sequence[int]]
    """Whom each node reaches directly, ascending."""
    population: Sequence[float]
    """(n,) inhabitants, NaN where unknown."""
    county: Sequence[int]
    """(n,) the county of each node."""
    bounds: Bounds

    @property
    def count(self) -> int:
        """How many nodes there are."""
        return len(self.size)

    @cached_property
    def components(self) -> list[list[int]]:
        """The connected pieces of the nodes that can be in a network at all."""
        return pieces(self.neighbours, [node for node in range(self.count) if self.usable(node)])

    def usable(self, node: int) -> bool:
        """Whether a node alone breaks no upper bound; its population is known where that counts."""
        bounds, population = self.bounds, self.population[node]
        if self.size[node] > bounds.max_members or (bounds.of_population and np.isnan(population)):
            return False
        return bounds.max_population is None or population <= bounds.max_population

    def members(self, nodes: Iterable[int]) -> int:
        """How many members a group of nodes has."""
        return sum(self.size[node] for node in nodes)

    def within(self, nodes: Nodes) -> float:
        """The sum over the pairs of a group."""
        part = self.fits[np.ix_(nodes, nodes)]
        return float(part.sum() + np.trace(part)) / 2

    def worth(self, nodes: Nodes) -> float:
        """The score of a group times its members: worths add up over the groups of an area."""
        members = self.members(nodes)
        return members * self.within(nodes) / pair_count(members)

    def closes(self, members: int, population: float, counties: int) -> bool:
        """Whether a group with these numbers is within all bounds."""
        bounds = self.bounds
        return (
            bounds.min_members <= members <= bounds.max_members
            and (not bounds.of_population or bounds.admits_population(population))
            and (bounds.max_counties is None or counties <= bounds.max_counties)
        )

    def feasible(self, nodes: Nodes) -> bool:
        """Whether a group is within all bounds; it is not asked whether it is connected."""
        population = float(sum(self.population[node] for node in nodes))
        return self.closes(self.members(nodes), population, len({self.county[node] for node in nodes}))

    def connected(self, nodes: Iterable[int]) -> bool:
        """Whether a group is in one piece."""
        left = set(nodes)
        ring = [left.pop()] if left else []
        while ring and left:
            ring = [near for node in ring for near in self.neighbours[node] if near in left]
            left.difference_update(ring)
        return not left

    def part(self, nodes: Nodes) -> "Area":
        """The area of some of the nodes, numbered in the given order."""
        place = {node: number for number, node in enumerate(nodes)}
        return Area(
            size=[self.size[node] for node in nodes], fits=self.fits[np.ix_(nodes, nodes)],
            neighbours=[[place[near] for near in self.neighbours[node] if near in place] for node in nodes],
            population=[self.population[node] for node in nodes],
            county=[self.county[node] for node in nodes], bounds=self.bounds,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Division:
    """Groups of nodes; whoever is in none is left over."""

    groups: tuple[tuple[int, ...], ...]
    covered: int
    """Members in a group."""
    worth: float
    """The sum of the worths of the groups."""

    @property
    def rank(self) -> tuple[int, float]:
        """What is compared: first nobody left over, then how well they fit."""
        return self.covered, self.worth

    @classmethod
    def of(cls, area: Area, groups: Iterable[Nodes]) -> "Division":
        """The division into ``groups``."""
        ordered = tuple(sorted(tuple(sorted(group)) for group in groups))
        return cls(
            groups=ordered, covered=sum(area.members(group) for group in ordered),
            worth=sum(area.worth(group) for group in ordered),
        )  # fmt: skip


NOBODY = Division(groups=(), covered=0, worth=0.0)
