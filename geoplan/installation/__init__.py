"""How datasets get onto this machine: fetched from their publisher, checked, and put in place in one step."""

from geoplan.installation.download import Patience
from geoplan.installation.install import Installed, Observer, Order, install

__all__ = ["Installed", "Observer", "Order", "Patience", "install"]
