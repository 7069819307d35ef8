"""The sections on legal forms, on what coordination costs, and on who bears how much."""

from geoplan.messages import Message
from geoplan.networks.cost import NO_PROMISE, pair_count
from geoplan.networks.cost_model import SCOPE_LABELS, unit_text
from geoplan_dossier.cells import Kind, Table, written
from geoplan_dossier.document.findings import Numbers
from geoplan_dossier.document.parts import (
    Part,
    begun,
    cell,
    heading,
    listed,
    paragraph,
    rows_part,
    table_part,
)
from geoplan_dossier.dossier import Dossier
from geoplan_dossier.sheets.findings import FORM_KINDS
from geoplan_dossier.sheets.money import KEY_LABELS, costs, grant, shares, years

FORMS_SHOWN = 6
FORM_LABELS = (Message("Legal form"), Message("Statute"), Message("Reason"), Message("Fit"))
ASSUMPTION_LABELS = (Message("Assumption"), Message("Value"), Message("Unit"), Message("Evidence"))
READ_FORMS = Message(
    "Ranked by how well the form suits the field, the depth ({depth}), the number of partners and the law of"
    " the states. The ranking is not legal advice; the supervisory authority has the last word."
)
NO_FORMS = Message("For a single partner, or outside Germany, no legal form is advised on.")
MORE_FORMS = Message("{count} more forms stand in the spreadsheet.")
ONE_PAIR = Message(
    "{count} participants are one pair that has to agree; scope of the task: {scope}; depth: {depth}."
    " What the task itself costs (vehicles, plants, software) is not in it."
)
DRIVERS = Message(
    "{count} participants are {pairs} pairs that have to agree; scope of the task: {scope}; depth: {depth}."
    " What the task itself costs (vehicles, plants, software) is not in it."
)
READ_SHARES = Message(
    "Coordination over {years:n0} years, before any grant, shared out {key}. Rounded, so a sum"
    " may differ slightly; in the spreadsheet the shares add up to the cent."
)
READ_BOTH = Message(
    "Coordination over {years:n0} years, before the grant and after it, shared out {key}. Rounded, so a"
    " sum may differ slightly; in the spreadsheet the shares add up to the cent."
)
SHARE_WIDTHS = {"name": 1.0, "low": 0.6, "high": 0.6, "left_low": 0.75, "left_high": 0.75}


def forms_section(dossier: Dossier, lang: str, numbers: Numbers) -> list[Part]:
    """The best forms, and what the contract of the first must settle."""
    network = dossier.network
    parts = [heading(Message("Legal forms").text(lang))]
    if not network.legal_forms:
        return [*parts, paragraph(NO_FORMS.text(lang))]
    shown = network.legal_forms[:FORMS_SHOWN]
    rows = [
        [
            cell(begun(form.form.label(lang)), FORM_KINDS[form.form.kind].text(lang), strong=True),
            cell(form.statute.text(lang), f"[{numbers[form.source]}]"),
            form.reason.text(lang), written(form.fit, Kind.SCORE, lang),
        ]
        for form in shown
    ]  # fmt: skip
    labels = [label.text(lang) for label in FORM_LABELS]
    parts.append(paragraph(READ_FORMS.filled(depth=network.depth.label).text(lang), small=True))
    table = rows_part(labels, (0.27, 0.23, 0.5, 0), rows)
    table["columns"][-1]["right"] = True
    parts.append(table)
    if len(network.legal_forms) > FORMS_SHOWN:
        more = MORE_FORMS.filled(count=len(network.legal_forms) - FORMS_SHOWN)
        parts.append(paragraph(more.text(lang), small=True))
    first = Message("What the contract must settle: {form}", form=shown[0].form.label)
    contents = [point(lang) for point in shown[0].contents]
    return [*parts, heading(first.text(lang), 2), listed(contents)]


def cost_section(dossier: Dossier, lang: str, numbers: Numbers) -> list[Part]:
    """The range, what drives it, savings, the grant, and every assumption."""
    cost = dossier.network.cost
    pairs = pair_count(cost.participants)
    drivers = (ONE_PAIR if pairs == 1 else DRIVERS).filled(
        count=cost.participants, pairs=pairs, scope=SCOPE_LABELS[cost.scope],
        depth=cost.depth.label,
    )  # fmt: skip
    savings = NO_PROMISE.filled(low=cost.saving_low.value, high=cost.saving_high.value)
    source = numbers[cost.saving_low.statement.reference]
    return [
        heading(Message("Cost of coordination").text(lang)),
        paragraph(drivers.text(lang)),
        table_part(
            costs(dossier, lang).in_round_euros, lang, {"item": 1.0},
            note=f"{savings.text(lang)} [{source}]",
        ),
        *_grant(dossier, lang, numbers),
        heading(Message("Assumptions").text(lang), 2),
        _assumptions(dossier, lang, numbers),
    ]  # fmt: skip


def _grant(dossier: Dossier, lang: str, numbers: Numbers) -> list[Part]:
    found = dossier.network.cost.grant
    if found is None:
        return []
    said = f"{found.text.text(lang)} [{numbers[found.source]}]"
    amounts = grant(dossier, lang)
    known = found.eligible_low == found.eligible_high
    printed = amounts.in_whole_euros if known else amounts.in_round_euros
    return [
        heading(Message("Grant").text(lang), 2), table_part(printed, lang, {"item": 1.0}, note=said)
    ]  # fmt: skip


def _assumptions(dossier: Dossier, lang: str, numbers: Numbers) -> Part:
    changed = Message("changed").text(lang)
    rows = [
        [
            cell(one.label.text(lang), changed if one.changed else ""),
            written(one.value, Kind.PLAIN, lang), unit_text(one.unit, lang),
            f"{one.mark.meaning.text(lang)} [{numbers[one.statement.reference]}]",
        ]
        for one in dossier.network.cost.assumptions
    ]  # fmt: skip
    labels = [label.text(lang) for label in ASSUMPTION_LABELS]
    table = rows_part(labels, (1.0, 0, 0, 0), rows, small=True)
    table["columns"][1]["right"] = True
    return table


def _printed(table: Table) -> Table:
    """What fits on the page: beside the amounts after the grant the inhabitants do not, and stand above."""
    keys = [column.key for column in table.columns]
    return table.picked(*(key for key in keys if key != "population")) if "left_low" in keys else table


def shares_section(dossier: Dossier, lang: str) -> list[Part]:
    """Who bears how much."""
    table = shares(dossier, lang)
    cost = dossier.network.cost
    said = (READ_BOTH if cost.left_low else READ_SHARES).filled(
        years=years(dossier), key=KEY_LABELS[cost.key]
    )
    note = "" if cost.left_low else " ".join(one.text(lang) for one in dossier.network.counted_once)
    return [
        heading(Message("Shares of the members").text(lang)), paragraph(said.text(lang)),
        table_part(_printed(table).in_round_euros, lang, SHARE_WIDTHS, note=note),
    ]  # fmt: skip
