"""Who can be asked at all: generation of candidates and the hard rules they must pass."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.graph import BorderGraph
from geoplan.atlas import Atlas
from geoplan.suggestions.around import PointGrid
from geoplan.units import Level

IntArray = NDArray[np.int64]

NEAREST_COUNT = 150
"""So many units around a group are looked at; what is farther never gets among the first twenty."""


def peers(atlas: Atlas, group: IntArray, *, count: int = NEAREST_COUNT) -> IntArray:
    """The ``count`` nearest units of the asking unit's level, and all that border the group."""
    level = atlas.units.level[group[0]]
    near = _points(atlas, level).nearest(group, atlas.units.xy[group], count)
    return _with_bordering(atlas, near, group, atlas.level_borders(level))


def peers_among(
    atlas: Atlas, group: IntArray, points: PointGrid, *, graph: BorderGraph, count: int = NEAREST_COUNT
) -> IntArray:
    """The ``count`` nearest of ``points``, and all that border the group in ``graph``."""
    near = points.nearest(group, atlas.units.xy[group], count)
    return _with_bordering(atlas, near, group, graph)


@lru_cache(maxsize=32)
def _points(atlas: Atlas, level: Level) -> PointGrid:
    """The units of a level and their points: every question about the level needs them."""
    rows = atlas.units.rows_of(level)
    return PointGrid.of(rows, atlas.units.xy[rows])


def _with_bordering(atlas: Atlas, near: IntArray, group: IntArray, graph: BorderGraph) -> IntArray:
    bordering = np.concatenate([graph.neighbours(row)[0] for row in group.tolist()])
    return partners_only(atlas, np.union1d(near, bordering), group)


def partners_only(atlas: Atlas, rows: IntArray, group: IntArray) -> IntArray:
    """The hard rules: no unincorporated area (it has no council) and nobody who is on board already."""
    level = atlas.units.level[rows]
    allowed: IntArray = rows[(level != Level.UNINCORPORATED_AREA) & ~np.isin(rows, group)]
    return allowed
