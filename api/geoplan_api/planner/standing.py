"""How a network that is proposed stands: as the tray would tell it, and whether it is fundable."""

from geoplan.messages import Message
from geoplan.networks import Network
from geoplan.networks.fundable import programme_standing
from geoplan.networks.grant import GrantStatus
from geoplan_api.planner.context import PlannerContext
from geoplan_api.planner.tray import Sign, Tray, tray_of

NOT_FUNDABLE = Message("not fundable as it stands ({programme})")
OPEN = Message("nothing speaks against funding ({programme}); still open: {count}")
ONE_OPEN = Message("nothing speaks against funding ({programme}); one thing is still open")
FUNDABLE = Message("fundable as it stands ({programme})")
OUTDATED = Message("fundable or not is open: the rules are out of date ({programme})")


def standing_of(context: PlannerContext, network: Network) -> Tray:
    """What the tray would tell of a network, and whether its programme would fund it."""
    return tray_of(context, network, _funding(network))


def _funding(network: Network) -> tuple[Sign, ...]:
    """Whether its programme would fund it, as sure as the rules are; nothing where none is known."""
    standing = programme_standing(network)
    if standing is None:
        return ()
    count = len(standing.unclear)
    if standing.grant.status == GrantStatus.UNCLEAR:
        said, look = OUTDATED, "unclear"
    elif standing.refused:
        said, look = NOT_FUNDABLE, "blocker"
    elif count:
        said, look = ONE_OPEN if count == 1 else OPEN, "unclear"
    else:
        said, look = FUNDABLE, "met"
    return (Sign(text=said.filled(programme=standing.programme, count=count), look=look),)
