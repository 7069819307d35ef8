"""How a reader takes a check: what asks for something is met, missed or open; a hint is only to be known."""

from enum import StrEnum

from geoplan.rules.pack import Check, RuleKind


class Group(StrEnum):
    """How a reader takes a check; what has to be looked at first stands first."""

    MISSED = "missed"
    UNCLEAR = "unclear"
    HINT = "hint"
    """However it stands: nothing is asked for."""
    MET = "met"


def group_of(check: Check) -> Group:
    """The group of a check."""
    return Group.HINT if check.kind is RuleKind.HINT else Group(check.status.value)
