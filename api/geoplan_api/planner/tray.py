"""The group as it stands: who is on board, what speaks against it at once, and what else was checked."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from geoplan.messages import Localised, Message
from geoplan.networks import Network
from geoplan.networks.request import Conditions
from geoplan.rules import Check, Group, RuleKind, Status, group_of, load_packs
from geoplan.services import find_service
from geoplan.units import AdministrativeUnit, Level
from geoplan_api import labels
from geoplan_api.planner.context import PlannerContext

SHORT = 2
"""So many signs fit the one line of a phone."""
ORDER = (RuleKind.REQUIREMENT, RuleKind.ADVICE, RuleKind.HINT)
SHAPE, SIZE, USUAL_SIZE = "contiguity", "nki-networks.min-participants", "usual-size"
FUNDING_PACK = "nki-networks"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """One thing that the tray tells of a group."""

    text: Localised
    look: str
    """``blocker``, ``warning``, ``unclear`` or ``met``."""


LOOKS = ("blocker", "warning", "unclear", "met")
"""The worst first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tray:
    """The checks of a group in short."""

    signs: tuple[Sign, ...]
    """The worst first."""
    groups: Counter[str]
    """How many checks a reader takes how: ``met``, ``missed``, ``unclear``, ``hint``."""

    @property
    def short(self) -> tuple[Sign, ...]:
        """The most important signs."""
        return self.signs[:SHORT]


def tray(context: PlannerContext) -> Tray | None:
    """The tray; ``None`` where there is no group yet."""
    network = context.network
    if network is None:
        return None
    return tray_of(context, network)


def tray_of(context: PlannerContext, network: Network, further: tuple[Sign, ...] = ()) -> Tray:
    """What speaks for and against a network at once, with ``further`` signs, and how its checks stand."""
    signs = sorted([*_signs(context, network), *further], key=lambda sign: LOOKS.index(sign.look))
    return Tray(signs=tuple(signs), groups=Counter(group_of(check).value for check in network.checks))


def next_step(context: PlannerContext) -> str:
    """Which button of the tray leads on: ``build``, ``check`` or ``save``; empty where a panel has its own.

    Who has too few partners looks for more, who has enough checks the group, who has checked it keeps it.
    """
    panel = context.state.panel
    if panel not in ("", "check", "white-spots"):
        return ""
    usual = Conditions(service=find_service(context.checked_service)).bounds()
    if len(context.members) < usual.min_members:
        return "build"
    return "save" if panel == "check" else "check"


def county_to_join(context: PlannerContext) -> tuple[AdministrativeUnit, str] | None:
    """The county of the asking municipality, where it is not on board: it and its name."""
    atlas, state = context.atlas, context.state
    if not context.members or context.members[0].level != Level.MUNICIPALITY:
        return None
    county = context.members[0].county
    if county is None or county not in atlas.units or county in state.group:
        return None
    if len(atlas.hierarchy.members(atlas.units.row(county), Level.MUNICIPALITY)) < 2:
        return None
    return atlas.units[county], labels.parent_name(atlas, county) or county


def in_order(network: Network) -> tuple[Check, ...]:
    """All checks: what is missed first, requirements before advice."""
    groups = list(Group)
    return tuple(sorted(network.checks, key=lambda one: (groups.index(group_of(one)), ORDER.index(one.kind))))


def _signs(context: PlannerContext, network: Network) -> Iterator[Sign]:
    checks = {check.rule: check for check in network.checks}
    yield from _shape(context, network, checks.get(SHAPE))
    size = checks.get(SIZE)
    if size is not None:
        yield _funded_size(network, size)
    usual = checks.get(USUAL_SIZE)
    if usual is not None and usual.status == Status.MISSED and (size is None or size.status == Status.MET):
        yield Sign(text=usual.text, look="warning")
    if len(network.states) > 1:
        yield Sign(
            text=Message("across a state border: {count} states", count=len(network.states)), look="warning"
        )
    told = (SHAPE, SIZE, USUAL_SIZE)
    for check in network.checks:
        if check.status == Status.MISSED and check.kind == RuleKind.REQUIREMENT and check.rule not in told:
            yield Sign(text=Message("not met: {requirement}", requirement=check.label), look="blocker")


def _shape(context: PlannerContext, network: Network, check: Check | None) -> Iterator[Sign]:
    if check is None:
        return
    if network.held_by:
        said = Message(
            "connected only by {names}; the others lie in {count} pieces",
            names=", ".join(context.title(one) for one in network.held_by),
            count=len(network.components_without_holders),
        )  # fmt: skip
        yield Sign(text=said, look="unclear")
        return
    if network.contiguous:
        yield Sign(text=Message("connected area"), look="met")
        return
    apart = " | ".join(
        ", ".join(context.title(context.atlas.units[one]) for one in piece) for piece in network.components
    )
    missed = check.status == Status.MISSED
    said = Message("{count} separate pieces: {parts}", count=len(network.components), parts=apart)
    yield Sign(text=said, look="blocker" if missed else "unclear")


def _funded_size(network: Network, check: Check) -> Sign:
    if check.status != Status.MISSED:
        look = "met" if check.status == Status.MET else "unclear"
        return Sign(text=Message("federal funding: enough members"), look=look)
    least = load_packs()[FUNDING_PACK].constants["min_participants"].value
    lacking = int(str(least)) - len(network.members)
    return Sign(text=Message("federal funding: {count} members short", count=lacking), look="blocker")
