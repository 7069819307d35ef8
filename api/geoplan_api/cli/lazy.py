"""The map library, imported when a command asks for GeoJSON or a map and not before.

Most answers need no geometry, and the map library takes longer to import than all the rest; imports by name
stand here and in :mod:`geoplan_api.cli.commands` only.
"""

import importlib
from collections.abc import Callable
from typing import Any

_FEATURES = "geoplan_maps.features"
_WHITE_SPOTS = "geoplan_maps.white_spot_map"

Features = Callable[..., dict[str, Any]]


def unit_features() -> Features:
    """``unit_features(atlas, rows)`` of the map library."""
    features: Features = importlib.import_module(_FEATURES).unit_features
    return features


def suggestion_features() -> Features:
    """``suggestion_features(atlas, answer, lang)`` of the map library."""
    features: Features = importlib.import_module(_FEATURES).suggestion_features
    return features


def white_spot_features() -> Features:
    """``white_spot_features(atlas, answer, lang)`` of the map library."""
    features: Features = importlib.import_module(_WHITE_SPOTS).white_spot_features
    return features


def white_spots_html() -> Callable[..., str]:
    """``white_spots_html(atlas, answer, *, lang)`` of the map library."""
    html: Callable[..., str] = importlib.import_module(_WHITE_SPOTS).white_spots_html
    return html
