"""The planner in the browser: made on the server, so that each state is a page even without a script."""

from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from geoplan.atlas import Atlas
from geoplan.search import SearchResult
from geoplan_api import answers
from geoplan_api.dependencies import AtlasDep, SettingsDep
from geoplan_api.embedding import public_base
from geoplan_api.html import page, root_path
from geoplan_api.language import language_of
from geoplan_api.leaflet import VENDORED_VERSION
from geoplan_api.map_layers import map_config
from geoplan_api.parameters import UnitId
from geoplan_api.planner import PlannerContext, PlannerQuery, PlannerState, planner_values, read_state
from geoplan_api.planner.state import ASSUMPTION_FIELD, WEIGHT_FIELD

router = APIRouter(include_in_schema=False)

RESULTS_SHOWN = 20
SURE = ("id", "exact")
"""How a unit is matched that is meant without doubt."""
OWN_FIELDS = (WEIGHT_FIELD, ASSUMPTION_FIELD)
"""Fields of forms that are gathered in one parameter each."""


@router.get("/")
def planner(
    request: Request, query: Annotated[PlannerQuery, Query()], atlas: AtlasDep, settings: SettingsDep
) -> Response:
    """Search, suggestions, reasons and the group, as the address says."""
    fields = {key: value for key, value in request.query_params.items() if key.startswith(OWN_FIELDS)}
    state = read_state(query, fields, language_of(request))
    text = query.q.strip()
    found = answers.search(atlas, text, limit=RESULTS_SHOWN) if text else []
    sure = _sure(found)
    if sure is not None or fields:
        return _redirect(request, state if sure is None else state.ask(sure))
    state = _by_id(atlas, state)
    context = PlannerContext(
        atlas=atlas, state=state, lang=state.lang, base=public_base(request, settings),
        desk=request.app.state.desk,
    )  # fmt: skip
    values = planner_values(context, text=text, found=found, to=lambda one: _address(request, one))
    query_of_data = f"?{urlencode({'dataset': state.dataset})}" if state.dataset else ""
    layers = request.app.state.layers.of(atlas)
    settings_of_map = map_config(layers, root_path(request), query=query_of_data)
    return page(
        request, "planner/page.html", map_settings={**settings_of_map, "describedBy": "tabs"},
        leaflet_version=VENDORED_VERSION, **values,
    )  # fmt: skip


@router.get("/favicon.ico")
def icon(request: Request) -> RedirectResponse:
    """Where browsers look for an icon that a page does not name (the map)."""
    return RedirectResponse(f"{root_path(request)}/static/icon.svg")


@router.get("/units/{unit_id}")
def unit(request: Request, unit_id: UnitId) -> RedirectResponse:
    """The lasting address of a unit: the planner with it asking."""
    query = request.url.query
    address = f"{root_path(request)}/?unit={quote(unit_id, safe='')}" + (f"&{query}" if query else "")
    return RedirectResponse(address, status_code=308)


def _by_id(atlas: Atlas, state: PlannerState) -> PlannerState:
    """The state with ids where the address has names, so that links from it are lasting ones.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError
        A unit is not known.
    """
    return state.named(lambda name: atlas.unit(name).id)


def _sure(found: list[SearchResult]) -> str | None:
    """The unit that is meant, where only one fits exactly."""
    exact = [one.unit.id for one in found if one.match in SURE]
    return exact[0] if len(exact) == 1 else None


def _address(request: Request, state: PlannerState) -> str:
    query = state.query()
    return f"{root_path(request)}/?{query}" if query else f"{root_path(request)}/"


def _redirect(request: Request, state: PlannerState) -> RedirectResponse:
    return RedirectResponse(_address(request, state), status_code=303)
