"""The values of the pages of plans: the list, and one plan with all its sections."""

from dataclasses import replace
from typing import Any

from geoplan.errors import GeoplanError
from geoplan.messages import IsoMoment
from geoplan.networks import Network
from geoplan.plans import Plan, StoredPlan
from geoplan.plans.states import is_before
from geoplan_api import labels
from geoplan_api.plan_pages import told
from geoplan_api.plan_pages.computed import computed_of, summary_of
from geoplan_api.plan_pages.editing import SectionForm, control_of
from geoplan_api.plan_pages.facts import fact_fields
from geoplan_api.plan_pages.fields import NUMERIC, Kind, is_link
from geoplan_api.plan_pages.gate import Desk
from geoplan_api.plan_pages.history import history_told
from geoplan_api.plan_pages.obstacle import obstacle_of, other_dataset_told
from geoplan_api.plan_pages.sections import SECTIONS
from geoplan_api.planner.state import PlannerState

MOST_TO_COMPARE = 12


def list_values(desk: Desk, *, deleted: bool) -> dict[str, Any]:
    """The values of ``plans/list.html``."""
    kept = desk.store.list(deleted=deleted)
    return {"plans": [_line(one, desk.lang) for one in kept], "deleted": deleted}


def _line(stored: StoredPlan, lang: str) -> dict[str, Any]:
    plan = stored.plan
    missing = told.checklist_told(plan)["missing"]
    return {
        "stored": stored, "plan": plan, "service": told.service_told(plan),
        "at": IsoMoment(stored.at).text(lang), "missing": missing,
        "next": missing[0] if missing else None,
        "steps": [one for one in told.steps_of(plan) if not is_before(one, plan.state)],
    }  # fmt: skip


def plan_values(desk: Desk, stored: StoredPlan, form: SectionForm | None, notice: str) -> dict[str, Any]:
    """The values of ``plans/plan.html``."""
    plan, lang = stored.plan, desk.lang
    found = computed_of(plan, desk.atlas)
    network = found if isinstance(found, Network) else None
    rows = _rows(plan, lang)
    obstacle = obstacle_of(plan, found, desk) if isinstance(found, GeoplanError) else None
    return {
        "stored": stored, "plan": plan, "form": form, "notice": notice, "Kind": Kind,
        "control_of": control_of, "numeric": NUMERIC,
        "is_link": is_link, "sections": SECTIONS,
        "rows": rows, "empty": told.empty_sections(plan, rows),
        "summary": summary_of(plan, network, lang), "obstacle": obstacle,
        "other_dataset": other_dataset_told(plan, desk),
        "checking": _kept(desk, told.in_planner(plan, panel="check")),
        "checklist": told.checklist_told(plan), "standing": told.standing_told(plan, lang),
        "goals": told.goals_told(plan, lang),
        "sums": told.sums_told(plan, lang), "at": IsoMoment(stored.at).text(lang),
        "history": history_told(desk.store.history(plan.id), lang),
        "members": told.members_told(plan, desk.atlas), "service": told.service_told(plan),
        "vintage": labels.day(plan.provenance.vintage or "", lang), "steps": told.steps_of(plan),
        "step_told": told.step_told,
        "planner": None if obstacle else _kept(desk, told.in_planner(plan)),
        "embed": _kept(desk, told.in_planner(plan, panel="embed")),
        "others": [] if obstacle else _others(desk, stored),
    }  # fmt: skip


def _rows(plan: Plan, lang: str) -> dict[str, list[list[told.Cell]]]:
    """The rows of all sections; of the facts those that are stated, whether or not rules ask for them now."""
    sections = {**SECTIONS, "facts": replace(SECTIONS["facts"], fields=fact_fields(plan.facts))}
    return {key: told.rows_told(section, plan, lang) for key, section in sections.items()}


def _others(desk: Desk, stored: StoredPlan) -> list[tuple[str, str, PlannerState]]:
    """The plans to which this one can be compared, what tells them apart, and where that is shown."""
    if not stored.plan.network.members:
        return []
    known, found = desk.atlas.units, []
    for one in desk.store.list():
        members = one.plan.network.members
        if one.plan.id == stored.plan.id or not members or not all(unit in known for unit in members):
            continue
        state = _kept(desk, told.in_planner(stored.plan, pinned=members, panel="compare"))
        if state is not None:
            found.append((one.plan.title, told.apart_told(one, desk.lang), state))
    return found[:MOST_TO_COMPARE]


def _kept(desk: Desk, state: PlannerState | None) -> PlannerState | None:
    theme, dataset = (desk.request.query_params.get(name, "") for name in ("theme", "dataset"))
    return None if state is None else replace(state, lang=desk.lang, theme=theme, dataset=dataset)
