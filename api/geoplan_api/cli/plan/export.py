"""``geoplan plan export``: everything in the store as JSON, or the meetings of a plan as a calendar."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.plans import calendar_text
from geoplan.plans.exchange import export_plans
from geoplan_api.cli.global_options import GlobalOptions
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import check_writable, write_file
from geoplan_api.cli.plan.desk import opened, whoever_types
from geoplan_api.cli.session import data_in_use


def export(
    context: typer.Context,
    plan_id: Annotated[
        str | None, typer.Argument(metavar="PLAN", help="Id of a plan; by default all of them.")
    ] = None,
    *,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="Where to; else stdout.")] = None,
    form: Annotated[str, format_option("json", "ics")] = "json",
) -> None:
    """Write all versions of all plans, the deleted ones too."""
    if out is not None:
        check_writable(out)
    text = _calendar(plan_id) if form == "ics" else _document(plan_id, context.obj)
    if out is None:
        sys.stdout.write(text)
    else:
        write_file(out, text)


def _calendar(plan_id: str | None) -> str:
    if plan_id is None:
        raise InvalidValueError(Message("A calendar is that of one plan: its id is missing."), value=None)
    with opened() as store:
        return calendar_text(store.get(plan_id))


def _document(plan_id: str | None, options: GlobalOptions) -> str:
    with opened() as store:
        document = export_plans(store, whoever_types(), plan_id)
    document["data"] = data_in_use(options)
    return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
