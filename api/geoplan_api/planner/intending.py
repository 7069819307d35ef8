"""What the address says that the partners intend: depth, key of shares, changed assumptions."""

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.networks import Intentions, ShareKey
from geoplan.networks.parsing import read_depth, read_key
from geoplan_api.planner.state import PlannerState


def intentions_of(state: PlannerState) -> Intentions:
    """The intentions.

    Raises
    ------
    UnknownChoiceError, InvalidValueError
        No such depth or key of shares, or an assumption that is no number.
    """
    return Intentions(
        depth=read_depth(state.depth) if state.depth else None,
        key=read_key(state.key) if state.key else ShareKey.EQUAL,
        assumptions={key: _number(key, value) for key, value in state.assumed},
    )


def _number(key: str, text: str) -> float:
    try:
        return float(text)
    except ValueError as error:
        message = Message("The assumption {key} is a number, not “{value}”.", key=key, value=text)
        raise InvalidValueError(message, value=text) from error
