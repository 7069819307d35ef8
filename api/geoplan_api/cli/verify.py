"""``geoplan verify``: whether a dossier says what geoplan computes with the data at hand."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from geoplan.boundaries.listing import list_datasets
from geoplan.messages import IsoDay, Message
from geoplan_api.cli.failures import DATA_OR_SYSTEM_FAILED, shown
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.plan.desk import read_json
from geoplan_api.cli.session import open_atlas
from geoplan_api.cli.tables import Column, print_table, table_of
from geoplan_dossier import Difference, Verdict, Verification, read_record
from geoplan_dossier import verify as verify_record

SHOWN = 10
"""Differences in the table; JSON has all."""
SHOWN_CHARACTERS = 60
COLUMNS: list[Column] = [
    (Message("Field"), "left"),
    (Message("In the dossier"), "left"),
    (Message("Computed"), "left"),
]
HOW = Message("It was made with {dataset}, status of {vintage}. With these data: “{command}”.")
HOW_ELSEWHERE = Message(
    "It was made with {dataset}, status of {vintage}, which is not installed here (“geoplan data list”)."
    " --data takes a folder, too."
)


def verify(
    context: typer.Context,
    record: Annotated[
        Path, typer.Argument(metavar="DOSSIER.json", help="The record that “geoplan dossier” has written.")
    ],
    *,
    cooperations: Annotated[
        Path | None,
        typer.Option("--cooperations", metavar="FILE", help="Register of existing cooperations (JSON)."),
    ] = None,
    form: Annotated[str, format_option("table", "json")] = "table",
) -> None:
    """Compute a dossier once more and compare every field; exit code 1 where one differs."""
    kept = read_record(read_json(record))
    found = verify_record(kept, open_atlas(context.obj, cooperations))
    if form == "json":
        write_json(found.to_dict())
    else:
        _print(found, context.obj.lang)
        if found.verdict is Verdict.OTHER_DATASET:
            typer.echo(_how(kept.kept["data"], record).text(context.obj.lang))
    if found.verdict is not Verdict.VERIFIED:
        raise typer.Exit(DATA_OR_SYSTEM_FAILED)


def _print(found: Verification, lang: str) -> None:
    said = found.verdict.label.text(lang)
    if not found.differences:
        typer.echo(said)
        return
    rows = [_row(one) for one in found.differences[:SHOWN]]
    notes = []
    if len(found.differences) > SHOWN:
        more = Message("{count} more differences: --format json.", count=len(found.differences) - SHOWN)
        notes.append(more.text(lang))
    print_table(said, table_of(COLUMNS, rows, lang), notes)


def _how(data: Mapping[str, Any], record: Path) -> Message:
    """With which dataset it can be verified, where that is installed."""
    made_with = data.get("dataset"), data.get("vintage")
    names = [
        one.name for one in list_datasets()
        if one.source and (one.source.provenance.dataset, one.source.provenance.vintage) == made_with
    ]  # fmt: skip
    said = {"dataset": made_with[0], "vintage": IsoDay(made_with[1])}
    if names:
        return HOW.filled(**said, command=f"geoplan --data {names[0]} verify {record}")
    return HOW_ELSEWHERE.filled(**said)


def _row(one: Difference) -> list[str]:
    return [shown(one.field), _short(one.kept), _short(one.computed)]


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return shown(text if len(text) <= SHOWN_CHARACTERS else text[: SHOWN_CHARACTERS - 1] + "…")
