"""``geoplan plan delete``: a plan goes out of sight; its history stays, and it can come back."""

from typing import Annotated

import typer

from geoplan.messages import Message
from geoplan_api.cli.plan.desk import PlanId, Version, expected_version, opened, say, whoever_types


def delete(
    context: typer.Context,
    plan_id: PlanId,
    *,
    restore: Annotated[bool, typer.Option("--restore", help="Bring a deleted plan back.")] = False,
    version: Version = None,
) -> None:
    """Delete a plan, or bring it back."""
    with opened() as store:
        expected = expected_version(store, plan_id, version, deleted=restore)
        if restore:
            store.restore(plan_id, expected, whoever_types())
            say(context, Message("The plan {id} is back.", id=plan_id))
        else:
            store.delete(plan_id, expected, whoever_types())
            said = Message(
                "The plan {id} is deleted; “geoplan plan delete {id} --restore” brings it back.", id=plan_id
            )
            say(context, said)
