"""How a dossier is made: the network is checked, and what is said of its members is put beside it."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version

import numpy as np

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks import Intentions, Network, check_network
from geoplan.networks.fit import member_fits, pair_fits
from geoplan.networks.footprint import Footprint
from geoplan.plans import Plan, checklist
from geoplan.plans.origin import asking
from geoplan.rules.facts import Value
from geoplan.services import find_service
from geoplan.units import PARENT_LEVELS, AdministrativeUnit, Level, titles_beside
from geoplan_dossier.dossier import CommonBorder, Dossier, Member, Origin, checksum
from geoplan_dossier.request import DossierRequest
from geoplan_maps.wording import county_name, state_name


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What a dossier is to be about."""

    members: tuple[str, ...]
    service: str
    weights: dict[str, float]
    seeds: tuple[str, ...]
    """Who asks: half of the score is how well they fit the others."""
    facts: dict[str, Value]
    """What the planner states."""


def named_by(
    plan: Plan | None,
    members: Sequence[str],
    service: str | None,
    weights: Mapping[str, float],
    facts: Mapping[str, Value] | None = None,
) -> Named:
    """What is named, and what is not as the plan has it.

    Raises
    ------
    InvalidValueError
        No members or no service, neither in the request nor in the plan.
    """
    chosen = tuple(members) or (() if plan is None else plan.network.members)
    field = service or (None if plan is None else plan.network.service)
    if not chosen:
        raise InvalidValueError(Message("A dossier needs the members of the network."), value="")
    if field is None:
        raise InvalidValueError(Message("A dossier needs the service field of the network."), value="")
    kept = None if plan is None else plan.provenance.weights
    return Named(
        members=chosen, service=field, weights=dict(weights or kept or {}), seeds=_asking(plan, chosen),
        facts={**({} if plan is None else plan.facts), **(facts or {})},
    )  # fmt: skip


def _asking(plan: Plan | None, members: tuple[str, ...]) -> tuple[str, ...]:
    """Those who ask in a plan: the planner scores the group so, too."""
    return () if plan is None else tuple(one for one in asking(plan) if one in members)


def make_dossier(  # noqa: PLR0913 - as check_network, with a plan
    atlas: Atlas,
    members: Sequence[str],
    *,
    service: str,
    on: datetime.date | None = None,
    intentions: Intentions | None = None,
    plan: Plan | None = None,
    seeds: Sequence[str] = (),
    weights: Mapping[str, float] | None = None,
) -> Dossier:
    """Check a network and put together everything that is handed over with it.

    Parameters and errors are those of :func:`geoplan.check_network`.

    Parameters
    ----------
    plan
        The plan of the network; what it holds becomes part of the dossier.
    """
    network = check_network(
        atlas, members, service=service, on=on, intentions=intentions, seeds=seeds, weights=weights
    )
    request = DossierRequest(
        members=tuple(unit.id for unit in network.members), service=network.service, on=network.on,
        intentions=intentions or Intentions(),
        seeds=tuple(sorted({atlas.unit(name).id for name in seeds})), weights=dict(weights or {}), plan=plan,
    )  # fmt: skip
    return Dossier(
        atlas=atlas, request=request, network=network, members=_members(atlas, network, request),
        borders=tuple(_borders(atlas, network)), neighbours=_neighbours(atlas, network),
        checklist=() if plan is None else checklist(plan), origin=origin_of(atlas),
    )  # fmt: skip


def _members(atlas: Atlas, network: Network, request: DossierRequest) -> tuple[Member, ...]:
    """The members by name, as a reader looks for them."""
    units = sorted(network.members, key=lambda unit: (unit.name.casefold(), unit.id))
    rows = np.array([atlas.units.row(unit.id) for unit in units], dtype=np.int64)
    footprint, service = Footprint(atlas=atlas, rows=rows), find_service(network.service)
    fits = member_fits(pair_fits(atlas, rows, service, weights=request.weights)).tolist()
    title = titles_beside(units)
    counted = [footprint.inhabitants(place) for place in range(len(rows))]
    return tuple(
        Member(
            number=place + 1, unit=unit, title=title(unit), inhabitants=_whole(counted[place]),
            county=county_name(atlas, unit), state=state_name(atlas, unit),
            fit=fits[place] if fits else None, seed=unit.id in request.seeds,
        )
        for place, unit in enumerate(units)
    )  # fmt: skip


def _whole(count: float | None) -> int | None:
    return None if count is None else int(count)


def _borders(atlas: Atlas, network: Network) -> list[CommonBorder]:
    """The borders between members of one level, by their ids."""
    found = []
    inside = {unit.id for unit in network.members}
    for unit in network.members:
        row = atlas.units.row(unit.id)
        near, border_m = atlas.level_borders(unit.level).neighbours(row)
        for other, metres in zip(near.tolist(), border_m.tolist(), strict=True):
            name = atlas.units.ids[other]
            if unit.id < name and name in inside:
                found.append(CommonBorder(one=unit.id, other=name, border_km=metres / 1000))
    return sorted(found, key=lambda border: (border.one, border.other))


def _neighbours(atlas: Atlas, network: Network) -> tuple[AdministrativeUnit, ...]:
    rows = {atlas.units.row(unit.id) for unit in network.members}
    found: dict[int, AdministrativeUnit] = {}
    for unit in network.members:
        near, _ = atlas.level_borders(unit.level).neighbours(atlas.units.row(unit.id))
        for row in near.tolist():
            if row not in rows and rows.isdisjoint(_above(atlas, row)):
                found[row] = atlas.units.at(row)
    twice = {row for row in found if _is_one_place(atlas, row, found)}
    return tuple(sorted((unit for row, unit in found.items() if row not in twice), key=lambda unit: unit.id))


def _above(atlas: Atlas, row: int) -> set[int]:
    """What a unit belongs to."""
    above = (atlas.hierarchy.parent_of(row, level) for level in PARENT_LEVELS)
    return {parent for parent in above if parent is not None}


def _is_one_place(atlas: Atlas, row: int, others: Iterable[int]) -> bool:
    """Whether a county is a county-free city that stands among the others as a municipality."""
    if atlas.units.level[row] is not Level.COUNTY:
        return False
    members = atlas.hierarchy.members(row, Level.MUNICIPALITY).tolist()
    return len(members) == 1 and members[0] in others


def origin_of(atlas: Atlas) -> Origin:
    """What an answer of this atlas rests on."""
    cooperations = atlas.register.cooperations
    return Origin(
        geoplan_version=version("geoplan"), data=atlas.provenance.to_dict(),
        files=dict(atlas.dataset.files) or _columns(atlas),
        register=checksum(
            [[one.id, one.service, sorted(one.members), one.complete] for one in cooperations]
        ) if cooperations else None,
    )  # fmt: skip


def _columns(atlas: Atlas) -> dict[str, str]:
    """Checksums of units and borders, where a dataset does not list its files."""
    units = atlas.units
    counted = [None if np.isnan(count) else count for count in units.population.tolist()]
    rows = list(zip(units.ids, units.names, counted, units.area_km2.tolist(), strict=True))
    borders = atlas.dataset.borders
    return {
        "units": checksum(rows),
        "borders": checksum([borders.pairs.tolist(), np.round(borders.border_m, 3).tolist()]),
    }
