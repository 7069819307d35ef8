"""``geoplan dossier``: a network as it is handed to a council, as PDF, spreadsheet, GIS file or record."""

import datetime
from pathlib import Path
from typing import Annotated

import typer

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.networks import Intentions
from geoplan.networks.intentions import statable_facts, with_facts
from geoplan.networks.parsing import read_assumptions, read_day, read_depth, read_key
from geoplan.plans import Plan
from geoplan.rules.stated import check_facts, read_facts
from geoplan_api.cli.network.conditions import Facts, Seeds
from geoplan_api.cli.options import Weights, split_list
from geoplan_api.cli.output import check_writable, write_file
from geoplan_api.cli.plan.desk import opened
from geoplan_api.cli.session import open_atlas
from geoplan_api.weights import read_weights
from geoplan_dossier import Format, make_dossier, named_by, render

Members = Annotated[
    list[str] | None,
    typer.Argument(metavar="ID …", help="The members: ids or unambiguous names; else those of the plan."),
]


def dossier(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    members: Members = None,
    *,
    out: Annotated[
        Path,
        typer.Option(
            "--out", metavar="FILE", help="The file to write: .pdf, .xlsx, .gpkg, .geojson, .csv or .json."
        ),
    ],
    service: Annotated[
        str | None,
        typer.Option("--service", metavar="SERVICE", help="Service field; “geoplan services” lists them."),
    ] = None,
    excel: Annotated[
        bool,
        typer.Option(
            "--excel", help="CSV with semicolons and decimal commas, as --lang de writes it anyway."
        ),
    ] = False,
    plain: Annotated[
        bool, typer.Option("--plain", help="CSV for programs: commas, decimal points, English names.")
    ] = False,
    plan_id: Annotated[
        str | None, typer.Option("--plan", metavar="PLAN", help="Id of a plan that becomes part of it.")
    ] = None,
    seeds: Seeds = None,
    fact: Facts = None,
    weights: Weights = None,
    depth: Annotated[
        str | None,
        typer.Option(
            "--depth", metavar="DEPTH", help="exchange, shared-staff, shared-task or transferred-task."
        ),
    ] = None,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The day the rules are asked for; by default today."),
    ] = None,
    key: Annotated[
        str, typer.Option("--key", metavar="KEY", help="How cost is shared: equal, population or mixed.")
    ] = "equal",
    assume: Annotated[
        list[str] | None,
        typer.Option("--assume", metavar="ASSUMPTION=X", help="Another number for the cost. Repeatable."),
    ] = None,
    cooperations: Annotated[
        Path | None,
        typer.Option("--cooperations", metavar="FILE", help="Register of existing cooperations (JSON)."),
    ] = None,
) -> None:
    """Write the dossier of a network."""
    check_writable(out)
    form, lang = _format_of(out, excel=excel, plain=plain), context.obj.lang
    intentions = Intentions(
        depth=None if depth is None else read_depth(depth), key=read_key(key),
        assumptions=read_assumptions(assume or []),
    )  # fmt: skip
    stated = read_facts(fact or [])
    check_facts(stated, statable_facts())
    changed = read_weights(weights or [], "=")
    plan = _plan(plan_id)
    named = named_by(plan, split_list(members or ()), service, changed, stated)
    made = make_dossier(
        open_atlas(context.obj, cooperations), named.members, service=named.service, on=_day(on),
        intentions=with_facts(intentions, named.facts), plan=plan,
        seeds=split_list(seeds or ()) or named.seeds, weights=named.weights,
    )  # fmt: skip
    write_file(out, render(made, form, lang))
    typer.echo(Message("Dossier: {path}", path=str(out)).text(lang), err=True)


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else read_day(text)


def _plan(plan_id: str | None) -> Plan | None:
    if plan_id is None:
        return None
    with opened() as store:
        return store.get(plan_id).plan


def _format_of(path: Path, *, excel: bool, plain: bool) -> Format:
    """The form that the end of the file name asks for."""
    suffixes = {form.suffix: form for form in Format if form.value == form.suffix}
    suffix = path.suffix.removeprefix(".").lower()
    if suffix not in suffixes:
        message = Message("A dossier is not written as “{value}”.", value=path.suffix or path.name)
        raise UnknownChoiceError(message, value=path.suffix, nearest=[f".{one}" for one in suffixes])
    if not (excel or plain):
        return suffixes[suffix]
    if suffix != Format.CSV.suffix or (excel and plain):
        message = Message(
            "--excel and --plain are for CSV, one at a time, not for “{value}”.", value=path.name
        )
        raise InvalidValueError(message, value=path.name, nearest=[f"{path.stem}.csv"])
    return Format.CSV_EXCEL if excel else Format.CSV_PLAIN
