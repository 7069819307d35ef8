"""Why no group keeps all conditions: which one stands in the way, and the nearest that can be kept."""

from dataclasses import dataclass, replace

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks.bitset import bits
from geoplan.networks.candidates import Field, own_parents, without
from geoplan.networks.heuristic import joined
from geoplan.networks.problem import GroupProblem
from geoplan.networks.request import WITHIN, Conditions, Named
from geoplan.networks.search import Deadline
from geoplan.networks.solve import GroupSearch, best_group
from geoplan.units import Level

SECONDS = 1.0
"""How long each condition is left out to see whether it was the one."""


def check_possible(atlas: Atlas, named: Named, conditions: Conditions, field: Field) -> None:
    """Make sure that the required members alone do not break a condition.

    Raises
    ------
    InvalidValueError
        They do; the message names who, the condition and the nearest value that would do.
    """
    if conditions.whole_associations:
        _check_associations(atlas, named, conditions, field)
    problem = field.problem
    required = field.members(problem.required)
    names = _names(atlas, required.tolist())
    bounds = conditions.bounds(len(named.required))
    if len(required) > bounds.max_members:
        message = Message(
            "The required members ({names}) are {count}; at most {limit} are allowed.",
            names=names, count=len(required), limit=bounds.max_members,
        )  # fmt: skip
        raise InvalidValueError(message, value=bounds.max_members, nearest=[str(len(required))])
    if conditions.within is not None:
        parents = own_parents(atlas, WITHIN[conditions.within])[required]
        if len(set(parents.tolist())) > 1:
            message = Message(_NOT_WITHIN[conditions.within], names=names)
            raise InvalidValueError(message, value=conditions.within)
    counties = len(problem.counties_of(problem.required))
    if bounds.max_counties is not None and counties > bounds.max_counties:
        message = Message(
            "The required members ({names}) are in {count} counties; at most {limit} are allowed.",
            names=names, count=counties, limit=bounds.max_counties,
        )  # fmt: skip
        raise InvalidValueError(message, value=bounds.max_counties, nearest=[str(counties)])
    if bounds.of_population:
        _check_population(atlas, field, bounds.max_population)


def _check_associations(atlas: Atlas, named: Named, conditions: Conditions, field: Field) -> None:
    """The associations of the required members are small enough, and no other condition splits them."""
    limit = conditions.bounds(len(named.required)).max_members
    for row in named.required.tolist():
        association = atlas.hierarchy.parent_of(row, Level.ASSOCIATION)
        if association is None or atlas.units.level[row] != Level.MUNICIPALITY:
            continue
        fellows = atlas.hierarchy.members(association, Level.MUNICIPALITY)
        missing = [other for other in fellows.tolist() if other not in field.rows]
        name = atlas.units.title(association)
        if missing and len(fellows) > limit:
            message = Message(
                "{name} is to be kept whole and has {count} members; at most {limit} are allowed.",
                name=name, count=len(fellows), limit=limit,
            )  # fmt: skip
            raise InvalidValueError(message, value=limit, nearest=[str(len(fellows))])
        if missing:
            message = Message(
                "{name} is to be kept whole, but other conditions leave out: {names}.",
                name=name, names=_names(atlas, missing),
            )  # fmt: skip
            raise InvalidValueError(message, value=atlas.units.ids[row])


def _check_population(atlas: Atlas, field: Field, limit: float | None) -> None:
    required = field.members(field.problem.required)
    population = atlas.units.population[required]
    for row, number in zip(required.tolist(), population.tolist(), strict=True):
        if number != number:  # noqa: PLR0124 - NaN is what is not itself
            message = Message(
                "The population of {name} is not known, so it cannot be bounded.", name=atlas.units.title(row)
            )
            raise InvalidValueError(message, value=atlas.units.ids[row])
    if limit is not None and population.sum() > limit:
        message = Message(
            "The required members ({names}) have {count:n0} inhabitants; at most {limit:n0} are allowed.",
            names=_names(atlas, required.tolist()), count=float(population.sum()), limit=limit,
        )  # fmt: skip
        raise InvalidValueError(message, value=limit, nearest=[str(int(population.sum()))])


_NOT_WITHIN = {
    "county": "The required members ({names}) are not in one county.",
    "state": "The required members ({names}) are not in one state.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """The condition that stands in the way."""

    reason: Message
    nearest: tuple[str, ...] = ()

    def error(self) -> InvalidValueError:
        """The error to raise."""
        message = Message("No network keeps all conditions: {reason}.", reason=self.reason)
        return InvalidValueError(message, nearest=self.nearest)


def obstacle(atlas: Atlas, conditions: Conditions, field: Field) -> Obstacle:
    """Find out which condition stands in the way: each is left out alone, the easiest to change first."""
    problem = field.problem
    unreached = problem.required & ~problem.reach(problem.required & -problem.required, problem.everybody)
    if unreached:
        return Obstacle(
            reason=Message(
                "no chain of allowed neighbours leads from {name} to {other}",
                name=_name(atlas, field, problem.required), other=_name(atlas, field, unreached),
            )
        )  # fmt: skip
    within_reach = problem.reach(problem.required, problem.everybody).bit_count()
    if within_reach < problem.bounds.min_members:
        return Obstacle(
            reason=Message(
                "in reach of {name}, itself counted: only {count}; at least {limit} are asked for",
                count=within_reach, name=_name(atlas, field, problem.required),
                limit=problem.bounds.min_members,
            ),
            nearest=(str(within_reach),),
        )  # fmt: skip
    connected = joined(problem, problem.required)
    if connected is not None and connected.bit_count() > problem.bounds.max_members:
        count = connected.bit_count()
        return Obstacle(
            reason=Message(
                "it takes {count} members to connect the required ones; at most {limit} are allowed",
                count=count, limit=problem.bounds.max_members,
            ),
            nearest=(str(count),),
        )  # fmt: skip
    for condition, explain in _EXPLAINED.items():
        group = _found_without(problem, condition) if _is_set(conditions, condition) else None
        if group is not None:
            return explain(problem, group)
    return Obstacle(reason=Message("several of them stand in each other's way"))


def _is_set(conditions: Conditions, condition: str) -> bool:
    if condition == "contiguity":
        return conditions.contiguous
    return condition == "min_members" or bool(getattr(conditions, condition))


def _found_without(problem: GroupProblem, condition: str) -> int | None:
    changed = without(problem, condition)
    if condition == "whole_associations":
        changed = replace(changed, required=problem.required)
    if condition != "min_members":
        return best_group(changed, Deadline(SECONDS)).members
    search = GroupSearch(changed, Deadline(SECONDS))
    search.best()
    found = search.of_each_size().by_size
    return found[max(found)] if found else None


def _by_population(problem: GroupProblem, group: int) -> Obstacle:
    count = problem.population_of(group)
    return Obstacle(
        reason=Message(
            "the number of inhabitants; without it there would be a network with {count:n0}", count=count
        ),
        nearest=(f"{count:.0f}",),
    )


def _by_counties(problem: GroupProblem, group: int) -> Obstacle:
    count = len(problem.counties_of(group))
    return Obstacle(
        reason=Message("the number of counties; {count} would be needed", count=count), nearest=(str(count),)
    )


def _by_associations(_problem: GroupProblem, _group: int) -> Obstacle:
    return Obstacle(reason=Message("associations are to be kept whole; taken apart there would be a network"))


def _by_contiguity(_problem: GroupProblem, _group: int) -> Obstacle:
    return Obstacle(reason=Message("the members have to form one area; in pieces there would be a network"))


def _by_members(_problem: GroupProblem, group: int) -> Obstacle:
    count = group.bit_count()
    return Obstacle(
        reason=Message("the number of members; {count} would be possible", count=count), nearest=(str(count),)
    )


_EXPLAINED = {
    "population": _by_population,
    "max_counties": _by_counties,
    "whole_associations": _by_associations,
    "contiguity": _by_contiguity,
    "min_members": _by_members,
}


def _name(atlas: Atlas, field: Field, group: int) -> str:
    return atlas.units.title(int(field.rows[bits(group)[0]]))


def _names(atlas: Atlas, rows: list[int]) -> str:
    return ", ".join(atlas.units.title(row) for row in rows)
