"""Divide an area into groups: exactly where it is small, else along trees and mended."""

from dataclasses import dataclass

import numpy as np

from geoplan.networks.area import NOBODY, Area, Division
from geoplan.networks.division_exact import MOST_NODES, best_division
from geoplan.networks.mending import SEED, Mending, best_along_trees
from geoplan.networks.search import Deadline

MANY_NODES = 300
FIRST_TREES = 12
FIRST_TREES_OF_MANY = 2
"""So many trees are drawn over the whole area; what they miss is mended."""


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
    division = best_division(part) if exact else Mending(part, _first(part, deadline)).run(deadline)
    groups = [[component[node] for node in group] for group in division.groups]
    return Divided(division=Division.of(area, groups), proven=exact)


def _first(area: Area, deadline: Deadline) -> Division:
    """The best of the divisions along a few trees over the whole area."""
    count = FIRST_TREES if area.count < MANY_NODES else FIRST_TREES_OF_MANY
    return best_along_trees(area, count, np.random.default_rng(SEED), deadline)
