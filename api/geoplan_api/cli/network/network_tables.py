"""How a checked network looks in a terminal: how it stands, in which form, at what cost."""

from collections.abc import Sequence

from geoplan.messages import Message
from geoplan.networks import Network
from geoplan.networks.cost import NO_PROMISE
from geoplan.networks.cost_model import unit_text
from geoplan.networks.fundable import funding_answer
from geoplan.rules import Check, Group, Status, group_of
from geoplan.rules.facts import Day
from geoplan.services import find_service
from geoplan_api.cli.network.citing import Citations
from geoplan_api.cli.tables import Column, number, print_table, table_of
from geoplan_api.labels import data_line, unit_name

SIGNS = {Status.MET: "✓", Status.MISSED: "✗", Status.UNCLEAR: "?"}
FORMS_SHOWN = 5
CHECK_COLUMNS: list[Column] = [
    (Message("Status"), "left"),
    (Message("Check"), "left"),
    (Message("Finding"), "left"),
    (Message("Mark"), "left"),
]
FORM_COLUMNS: list[Column] = [
    (Message("Legal form"), "left"),
    (Message("Fit"), "right"),
    (Message("Statute"), "left"),
    (Message("Reason"), "left"),
]
SHARE_COLUMNS: list[Column] = [
    (Message("Member"), "left"),
    (Message("Inhabitants"), "right"),
    (Message("Share from, €"), "right"),
    (Message("to, €"), "right"),
]
LEFT_COLUMNS: list[Column] = [
    (Message("after the grant from, €"), "right"),
    (Message("to, €"), "right"),
]
LEGEND = Message(
    "Mark: V read in the source · D derived or a planning judgement · U not verified · C sources disagree"
)


ASSUMPTION_COLUMNS: list[Column] = [
    (Message("Assumption"), "left"),
    (Message("Key"), "left"),
    (Message("Value"), "right"),
    (Message("Unit"), "left"),
    (Message("Mark"), "left"),
]


def print_network(network: Network, lang: str, *, assumptions: bool = False) -> None:
    """Print checks, legal forms and cost, one table each; ``assumptions`` all of those of the cost too."""
    citations = Citations()
    names = ", ".join(unit_name(unit) for unit in network.members)
    title = Message("{service}: {names}", service=find_service(network.service).label, names=names)
    print_table(
        title.text(lang), table_of(CHECK_COLUMNS, _check_rows(network.checks, citations, lang), lang),
        [*filter(None, [funding_answer(network, lang)]), _figures(network, lang), LEGEND.text(lang)],
    )  # fmt: skip
    if network.legal_forms:
        _print_forms(network, citations, lang)
    if assumptions:
        _print_assumptions(network, citations, lang)
    _print_cost(network, citations, lang)


def _check_rows(checks: Sequence[Check], citations: Citations, lang: str) -> list[list[str]]:
    return [
        [
            _sign(check, lang), check.label.text(lang), check.text.text(lang),
            citations.beside(check.mark.value, check.source, check.as_of),
        ]
        for check in checks
    ]  # fmt: skip


def _sign(check: Check, lang: str) -> str:
    if group_of(check) is Group.HINT:
        return f"i {Message('hint').text(lang)}"
    return f"{SIGNS[check.status]} {check.status.label.text(lang)}"


def _figures(network: Network, lang: str) -> str:
    said = Message(
        "Fit {score} · {population} · {area_km2:n0} km² · "
        "compactness {compactness} · as of {day}",
        score=number(network.score, lang, 2),
        population=network.headcount.text,
        area_km2=network.area_km2, compactness=number(network.compactness, lang, 2),
        day=Day(network.on),
    )  # fmt: skip
    return said.text(lang)


def _print_forms(network: Network, citations: Citations, lang: str) -> None:
    shown = network.legal_forms[:FORMS_SHOWN]
    rows = [
        [
            form.form.label(lang), number(form.fit, lang, 2),
            citations.beside(form.statute.text(lang), form.source), form.reason.text(lang),
        ]
        for form in shown
    ]  # fmt: skip
    points = "; ".join(point(lang) for point in shown[0].contents)
    note = Message("The contract of the first must settle: {points}.", points=points).text(lang)
    print_table(
        Message("Legal forms for: {depth}", depth=network.depth.label).text(lang),
        table_of(FORM_COLUMNS, rows, lang), [note],
    )  # fmt: skip


def _print_assumptions(network: Network, citations: Citations, lang: str) -> None:
    rows = [
        [
            one.label.text(lang), one.key, number(one.value, lang, 0 if one.value == int(one.value) else 2),
            unit_text(one.unit, lang), citations.beside(one.statement.mark.value, one.statement.reference),
        ]
        for one in network.cost.assumptions
    ]  # fmt: skip
    print_table(Message("Assumptions").text(lang), table_of(ASSUMPTION_COLUMNS, rows, lang), [])


def _print_cost(network: Network, citations: Citations, lang: str) -> None:
    cost = network.cost
    paid = [cost.shares_low, cost.shares_high, *([cost.left_low, cost.left_high] if cost.left_low else [])]
    rows = [
        [
            unit_name(unit), number(unit.population, lang),
            *(number(amounts[unit.id] / 100, lang, 2) for amounts in paid),
        ]
        for unit in network.members
    ]  # fmt: skip
    columns = [*SHARE_COLUMNS, *LEFT_COLUMNS] if cost.left_low else SHARE_COLUMNS
    title = Message(
        "Coordination: €{low:n0} to €{high:n0} over {years:n0} years; pairs that have to agree: {pairs}",
        low=cost.total.low, high=cost.total.high, years=_years(network), pairs=_pairs(network),
    )  # fmt: skip
    savings = NO_PROMISE.filled(low=cost.saving_low.value, high=cost.saving_high.value)
    notes = [citations.beside(savings.text(lang), cost.saving_high.statement.reference)]
    if cost.grant is not None:
        notes.append(_grant(network, lang))
    notes.append(
        Message(
            "All assumptions: --assumptions; another one: --assume {example}.", example="hour_high_eur=90"
        ).text(lang)
    )
    print_table(
        title.text(lang),
        table_of(columns, rows, lang),
        [*notes, *citations.lines(lang), data_line(network.data, lang)],
    )


def _years(network: Network) -> float:
    return next(one.value for one in network.cost.assumptions if one.key == "years")


def _pairs(network: Network) -> int:
    return network.cost.participants * (network.cost.participants - 1) // 2


def _grant(network: Network, lang: str) -> str:
    grant = network.cost.to_dict(lang)["grant"]
    said = Message(
        "Grant €{low:n0} to €{high:n0}, own share of the eligible cost €{own_low:n0} to €{own_high:n0}."
        " {text}",
        low=grant["low_eur"], high=grant["high_eur"], own_low=grant["own_low_eur"],
        own_high=grant["own_high_eur"], text=grant["text"],
    )  # fmt: skip
    return said.text(lang)
