"""Plans over HTTP: read, write with optimistic concurrency, history, calendar."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from geoplan.atlas import Atlas
from geoplan.plans import StoredPlan, calendar_text, read_plan
from geoplan.plans.answer import plan_answer
from geoplan.plans.origin import begun, carried_on
from geoplan.plans.reading import new_id
from geoplan_api import plan_schemas
from geoplan_api.access import AdminAccess, IfMatch, ReadAccess, WriteAccess, expected_version
from geoplan_api.dependencies import AtlasDep, LanguageDep
from geoplan_api.guarding.routes import PlanRoute
from geoplan_api.parameters import AnswerQuery
from geoplan_api.plan_schemas import LanguageQuery, PlanBody, PlanId, PlansQuery

CALENDAR = "text/calendar"
ETAG = {"ETag": {"description": "The version, for `If-Match`.", "schema": {"type": "string"}}}
ONE = {"model": plan_schemas.StoredPlan, "headers": ETAG}

router = APIRouter(prefix="/api/v1/plans", tags=["plans"], route_class=PlanRoute)


@router.get("", summary="All plans", responses={200: {"model": plan_schemas.Plans}})
def plans(query: Annotated[PlansQuery, Query()], access: ReadAccess, atlas: AtlasDep) -> JSONResponse:
    """The plans of this server, last changed first."""
    found = access.store.list(deleted=query.deleted or False)
    return JSONResponse({"plans": [one.summary() for one in found], "data": atlas.provenance.to_dict()})


@router.post("", summary="Begin a plan", status_code=201, responses={201: ONE})
def create(
    body: PlanBody,
    _query: Annotated[AnswerQuery, Query()],
    access: WriteAccess,
    atlas: AtlasDep,
    lang: LanguageDep,
) -> JSONResponse:
    """Keep a new plan; the answer comes when it is on the disk.

    Without participants its members are them. The server says what the plan was computed with.
    """
    plan_id = body.root.get("id")
    plan = read_plan(body.root, plan_id=plan_id if isinstance(plan_id, str) else new_id())
    made = access.store.create(begun(plan, atlas), access.actor)
    answer = _answer(made, lang, atlas, status=201)
    answer.headers["location"] = f"/api/v1/plans/{made.plan.id}"
    return answer


@router.get("/{plan_id}", summary="One plan", responses={200: ONE})
def plan(
    plan_id: PlanId,
    _query: Annotated[AnswerQuery, Query()],
    access: ReadAccess,
    atlas: AtlasDep,
    lang: LanguageDep,
) -> JSONResponse:
    """A plan, what is missing at its stage, and whether it was computed with another dataset (`stale`)."""
    return _answer(access.store.get(plan_id), lang, atlas)


@router.put("/{plan_id}", summary="Change a plan", responses={200: ONE})
def replace(  # noqa: PLR0913 - the parts of a request are its parameters
    plan_id: PlanId,
    body: PlanBody,
    _query: Annotated[AnswerQuery, Query()],
    access: WriteAccess,
    atlas: AtlasDep,
    lang: LanguageDep,
    *,
    tag: IfMatch = None,
) -> JSONResponse:
    """Keep the plan as its next version; another `state` is a step and must be one that there is.

    Where units, service or weights are others, it is computed with the dataset of the server from now on.
    """
    expected, store = expected_version(tag), access.store
    plan = carried_on(read_plan(body.root, plan_id=plan_id), store.get(plan_id).plan, atlas)
    return _answer(store.replace(plan, expected, access.actor), lang, atlas)


@router.delete(
    "/{plan_id}", summary="Delete a plan", status_code=204, response_class=Response,
    responses={204: {"description": "It is out of sight; its history stays.", "headers": ETAG}},
)  # fmt: skip
def delete(
    plan_id: PlanId, _query: Annotated[LanguageQuery, Query()], access: WriteAccess, *, tag: IfMatch = None
) -> Response:
    """Put a plan out of sight."""
    deleted = access.store.delete(plan_id, expected_version(tag), access.actor)
    return Response(status_code=204, headers={"etag": deleted.etag})


@router.post("/{plan_id}/restore", summary="Bring a deleted plan back", responses={200: ONE})
def restore(
    plan_id: PlanId,
    _query: Annotated[AnswerQuery, Query()],
    access: AdminAccess,
    atlas: AtlasDep,
    lang: LanguageDep,
    *,
    tag: IfMatch = None,
) -> JSONResponse:
    """The plan as it was, as its next version; `If-Match` names the version in which it was deleted."""
    restored = access.store.restore(plan_id, expected_version(tag), access.actor)
    return _answer(restored, lang, atlas)


@router.get(
    "/{plan_id}/history", summary="All versions of a plan", responses={200: {"model": plan_schemas.History}}
)
def history(
    plan_id: PlanId, _query: Annotated[AnswerQuery, Query()], access: ReadAccess, atlas: AtlasDep
) -> JSONResponse:
    """Every version, oldest first; of a deleted plan too."""
    versions = [one.to_dict() for one in access.store.history(plan_id)]
    return JSONResponse({"id": plan_id, "versions": versions, "data": atlas.provenance.to_dict()})


@router.get(
    "/{plan_id}/calendar.ics", summary="The meetings of a plan", response_class=Response,
    responses={200: {"content": {CALENDAR: {"schema": {"type": "string"}}}}},
)  # fmt: skip
def calendar(plan_id: PlanId, _query: Annotated[LanguageQuery, Query()], access: ReadAccess) -> Response:
    """The meetings as iCalendar (RFC 5545)."""
    return Response(calendar_text(access.store.get(plan_id)), media_type=CALENDAR)


def _answer(stored: StoredPlan, lang: str, atlas: Atlas, *, status: int = 200) -> JSONResponse:
    content = plan_answer(stored, lang, here=atlas.provenance)
    return JSONResponse(content, status_code=status, headers={"etag": stored.etag})
