"""``geoplan plan show``: a plan, what it lacks at its stage, and whether it is of the dataset in use."""

from typing import Annotated

import typer

from geoplan.boundaries.canonical import is_canonical
from geoplan.boundaries.catalogue import dataset_path
from geoplan.boundaries.source import read_source
from geoplan.plans.answer import plan_answer
from geoplan.provenance import Provenance
from geoplan_api.cli.global_options import GlobalOptions
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.plan.desk import PlanId, opened
from geoplan_api.cli.plan.plan_tables import print_plan
from geoplan_api.cli.session import open_atlas


def show(
    context: typer.Context, plan_id: PlanId, *, form: Annotated[str, format_option("table", "json")] = "table"
) -> None:
    """Write the plan."""
    with opened() as store:
        found = store.get(plan_id)
    here = _dataset_in_use(context.obj)
    if form == "json":
        write_json(plan_answer(found, context.obj.lang, here=here))
    else:
        print_plan(found, context.obj.lang, here=here)


def _dataset_in_use(options: GlobalOptions) -> Provenance:
    """Where the dataset comes from; of a canonical one without reading all of it."""
    path = dataset_path(options.data)
    try:
        canonical = is_canonical(path)
    except OSError:  # a name too long to be one
        canonical = False
    return read_source(path).provenance if canonical else open_atlas(options).provenance
