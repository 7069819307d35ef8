"""Build networks: from seeds and conditions to the best connected group, with proof, and to alternatives."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks.alternatives import Choice, choose
from geoplan.networks.bitset import bits
from geoplan.networks.candidates import Field, field_of
from geoplan.networks.check import check_network
from geoplan.networks.fit import member_fits
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
from geoplan.services import find_service

IntArray = NDArray[np.int64]

OPTIMAL, HEURISTIC = "optimal", "heuristic"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchOptions:
    """How much is searched."""

    alternatives: int = 1
    """How many networks in all: the best and others that differ clearly from it and from each other."""
    candidates: int = USUAL_CANDIDATES
    """How many candidates are compared."""
    time_limit: float | None = USUAL_SECONDS
    """Seconds; ``None`` is no limit. What is open then is told by the gap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """A group in short: its members and what it is judged by."""

    members: tuple[str, ...]
    """Ids, ascending."""
    score: float
    compactness: float | None
    population_balance: float | None

    def to_dict(self) -> dict[str, Any]:
        """The group as JSON."""
        return {
            "members": list(self.members), "score": self.score, "compactness": self.compactness,
            "population_balance": self.population_balance,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NetworkSearch:
    """The networks that were found and how sure it is that there is none better."""

    networks: tuple[Network, ...]
    """The best first, then its alternatives."""
    member_fits: tuple[dict[str, float], ...]
    """For each network: how well each member (by id) fits the others; their mean is the score."""
    status: str
    """``optimal``: no other group of the candidates has a higher score; ``heuristic``: not proven."""
    gap: float
    """By which share of its score the best network could be beaten at most; 0 where it is optimal."""
    alternatives_status: str
    """The same for the alternatives, each among the groups that differ clearly from those before."""
    candidates: int
    """Among how many candidates."""
    by_size: tuple[Variant, ...]
    """The best group found of each number of members: what a further member costs."""
    pareto: tuple[Variant, ...]
    """Score against compactness and balance: the groups looked at that no other beats in all three."""
    service: str
    contiguous: bool
    """Whether the members had to form one area."""
    data: dict[str, Any]

    @property
    def alternatives(self) -> tuple[Network, ...]:
        """The networks after the best."""
        return self.networks[1:]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The answer as the contract writes it."""
        return {
            "networks": [network.to_dict(lang) for network in self.networks],
            "member_fits": list(self.member_fits),
            "optimality": {
                "status": self.status, "gap": self.gap, "candidates": self.candidates,
                "alternatives": self.alternatives_status,
            },
            "by_size": [variant.to_dict() for variant in self.by_size],
            "pareto": [variant.to_dict() for variant in self.pareto],
            "service": self.service, "contiguous": self.contiguous, "data": self.data,
        }  # fmt: skip


def build_network(  # noqa: PLR0913 - the public surface: two subjects, the rest are options
    atlas: Atlas,
    seeds: Sequence[str],
    *,
    service: str,
    min_members: int | None = None,
    max_members: int | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    within: str | None = None,
    population: tuple[float | None, float | None] | None = None,
    max_counties: int | None = None,
    whole_associations: bool = False,
    contiguity: str | bool = AUTO,
    alternatives: int = 1,
    candidates: int = USUAL_CANDIDATES,
    time_limit: float | None = USUAL_SECONDS,
    on: datetime.date | None = None,
) -> NetworkSearch:
    """Build the best network around ``seeds``: the group with the highest mean score over its pairs.

    Parameters
    ----------
    atlas
        What is known.
    seeds
        Ids or names of the units to start from, of one level; all are members.
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
        A unit, a service or another choice is not known.
    InvalidValueError
        A number out of its bounds, conditions that contradict one another, or that no group keeps; the
        message says which, and what would do.
    """
    conditions = Conditions(
        service=find_service(service), min_members=min_members, max_members=max_members, within=within,
        population=population, max_counties=max_counties, whole_associations=whole_associations,
        contiguity=contiguity,
    )  # fmt: skip
    options = SearchOptions(alternatives=alternatives, candidates=candidates, time_limit=time_limit)
    check_conditions(conditions)
    check_options(options)
    named = read_named(atlas, seeds, include, exclude)
    deadline = Deadline(options.time_limit)
    field = field_of(atlas, named, conditions, options.candidates)
    check_possible(atlas, named, conditions, field)
    choice = choose(field.problem, options.alternatives, deadline)
    if choice.first.members is None and choice.first.proven:
        raise obstacle(atlas, conditions, field).error()
    networks = tuple(_network(atlas, conditions, field.members(group), on) for group in choice.groups)
    return _answer(atlas, conditions, field, choice, networks=networks)


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


def _answer(
    atlas: Atlas, conditions: Conditions, field: Field, choice: Choice, *, networks: tuple[Network, ...]
) -> NetworkSearch:
    first = choice.first
    by_size = [judge(atlas, field, group) for _, group in sorted(choice.by_size.items())]
    return NetworkSearch(
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


def _network(atlas: Atlas, conditions: Conditions, rows: IntArray, on: datetime.date | None) -> Network:
    members = [atlas.units.ids[row] for row in rows.tolist()]
    return check_network(atlas, members, service=conditions.service.key, on=on)


def _member_fits(atlas: Atlas, field: Field, group: int) -> dict[str, float]:
    places = bits(group)
    fits = member_fits(field.problem.fits[np.ix_(places, places)])
    ids = [atlas.units.ids[row] for row in field.members(group).tolist()]
    return dict(zip(ids, fits.tolist(), strict=True))


def _variant(atlas: Atlas, field: Field, judged: TradeOff) -> Variant:
    return Variant(
        members=tuple(atlas.units.ids[row] for row in field.members(judged.group).tolist()),
        score=judged.score, compactness=judged.compactness, population_balance=judged.population_balance,
    )  # fmt: skip
