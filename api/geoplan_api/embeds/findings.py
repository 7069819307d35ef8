"""How a network stands, as its embed tells it: in one line, then check by check as a reader takes them."""

from dataclasses import dataclass

from geoplan.messages import Message
from geoplan.networks import Network
from geoplan.networks.fundable import funding_answer, funding_in_short
from geoplan.rules import Group, group_of
from geoplan_api.planner import PlannerContext
from geoplan_api.planner.checking import GROUPS, CheckLine, check_line
from geoplan_api.planner.tray import in_order


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """Checks that a reader takes alike."""

    group: Group
    label: Message
    lines: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What was found when a network was checked."""

    summary: str
    """Whether it holds together, and whether it would be funded or how it stands."""
    funding: str | None
    """Why it would be funded or not; ``None`` where no programme is known for it."""
    presumed: bool
    """Whether it was checked as what most groups are after, since nobody has named a service field."""
    groups: tuple[FindingGroup, ...]


def findings(context: PlannerContext) -> Findings | None:
    """What to tell of the group of a context; ``None`` where there is nothing to check."""
    network, lang = context.network, context.lang
    if network is None:
        return None
    lines = [check_line(check, lang) for check in in_order(network)]
    grouped = [
        FindingGroup(
            group=group, label=label, lines=tuple(one for one in lines if group_of(one.check) is group)
        )
        for group, label in GROUPS
    ]
    return Findings(
        summary=" ".join(part.text(lang) for part in _summary(network)),
        funding=funding_answer(network, lang), presumed=not context.state.service,
        groups=tuple(one for one in grouped if one.lines),
    )  # fmt: skip


def _summary(network: Network) -> tuple[Message, Message]:
    if network.only_by is not None:
        shape = network.only_by
    elif network.contiguous:
        shape = Message("The area is connected.")
    else:
        shape = Message("The area lies in {count} separate pieces.", count=len(network.components))
    return shape, funding_in_short(network) or _counted(network)


def _counted(network: Network) -> Message:
    found = [group_of(check) for check in network.checks]
    return Message(
        "Checked: {met} met, {missed} missed, {unclear} open.",
        met=found.count(Group.MET), missed=found.count(Group.MISSED), unclear=found.count(Group.UNCLEAR),
    )  # fmt: skip
