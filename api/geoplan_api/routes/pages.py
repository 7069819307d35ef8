"""The planner in the browser: made on the server, so that each state is a page even without a script."""

from typing import Annotated, Any
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from geoplan.atlas import Atlas
from geoplan_api.answers import MAX_TEXT
from geoplan_api.dependencies import AtlasDep, LanguageDep, SettingsDep
from geoplan_api.embedding import public_base
from geoplan_api.html import page, root_path
from geoplan_api.language import language_of
from geoplan_api.leaflet import VENDORED_VERSION
from geoplan_api.map_layers import map_config
from geoplan_api.parameters import UnitId
from geoplan_api.planner import (
    PlannerContext,
    PlannerQuery,
    PlannerState,
    only_moved,
    planner_values,
    read_state,
)
from geoplan_api.planner.asking import searched
from geoplan_api.planner.results import OFFERED, as_named, offers
from geoplan_api.planner.state import ASSUMPTION_FIELD, WEIGHT_FIELD

router = APIRouter(include_in_schema=False)

RESULTS_SHOWN = 20
OWN_FIELDS = (WEIGHT_FIELD, ASSUMPTION_FIELD)
"""Fields of forms that are gathered in one parameter each."""


@router.get("/")
def planner(
    request: Request, query: Annotated[PlannerQuery, Query()], atlas: AtlasDep, settings: SettingsDep
) -> Response:
    """Search, suggestions, reasons and the group, as the address says."""
    fields = {key: value for key, value in request.query_params.items() if key.startswith(OWN_FIELDS)}
    state = read_state(query, fields, language_of(request))
    search = searched(atlas, query.q.strip(), state.lang, limit=RESULTS_SHOWN)
    state = as_named(state, search)
    if search.sure is not None:
        return _redirect(request, state.ask(search.sure))
    context = PlannerContext(
        atlas=atlas, state=_by_id(atlas, state), lang=state.lang, base=public_base(request, settings),
        desk=request.app.state.desk,
    )  # fmt: skip
    if fields:
        return _redirect(request, only_moved(context))
    values = planner_values(context, search=search, to=lambda one: _address(request, one))
    return page(
        request, "planner/page.html", map_settings=_map_settings(request, context),
        leaflet_version=VENDORED_VERSION, **values,
    )  # fmt: skip


@router.get("/found")
def found(
    atlas: AtlasDep, lang: LanguageDep, *, q: Annotated[str, Query(max_length=MAX_TEXT)] = ""
) -> dict[str, Any]:
    """What is offered while somebody types: as :func:`planner` understands it."""
    search = searched(atlas, q.strip(), lang, limit=OFFERED)
    return {"results": offers(atlas, search, lang), "unused": list(search.unused)}


def _map_settings(request: Request, context: PlannerContext) -> dict[str, object]:
    dataset = context.state.dataset
    query = f"?{urlencode({'dataset': dataset})}" if dataset else ""
    layers = request.app.state.layers.of(context.atlas)
    return {**map_config(layers, root_path(request), query=query), "describedBy": "tabs"}


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


def _address(request: Request, state: PlannerState) -> str:
    query = state.query()
    return f"{root_path(request)}/?{query}" if query else f"{root_path(request)}/"


def _redirect(request: Request, state: PlannerState) -> RedirectResponse:
    return RedirectResponse(_address(request, state), status_code=303)
