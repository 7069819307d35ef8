"""Who can be a member at all: those the conditions allow, the best fitting ones, with a way to them."""

import heapq
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.networks.bitset import mask_of
from geoplan.networks.fit import fit_towards, pair_fits
from geoplan.networks.footprint import Footprint
from geoplan.networks.problem import GroupProblem
from geoplan.networks.request import WITHIN, Conditions, Named
from geoplan.networks.vertical import municipalities_of
from geoplan.units import Level

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

LOOKED_AT = 5
"""So many times the wanted number of candidates are looked at, the nearest ones."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Field:
    """The candidates of a request and the problem they pose."""

    rows: IntArray
    """(n,) ascending; the places of the problem."""
    problem: GroupProblem

    def members(self, group: int) -> IntArray:
        """The rows of a group of the problem."""
        return self.rows[[place for place in range(len(self.rows)) if group >> place & 1]]


def allowed_rows(atlas: Atlas, named: Named, conditions: Conditions) -> IntArray:
    """The rows that the conditions allow as members, ascending; who is required is among them."""
    units = atlas.units
    if named.vertical:
        rows = municipalities_of(atlas, named.required)
    else:
        rows = units.rows_of(units.level[named.required[0]])
    allowed = ~np.isin(rows, named.excluded)
    if conditions.within is not None:
        parent = own_parents(atlas, WITHIN[conditions.within])
        allowed &= np.isin(parent[rows], parent[named.required])
    bounds = conditions.bounds()
    if bounds.of_population:
        population = units.population[rows]
        allowed &= ~np.isnan(population)
        if bounds.max_population is not None:
            allowed &= ~(population > bounds.max_population)
    if conditions.whole_associations:
        association = atlas.hierarchy.parent[Level.ASSOCIATION][rows]
        broken = np.unique(association[~allowed & (association >= 0)])
        sizes = {int(one): int((association == one).sum()) for one in np.unique(association)}
        largest = conditions.bounds(len(named.required)).max_members
        large = [one for one, size in sizes.items() if one >= 0 and size > largest]
        allowed &= ~np.isin(association, [*broken.tolist(), *large])
    return np.union1d(rows[allowed], named.required)


def own_parents(atlas: Atlas, level: Level) -> IntArray:
    """The row of each unit's parent on ``level``; a unit of that level is its own."""
    parent = atlas.hierarchy.parent[level].copy()
    own = atlas.units.rows_of(level)
    parent[own] = own
    return parent


def blocks(atlas: Atlas, rows: IntArray, *, whole: bool) -> list[list[int]]:
    """For each of ``rows`` the places of those it stays together with: its association, or itself alone."""
    association = atlas.hierarchy.parent[Level.ASSOCIATION][rows].tolist()
    if not whole or Level.MUNICIPALITY not in atlas.units.level[rows]:
        return [[place] for place in range(len(rows))]
    together: dict[int, list[int]] = {}
    for place, parent in enumerate(association):
        together.setdefault(parent if parent >= 0 else -2 - place, []).append(place)
    return [together[parent if parent >= 0 else -2 - place] for place, parent in enumerate(association)]


def field_of(atlas: Atlas, named: Named, conditions: Conditions, limit: int) -> Field:
    """The ``limit`` best candidates and the problem they pose; a few more where blocks or ways need them."""
    allowed = allowed_rows(atlas, named, conditions)
    near = _around(atlas, allowed, named.required, LOOKED_AT * limit, whole=conditions.whole_associations)
    chosen = _best(atlas, named, conditions, near, limit)
    return Field(rows=chosen, problem=_problem(atlas, named, conditions, chosen))


def _around(atlas: Atlas, allowed: IntArray, required: IntArray, count: int, *, whole: bool) -> IntArray:
    """The nearest of the allowed, associations complete."""
    xy = atlas.units.xy
    step = xy[allowed][:, None, :] - xy[required][None, :, :]
    distance = np.hypot(step[..., 0], step[..., 1]).mean(axis=1)
    kept = np.union1d(allowed[np.argsort(distance, kind="stable")[:count]], required)
    if whole:
        association = atlas.hierarchy.parent[Level.ASSOCIATION]
        parents = np.unique(association[kept])
        kept = np.union1d(kept, allowed[np.isin(association[allowed], parents[parents >= 0])])
    return kept


def _best(atlas: Atlas, named: Named, conditions: Conditions, near: IntArray, limit: int) -> IntArray:
    """The best fitting of ``near``; where the group is connected, only whom others that were taken reach."""
    required = np.searchsorted(near, named.required).tolist()
    fit = np.full(len(near), np.inf)
    others = ~np.isin(near, named.required)
    if others.any():
        fit[others] = fit_towards(
            atlas, named.required, near[others], conditions.service, weights=conditions.weights
        )
    together = blocks(atlas, near, whole=conditions.whole_associations)
    neighbours = _reached(atlas, near) if conditions.contiguous else [list(range(len(near)))] * len(near)
    taken: set[int] = set()
    queue = [(-np.inf, place) for place in {*required, *_ways(neighbours, required)}]
    heapq.heapify(queue)
    queued = {place for _, place in queue}
    while queue and (len(taken) < limit or queue[0][0] == -np.inf):
        _, place = heapq.heappop(queue)
        taken.update(together[place])
        for member in together[place]:
            fresh = [other for other in neighbours[member] if other not in queued]
            queued.update(fresh)
            for other in fresh:
                heapq.heappush(queue, (-float(fit[other]), other))
    return near[sorted(taken)]


def _ways(neighbours: list[list[int]], required: list[int]) -> set[int]:
    """Who lies on shortest ways from the first of ``required`` to the others."""
    came_from = {required[0]: required[0]}
    ring = [required[0]]
    while ring:
        ahead = []
        for place in ring:
            for other in neighbours[place]:
                if other not in came_from:
                    came_from[other] = place
                    ahead.append(other)
        ring = ahead
    on_way: set[int] = set()
    for place in required:
        here = place
        while here in came_from and here not in on_way:
            on_way.add(here)
            here = came_from[here]
    return on_way


def _problem(atlas: Atlas, named: Named, conditions: Conditions, rows: IntArray) -> GroupProblem:
    together = [mask_of(block) for block in blocks(atlas, rows, whole=conditions.whole_associations)]
    required = 0
    for place in np.searchsorted(rows, named.required).tolist():
        required |= together[place]
    seeds = mask_of(np.searchsorted(rows, named.seeds).tolist())
    neighbours = None
    if conditions.contiguous:
        neighbours = [mask_of(near) for near in _reached(atlas, rows)]
    return GroupProblem(
        fits=pair_fits(atlas, rows, conditions.service, weights=conditions.weights), seeds=seeds,
        neighbours=neighbours,
        together=together,
        required=required, population=_population(atlas, named, rows),
        county=own_parents(atlas, Level.COUNTY)[rows].tolist(),
        bounds=conditions.bounds(required.bit_count()),
    )  # fmt: skip


def _reached(atlas: Atlas, rows: IntArray) -> list[list[int]]:
    """For each of ``rows`` those it reaches directly; a county reaches all of its own."""
    return Footprint(atlas=atlas, rows=rows).neighbours


def _population(atlas: Atlas, named: Named, rows: IntArray) -> FloatArray:
    """Inhabitants, 0 where unknown; who lies in a member is counted there already."""
    population = np.nan_to_num(atlas.units.population[rows])
    if named.vertical:
        population[np.isin(rows, municipalities_of(atlas, named.required))] = 0.0
    return population


def without(problem: GroupProblem, condition: str) -> GroupProblem:
    """The problem without one of its conditions: see :class:`Conditions`."""
    bounds = problem.bounds
    match condition:
        case "population":
            return replace(problem, bounds=replace(bounds, min_population=None, max_population=None))
        case "max_counties":
            return replace(problem, bounds=replace(bounds, max_counties=None))
        case "whole_associations":
            alone = [1 << place for place in range(problem.count)]
            return replace(problem, together=alone)
        case "contiguity":
            return replace(problem, neighbours=None)
    return replace(problem, bounds=replace(bounds, min_members=1, max_members=bounds.min_members))
