"""``geoplan explain``: what stands behind one suggestion, and what would change it."""

from typing import Annotated

import typer

from geoplan.criteria import CRITERIA
from geoplan.insight import Difference, Explanation, Rival
from geoplan.insight import explain as explain_candidate
from geoplan.messages import Message
from geoplan.units import AdministrativeUnit
from geoplan_api.cli.options import (
    AsLevel,
    Candidate,
    CooperationType,
    Partners,
    Service,
    Unit,
    Weights,
    format_option,
    split_list,
)
from geoplan_api.cli.output import write_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.cli.tables import number, print_table, table_of
from geoplan_api.labels import ROLES, TYPES, data_line
from geoplan_api.weights import read_weights

COLUMNS = [
    (Message("Criterion"), "left"),
    (Message("Weight"), "right"),
    (Message("Adds"), "right"),
    (Message("Reason"), "left"),
]
COUNTERFACTUALS_SHOWN = 5


def explain(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    unit: Unit,
    candidate: Candidate,
    *,
    partners: Partners = None,
    kind: CooperationType = "any",
    service: Service = None,
    weights: Weights = None,
    as_level: AsLevel = None,
    form: Annotated[str, format_option("table", "json")] = "table",
) -> None:
    """Write why a candidate is a partner for a unit, or why it is none of the first."""
    changed = read_weights(weights or [], "=")
    answer = explain_candidate(
        open_atlas(context.obj), unit, candidate, partners=split_list(partners or ()), type=kind,
        service=service, weights=changed, as_level=as_level,
    )  # fmt: skip
    lang = context.obj.lang
    if form == "json":
        write_json(answer.to_dict(lang))
    else:
        _print(answer, lang)


def _print(answer: Explanation, lang: str) -> None:
    rows = [
        [
            CRITERIA[part.criterion].label.text(lang), number(part.weight, lang, 2),
            number(part.contribution, lang, 2), part.explanation.text(lang),
        ]
        for part in answer.suggestion.contributions
    ]  # fmt: skip
    notes = [*_notes(answer, lang), data_line(answer.data, lang)]
    print_table(_title(answer, lang), table_of(COLUMNS, rows, lang), notes)


def _title(answer: Explanation, lang: str) -> str:
    suggestion = answer.suggestion
    form = f"{ROLES[suggestion.role].text(lang)}, {TYPES[suggestion.type].text(lang)}"
    return f"{answer.text.text(lang)} ({form})"


def _notes(answer: Explanation, lang: str) -> list[str]:
    """Stability, mutuality, what would help, what speaks against, what is missing: a line each."""
    unit = answer.suggestion.unit
    lines = [line for rival in answer.rivals for line in _rival(unit, rival, lang)]
    lines.append(_line(Message("Stability"), answer.stability.text, lang))
    lines.append(_line(Message("Mutuality"), answer.mutuality.text, lang))
    if answer.way_up is not None:
        lines.append(_line(Message("Way up"), answer.way_up, lang))
    changes = answer.counterfactuals[:COUNTERFACTUALS_SHOWN]
    lines += [f"  · {one.text.text(lang)}" for one in changes]
    lines += [_line(Message("Against"), one.text, lang) for one in answer.drawbacks]
    for gap in answer.missing:
        lines.append(_line(Message("Data"), gap.text, lang) + f" → {gap.remedy.text(lang)}")
    return lines


def _rival(asked: AdministrativeUnit, rival: Rival, lang: str) -> list[str]:
    """Who stands next in the list, and which criteria favour whom by how much."""
    sides = ((asked, rival.gives), (rival.unit, rival.costs)) if rival.same_criteria else ()
    return [
        _line(Message("Compared"), rival.text, lang),
        *([] if rival.beside is None else [f"  · {rival.beside.text.text(lang)}"]),
        *(f"  · {_favoured(unit, differences, lang)}" for unit, differences in sides if differences),
    ]


def _favoured(unit: AdministrativeUnit, differences: tuple[Difference, ...], lang: str) -> str:
    heading = Message("Counts more for {name}", name=unit.title).text(lang)
    parts = (f"{one.label.text(lang)} {number(one.lead, lang, 2)}" for one in differences)
    return f"{heading}: {', '.join(parts)}"


def _line(heading: Message, text: Message, lang: str) -> str:
    return f"{heading.text(lang)}: {text.text(lang)}"
