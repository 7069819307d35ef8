"""``geoplan plan advance``: a plan takes a step to another state."""

from typing import Annotated

import typer

from geoplan.errors import UnknownChoiceError
from geoplan.messages import LANGUAGES, Message
from geoplan.nearest import nearest_by_name
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
    wanted = _state(state, context.obj.lang)
    with opened() as store:
        expected = expected_version(store, plan_id, version)
        made = store.advance(plan_id, wanted, expected, whoever_types())
    said = Message("The plan {id} is now: {state}.", id=plan_id, state=made.plan.state.label)
    say(context, said)


def _state(given: str, lang: str) -> PlanState:
    """The state with this key, or with this name in any language."""
    names = {state.value: _names(state) for state in PlanState}
    for key, called in names.items():
        if given.strip().casefold() in called:
            return PlanState(key)
    message = Message("There is no state “{value}”.", value=given)
    nearest = [f"{key} ({PlanState(key).label.text(lang)})" for key in nearest_by_name(given, names)]
    raise UnknownChoiceError(message, value=given, nearest=nearest)


def _names(state: PlanState) -> list[str]:
    """The key, and the labels whole, without what stands in brackets, and without their preposition."""
    labels = [state.label.text(lang).casefold() for lang in LANGUAGES]
    short = [label.partition(" (")[0] for label in labels]
    return list(dict.fromkeys([state.value, *labels, *short, *(label.split()[-1] for label in short)]))
