"""Who can be asked at all: generation of candidates and the hard rules they must pass."""

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.graph import BorderGraph
from geoplan.atlas import Atlas
from geoplan.units import Level

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

NEAREST_COUNT = 150
"""So many units around a group are looked at; what is farther never gets among the first twenty."""


def peers(atlas: Atlas, group: IntArray, *, count: int = NEAREST_COUNT) -> IntArray:
    """The ``count`` nearest units of the asking unit's level, and all that border the group."""
    level = atlas.units.level[group[0]]
    rows, xy = _points(atlas, level)
    near = rows[nearest(rows, xy, group, atlas.units.xy[group], count)]
    return _with_bordering(atlas, near, group, atlas.level_borders(level))


def peers_among(
    atlas: Atlas, group: IntArray, rows: IntArray, *, graph: BorderGraph, count: int = NEAREST_COUNT
) -> IntArray:
    """The ``count`` nearest of ``rows`` (sorted), and all that border the group in ``graph``."""
    near = rows[nearest(rows, atlas.units.xy[rows], group, atlas.units.xy[group], count)]
    return _with_bordering(atlas, near, group, graph)


@lru_cache(maxsize=32)
def _points(atlas: Atlas, level: Level) -> tuple[IntArray, FloatArray]:
    """The units of a level and their points: every question about the level needs them."""
    rows = atlas.units.rows_of(level)
    return rows, atlas.units.xy[rows]


def _with_bordering(atlas: Atlas, near: IntArray, group: IntArray, graph: BorderGraph) -> IntArray:
    bordering = np.concatenate([graph.neighbours(row)[0] for row in group.tolist()])
    return partners_only(atlas, np.union1d(near, bordering), group)


def nearest(rows: IntArray, xy: FloatArray, group: IntArray, points: FloatArray, count: int) -> IntArray:
    """Places in ``rows`` of the ``count`` units with the least mean distance to the group, and of the group.

    ``xy`` are the points of ``rows``, ``points`` those of the group; ``rows`` are sorted.
    """
    if len(rows) <= count + len(group):
        return np.arange(len(rows))
    distance = np.zeros(len(rows))
    for x, y in points.tolist():
        distance += np.sqrt((xy[:, 0] - x) ** 2 + (xy[:, 1] - y) ** 2)
    place = np.searchsorted(rows, group)
    inside = place[(place < len(rows)) & (rows[np.minimum(place, len(rows) - 1)] == group)]
    distance[inside] = -1.0  # the group never takes the place of a candidate
    kept = count + len(inside)
    return np.sort(np.argpartition(distance, kept - 1)[:kept])


def partners_only(atlas: Atlas, rows: IntArray, group: IntArray) -> IntArray:
    """The hard rules: no unincorporated area (it has no council) and nobody who is on board already."""
    level = atlas.units.level[rows]
    allowed: IntArray = rows[(level != Level.UNINCORPORATED_AREA) & ~np.isin(rows, group)]
    return allowed
