"""Why somebody is in no network of a division, in a sentence."""

from dataclasses import dataclass

import numpy as np

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.networks.area import Area
from geoplan.networks.division import Divided

NAMES_SHOWN = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A node that is left over and what surrounds it."""

    area: Area
    divided: Divided
    node: int
    names: tuple[str, ...]
    """Of all nodes."""
    where: str
    """Name of the area."""


def reason(case: Case) -> Message:
    """Why the node is left over: the first of these that holds."""
    found = (_alone(case), _too_large(case), _population(case), _component(case), _numbers(case))
    return next((message for message in found if message is not None), _no_room(case))


def _component_of(case: Case) -> list[int]:
    """Whom the node reaches over others that can be in a network at all."""
    component = [one for one in case.area.components if case.node in one]
    return component[0] if component else [case.node]


def _alone(case: Case) -> Message | None:
    enough = case.area.size[case.node] >= case.area.bounds.min_members
    if case.area.neighbours[case.node] or enough:
        return None
    return Message("it has no passable neighbour in {area}", area=case.where)


def _too_large(case: Case) -> Message | None:
    size, limit = case.area.size[case.node], case.area.bounds.max_members
    if size <= limit:
        return None
    return Message(
        "its association has {count} members; a network has {limit} at most", count=size, limit=limit
    )


def _population(case: Case) -> Message | None:
    bounds, population = case.area.bounds, case.area.population[case.node]
    if not bounds.of_population:
        return None
    if np.isnan(population):
        return Message("its population is not known, so it cannot be bounded")
    high = bounds.max_population
    if high is not None and population > high:
        return Message(
            "it has {count:n0} inhabitants; a network has {limit:n0} at most", count=population, limit=high
        )
    together = float(np.nansum([case.area.population[node] for node in _component_of(case)]))
    low = bounds.min_population
    if low is not None and together < low:
        return Message(
            "its connected area in {area} has {count:n0} inhabitants; a network needs {limit:n0}",
            area=case.where, count=together, limit=low,
        )  # fmt: skip
    return None


def _component(case: Case) -> Message | None:
    component = _component_of(case)
    members, low = case.area.members(component), case.area.bounds.min_members
    if members >= low:
        return None
    return Message(
        "its connected area in {area} has only {count} members ({names}); a network needs {limit}",
        area=case.where, count=members, limit=low,
        names=", ".join(case.names[node] for node in component[:NAMES_SHOWN]),
    )  # fmt: skip


def _numbers(case: Case) -> Message | None:
    """A number of members that no whole number of networks adds up to."""
    bounds, members = case.area.bounds, case.area.members(_component_of(case))
    networks = -(-members // bounds.max_members)
    if networks * bounds.min_members <= members:
        return None
    return Message(
        "{count} members cannot be divided into networks of {low} to {high}",
        count=members, low=bounds.min_members, high=bounds.max_members,
    )  # fmt: skip


def _no_room(case: Case) -> Message:
    neighbours = [case.names[near] for near in case.area.neighbours[case.node]]
    names = ", ".join(neighbours[:NAMES_SHOWN])
    if len(neighbours) == 1:
        return Message("it is reached over {name} only, whose network has no room for it", name=names)
    if case.divided.proven:
        return Message("no division puts everybody into a network; around it: {names}", names=names)
    return Message("no network around it has room that keeps all conditions; around it: {names}", names=names)


def outside(atlas: Atlas, row: int, inside: set[int]) -> list[int]:
    """Whom a left-over unit borders outside the area: a network may be possible there."""
    near, _ = atlas.level_borders(atlas.units.level[row]).neighbours(row)
    level = atlas.units.level
    return [other for other in near.tolist() if other not in inside and level[other] == level[row]]
