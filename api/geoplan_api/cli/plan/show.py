"""``geoplan plan show``: a plan, and what it lacks at its stage."""

from typing import Annotated

import typer

from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.plan.desk import PlanId, opened
from geoplan_api.cli.plan.plan_tables import plan_answer, print_plan


def show(
    context: typer.Context, plan_id: PlanId, *, form: Annotated[str, format_option("table", "json")] = "table"
) -> None:
    """Write the plan."""
    with opened() as store:
        found = store.get(plan_id)
    if form == "json":
        write_json(plan_answer(found, context.obj.lang))
    else:
        print_plan(found, context.obj.lang)
