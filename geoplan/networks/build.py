"""Build networks: from seeds and conditions to the best connected group, with proof, and to alternatives."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks.alternatives import Choice, choose
from geoplan.networks.bitset import bits
from geoplan.networks.candidates import Field, field_of
from geoplan.networks.check import check_network
from geoplan.networks.fit import member_fits
from geoplan.networks.found import HEURISTIC, OPTIMAL, NetworkSearch, Variant
from geoplan.networks.infeasible import check_possible, obstacle
from geoplan.networks.network import Network
from geoplan.networks.request import (
    AUTO,
    MOST_ALTERNATIVES,
    MOST_CANDIDATES,
    MOST_SECONDS,
    USUAL_CANDIDATES,
    USUAL_SECONDS,
    Conditions,
    check_conditions,
    check_number,
    read_named,
)
from geoplan.networks.search import Deadline
from geoplan.networks.tradeoff import TradeOff, judge, trade_offs
from geoplan.networks.vertical import ANY
from geoplan.services import find_service
from geoplan.suggestions.weights import check_weights
from geoplan.units import UnitOrName


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """How much is searched."""

    alternatives: int = 1
    """How many networks in all: the best and others that differ clearly from it and from each other."""
    candidates: int = USUAL_CANDIDATES
    """How many candidates are compared."""
    time_limit: float | None = USUAL_SECONDS
    """Seconds; ``None`` is no limit. What is open then is told by the gap."""


def build_network(  # noqa: PLR0913 - the public surface: two subjects, the rest are options
    atlas: Atlas,
    seeds: Sequence[UnitOrName],
    *,
    service: str,
    min_members: int | None = None,
    max_members: int | None = None,
    include: Sequence[UnitOrName] = (),
    exclude: Sequence[UnitOrName] = (),
    within: str | None = None,
    population: tuple[float | None, float | None] | None = None,
    max_counties: int | None = None,
    whole_associations: bool = False,
    contiguity: str | bool = AUTO,
    type: str = ANY,
    weights: Mapping[str, float] | None = None,
    alternatives: int = 1,
    candidates: int = USUAL_CANDIDATES,
    time_limit: float | None = USUAL_SECONDS,
    on: datetime.date | None = None,
) -> NetworkSearch:
    """Build the best network around ``seeds``: the group with the highest score.

    A pair scores the mean of the two suggestion scores for the service (see :mod:`geoplan.networks.fit`); a
    member's fit is the mean of its pairs with the others. Half of the group's score is the mean fit of all
    members, half that of the seeds.

    Parameters
    ----------
    atlas
        What is known.
    seeds
        Ids or names of the units to start from, of one level or a county and its own; all are members.
    service
        Key of a service field; it shapes the scores, the usual size and whether the area is connected.
    min_members, max_members
        Bounds of the number of members; by default those usual for the service.
    include, exclude
        Ids or names of who has to be a member too, or must not be.
    within
        ``"county"`` or ``"state"``: only units of those of the required members.
    population
        Least and most inhabitants of all members together, either may be ``None``. Units whose
        population is not known are left out then.
    max_counties
        Out of how many counties at most.
    whole_associations
        Whether municipalities of one association are members together or not at all.
    contiguity
        Whether the members form one connected area: ``True``, ``False`` or ``"auto"``, as the service
        says. Unincorporated areas and the links of ``links.toml`` connect.
    type
        Who can join: ``"horizontal"``, others of the same level; ``"vertical"``, the own municipalities
        of a county; ``"any"``, what the service suits: for a county its municipalities where it can.
    weights
        Other weights of criteria than the usual ones of the service.
    alternatives
        How many networks in all, each clearly different from those before: at least two members of one
        are not in the other, or a Jaccard index of 0.7 at most.
    candidates
        So many units that fit the required members best are compared.
    time_limit
        Seconds after which the search ends; ``None`` is no limit.
    on
        The day the rules are asked for when the networks are checked; by default today.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError, UnknownChoiceError
        A unit, a service, a criterion or another choice is not known.
    InvalidValueError
        A number out of its bounds, conditions that contradict one another, or that no group keeps; the
        message says which, and what would do.
    """
    conditions = Conditions(
        service=find_service(service), min_members=min_members, max_members=max_members, within=within,
        population=population, max_counties=max_counties, whole_associations=whole_associations,
        contiguity=contiguity, type=type, weights=check_weights(weights),
    )  # fmt: skip
    options = SearchOptions(alternatives=alternatives, candidates=candidates, time_limit=time_limit)
    check_conditions(conditions)
    check_options(options)
    named = read_named(atlas, conditions, seeds, include, exclude)
    deadline = Deadline(options.time_limit)
    field = field_of(atlas, named, conditions, options.candidates)
    check_possible(atlas, named, conditions, field)
    choice = choose(field.problem, options.alternatives, deadline)
    if choice.first.members is None and choice.first.proven:
        raise obstacle(atlas, conditions, field).error()
    asked = tuple(atlas.units.ids[row] for row in named.seeds.tolist())
    networks = tuple(
        check_network(atlas, _ids(atlas, field, group), service=service, on=on, seeds=asked, weights=weights)
        for group in choice.groups
    )
    return _answer(atlas, conditions, field, choice, networks=networks, seeds=asked)


def check_options(options: SearchOptions) -> None:
    """Raise :class:`InvalidValueError` for a number out of its bounds."""
    check_number(Message("number of alternatives"), options.alternatives, 1, MOST_ALTERNATIVES)
    check_number(Message("number of candidates"), options.candidates, 2, MOST_CANDIDATES)
    seconds = options.time_limit
    if seconds is not None and not 0 < seconds <= MOST_SECONDS:
        message = Message(
            "The time limit is above 0 and at most {limit:n0} seconds, not {value}.",
            limit=MOST_SECONDS, value=str(seconds),
        )  # fmt: skip
        raise InvalidValueError(message, value=seconds)


def _answer(  # noqa: PLR0913 - all that was asked and found
    atlas: Atlas,
    conditions: Conditions,
    field: Field,
    choice: Choice,
    *,
    networks: tuple[Network, ...],
    seeds: tuple[str, ...],
) -> NetworkSearch:
    first = choice.first
    by_size = [judge(atlas, field, group) for _, group in sorted(choice.by_size.items())]
    return NetworkSearch(
        seeds=seeds,
        networks=networks,
        member_fits=tuple(_member_fits(atlas, field, group) for group in choice.groups),
        status=OPTIMAL if first.proven else HEURISTIC,
        gap=first.gap,
        alternatives_status=OPTIMAL if choice.proven else HEURISTIC,
        candidates=field.problem.count,
        by_size=tuple(_variant(atlas, field, one) for one in by_size),
        pareto=tuple(_variant(atlas, field, one) for one in trade_offs(atlas, field, choice.seen)),
        service=conditions.service.key,
        contiguous=conditions.contiguous,
        data=atlas.provenance.to_dict(),
    )


def _ids(atlas: Atlas, field: Field, group: int) -> list[str]:
    return [atlas.units.ids[row] for row in field.members(group).tolist()]


def _member_fits(atlas: Atlas, field: Field, group: int) -> dict[str, float]:
    places = bits(group)
    fits = member_fits(field.problem.fits[np.ix_(places, places)])
    return dict(zip(_ids(atlas, field, group), fits.tolist(), strict=True))


def _variant(atlas: Atlas, field: Field, judged: TradeOff) -> Variant:
    return Variant(
        members=tuple(_ids(atlas, field, judged.group)),
        score=judged.score, compactness=judged.compactness, population_balance=judged.population_balance,
    )  # fmt: skip
