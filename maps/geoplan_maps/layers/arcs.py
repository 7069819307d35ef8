"""How areas that tile a country become lines that are written once, each with the areas on its two sides."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan_maps.wgs84 import Geometries

Ints = NDArray[np.int64]

OUTSIDE = -1
"""What lies on the other side of a line that belongs to one area only."""

_SMALLEST_RING = 3
_ROW = 1 << 31
"""Coordinates lie between minus and plus half of this, so that a place is one number."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Arcs:
    """Lines between junctions; m of them, none of which is part of another."""

    points: Ints
    """(k, 2) x and y of all lines, one after the other, on the grid that was given."""
    first: Ints
    """(m + 1,) where each line begins in ``points``; the last entry is k."""
    sides: Ints
    """(m, 2) the two areas that have the line in common; the second may be :data:`OUTSIDE`."""

    def __len__(self) -> int:
        return len(self.sides)

    def line(self, number: int) -> Ints:
        """(p, 2) the points of one line."""
        return self.points[self.first[number] : self.first[number + 1]]


@dataclass(frozen=True, kw_only=True, eq=False)
class _Rings:
    """Rings without their closing point, one after the other."""

    vertex: Ints
    """(n,) number of the place at each point; equal places have equal numbers."""
    ring: Ints
    """(n,) ring of each point."""
    owner: Ints
    """(r,) area that each ring belongs to."""
    following: Ints
    """(n,) position of the next point on the same ring."""
    places: Ints
    """(v, 2) x and y of each place."""


def shared_arcs(shapes: Geometries) -> Arcs:
    """Take apart polygons with whole-number coordinates that have their common vertices in common.

    What collapses to a line or a point by the grid is left out. Where more than two areas claim a line
    (they overlap), it is written once for every two of them.
    """
    rings = _rings(shapes)
    edge, side_sum = _edges(rings)
    cut = _cuts(rings, edge, side_sum)
    start, length = _pieces(rings, cut)
    # A piece is known by its lowest edge; neighbours run along it in opposite directions.
    order = _walk(start, length, rings.following)
    first = np.concatenate([[0], np.cumsum(length)])[:-1]
    name = np.minimum.reduceat(edge[order], first) if len(start) else np.empty(0, dtype=np.int64)
    return _paired(rings, (start, length), name)


def _rings(shapes: Geometries) -> _Rings:
    parts, area = shapely.get_parts(shapes, return_index=True)
    lines, part = shapely.get_rings(parts, return_index=True)
    coordinates, ring = shapely.get_coordinates(lines, return_index=True)
    points = np.rint(coordinates).astype(np.int64)
    # The closing point repeats the first one, points that fell together repeat the one before them.
    begin, size = _runs(ring)
    keep = np.ones(len(points), dtype=bool)
    keep[1:] = (points[1:] != points[:-1]).any(axis=1)
    keep[begin] = True
    keep[begin + size - 1] = False
    points, ring = points[keep], ring[keep]
    points, ring = _without_repeated_end(points, ring)
    large = np.bincount(ring, minlength=len(lines))[ring] >= _SMALLEST_RING
    points, ring = points[large], ring[large]
    keys, vertex = np.unique(points[:, 0] * _ROW + points[:, 1], return_inverse=True)
    y = (keys + _ROW // 2) % _ROW - _ROW // 2
    places = np.column_stack([(keys - y) // _ROW, y])
    return _Rings(
        vertex=vertex.reshape(-1), ring=ring, owner=area[part], following=_following(ring), places=places
    )


def _without_repeated_end(points: NDArray[np.int64], ring: Ints) -> tuple[NDArray[np.int64], Ints]:
    """Without last points of rings that fell together with the first."""
    begin, size = _runs(ring)
    end = begin + size - 1
    same = (points[begin] == points[end]).all(axis=1) & (end > begin)
    keep = np.ones(len(ring), dtype=bool)
    keep[end[same]] = False
    return points[keep], ring[keep]


def _following(ring: Ints) -> Ints:
    following = np.arange(1, len(ring) + 1)
    begin, size = _runs(ring)
    following[begin + size - 1] = begin
    return following


def _edges(rings: _Rings) -> tuple[Ints, Ints]:
    """For each point the number of the edge that leaves it, and for each edge a sum that tells its areas."""
    ends = np.sort(np.column_stack([rings.vertex, rings.vertex[rings.following]]), axis=1)
    unique, edge = np.unique(ends[:, 0] * len(rings.places) + ends[:, 1], return_inverse=True)
    edge = edge.reshape(-1)
    signs = np.random.default_rng(0).integers(1, 2**40, size=int(rings.owner.max(initial=0)) + 1)
    total = np.zeros(len(unique), dtype=np.int64)
    np.add.at(total, edge, signs[rings.owner[rings.ring]])
    return edge, total


def _cuts(rings: _Rings, edge: Ints, side_sum: Ints) -> NDArray[np.bool_]:
    """For each point whether lines end there: junctions, changes of sides, one point of other rings."""
    count = len(rings.places)
    ends = np.concatenate([rings.vertex, rings.vertex[rings.following]])
    touching = np.unique(ends * len(side_sum) + np.concatenate([edge, edge]))
    place, touching_edge = np.divmod(touching, max(len(side_sum), 1))
    degree = np.bincount(place, minlength=count)
    low, high = np.full(count, np.iinfo(np.int64).max), np.zeros(count, dtype=np.int64)
    np.minimum.at(low, place, side_sum[touching_edge])
    np.maximum.at(high, place, side_sum[touching_edge])
    cut = ((degree != 2) | (low != high))[rings.vertex]
    whole = ~np.isin(rings.ring, rings.ring[cut])
    lowest = np.full(len(rings.owner), count)
    np.minimum.at(lowest, rings.ring[whole], rings.vertex[whole])
    found: NDArray[np.bool_] = cut | (whole & (rings.vertex == lowest[rings.ring]))
    return found


def _pieces(rings: _Rings, cut: NDArray[np.bool_]) -> tuple[Ints, Ints]:
    """Position of the first point and number of edges of each piece of a ring."""
    start = np.flatnonzero(cut)
    head, count = _runs(rings.ring[start])
    following = np.roll(start, -1)
    following[head + count - 1] = start[head] + np.bincount(rings.ring)[rings.ring[start[head]]]
    return start, following - start


def _walk(start: Ints, length: Ints, following: Ints) -> Ints:
    """Positions of all pieces one after the other, each without its last point."""
    offset = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    straight = np.repeat(start, length) + offset
    # Beyond the end of a ring comes its beginning.
    ring_end = np.flatnonzero(following <= np.arange(len(following)))
    end = ring_end[np.searchsorted(ring_end, np.repeat(start, length))]
    begin = following[end]
    position: Ints = np.where(straight > end, begin + straight - end - 1, straight)
    return position


def _paired(rings: _Rings, pieces: tuple[Ints, Ints], name: Ints) -> Arcs:
    """Each line once, with the areas on its sides, in the order of these."""
    start, length = pieces
    owner = rings.owner[rings.ring[start]]
    order = np.lexsort((owner, name))
    # An area that has a line twice lies on both its sides: nothing to draw there.
    run, times = _runs(name[order] * (int(owner.max(initial=0)) + 1) + owner[order])
    order = order[run[times % 2 == 1]]
    name, owner = name[order], owner[order]
    run, times = _runs(name)
    place = np.arange(len(name)) - np.repeat(run, times)
    # The areas along a line by twos; who has no second has nothing on the other side.
    accompanied = place + 1 < np.repeat(times, times)
    other = np.where(accompanied, np.roll(owner, -1), OUTSIDE)
    chosen = np.flatnonzero(place % 2 == 0)
    sides = np.column_stack([owner, other])[chosen]
    by_sides = np.lexsort((sides[:, 1], sides[:, 0]))
    picked = order[chosen[by_sides]]
    return _written(rings, start[picked], length[picked], sides[by_sides])


def _runs(values: Ints) -> tuple[Ints, Ints]:
    """Where runs of equal values begin, and how long they are."""
    begin = np.flatnonzero(np.append(True, values[1:] != values[:-1])[: len(values)])
    return begin, np.diff(np.append(begin, len(values)))


def _written(rings: _Rings, start: Ints, length: Ints, sides: Ints) -> Arcs:
    first = np.concatenate([[0], np.cumsum(length + 1)]).astype(np.int64)
    position = np.empty(int(first[-1]), dtype=np.int64)
    inner = np.ones(len(position), dtype=bool)
    inner[first[1:] - 1] = False
    position[inner] = _walk(start, length, rings.following)
    position[~inner] = rings.following[position[first[1:] - 2]]
    return Arcs(points=rings.places[rings.vertex[position]], first=first, sides=sides)
