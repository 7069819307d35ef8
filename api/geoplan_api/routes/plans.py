"""Plans over HTTP: read, write with optimistic concurrency, history, calendar."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from geoplan.plans import StoredPlan, calendar_text, checklist, read_plan
from geoplan.plans.reading import new_id
from geoplan_api import plan_schemas
from geoplan_api.dependencies import LanguageDep
from geoplan_api.desk import DESK, IfMatch, StoreDep, expected_version
from geoplan_api.plan_schemas import LanguageQuery, PlanBody, PlanId, PlansQuery

CALENDAR = "text/calendar"
ETAG = {"ETag": {"description": "The version, for `If-Match`.", "schema": {"type": "string"}}}

router = APIRouter(prefix="/api/v1/plans", tags=["plans"])


@router.get("", summary="All plans", responses={200: {"model": plan_schemas.Plans}})
def plans(query: Annotated[PlansQuery, Query()], store: StoreDep) -> JSONResponse:
    """The plans of this machine, last changed first."""
    return JSONResponse({"plans": [one.summary() for one in store.list(deleted=query.deleted or False)]})


@router.post(
    "", summary="Begin a plan", status_code=201,
    responses={201: {"model": plan_schemas.StoredPlan, "headers": ETAG}},
)  # fmt: skip
def create(
    body: PlanBody, _query: Annotated[LanguageQuery, Query()], store: StoreDep, lang: LanguageDep
) -> JSONResponse:
    """Keep a new plan; the answer comes when it is on the disk."""
    plan_id = body.root.get("id")
    plan = read_plan(body.root, plan_id=plan_id if isinstance(plan_id, str) else new_id())
    made = store.create(plan, DESK)
    answer = _answer(made, lang, status=201)
    answer.headers["location"] = f"/api/v1/plans/{made.plan.id}"
    return answer


@router.get(
    "/{plan_id}", summary="One plan", responses={200: {"model": plan_schemas.StoredPlan, "headers": ETAG}}
)
def plan(
    plan_id: PlanId, _query: Annotated[LanguageQuery, Query()], store: StoreDep, lang: LanguageDep
) -> JSONResponse:
    """A plan, and its checklist: what is missing at its stage."""
    return _answer(store.get(plan_id), lang)


@router.put(
    "/{plan_id}",
    summary="Change a plan",
    responses={200: {"model": plan_schemas.StoredPlan, "headers": ETAG}},
)
def replace(
    plan_id: PlanId,
    body: PlanBody,
    _query: Annotated[LanguageQuery, Query()],
    store: StoreDep,
    lang: LanguageDep,
    *,
    tag: IfMatch = None,
) -> JSONResponse:
    """Keep the plan as its next version; another `state` is a step and must be one that there is."""
    expected = expected_version(tag)
    return _answer(store.replace(read_plan(body.root, plan_id=plan_id), expected, DESK), lang)


@router.delete(
    "/{plan_id}", summary="Delete a plan", status_code=204, response_class=Response,
    responses={204: {"description": "It is out of sight; its history stays."}},
)  # fmt: skip
def delete(
    plan_id: PlanId, _query: Annotated[LanguageQuery, Query()], store: StoreDep, *, tag: IfMatch = None
) -> Response:
    """Put a plan out of sight."""
    store.delete(plan_id, expected_version(tag), DESK)
    return Response(status_code=204)


@router.get(
    "/{plan_id}/history", summary="All versions of a plan", responses={200: {"model": plan_schemas.History}}
)
def history(plan_id: PlanId, _query: Annotated[LanguageQuery, Query()], store: StoreDep) -> JSONResponse:
    """Every version, oldest first; of a deleted plan too."""
    return JSONResponse({"id": plan_id, "versions": [one.to_dict() for one in store.history(plan_id)]})


@router.get(
    "/{plan_id}/calendar.ics", summary="The meetings of a plan", response_class=Response,
    responses={200: {"content": {CALENDAR: {"schema": {"type": "string"}}}}},
)  # fmt: skip
def calendar(plan_id: PlanId, _query: Annotated[LanguageQuery, Query()], store: StoreDep) -> Response:
    """The meetings as iCalendar (RFC 5545)."""
    return Response(calendar_text(store.get(plan_id)), media_type=CALENDAR)


def _answer(stored: StoredPlan, lang: str, *, status: int = 200) -> JSONResponse:
    content: dict[str, Any] = {
        **stored.to_dict(), "checklist": [item.to_dict(lang) for item in checklist(stored.plan)]
    }  # fmt: skip
    return JSONResponse(content, status_code=status, headers={"etag": stored.etag})
