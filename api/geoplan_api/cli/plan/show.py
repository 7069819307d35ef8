"""``geoplan plan show``: a plan, what it lacks at its stage, and whether it is of the dataset in use."""

from typing import Annotated

import typer

from geoplan.plans.answer import plan_answer
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.plan.desk import PlanId, opened
from geoplan_api.cli.plan.plan_tables import print_plan
from geoplan_api.cli.session import provenance_in_use


def show(
    context: typer.Context, plan_id: PlanId, *, form: Annotated[str, format_option("table", "json")] = "table"
) -> None:
    """Write the plan."""
    with opened() as store:
        found = store.get(plan_id)
    here = provenance_in_use(context.obj)
    if form == "json":
        write_json(plan_answer(found, context.obj.lang, here=here))
    else:
        print_plan(found, context.obj.lang, here=here)
