"""How plans look in a terminal."""

from collections.abc import Sequence
from decimal import Decimal

from geoplan.messages import IsoDay, IsoMoment, Message
from geoplan.plans import Plan, StoredPlan, checklist, finance_totals
from geoplan.plans.answer import is_stale
from geoplan.provenance import Provenance
from geoplan.rules.stated import stated_text
from geoplan.services import load_services
from geoplan_api.cli.tables import UNKNOWN, Column, number, print_table, table_of

LIST_COLUMNS: list[Column] = [
    (Message("Id"), "left"),
    (Message("Title"), "left"),
    (Message("State"), "left"),
    (Message("Version"), "right"),
    (Message("Changed"), "left"),
    (Message("By"), "left"),
]
HISTORY_COLUMNS: list[Column] = [
    (Message("Version"), "right"),
    (Message("Changed"), "left"),
    (Message("By"), "left"),
    (Message("What"), "left"),
    (Message("State"), "left"),
    (Message("Title"), "left"),
]
CHECK_COLUMNS: list[Column] = [
    (Message("Success factor"), "left"),
    (Message("Since"), "left"),
    (Message("Status"), "left"),
    (Message("What to do"), "left"),
]


def print_list(found: Sequence[StoredPlan], lang: str) -> None:
    """Print a line a plan."""
    rows = [
        [
            one.plan.id,
            one.plan.title,
            _state(one, lang),
            str(one.version),
            IsoMoment(one.at).text(lang),
            one.actor,
        ]
        for one in found
    ]
    note = Message("“geoplan plan create TITLE” begins a plan.").text(lang)
    print_table(Message("Plans").text(lang), table_of(LIST_COLUMNS, rows, lang), [] if rows else [note])


def print_history(found: Sequence[StoredPlan], lang: str) -> None:
    """Print a line a version."""
    rows = [
        [
            str(one.version),
            IsoMoment(one.at).text(lang),
            one.actor,
            one.action,
            one.plan.state.label.text(lang),
            one.plan.title,
        ]
        for one in found
    ]
    print_table(Message("Versions").text(lang), table_of(HISTORY_COLUMNS, rows, lang), [])


def print_plan(stored: StoredPlan, lang: str, *, here: Provenance | None = None) -> None:
    """Print what a plan is and what it lacks; ``here`` is the dataset in use."""
    plan = stored.plan
    said = Message(
        "{state} · version {version} · service {service} · members {members}",
        state=_state(stored, lang), version=stored.version, service=_service(plan, lang),
        members=", ".join(_members(plan)) or UNKNOWN,
    )  # fmt: skip
    marks = {True: Message("done").text(lang), False: Message("missing").text(lang)}
    rows = [
        [
            item.factor.label.text(lang), item.factor.since.label.text(lang), marks[item.done],
            "" if item.done else item.factor.hint.text(lang),
        ]
        for item in checklist(plan)
        if item.due
    ]  # fmt: skip
    notes = [said.text(lang), *_stated(plan, lang), *_money(plan, lang), *_basis(plan, here, lang)]
    notes.append(Message("Everything in it: --format json").text(lang))
    print_table(f"{plan.title} ({plan.id})", table_of(CHECK_COLUMNS, rows, lang), notes)


def _service(plan: Plan, lang: str) -> str:
    service = load_services().get(plan.network.service or "")
    return UNKNOWN if service is None else service.label.text(lang)


def _members(plan: Plan) -> list[str]:
    """As the participants are called; the key of a member that is none of them."""
    names = {one.unit: one.name for one in plan.participants}
    return [names.get(member, member) for member in plan.network.members]


def _stated(plan: Plan, lang: str) -> list[str]:
    return [stated_text(plan.facts, lang)] if plan.facts else []


def _money(plan: Plan, lang: str) -> list[str]:
    if not plan.finance:
        return []
    totals = finance_totals(plan)
    said = Message(
        "Finance {years}: cost €{cost}, grant €{grant}, own funds €{own}, open €{open}",
        years=", ".join(map(str, totals.years)), cost=_euro(totals.cost_eur, lang),
        grant=_euro(totals.grant_eur, lang), own=_euro(totals.own_eur, lang),
        open=_euro(totals.open_eur, lang),
    )  # fmt: skip
    return [said.text(lang)]


def _euro(amount: Decimal | None, lang: str) -> str:
    return number(None if amount is None else float(amount), lang, 2)


def _basis(plan: Plan, here: Provenance | None, lang: str) -> list[str]:
    if here is None or not is_stale(plan, here):
        return []
    said = Message(
        "Made with {dataset}, territorial status {vintage}; in use is {here}, {here_vintage}."
        " “geoplan plan migrate {id}” brings it there.",
        dataset=plan.provenance.dataset, vintage=IsoDay(plan.provenance.vintage), id=plan.id,
        here=here.dataset, here_vintage=IsoDay(here.vintage),
    )  # fmt: skip
    return [said.text(lang)]


def _state(stored: StoredPlan, lang: str) -> str:
    label = stored.plan.state.label
    return Message("{state}, deleted", state=label).text(lang) if stored.deleted else label.text(lang)
