"""Who can be asked at all: generation of candidates and the hard rules they must pass."""

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.graph import BorderGraph
from geoplan.atlas import Atlas
from geoplan.units import Level

IntArray = NDArray[np.int64]

NEAREST_COUNT = 150
"""So many units around a group are looked at; what is farther never gets among the first twenty."""


def peers(atlas: Atlas, group: IntArray, *, count: int = NEAREST_COUNT) -> IntArray:
    """The ``count`` nearest units of the asking unit's level, and all that border the group."""
    level = atlas.units.level[group[0]]
    return peers_among(
        atlas, group, atlas.units.rows_of(level), graph=atlas.level_borders(level), count=count
    )


def peers_among(
    atlas: Atlas, group: IntArray, rows: IntArray, *, graph: BorderGraph, count: int = NEAREST_COUNT
) -> IntArray:
    """The ``count`` nearest of ``rows``, and all that border the group in ``graph``."""
    rows = rows[~np.isin(rows, group)]
    near = rows[nearest(atlas, rows, group, count)]
    bordering = np.concatenate([graph.neighbours(row)[0] for row in group.tolist()])
    return partners_only(atlas, np.union1d(near, bordering), group)


def nearest(atlas: Atlas, rows: IntArray, group: IntArray, count: int) -> IntArray:
    """Places in ``rows`` of the ``count`` units with the least mean distance to the group."""
    xy = atlas.units.xy
    distance = np.zeros(len(rows))
    for member in group.tolist():
        step = xy[rows] - xy[member]
        distance += np.hypot(step[:, 0], step[:, 1])
    if len(rows) <= count:
        return np.arange(len(rows))
    return np.sort(np.argpartition(distance, count)[:count])


def partners_only(atlas: Atlas, rows: IntArray, group: IntArray) -> IntArray:
    """The hard rules: no unincorporated area (it has no council) and nobody who is on board already."""
    level = atlas.units.level[rows]
    allowed: IntArray = rows[(level != Level.UNINCORPORATED_AREA) & ~np.isin(rows, group)]
    return allowed
