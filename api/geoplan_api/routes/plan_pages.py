"""Plans in the browser, for whoever sits at this machine: the list, one plan, its sections as forms."""

import json
from collections.abc import Callable
from dataclasses import replace
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse, Response

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError, RequestError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.plans import PlanState, StoredPlan
from geoplan.plans.exchange import export_plans
from geoplan.plans.origin import carried_on, joined
from geoplan_api.dependencies import AtlasDep
from geoplan_api.forms import Form, FormDep
from geoplan_api.html import page
from geoplan_api.language import language_of
from geoplan_api.plan_pages.computed import network_of
from geoplan_api.plan_pages.contents import list_values, plan_values
from geoplan_api.plan_pages.editing import SectionForm, applied, entered, opened, outdated, told, with_room
from geoplan_api.plan_pages.facts import fact_fields, facts_to_ask
from geoplan_api.plan_pages.gate import Desk, DeskDep
from geoplan_api.plan_pages.sections import SECTIONS, Section
from geoplan_api.plan_schemas import PlanId
from geoplan_api.planner import PlannerContext, PlannerQuery, read_state
from geoplan_api.planner.saving import file_name, plan_file, plan_of, suggested_title
from geoplan_api.problems import NotFoundError, status_of

MOST_VERSION_DIGITS = 9

router = APIRouter(include_in_schema=False, prefix="/plans")
PlannerState = Annotated[PlannerQuery, Query()]


@router.get("")
def plans(desk: DeskDep, *, deleted: bool = False) -> Response:
    """All plans, last changed first; those that were deleted where they are asked for."""
    return page(desk.request, "plans/list.html", **list_values(desk, deleted=deleted))


@router.post("")
def create(desk: DeskDep, query: PlannerState, given: FormDep) -> Response:
    """Keep the group of a planner's state as a new plan."""
    context = _planner(desk.request, query, desk.atlas, desk=True)
    try:
        made = desk.store.create(plan_of(context, given), desk.actor)
    except InvalidValueError as error:
        values = {"entered": given, "problem": error.text(desk.lang), "members": context.members}
        return page(
            desk.request,
            "plans/new.html",
            status=status_of(error),
            state=context.state,
            context=context,
            **values,
        )
    return _to(desk.address(f"/{made.plan.id}", saved="new"))


@router.get("/file.json")
def file(request: Request, query: PlannerState, atlas: AtlasDep) -> Response:
    """The group of a planner's state as a file that ``geoplan plan import`` reads; nothing is kept here."""
    context = _planner(request, query, atlas, desk=False)
    given = dict(request.query_params)
    if not given.get("title", "").strip():
        given["title"] = suggested_title(context)
    return _download(plan_file(plan_of(context, given)), given["title"])


@router.get("/{plan_id}")
def plan(desk: DeskDep, plan_id: PlanId, *, edit: str = "", saved: str = "") -> Response:
    """One plan, with one of its sections as a form where that is asked for."""
    stored = desk.store.get(plan_id, deleted=True)
    form = None
    if edit and not stored.deleted:
        section = _section(edit)
        if section is SECTIONS["facts"]:
            asked = facts_to_ask(stored.plan, network_of(stored.plan, desk.atlas))
            section = replace(section, fields=fact_fields(asked))
        form = opened(section, stored.plan, stored.version, desk.lang)
    # What was saved of a section is told where it stands: the page opens there.
    above = saved and saved not in SECTIONS and not stored.deleted
    return _shown(desk, stored, form, notice=Message("Saved.").text(desk.lang) if above else "")


@router.get("/{plan_id}/export.json")
def export(desk: DeskDep, plan_id: PlanId) -> Response:
    """Everything about a plan, all versions: what ``geoplan plan import`` reads."""
    stored = desk.store.get(plan_id, deleted=True)
    return _download(export_plans(desk.store, desk.actor, plan_id), stored.plan.title)


@router.post("/{plan_id}/state")
def advance(desk: DeskDep, plan_id: PlanId, given: FormDep) -> Response:
    """Take a step to another state."""

    def act(version: int) -> StoredPlan:
        return desk.store.advance(plan_id, _state(given.get("state", "")), version, desk.actor)

    return _acted(desk, plan_id, given, act)


@router.post("/{plan_id}/delete")
def delete(desk: DeskDep, plan_id: PlanId, given: FormDep) -> Response:
    """Put a plan out of sight; it can be brought back."""
    return _acted(desk, plan_id, given, lambda version: desk.store.delete(plan_id, version, desk.actor))


@router.post("/{plan_id}/restore")
def restore(desk: DeskDep, plan_id: PlanId, given: FormDep) -> Response:
    """Bring a deleted plan back."""
    return _acted(desk, plan_id, given, lambda version: desk.store.restore(plan_id, version, desk.actor))


@router.post("/{plan_id}/{key}")
def save(desk: DeskDep, plan_id: PlanId, key: str, given: FormDep) -> Response:
    """Keep a section as it was entered, as the next version of the plan."""
    stored = desk.store.get(plan_id)
    form = entered(_sent_section(key, given), stored.plan, _version(given), given)
    if given.get("more"):
        return _shown(desk, stored, with_room(form))
    if form.version != stored.version:
        form = outdated(form, desk.store.history(plan_id), desk.lang)
        return _shown(desk, stored, form, status=HTTPStatus.PRECONDITION_FAILED)
    changed, form = applied(form, stored.plan, desk.lang)
    if changed is None:
        return _shown(desk, stored, form, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        made = carried_on(changed, stored.plan, desk.atlas)
        if form.section is SECTIONS["network"]:
            made = joined(made, stored.plan, desk.atlas)
        desk.store.replace(made, form.version, desk.actor)
    except RequestError as error:
        wrong = form.with_problem(told(error, form.section, desk.lang))
        return _shown(desk, desk.store.get(plan_id), wrong, status=status_of(error))
    return _to(f"{desk.address(f'/{plan_id}', saved=key)}#{key}")


def _acted(desk: Desk, plan_id: str, given: Form, act: Callable[[int], StoredPlan]) -> Response:
    """The plan after something was done with it; where that could not be, it says why."""
    try:
        act(_version(given))
    except RequestError as error:
        stored = desk.store.get(plan_id, deleted=True)
        return _shown(desk, stored, None, notice=error.text(desk.lang), status=status_of(error))
    return _to(desk.address(f"/{plan_id}", saved="state"))


def _shown(
    desk: Desk, stored: StoredPlan, form: SectionForm | None, *, notice: str = "", status: int = 200
) -> Response:
    saved = "" if form else desk.request.query_params.get("saved", "")
    values = plan_values(desk, stored, form, notice) | {"saved": saved}
    return page(desk.request, "plans/plan.html", status=status, **values)


def _planner(request: Request, query: PlannerQuery, atlas: Atlas, *, desk: bool) -> PlannerContext:
    """Where somebody stands in the planner; an InvalidValueError where nobody asks there."""
    state = read_state(query, {}, language_of(request)).named(lambda name: atlas.unit(name).id)
    if not state.unit:
        raise InvalidValueError(Message("A plan has members: “unit” is missing."), value=None)
    return PlannerContext(atlas=atlas, state=state, lang=state.lang, base="", desk=desk)


def _section(key: str) -> Section:
    if key not in SECTIONS:
        message = Message("A plan has no section “{value}”.", value=key[:80])
        raise NotFoundError(message, value=key[:80], nearest=nearest_values(key, SECTIONS))
    return SECTIONS[key]


def _sent_section(key: str, given: Form) -> Section:
    """The section that was sent; of the facts those that the form asked for."""
    section = _section(key)
    if section is not SECTIONS["facts"]:
        return section
    names = (name.partition(".") for name in given)
    return replace(section, fields=fact_fields(fact for row, _, fact in names if row == "0" and fact))


def _state(text: str) -> PlanState:
    if text not in list(PlanState):
        message = Message("A plan has no state “{value}”.", value=text[:80])
        raise UnknownChoiceError(message, value=text[:80], nearest=nearest_values(text, PlanState))
    return PlanState(text)


def _version(given: Form) -> int:
    text = given.get("version", "")
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_VERSION_DIGITS):
        message = Message(
            "The form does not say for which version it was filled in: “{value}”.", value=text[:80]
        )
        raise InvalidValueError(message, value=text[:80])
    return int(text)


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, status_code=HTTPStatus.SEE_OTHER)


def _download(content: dict[str, Any], title: str) -> Response:
    text = json.dumps(content, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    named = f'attachment; filename="{file_name(title, "json")}"'
    return Response(text, media_type="application/json", headers={"content-disposition": named})
