"""What the address says that the partners intend: depth, key of shares, changed assumptions, their facts."""

from collections.abc import Mapping

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks import Intentions, ShareKey
from geoplan.networks.intentions import with_facts
from geoplan.networks.parsing import read_depth, read_key
from geoplan.rules.facts import Value
from geoplan.rules.stated import read_facts
from geoplan_api.planner.state import PlannerState


def intentions_of(state: PlannerState) -> Intentions:
    """The intentions.

    Raises
    ------
    UnknownChoiceError, InvalidValueError
        No such depth, key of shares or fact, or an assumption that is no number.
    """
    said = Intentions(
        depth=read_depth(state.depth) if state.depth else None,
        key=read_key(state.key) if state.key else ShareKey.EQUAL,
        assumptions={key: _number(key, value) for key, value in state.assumed},
    )
    return with_facts(said, facts_of(state))


def facts_of(state: PlannerState) -> dict[str, Value]:
    """What the partners state in the plan that this was opened from.

    Raises
    ------
    InvalidValueError
        A fact without a value.
    """
    return read_facts(f"{key}={value}" for key, value in state.facts)


def facts_written(facts: Mapping[str, Value]) -> tuple[tuple[str, str], ...]:
    """Facts as the address has them."""
    return tuple((key, _written(value)) for key, value in facts.items())


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    # 0.6 and not 60 %, 17500 and not 17.500: as a program writes it.
    return f"{value:.15g}" if isinstance(value, int | float) else str(value)


def _number(key: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        message = Message("The assumption {key} is a number, not “{value}”.", key=key, value=text)
        raise InvalidValueError(message, value=text) from error
