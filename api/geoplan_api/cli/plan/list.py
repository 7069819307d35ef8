"""``geoplan plan list``: the plans of this machine."""

from typing import Annotated

import typer

from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.plan.desk import opened
from geoplan_api.cli.plan.plan_tables import print_list
from geoplan_api.cli.session import data_in_use


def list(
    context: typer.Context,
    *,
    deleted: Annotated[bool, typer.Option("--deleted", help="Those that were deleted, too.")] = False,
    form: Annotated[str, format_option("table", "json")] = "table",
) -> None:
    """Write the plans, last changed first."""
    with opened() as store:
        found = store.list(deleted=deleted)
    if form == "json":
        write_json({"plans": [one.summary() for one in found], "data": data_in_use(context.obj)})
    else:
        print_list(found, context.obj.lang)
