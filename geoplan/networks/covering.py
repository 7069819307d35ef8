"""Divide a county or a state into networks: everybody in one, or the reason why not."""

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks.candidates import own_parents
from geoplan.networks.cover import Cover, CoverNetwork, LeftOver
from geoplan.networks.division import Divided, divide
from geoplan.networks.fit import group_score, pair_fits
from geoplan.networks.found import HEURISTIC, OPTIMAL
from geoplan.networks.left_over import Case, outside, reason
from geoplan.networks.request import AUTO, MOST_COVER_SECONDS, Conditions, check_conditions
from geoplan.networks.search import Deadline
from geoplan.networks.shape import compactness
from geoplan.networks.territory import Territory, territory_of
from geoplan.services import Service, find_service
from geoplan.units import Level, UnitOrName

IntArray = NDArray[np.int64]

USUAL_COVER_SECONDS = 60.0


def cover(  # noqa: PLR0913 - the public surface: two subjects, the rest are options
    atlas: Atlas,
    unit: UnitOrName,
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
    territory = territory_of(atlas, atlas.row(unit), conditions)
    return _answer(atlas, conditions, territory, divide(territory.area, Deadline(time_limit)))


def _check_seconds(seconds: float | None) -> None:
    if seconds is not None and not 0 < seconds <= MOST_COVER_SECONDS:
        message = Message(
            "The time limit is above 0 and at most {limit:n0} seconds, not {value}.",
            limit=MOST_COVER_SECONDS, value=str(seconds),
        )  # fmt: skip
        raise InvalidValueError(message, value=seconds)


def _answer(atlas: Atlas, conditions: Conditions, territory: Territory, divided: Divided) -> Cover:
    networks = [
        _network(atlas, territory.members(group), conditions.service) for group in divided.division.groups
    ]
    covered = sum(len(network.members) for network in networks)
    score = None
    if covered:
        score = sum(network.score * len(network.members) for network in networks) / covered
    return Cover(
        unit=atlas.units.at(territory.whole), service=conditions.service.key,
        contiguous=conditions.contiguous,
        networks=tuple(sorted(networks, key=lambda one: one.members[0].id)),
        left_over=tuple(_left_over(atlas, territory, divided)), score=score,
        status=OPTIMAL if divided.proven else HEURISTIC,
        gap=0.0 if divided.proven or not score else _gap(territory, covered, score),
        data=atlas.provenance.to_dict(),
    )  # fmt: skip


def _network(atlas: Atlas, rows: IntArray, service: Service) -> CoverNetwork:
    units = atlas.units
    population = float(units.population[rows].sum())
    return CoverNetwork(
        members=tuple(units.at(row) for row in rows.tolist()),
        score=group_score(pair_fits(atlas, rows, service)) or 0.0,
        population=None if np.isnan(population) else int(population),
        area_km2=float(units.area_km2[rows].sum()), compactness=compactness(atlas, rows),
        counties=len(set(own_parents(atlas, Level.COUNTY)[rows].tolist())),
    )  # fmt: skip


def _left_over(atlas: Atlas, territory: Territory, divided: Divided) -> list[LeftOver]:
    units, area, rows = atlas.units, territory.area, territory.rows
    covered = {node for group in divided.division.groups for node in group}
    names = tuple(
        ", ".join(units.title(row) for row in territory.members([node]).tolist())
        for node in range(area.count)
    )
    inside, found = set(rows.tolist()), []
    for node in sorted(set(range(area.count)) - covered):
        case = Case(area=area, divided=divided, node=node, names=names, where=units.title(territory.whole))
        why = reason(case)
        for row in territory.members([node]).tolist():
            others = tuple(units.at(other) for other in outside(atlas, row, inside))
            found.append(LeftOver(unit=units.at(row), reason=why, outside=others))
    return sorted(found, key=lambda one: one.unit.id)


def _gap(territory: Territory, covered: int, score: float) -> float:
    """By which share another division that covers as many could fit better, at most.

    A member fits its network at most as well as the best others it could have, however they fit.
    """
    fits = territory.fits
    others = min(territory.area.bounds.min_members, len(fits)) - 1
    best = -np.partition(-fits, others - 1, axis=1)[:, :others].mean(axis=1)
    limit = float(np.sort(best)[::-1][:covered].mean())
    return max(0.0, (limit - score) / score)
