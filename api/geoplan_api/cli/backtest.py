"""``geoplan backtest``: how well suggestions find the partners that municipalities really chose."""

from pathlib import Path
from typing import Annotated, Any

import typer

from geoplan.backtest import ablation
from geoplan.backtest import backtest as run_backtest
from geoplan.criteria import CRITERIA
from geoplan.messages import Message
from geoplan.services import read_register
from geoplan_api.cli.options import format_option, split_list, whole_number_of
from geoplan_api.cli.output import write_json
from geoplan_api.cli.session import known_to, open_atlas
from geoplan_api.cli.tables import number, print_table, table_of
from geoplan_api.labels import data_line

DIGITS = 3


def backtest(
    context: typer.Context,
    register: Annotated[
        Path, typer.Argument(metavar="REGISTER.json", help="Register of existing cooperations (JSON).")
    ],
    *,
    cut_offs: Annotated[
        list[str] | None, typer.Option("--k", metavar="5,10", help="Recall among the first k.")
    ] = None,
    ablate: Annotated[
        bool, typer.Option("--ablation", help="Also without each criterion in turn (takes minutes).")
    ] = False,
    form: Annotated[str, format_option("table", "json")] = "table",
) -> None:
    """Write what our ranking and the simple ones reach on the cooperations of a register."""
    given = read_register(register)
    read = whole_number_of("--k")
    cuts = [read(text) for text in split_list(cut_offs or ["5", "10"])]
    atlas = open_atlas(context.obj)
    known = known_to(atlas, given, context.obj.lang)
    report = run_backtest(atlas, known, cut_offs=cuts).to_dict()
    if ablate:
        report["ablation"] = ablation(atlas, known, cut_offs=cuts)
    lang = context.obj.lang
    if form == "json":
        write_json(report)
        return
    rows = [_row("geoplan", report, lang)]
    rows += [_row(name, summary, lang) for name, summary in report["baselines"].items()]
    rows += [_row(f"  {kind}", summary, lang) for kind, summary in report["by_type"].items()]
    if report["vertical"]:
        rows.append(_row("  vertical", report["vertical"], lang))
    rows += [
        _row("  " + Message("without {criterion}", criterion=CRITERIA[key].label).text(lang), summary, lang)
        for key, summary in report.get("ablation", {}).items()
    ]
    title = Message("Backtest: hidden members that the ranking finds again")
    print_table(title.text(lang), table_of(_columns(cuts), rows, lang), [data_line(report["data"], lang)])


def _columns(cuts: list[int]) -> list[tuple[Message, str]]:
    right = "right"
    return [
        (Message("Ranking"), "left"),
        (Message("Cooperations"), right),
        (Message("R-precision"), right),
        *((Message("Recall@{k}", k=k), right) for k in cuts),
        (Message("Half hidden"), right),
        (Message("One missing, first 3"), right),
    ]


def _row(name: str, summary: dict[str, Any], lang: str) -> list[str]:
    completion = summary["completion"]
    figures = [
        summary["r_precision"], *summary["recall"].values(),
        completion["half_hidden"], completion["missing_one_top3"],
    ]  # fmt: skip
    return [name, number(summary["cooperations"], lang), *(number(value, lang, DIGITS) for value in figures)]
