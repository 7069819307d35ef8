"""How groups side by side look in a terminal."""

from collections.abc import Mapping, Sequence
from string import ascii_uppercase
from typing import Any

from geoplan.messages import Message
from geoplan.networks import Comparison
from geoplan.rules import Status
from geoplan.rules.facts import Day
from geoplan_api.cli.network.network_tables import SIGNS
from geoplan_api.cli.tables import UNKNOWN, Column, number, print_table, table_of
from geoplan_api.labels import data_line

FORMS_SHOWN = 5
LONGEST_HEADING = 18
"""Characters: four columns and the labels go into 100."""
NOT_ASKED = Message("not asked")


def print_comparison(comparison: Comparison, lang: str, *, all_checks: bool = False) -> None:
    """Print figures, members with their shares, checks and legal forms, a column for each scenario."""
    answer = comparison.to_dict(lang)
    names, legend = _headings(comparison.names)
    title = Message("Side by side, as of {day}", day=Day(comparison.on)).text(lang)
    _print(title, Message("Figure"), names, _figures(answer, lang), lang=lang, notes=legend)
    _print(
        Message("Members, share of the cost in €").text(lang),
        Message("Member"), names, _members(answer, lang), lang=lang,
    )  # fmt: skip
    _print_checks(answer, names, lang, all_checks=all_checks)
    notes = [data_line(answer["data"], lang)]
    _print(
        Message("Legal forms, fit").text(lang), Message("Legal form"), names,
        _forms(answer, lang), lang=lang, notes=notes,
    )  # fmt: skip


def _headings(names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The names, or letters and what they stand for where a name is too long for a column."""
    if all(len(name) <= LONGEST_HEADING for name in names):
        return list(names), []
    letters = list(ascii_uppercase[: len(names)])
    return letters, [f"{letter}: {name}" for letter, name in zip(letters, names, strict=True)]


def _print(  # noqa: PLR0913 - the parts of a table
    title: str,
    first: Message,
    names: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    lang: str,
    notes: Sequence[str] = (),
    side: str = "right",
) -> None:
    # A name is what its reader has given: it is no template, whatever it holds.
    columns: list[Column] = [(first, "left"), *((Message("{name}", name=name), side) for name in names)]
    print_table(title, table_of(columns, rows, lang), notes)


def _figures(answer: Mapping[str, Any], lang: str) -> list[list[str]]:
    return [
        [row["label"], *(number(value, lang, row["digits"]) for value in row["values"])]
        for row in answer["figures"]
    ]


def _members(answer: Mapping[str, Any], lang: str) -> list[list[str]]:
    return [
        [
            row["name"],
            *(
                UNKNOWN if low is None else f"{number(low, lang)} – {number(high, lang)}"
                for low, high in zip(row["share_low_eur"], row["share_high_eur"], strict=True)
            ),
        ]
        for row in answer["members"]
    ]


def _print_checks(answer: Mapping[str, Any], names: Sequence[str], lang: str, *, all_checks: bool) -> None:
    differing = [row for row in answer["checks"] if row["differs"]]
    shown = answer["checks"] if all_checks else differing
    rows = [[row["label"], *(_sign(value, lang) for value in row["values"])] for row in shown]
    count = Message(
        "{differing} of {all} checks differ.", differing=len(differing), all=len(answer["checks"])
    ).text(lang)
    notes = [count, *(line for row in differing for line in _said(row, names))]
    title = Message("Checks") if all_checks else Message("Checks that differ")
    _print(title.text(lang), Message("Check"), names, rows, lang=lang, notes=notes, side="left")


def _sign(value: str | None, lang: str) -> str:
    if value is None:
        return f"{UNKNOWN} {NOT_ASKED.text(lang)}"
    status = Status(value)
    return f"{SIGNS[status]} {status.label.text(lang)}"


def _said(row: Mapping[str, Any], names: Sequence[str]) -> list[str]:
    """What stands behind the signs of a row, each text once."""
    by_text: dict[str, list[str]] = {}
    for name, cell in zip(names, row["cells"], strict=True):
        if cell is not None:
            by_text.setdefault(cell["text"], []).append(name)
    return [f"{row['label']} – {', '.join(who)}: {text}" for text, who in by_text.items()]


def _forms(answer: Mapping[str, Any], lang: str) -> list[list[str]]:
    return [
        [row["label"], *(number(value, lang, 2) for value in row["values"])]
        for row in answer["legal_forms"][:FORMS_SHOWN]
    ]
