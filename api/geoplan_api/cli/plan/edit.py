"""``geoplan plan edit``: other values in some fields of a plan."""

from pathlib import Path
from typing import Annotated, Any

import typer

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.plans.origin import carried_on
from geoplan.plans.reading import changed
from geoplan_api.cli.plan.desk import PlanId, Version, expected_version, fields, opened, say, whoever_types
from geoplan_api.cli.session import open_atlas

ORIGINAL = frozenset({"network", "participants", "provenance"})
"""Fields that are checked against the atlas; others are changed without reading it."""


def edit(
    context: typer.Context,
    plan_id: PlanId,
    *,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="The fields to replace (JSON; - is stdin)."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TITLE", help="Another title.")] = None,
    version: Version = None,
) -> None:
    """Keep the plan as its next version."""
    changes: dict[str, Any] = {} if source is None else fields(source)
    if title is not None:
        changes["title"] = title
    if not changes:
        raise InvalidValueError(Message("Nothing is to be changed: --from or --title says what."), value=None)
    with opened() as store:
        expected = expected_version(store, plan_id, version)
        before = store.get(plan_id).plan
        plan = changed(before, changes)
        if not ORIGINAL.isdisjoint(changes):
            plan = carried_on(plan, before, open_atlas(context.obj))
        made = store.replace(plan, expected, whoever_types())
    say(context, Message("The plan {id} is at version {version}.", id=plan_id, version=made.version))
