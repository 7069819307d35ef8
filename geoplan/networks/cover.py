"""Divide a county or a state into networks: everybody in one, or the reason why not."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks.area import Area
from geoplan.networks.candidates import blocks, own_parents
from geoplan.networks.contiguity import passable_neighbours
from geoplan.networks.division import Divided, divide
from geoplan.networks.fit import fit_towards, group_score, pair_fits
from geoplan.networks.left_over import Case, outside, reason
from geoplan.networks.request import AUTO, MOST_COVER_SECONDS, Conditions, check_conditions
from geoplan.networks.search import Deadline
from geoplan.networks.shape import compactness
from geoplan.services import Service, find_service
from geoplan.units import PARENT_LEVELS, AdministrativeUnit, Level

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

USUAL_COVER_SECONDS = 60.0
NEAR = 120
"""Pairs farther apart than the nearest so many count nothing in a large area: no group reaches so far."""
FAR_AWAY_ALLOWED = 6
"""Where networks need not be connected, the nearest so many count as neighbours too."""
OPTIMAL, HEURISTIC = "optimal", "heuristic"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverNetwork:
    """One of the networks of an area."""

    members: tuple[AdministrativeUnit, ...]
    score: float
    """The mean over its pairs."""
    population: int | None
    area_km2: float
    compactness: float | None
    counties: int

    def to_dict(self) -> dict[str, Any]:
        """The network as JSON; ``geoplan network check`` says the rest."""
        return {
            "members": [unit.id for unit in self.members], "names": [unit.name for unit in self.members],
            "score": self.score, "population": self.population, "area_km2": self.area_km2,
            "compactness": self.compactness, "counties": self.counties,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """A unit that is in no network."""

    unit: AdministrativeUnit
    reason: Message
    outside: tuple[AdministrativeUnit, ...]
    """Whom it borders outside the area."""

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The unit as JSON."""
        return {
            "id": self.unit.id, "name": self.unit.name, "reason": self.reason.text(lang),
            "outside": [unit.id for unit in self.outside],
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """An area divided into networks."""

    unit: AdministrativeUnit
    service: str
    contiguous: bool
    networks: tuple[CoverNetwork, ...]
    """By the id of their first member."""
    left_over: tuple[LeftOver, ...]
    score: float | None
    """The mean over all covered members of how well each fits its network; ``None`` where nobody is covered."""
    status: str
    """``optimal``: no division leaves fewer over or, leaving as few, fits better."""
    gap: float
    """By which share of the score a division that covers as many could be better, at most."""
    data: dict[str, Any]

    @property
    def covered(self) -> int:
        """How many units are in a network."""
        return sum(len(network.members) for network in self.networks)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The cover as JSON."""
        return {
            "unit": self.unit.id, "name": self.unit.name, "service": self.service,
            "contiguous": self.contiguous, "members": self.covered + len(self.left_over),
            "covered": self.covered, "score": self.score,
            "networks": [network.to_dict() for network in self.networks],
            "left_over": [one.to_dict(lang) for one in self.left_over],
            "optimality": {"status": self.status, "gap": self.gap}, "data": self.data,
        }  # fmt: skip


def cover(  # noqa: PLR0913 - the public surface: two subjects, the rest are options
    atlas: Atlas,
    unit: str,
    *,
    service: str,
    min_members: int | None = None,
    max_members: int | None = None,
    population: tuple[float | None, float | None] | None = None,
    max_counties: int | None = None,
    whole_associations: bool = False,
    contiguity: str | bool = AUTO,
    time_limit: float | None = USUAL_COVER_SECONDS,
) -> Cover:
    """Divide the municipalities of ``unit`` into networks; the conditions are those of ``build_network``.

    First as few as possible are left over, then each fits its network as well as possible. Small connected
    areas are divided with proof; in larger ones the division is good, and the gap says how good at least.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError, UnknownChoiceError
        The unit, the service or another choice is not known.
    InvalidValueError
        The unit has no municipalities, a number is out of its bounds, or conditions contradict one another.
    """
    conditions = Conditions(
        service=find_service(service), min_members=min_members, max_members=max_members,
        population=population, max_counties=max_counties, whole_associations=whole_associations,
        contiguity=contiguity,
    )  # fmt: skip
    check_conditions(conditions)
    _check_seconds(time_limit)
    whole = atlas.row(unit)
    rows = _municipalities(atlas, whole)
    nodes = _nodes(atlas, rows, whole=whole_associations)
    area = _area(atlas, rows, nodes, conditions)
    divided = divide(area, Deadline(time_limit))
    return _answer(atlas, whole, conditions, _Divided(rows=rows, nodes=nodes, area=area, found=divided))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Divided:
    rows: IntArray
    nodes: list[list[int]]
    """The places in ``rows`` of each node."""
    area: Area
    found: Divided

    def members(self, nodes: Sequence[int]) -> IntArray:
        """The rows of the members of a group of nodes."""
        return self.rows[sorted(place for node in nodes for place in self.nodes[node])]


def _check_seconds(seconds: float | None) -> None:
    if seconds is not None and not 0 < seconds <= MOST_COVER_SECONDS:
        message = Message(
            "The time limit is above 0 and at most {limit:n0} seconds, not {value}.",
            limit=MOST_COVER_SECONDS, value=str(seconds),
        )  # fmt: skip
        raise InvalidValueError(message, value=seconds)


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
            "{name} has no municipalities to divide; a county or a state has.", name=units.names[whole]
        )
        raise InvalidValueError(message, value=units.ids[whole])
    return rows


def _nodes(atlas: Atlas, rows: IntArray, *, whole: bool) -> list[list[int]]:
    return sorted({tuple(block): block for block in blocks(atlas, rows, whole=whole)}.values())


def _area(atlas: Atlas, rows: IntArray, nodes: list[list[int]], conditions: Conditions) -> Area:
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
        fits=_grouped(_fits(atlas, rows, conditions.service), nodes),
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


def _answer(atlas: Atlas, whole: int, conditions: Conditions, divided: _Divided) -> Cover:
    networks = [
        _network(atlas, divided.members(group), conditions) for group in divided.found.division.groups
    ]
    covered = sum(len(network.members) for network in networks)
    score = None
    if covered:
        score = sum(network.score * len(network.members) for network in networks) / covered
    return Cover(
        unit=atlas.units.at(whole), service=conditions.service.key, contiguous=conditions.contiguous,
        networks=tuple(sorted(networks, key=lambda one: one.members[0].id)),
        left_over=tuple(_left_over(atlas, whole, divided)), score=score,
        status=OPTIMAL if divided.found.proven else HEURISTIC,
        gap=0.0 if divided.found.proven or score is None else _gap(divided.area, score),
        data=atlas.provenance.to_dict(),
    )  # fmt: skip


def _network(atlas: Atlas, rows: IntArray, conditions: Conditions) -> CoverNetwork:
    units = atlas.units
    population = float(units.population[rows].sum())
    return CoverNetwork(
        members=tuple(units.at(row) for row in rows.tolist()),
        score=group_score(pair_fits(atlas, rows, conditions.service)) or 0.0,
        population=None if np.isnan(population) else int(population),
        area_km2=float(units.area_km2[rows].sum()), compactness=compactness(atlas, rows),
        counties=len(set(own_parents(atlas, Level.COUNTY)[rows].tolist())),
    )  # fmt: skip


def _left_over(atlas: Atlas, whole: int, divided: _Divided) -> list[LeftOver]:
    units, area = atlas.units, divided.area
    covered = {node for group in divided.found.division.groups for node in group}
    names = tuple(
        ", ".join(units.names[int(divided.rows[place])] for place in places) for places in divided.nodes
    )
    inside = set(divided.rows.tolist())
    found = []
    for node in range(area.count):
        if node in covered:
            continue
        case = Case(area=area, divided=divided.found, node=node, names=names, where=units.names[whole])
        why = reason(case)
        found += [
            LeftOver(
                unit=units.at(row), reason=why,
                outside=tuple(units.at(other) for other in outside(atlas, row, inside)),
            )
            for row in divided.members([node]).tolist()
        ]  # fmt: skip
    return sorted(found, key=lambda one: one.unit.id)


def _gap(area: Area, score: float) -> float:
    """A member fits its network at most as well as the best others it could have, however they fit."""
    others = max(1, area.bounds.min_members - 1)
    if max(area.size) > 1 or area.count <= others:
        return max(0.0, (1.0 - score) / score)
    best = -np.partition(-area.fits, others - 1, axis=1)[:, :others].mean(axis=1)
    return max(0.0, (float(best.mean()) - score) / score)
