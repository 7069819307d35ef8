"""Networks of partners: build a group, check it against map, law and funding, cost it."""

from geoplan.networks.build import build_network
from geoplan.networks.check import check_network
from geoplan.networks.comparison import Comparison, Scenario, compare_networks
from geoplan.networks.cover import Cover
from geoplan.networks.covering import cover
from geoplan.networks.found import NetworkSearch, Variant
from geoplan.networks.intentions import Intentions
from geoplan.networks.network import Network
from geoplan.networks.shares import ShareKey, share_out

__all__ = [
    "Comparison",
    "Cover",
    "Intentions",
    "Network",
    "NetworkSearch",
    "Scenario",
    "ShareKey",
    "Variant",
    "build_network",
    "check_network",
    "compare_networks",
    "cover",
    "share_out",
]
