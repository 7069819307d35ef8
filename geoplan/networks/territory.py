"""The municipalities of a county or a state as an area that can be divided."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks.area import Area
from geoplan.networks.candidates import blocks, own_parents
from geoplan.networks.contiguity import passable_neighbours
from geoplan.networks.fit import fit_towards, pair_fits
from geoplan.networks.request import Conditions
from geoplan.services import Service
from geoplan.units import PARENT_LEVELS, Level

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

NEAR = 120
"""Pairs farther apart than the nearest so many count nothing in a large area: no group reaches so far."""
FAR_AWAY_ALLOWED = 6
"""Where networks need not be connected, the nearest so many count as neighbours too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Territory:
    """A county or a state, its municipalities, and the area they pose."""

    whole: int
    """The row of the county or state."""
    rows: IntArray
    """The municipalities."""
    nodes: list[list[int]]
    """The places in :attr:`rows` of each node of the area."""
    area: Area
    fits: FloatArray
    """Pair scores of the municipalities; 0 for pairs far apart where there are many."""

    def members(self, nodes: Sequence[int]) -> IntArray:
        """The rows of the members of a group of nodes."""
        return self.rows[sorted(place for node in nodes for place in self.nodes[node])]


def territory_of(atlas: Atlas, whole: int, conditions: Conditions) -> Territory:
    """The municipalities of a unit as an area.

    Raises
    ------
    InvalidValueError
        It has none.
    """
    rows = _municipalities(atlas, whole)
    nodes = _nodes(atlas, rows, whole=conditions.whole_associations)
    fits = _fits(atlas, rows, conditions.service)
    area = _area(atlas, rows, nodes, conditions, fits=fits)
    return Territory(whole=whole, rows=rows, nodes=nodes, area=area, fits=fits)


def _municipalities(atlas: Atlas, whole: int) -> IntArray:
    units = atlas.units
    rows = np.empty(0, dtype=np.int64)
    if units.level[whole] in PARENT_LEVELS:
        rows = atlas.hierarchy.members(whole, Level.MUNICIPALITY)
    if units.level[whole] == Level.METROPOLITAN_REGION:
        counties = atlas.regions.members[whole]
        inside = np.isin(atlas.hierarchy.parent[Level.COUNTY], counties)
        rows = np.flatnonzero(inside & (units.level == Level.MUNICIPALITY))
    if not len(rows):
        message = Message(
            "{name} has no municipalities to divide; a county or a state has.", name=units.title(whole)
        )
        raise InvalidValueError(message, value=units.ids[whole])
    return rows


def _nodes(atlas: Atlas, rows: IntArray, *, whole: bool) -> list[list[int]]:
    return sorted({tuple(block): block for block in blocks(atlas, rows, whole=whole)}.values())


def _area(
    atlas: Atlas, rows: IntArray, nodes: list[list[int]], conditions: Conditions, *, fits: FloatArray
) -> Area:
    node_of = {place: number for number, places in enumerate(nodes) for place in places}
    near = passable_neighbours(atlas, rows)
    if not conditions.contiguous:
        near = [sorted({*one, *two}) for one, two in zip(near, _nearest(atlas, rows), strict=True)]
    neighbours: list[set[int]] = [set() for _ in nodes]
    for place, others in enumerate(near):
        neighbours[node_of[place]] |= {node_of[other] for other in others}
    county = own_parents(atlas, Level.COUNTY)[rows]
    population = atlas.units.population[rows]
    return Area(
        size=[len(places) for places in nodes],
        fits=_grouped(fits, nodes),
        neighbours=[sorted(others - {node}) for node, others in enumerate(neighbours)],
        population=[float(population[places].sum()) for places in nodes],
        county=[int(county[places[0]]) for places in nodes],
        bounds=conditions.bounds(),
    )


def _fits(atlas: Atlas, rows: IntArray, service: Service) -> FloatArray:
    """(n, n) pair scores; 0 for pairs far apart where there are many units."""
    count = len(rows)
    if count <= 2 * NEAR:
        return pair_fits(atlas, rows, service)
    fits = np.zeros((count, count))
    for place, near in enumerate(_order_by_distance(atlas, rows, NEAR)):
        others = np.sort(near)
        fits[place, others] = fit_towards(atlas, rows[place : place + 1], rows[others], service)
    both = (fits > 0) & (fits.T > 0)
    return np.where(both, (fits + fits.T) / 2, np.maximum(fits, fits.T))


def _order_by_distance(atlas: Atlas, rows: IntArray, count: int) -> list[IntArray]:
    xy = atlas.units.xy[rows]
    found = []
    for place in range(len(rows)):
        distance = np.hypot(*(xy - xy[place]).T)
        distance[place] = -1.0
        found.append(np.argsort(distance, kind="stable")[1 : count + 1])
    return found


def _nearest(atlas: Atlas, rows: IntArray) -> list[list[int]]:
    """The nearest few of each, both ways."""
    found: list[set[int]] = [set() for _ in rows]
    for place, near in enumerate(_order_by_distance(atlas, rows, FAR_AWAY_ALLOWED)):
        for other in near.tolist():
            found[place].add(other)
            found[other].add(place)
    return [sorted(others) for others in found]


def _grouped(fits: FloatArray, nodes: list[list[int]]) -> FloatArray:
    """Sums over the pairs between nodes; on the diagonal those within."""
    if len(nodes) == len(fits):
        return fits
    order = [place for places in nodes for place in places]
    start = np.cumsum([0, *(len(places) for places in nodes[:-1])])
    sums = np.add.reduceat(np.add.reduceat(fits[np.ix_(order, order)], start, axis=0), start, axis=1)
    sums[np.diag_indices(len(nodes))] /= 2
    return np.asarray(sums)
