"""The section on what comes next: what the plan holds and lacks, or the first steps where there is none."""

from collections.abc import Iterable

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.plans import Plan, PlanState, checklist
from geoplan.plans.checklist import Factor
from geoplan.plans.model import PlannedNetwork
from geoplan.rules import RuleKind, Status
from geoplan_dossier.cells import day_text
from geoplan_dossier.document.parts import Part, cell, heading, listed, paragraph, rows_part, table_part
from geoplan_dossier.dossier import Dossier
from geoplan_dossier.sheets.checklist import MISSING, status_of
from geoplan_dossier.sheets.plan_tables import plan_tables

FIRST_STAGES = (PlanState.IDEA, PlanState.EXPLORING, PlanState.AGREED)
WIDTHS = {
    "facts": {"fact": 1.0},
    "goals": {"goal": 1.0, "indicator": 0.8},
    "participants": {
        "name": 0.9, "role": 0.9, "contact": 1.1, "body": 0.9, "result": 0.75, "on": 0.8, "reference": 0.8,
    },
    "responsibilities": {"task": 1.0, "who": 0.8}, "finance": {"year": 1.0},
    "meetings": {"title": 1.0, "place": 0.8}, "risks": {"risk": 1.0, "response": 1.0},
    "documents": {"title": 0.7, "link": 1.0}, "monitoring": {"indicator": 1.0, "note": 0.8},
}  # fmt: skip
"""Columns that may wrap."""
CHECKLIST_LABELS = (Message("Status"), Message("Success factor"), Message("From stage"))
TO_SETTLE = {
    frozenset((Status.MISSED,)): Message("First settle the requirements that are missed: {labels}."),
    frozenset((Status.UNCLEAR,)): Message("First settle the requirements that are open: {labels}."),
    frozenset((Status.MISSED, Status.UNCLEAR)): Message(
        "First settle the requirements that are missed or open: {labels}."
    ),
}
"""By how the requirements stand that are not met."""


def steps_section(dossier: Dossier, lang: str) -> list[Part]:
    """Next steps, and the plan."""
    plan = dossier.request.plan
    parts = [heading(Message("Next steps").text(lang))]
    settle = _to_settle(dossier, lang)
    parts += [paragraph(settle)] if settle else []
    if plan is None:
        return [*parts, listed(_steps(_first(dossier), lang))]
    missing = [item.factor for item in dossier.checklist if item.missing]
    if missing:
        said = Message("Missing at the stage “{state}”:", state=plan.state.label)
        parts += [paragraph(said.text(lang)), listed(_steps(missing, lang))]
    return [*parts, *_plan(plan, dossier.atlas, lang), *_checklist(dossier, lang)]


def _first(dossier: Dossier) -> Iterable[Factor]:
    """What the first stages ask for, without what members and service field settle already."""
    network = PlannedNetwork(members=dossier.request.members, service=dossier.request.service)
    begun = Plan(id="new", title="", network=network)
    return (item.factor for item in checklist(begun) if not item.done and item.factor.since in FIRST_STAGES)


def _to_settle(dossier: Dossier, lang: str) -> str:
    left = [
        check for check in dossier.network.checks
        if check.kind is RuleKind.REQUIREMENT and check.status is not Status.MET
    ]  # fmt: skip
    said = TO_SETTLE.get(frozenset(check.status for check in left))
    return said.filled(labels="; ".join(one.label.text(lang) for one in left)).text(lang) if said else ""


def _steps(factors: Iterable[Factor], lang: str) -> list[dict[str, object]]:
    return [cell(one.label.text(lang), one.hint.text(lang)) for one in factors]


def _plan(plan: Plan, atlas: Atlas, lang: str) -> list[Part]:
    parts = [heading(Message("The plan").text(lang))]
    for table in plan_tables(plan, atlas, lang):
        parts.append(heading(table.title.text(lang), 2))
        shown = [column.key for column in table.columns if _told(table.rows, table.columns.index(column))]
        parts.append(table_part(table.picked(*shown), lang, WIDTHS[table.key]))
        if table.key == "participants":
            parts += _decisions(plan, lang)
    return parts


def _told(rows: Iterable[tuple[object, ...]], place: int) -> bool:
    return any(row[place] is not None for row in rows)


def _decisions(plan: Plan, lang: str) -> list[Part]:
    """How the network decides."""
    decisions, informed = plan.decisions, plan.staff_informed
    said = (
        (Message("Bodies"), "; ".join(decisions.bodies) or None),
        (Message("Voting"), decisions.voting),
        (Message("Leaving"), decisions.exit_rules),
        (Message("In case of conflict"), decisions.conflict_steps),
        (Message("Staff informed"), None if informed is None else day_text(informed, lang)),
    )
    rows = [[cell(label.text(lang), strong=True), text] for label, text in said if text]
    if not rows:
        return []
    labels = [Message("Rule").text(lang), Message("As agreed").text(lang)]
    return [heading(Message("How it is decided").text(lang), 2), rows_part(labels, (0.3, 0.7), rows)]


def _checklist(dossier: Dossier, lang: str) -> list[Part]:
    rows = [
        [
            cell(status_of(item).text(lang), strong=status_of(item) is MISSING), item.factor.label.text(lang),
            item.factor.since.label.text(lang),
        ]
        for item in dossier.checklist
    ]  # fmt: skip
    labels = [label.text(lang) for label in CHECKLIST_LABELS]
    return [heading(Message("Checklist").text(lang), 2), rows_part(labels, (0, 1.0, 0), rows)]
