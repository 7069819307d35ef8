"""``geoplan plan create``: begin a plan, with the members and the dataset it is computed with."""

from pathlib import Path
from typing import Annotated, Any

import typer

from geoplan.plans import read_plan
from geoplan.plans.answer import plan_answer
from geoplan.plans.origin import begun
from geoplan.plans.reading import new_id
from geoplan.rules.stated import read_facts
from geoplan_api.cli.network.conditions import Facts
from geoplan_api.cli.options import format_option, split_list
from geoplan_api.cli.output import write_json
from geoplan_api.cli.plan.desk import fields, opened, whoever_types
from geoplan_api.cli.plan.plan_tables import print_plan
from geoplan_api.cli.session import open_atlas


def create(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    title: Annotated[str, typer.Argument(metavar="TITLE", help="What the plan is called.")],
    *,
    service: Annotated[
        str | None,
        typer.Option("--service", metavar="SERVICE", help="Service field; “geoplan services” lists them."),
    ] = None,
    members: Annotated[
        list[str] | None,
        typer.Option("--member", metavar="ID,…", help="Who is to take part. Repeatable."),
    ] = None,
    fact: Facts = None,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="More fields of the plan (JSON; - is stdin)."),
    ] = None,
    form: Annotated[str, format_option("table", "json")] = "table",
) -> None:
    """Write the new plan."""
    given: dict[str, Any] = {} if source is None else fields(source)
    given["title"] = title
    plan_id = str(given.get("id") or new_id())
    if service is not None or members:
        given["network"] = {"service": service, "members": split_list(members or ())}
    if fact:
        given["facts"] = read_facts(fact)
    plan = read_plan(given, plan_id=plan_id)  # what is wrong is told before the atlas is read
    atlas = open_atlas(context.obj)
    plan = begun(plan, atlas)
    with opened() as store:
        made = store.create(plan, whoever_types())
    if form == "json":
        write_json(plan_answer(made, context.obj.lang, here=atlas.provenance))
    else:
        print_plan(made, context.obj.lang)
