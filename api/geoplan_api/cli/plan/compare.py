"""``geoplan plan compare``: the networks of two to four plans side by side."""

from typing import Annotated

import typer

from geoplan.networks import compare_networks
from geoplan.networks.parsing import read_day
from geoplan.plans.scenarios import scenario_of, told_apart
from geoplan_api.cli.network.comparison_tables import print_comparison
from geoplan_api.cli.options import format_option
from geoplan_api.cli.output import write_json
from geoplan_api.cli.plan.desk import opened
from geoplan_api.cli.session import open_atlas


def compare(
    context: typer.Context,
    plan_ids: Annotated[
        list[str],
        typer.Argument(metavar="PLAN …", help="Ids of two to four plans; “geoplan plan list” shows them."),
    ],
    *,
    on: Annotated[
        str | None,
        typer.Option("--on", metavar="DATE", help="The day the rules are asked for; by default today."),
    ] = None,
    all_checks: Annotated[
        bool, typer.Option("--all", help="All checks, not only those that differ.")
    ] = False,
    form: Annotated[str, format_option("table", "json")] = "table",
) -> None:
    """Write how the networks of the plans differ."""
    day = None if on is None else read_day(on)
    with opened() as store:
        plans = [store.get(one).plan for one in plan_ids]
    names = told_apart(plans)
    scenarios = [scenario_of(plan, name) for plan, name in zip(plans, names, strict=True)]
    found = compare_networks(open_atlas(context.obj), scenarios, on=day)
    if form == "json":
        write_json({"plans": plan_ids, **found.to_dict(context.obj.lang)})
    else:
        print_comparison(found, context.obj.lang, all_checks=all_checks)
