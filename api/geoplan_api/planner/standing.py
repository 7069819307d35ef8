"""How a network that is proposed stands: as the tray would tell it, and whether it is fundable."""

from collections import Counter
from dataclasses import dataclass

from geoplan.messages import Message
from geoplan.networks import Network
from geoplan.networks.grant import GrantStatus
from geoplan.rules import Check, RuleKind, Status, group_of, load_packs
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.tray import LOOKS, Sign, signs_of

NOT_FUNDABLE = Message("not fundable as it stands ({programme})")
OPEN = Message("nothing speaks against funding ({programme}); still open: {count}")
ONE_OPEN = Message("nothing speaks against funding ({programme}); one thing is still open")
FUNDABLE = Message("fundable as it stands ({programme})")
OUTDATED = Message("fundable or not is open: the rules are out of date ({programme})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What is known of a proposed network before it is taken over."""

    signs: tuple[Sign, ...]
    """The worst first."""
    groups: Counter[str]
    """How many checks a reader takes how: ``met``, ``missed``, ``unclear``, ``hint``."""


def standing_of(context: PlannerContext, network: Network) -> Standing:
    """How the checks of a network stand."""
    funding = _funding(network)
    signs = [*signs_of(context, network), *([] if funding is None else [funding])]
    return Standing(
        signs=tuple(sorted(signs, key=lambda sign: LOOKS.index(sign.look))),
        groups=Counter(group_of(check).value for check in network.checks),
    )


def _funding(network: Network) -> Sign | None:
    """Whether its programme would fund it, as sure as the rules are; ``None`` where none is known."""
    grant = network.cost.grant
    if grant is None:
        return None
    programme = load_packs()[grant.pack].label
    asked = [one for one in network.checks if one.pack == grant.pack and one.kind == RuleKind.REQUIREMENT]
    unclear = _count(asked, Status.UNCLEAR)
    if grant.status == GrantStatus.UNCLEAR:
        said, look = OUTDATED, "unclear"
    elif _count(asked, Status.MISSED) or grant.status == GrantStatus.NOT_FUNDABLE:
        said, look = NOT_FUNDABLE, "blocker"
    elif unclear:
        said, look = ONE_OPEN if unclear == 1 else OPEN, "unclear"
    else:
        said, look = FUNDABLE, "met"
    return Sign(text=said.filled(programme=programme, count=unclear), look=look)


def _count(checks: list[Check], status: Status) -> int:
    return sum(one.status == status for one in checks)
