"""The map library, imported when a command asks for GeoJSON and not before.

Most answers need no geometry, and the map library takes longer to import than all the rest; imports by name
stand here and in :mod:`geoplan_api.cli.commands` only.
"""

import importlib
from collections.abc import Callable
from typing import Any

_FEATURES = "geoplan_maps.features"

Features = Callable[..., dict[str, Any]]


def unit_features() -> Features:
    """``unit_features(atlas, rows)`` of the map library."""
    features: Features = importlib.import_module(_FEATURES).unit_features
    return features


def suggestion_features() -> Features:
    """``suggestion_features(atlas, answer, lang)`` of the map library."""
    features: Features = importlib.import_module(_FEATURES).suggestion_features
    return features
