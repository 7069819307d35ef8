"""The doors of geoplan: the web application and the command line."""

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geoplan_api.app import create_app
    from geoplan_api.settings import Settings

__all__ = ["Settings", "create_app"]

# The command line lives in this package and must start without the web framework (a third of a second),
# so the public names are looked up when they are asked for (PEP 562).
_HOME = {"Settings": "geoplan_api.settings", "create_app": "geoplan_api.app"}


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(importlib.import_module(_HOME[name]), name)
