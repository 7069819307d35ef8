"""``geoplan plan history``: every version of a plan."""

from typing import Annotated

import typer

from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.plan.desk import PlanId, opened
from geoplan_api.cli.plan.plan_tables import print_history
from geoplan_api.cli.session import data_in_use


def history(
    context: typer.Context, plan_id: PlanId, *, form: Annotated[str, format_option("table", "json")] = "table"
) -> None:
    """Write the versions, oldest first; of a deleted plan too."""
    with opened() as store:
        found = store.history(plan_id)
    if form == "json":
        versions = [one.to_dict() for one in found]
        write_json({"id": plan_id, "versions": versions, "data": data_in_use(context.obj)})
    else:
        print_history(found, context.obj.lang)
