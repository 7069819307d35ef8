"""A plan as it is read: its sections as tables, its checklist, what it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from geoplan.atlas import Atlas
from geoplan.messages import IsoMoment, Localised, Message
from geoplan.plans import Plan, StoredPlan, checklist, finance_totals
from geoplan.plans.checklist import ChecklistItem
from geoplan.plans.origin import asking
from geoplan.plans.states import PlanState, is_before, next_states
from geoplan.services import load_services
from geoplan.units import AdministrativeUnit, Level
from geoplan_api import labels
from geoplan_api.plan_pages.fields import NUMERIC, Field, Kind, number_told
from geoplan_api.plan_pages.sections import SECTION_OF_FACTOR, Section
from geoplan_api.planner.intending import facts_written
from geoplan_api.planner.state import PlannerState

FROM, TO = Message("from {value}"), Message("to {value}")
COMPLETE = Message("Everything is there for the step “{state}”.")
BACK = Message("back to “{state}”")
LACKING = (
    Message("For the step “{state}” one thing is missing:"),
    Message("For the step “{state}” {count} things are missing:"),
)
LACKING_NEXT = (
    Message("For “{state}”, which comes next, one thing is missing: {labels}."),
    Message("For “{state}”, which comes next, {count} things are missing: {labels}."),
)
APART = (Message("{state}, one member, {at}"), Message("{state}, {count} members, {at}"))
MONEY = ("cost_eur", "grant_eur", "own_eur", "open_eur")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A value as it is shown."""

    field: Field
    text: str
    link: str = ""

    @property
    def is_number(self) -> bool:
        """Whether it stands to the right."""
        return self.field.kind in NUMERIC


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """What a plan lacks at its stage, and where it is entered."""

    item: ChecklistItem
    section: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An indicator with what was measured."""

    name: str
    way: str
    """From where to where by when."""
    values: tuple[tuple[str, str, str], ...]
    """Day, value and note; the newest first."""


def rows_told(section: Section, plan: Plan, lang: str) -> list[list[Cell]]:
    """The section as a table; columns in which nothing stands are left out."""
    document = plan.to_dict()
    choices = section.choices(document)
    rows = [
        [_cell(one, row.get(one.name), choices.get(one.name) or one.choices, lang) for one in section.fields]
        for row in section.rows_of(document)
    ]
    filled = [any(cells[place].text for cells in rows) for place in range(len(section.fields))]
    return [
        [
            cell
            for cell, used in zip(cells, filled, strict=True)
            if used and cell.field.kind is not Kind.HIDDEN
        ]
        for cells in rows
    ]


def _cell(one: Field, value: Any, choices: Any, lang: str) -> Cell:
    if one.kind is Kind.CHOICE and value in choices:
        return Cell(field=one, text=choices[value].text(lang))
    return Cell(field=one, text=one.told(value, lang), link=value if one.kind is Kind.LINK else "")


def checklist_told(plan: Plan) -> dict[str, list[Missing]]:
    """What is missing now, what comes later, what is done."""
    parts: dict[str, list[Missing]] = {"missing": [], "later": [], "done": []}
    for item in checklist(plan):
        part = "done" if item.done else "missing" if item.missing else "later"
        parts[part].append(Missing(item=item, section=SECTION_OF_FACTOR[item.factor.key]))
    return parts


def standing_told(plan: Plan, lang: str) -> list[str]:
    """Whether all is there for the step that the plan has reached, and what the next one asks for.

    What is missing now is not named: its list follows on the page.
    """
    items, order = checklist(plan), list(PlanState)
    if plan.state is PlanState.ENDED:
        return []
    missing = [one.factor.label.text(lang) for one in items if one.missing]
    said = _lacking(LACKING, plan.state, missing) if missing else COMPLETE.filled(state=plan.state.label)
    after = order[order.index(plan.state) + 1]
    wanted = [one.factor.label.text(lang) for one in items if one.factor.since is after and not one.done]
    told = [said, _lacking(LACKING_NEXT, after, wanted)] if wanted else [said]
    return [one.text(lang) for one in told]


def _lacking(sentences: tuple[Message, Message], state: PlanState, labels: list[str]) -> Message:
    """The first of the sentences is about one thing, the other about several."""
    return sentences[len(labels) > 1].filled(state=state.label, count=len(labels), labels="; ".join(labels))


def goals_told(plan: Plan, lang: str) -> list[tuple[str, list[Measured]]]:
    """The goals, each with its indicators and their values."""
    return [(goal.text, [_measured(plan, one, lang) for one in goal.indicators]) for goal in plan.goals]


def _measured(plan: Plan, indicator: Any, lang: str) -> Measured:
    unit = f" {indicator.unit}" if indicator.unit else ""
    way = [
        word.filled(value=f"{number_told(value, lang)}{unit}").text(lang)
        for word, value in ((FROM, indicator.baseline), (TO, indicator.target))
        if value is not None
    ]
    if indicator.target_year is not None:
        way.append(Message("by {year}", year=str(indicator.target_year)).text(lang))
    values = sorted(
        (one for one in plan.monitoring if one.indicator == indicator.key),
        key=lambda one: one.on,
        reverse=True,
    )
    return Measured(
        name=indicator.name, way=" ".join(way),
        values=tuple(
            (labels.day(one.on.isoformat(), lang), f"{number_told(one.value, lang)}{unit}", one.note or "")
            for one in values
        ),
    )  # fmt: skip


def sums_told(plan: Plan, lang: str) -> list[tuple[Message, str]]:
    """The sums of the finance plan; what a year does not say is not added up."""
    totals = finance_totals(plan)
    money = Field(name="", label=Message("Cost"), kind=Kind.MONEY)
    named = {
        "cost_eur": Message("Cost"), "grant_eur": Message("Grant"), "own_eur": Message("Own funds"),
        "open_eur": Message("Not covered yet"),
    }  # fmt: skip
    amounts = {name: getattr(totals, name) for name in MONEY}
    return [
        (named[name], money.told(float(amount), lang))
        for name, amount in amounts.items()
        if amount is not None
    ]


def members_told(plan: Plan, atlas: Atlas) -> list[tuple[str, bool]]:
    """The names of the members, and whether the dataset in use knows them.

    Of one that it does not know, the plan tells the name, where it is a participant.
    """
    known = atlas.units
    kept = {one.unit: f"{one.name} ({one.unit})" for one in plan.participants}
    return [
        (_member_name(known[one]) if one in known else kept.get(one, one), one in known)
        for one in plan.network.members
    ]


def _member_name(unit: AdministrativeUnit) -> str:
    """“Kreis Warendorf”, but “Warendorf (Stadt)”."""
    return unit.title if unit.level == Level.COUNTY else labels.unit_name(unit)


def empty_sections(plan: Plan, rows: Mapping[str, list[list[Cell]]]) -> frozenset[str]:
    """The sections in which nothing stands yet; who the network is, is always told."""
    untold = {key for key, cells in rows.items() if not cells or not cells[0]} - {"basics", "network"}
    return frozenset(untold if plan.summary or plan.staff_informed else {*untold, "basics"})


def apart_told(stored: StoredPlan, lang: str) -> str:
    """What tells a plan from another of the same title."""
    plan = stored.plan
    count = len(plan.network.members)
    said = APART[count > 1].filled(state=plan.state.label, count=count, at=IsoMoment(stored.at))
    return said.text(lang)


def service_told(plan: Plan) -> Localised:
    """The name of the service field."""
    service = plan.network.service
    known = load_services()
    return known[service].label if service in known else Message("open")


def steps_of(plan: Plan) -> list[PlanState]:
    """The states that come next: on, then back, then to its end."""
    return sorted(
        next_states(plan.state), key=lambda state: (state is PlanState.ENDED, is_before(state, plan.state))
    )


def step_told(plan: Plan, state: PlanState) -> Localised:
    """What the step to another state is called: those back say so."""
    return BACK.filled(state=state.label) if is_before(state, plan.state) else state.label


def in_planner(plan: Plan, *, pinned: tuple[str, ...] = (), panel: str = "") -> PlannerState | None:
    """Where the network of a plan stands in the planner; ``None`` where it has no members.

    What the partners state goes along, but not to a group beside: of that they have stated nothing.
    """
    members = plan.network.members
    if not members:
        return None
    first = asking(plan)[0]
    others = tuple(one for one in members if one != first)
    return PlannerState(
        unit=first, partners=others, service=plan.network.service or "", pinned=pinned, panel=panel,
        weights=tuple((plan.provenance.weights or {}).items()),
        facts=() if pinned else facts_written(plan.facts),
    )  # fmt: skip
