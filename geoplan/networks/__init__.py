"""Networks of partners: check a group against map, law and funding, find its legal form, cost it."""

from geoplan.networks.check import check_network
from geoplan.networks.intentions import Intentions
from geoplan.networks.network import Network
from geoplan.networks.shares import ShareKey, share_out

__all__ = ["Intentions", "Network", "ShareKey", "check_network", "share_out"]
