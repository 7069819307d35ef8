"""What a search offers to choose from: units, each with the service field that was named beside it."""

from dataclasses import dataclass, replace
from typing import Any

from geoplan.atlas import Atlas
from geoplan.search import SearchResult
from geoplan.services import find_service
from geoplan.units import AdministrativeUnit
from geoplan_api.planner.asking import Search
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.state import PlannerState

OFFERED = 8
"""So many fit under the search field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A unit that can be chosen."""

    unit: AdministrativeUnit
    service: str
    """The name of the service field that is chosen with it; empty where none was named."""
    state: PlannerState


def as_named(state: PlannerState, search: Search) -> PlannerState:
    """The state with the service field and the form that were named."""
    return replace(state, service=search.service or state.service, type=search.form or state.type)


def results(context: PlannerContext, search: Search) -> tuple[Result, ...]:
    """The units, best first; where a word may mean several service fields, one line for each of them."""
    state = context.state
    return tuple(
        Result(
            unit=found.unit, service=service_name(key, context.lang),
            state=(state.asking_for(key) if key else state).ask(found.unit.id),
        )
        for found, key in _choices(search)
    )  # fmt: skip


def offers(atlas: Atlas, search: Search, lang: str) -> list[dict[str, Any]]:
    """The same for the list under the search field, as JSON."""
    return [
        found.to_dict(atlas.units)
        | {"service": key, "service_name": service_name(key, lang), "type": search.form}
        for found, key in _choices(search)[:OFFERED]
    ]


def _choices(search: Search) -> list[tuple[SearchResult, str]]:
    one = next((found for found in search.found if found.unit.id == search.one), None)
    if search.several and one is not None:
        return [(one, key) for key in search.several]
    return [(found, search.service) for found in search.found]


def service_name(key: str, lang: str) -> str:
    """What a service field is called, without the programme in brackets; empty where none is."""
    return find_service(key).label.text(lang).split(" (")[0] if key else ""
