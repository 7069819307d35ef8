"""The lines along which places border, as geometry."""

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.units import PLACE_LEVELS
from geoplan_maps.layers.arcs import OUTSIDE, Ints, shared_arcs
from geoplan_maps.wgs84 import Geometries

STEP_M = 0.01
"""Vertices are compared as whole centimetres; generalised neighbours have theirs in common."""


def border_lines(atlas: Atlas) -> Geometries:
    """(m,) a MultiLineString for each pair of ``atlas.borders``, metres.

    The lines are those of the generalised polygons; lengths are told from the full-resolution ones. A border
    that generalisation has swallowed is an empty line.
    """
    rows = atlas.units.rows_of(*PLACE_LEVELS)
    grid = shapely.transform(atlas.geometry(rows), lambda xy: np.rint(xy / STEP_M))
    arcs = shared_arcs(np.asarray(grid, dtype=object))
    count = len(atlas.units)
    pairs = atlas.borders.pairs
    # Sorted, as pairs are.
    wanted = np.append(pairs[:, 0] * count + pairs[:, 1], np.iinfo(np.int64).max)
    ends = np.sort(rows[arcs.sides], axis=1)
    key = ends[:, 0] * count + ends[:, 1]
    place = np.searchsorted(wanted, key)
    found = (arcs.sides[:, 1] != OUTSIDE) & (wanted[place] == key)
    return _collected(
        np.asarray(arcs.points * STEP_M, dtype=np.float64),
        np.diff(arcs.first),
        np.where(found, place, -1),
        len(pairs),
    )


def _collected(xy: NDArray[np.float64], length: Ints, owner: Ints, count: int) -> Geometries:
    """The lines of each owner in one MultiLineString; those of -1 are left out."""
    lines = np.empty(count, dtype=object)
    lines[:] = shapely.MultiLineString()
    kept = np.flatnonzero(owner >= 0)
    if not len(kept):
        return lines
    kept = kept[np.argsort(owner[kept], kind="stable")]
    drawn = np.asarray(
        shapely.linestrings(xy, indices=np.repeat(np.arange(len(length)), length)), dtype=object
    )[kept]
    shapely.multilinestrings(drawn, indices=owner[kept], out=lines)
    return lines
