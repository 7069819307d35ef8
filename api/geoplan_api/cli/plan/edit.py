"""``geoplan plan edit``: other values in some fields of a plan."""

from pathlib import Path
from typing import Annotated, Any

import typer

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.plans.origin import carried_on
from geoplan.plans.reading import changed
from geoplan.rules.stated import read_facts
from geoplan_api.cli.network.conditions import Facts
from geoplan_api.cli.plan.desk import PlanId, Version, expected_version, fields, opened, say, whoever_types
from geoplan_api.cli.session import open_atlas

ORIGINAL = frozenset({"network", "participants", "provenance"})
"""Fields that are checked against the atlas; others are changed without reading it."""


def edit(  # noqa: PLR0913 - the options of a command are its parameters
    context: typer.Context,
    plan_id: PlanId,
    *,
    source: Annotated[
        Path | None,
        typer.Option("--from", metavar="FILE", help="The fields to replace (JSON; - is stdin)."),
    ] = None,
    title: Annotated[str | None, typer.Option("--title", metavar="TITLE", help="Another title.")] = None,
    fact: Facts = None,
    without_fact: Annotated[
        list[str] | None,
        typer.Option("--without-fact", metavar="FACT", help="No longer states this fact. Repeatable."),
    ] = None,
    version: Version = None,
) -> None:
    """Keep the plan as its next version."""
    changes: dict[str, Any] = {} if source is None else fields(source)
    if title is not None:
        changes["title"] = title
    if not changes and not fact and not without_fact:
        raise InvalidValueError(
            Message("Nothing is to be changed: --from, --title or --fact says what."), value=None
        )
    with opened() as store:
        expected = expected_version(store, plan_id, version)
        before = store.get(plan_id).plan
        if fact or without_fact:
            changes["facts"] = _facts(changes.get("facts", before.facts), fact or [], without_fact or [])
        plan = changed(before, changes)
        if not ORIGINAL.isdisjoint(changes):
            plan = carried_on(plan, before, open_atlas(context.obj))
        made = store.replace(plan, expected, whoever_types())
    say(context, Message("The plan {id} is at version {version}.", id=plan_id, version=made.version))


def _facts(stated: Any, more: list[str], less: list[str]) -> Any:
    if not isinstance(stated, dict):  # what is wrong with it is told when it is read
        return stated
    missing = next((one for one in less if one not in stated), None)
    if missing is not None:
        message = Message("The plan does not state the fact “{value}”.", value=missing)
        raise UnknownChoiceError(message, value=missing, nearest=list(stated))
    return {**{key: value for key, value in stated.items() if key not in less}, **read_facts(more)}
