"""``geoplan plan advance``: a plan takes a step to another state."""

from typing import Annotated

import typer

from geoplan.errors import UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.plans import PlanState
from geoplan_api.cli.plan.desk import PlanId, Version, expected_version, opened, say, whoever_types


def advance(
    context: typer.Context,
    plan_id: PlanId,
    state: Annotated[
        str,
        typer.Argument(
            metavar="STATE",
            help="exploring, agreed, founded, operating, evaluated or ended; idea is a step back.",
        ),
    ],
    *,
    version: Version = None,
) -> None:
    """Keep the plan in its new state."""
    known = [one.value for one in PlanState]
    if state not in known:
        message = Message("There is no state “{value}”.", value=state)
        raise UnknownChoiceError(message, value=state, nearest=nearest_values(state, known) or known)
    with opened() as store:
        expected = expected_version(store, plan_id, version)
        made = store.advance(plan_id, PlanState(state), expected, whoever_types())
    said = Message("The plan {id} is now: {state}.", id=plan_id, state=made.plan.state.label)
    say(context, said)
