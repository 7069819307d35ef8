"""The members of networks as GeoJSON, alike at the command line and over HTTP."""

from collections.abc import Callable
from typing import Any

import numpy as np

from geoplan.atlas import Atlas
from geoplan.networks import Network, NetworkSearch
from geoplan_api.answers import rows_of, with_properties

Features = Callable[..., dict[str, Any]]
"""``unit_features(atlas, rows)`` of the map library, which the command line imports only where needed."""


def network_features(atlas: Atlas, network: Network, unit_features: Features, lang: str) -> dict[str, Any]:
    """The members as a FeatureCollection; how the network stands is beside them as ``network``."""
    collection = unit_features(atlas, rows_of(atlas, list(network.members)))
    return {**collection, "network": network.to_dict(lang)}


def search_features(atlas: Atlas, found: NetworkSearch, unit_features: Features, lang: str) -> dict[str, Any]:
    """The members of all networks as a FeatureCollection; ``network`` is the rank of each one's network.

    The answer that JSON would be (networks, optimality …) stands beside the features.
    """
    rows, properties = [], []
    for rank, (network, fits) in enumerate(zip(found.networks, found.member_fits, strict=True), start=1):
        for unit in network.members:
            rows.append(atlas.units.row(unit.id))
            properties.append({"network": rank, "fit": fits[unit.id], "score": network.score})
    collection = unit_features(atlas, np.array(rows, dtype=np.int64))
    return {**found.to_dict(lang), **with_properties(collection, properties)}
