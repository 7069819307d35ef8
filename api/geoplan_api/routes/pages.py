"""The planner in the browser: search, and a unit with its partners; made on the server, no script needed."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from geoplan.suggestions import suggest
from geoplan_api import answers
from geoplan_api.dependencies import AtlasDep, SettingsDep
from geoplan_api.embedding import public_base
from geoplan_api.html import page
from geoplan_api.language import language_of
from geoplan_api.page_content import start_content, unit_content
from geoplan_api.parameters import QuestionQuery, StartQuery, UnitId

router = APIRouter(include_in_schema=False)

RESULTS_SHOWN = 20


@router.get("/")
def start(request: Request, query: Annotated[StartQuery, Query()], atlas: AtlasDep) -> HTMLResponse:
    """The search, and what it found."""
    text = query.q.strip() or None
    found = [] if text is None else answers.search(atlas, text, limit=RESULTS_SHOWN)
    return page(request, "start.html", text=text, **start_content(atlas, found, language_of(request)))


@router.get("/favicon.ico")
def icon(request: Request) -> RedirectResponse:
    """Where browsers look for an icon that a page does not name (the map)."""
    return RedirectResponse(request.url_for("static", path="icon.svg"))


@router.get("/units/{unit_id}")
def unit(
    request: Request,
    unit_id: UnitId,
    query: Annotated[QuestionQuery, Query()],
    atlas: AtlasDep,
    settings: SettingsDep,
) -> HTMLResponse:
    """A unit with its partners and the reasons."""
    answer = suggest(
        atlas, unit_id, partners=query.partner_list(), type=query.type, service=query.service or None,
        limit=query.limit, weights=query.weight_map(), as_level=query.as_level,
    )  # fmt: skip
    base = public_base(request, settings)
    return page(
        request, "unit.html", **unit_content(atlas, answer, base, language_of(request), query.dataset)
    )
