"""The exact completion: borders whose vertices differ between the neighbours, and rings that touch.

Segments that found no partner are split at every vertex of another ring that lies on them within the
tolerance, and vertices closer to one another than the tolerance become one. After that, both sides of a
border have the same segments, and grouping by key finds them. Only what is near another ring is looked
at: most of a coast or of an outer border is not.
"""

from dataclasses import dataclass

import numpy as np

from geoplan.adjacency.nearness import near_rows, vertices_on_segments, vertices_within
from geoplan.adjacency.segments import BoolArray, FloatArray, IntArray, KeyArray, SegmentTable, UnitArray

LOOSE = -1
"""The partner of a segment that found none."""
NO_SEGMENT = -2
"""The partner of a row that is no segment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """Pieces of loose segments, noded alike on both sides."""

    unit: UnitArray
    start_key: KeyArray
    end_key: KeyArray
    length_m: FloatArray

    @property
    def key(self) -> KeyArray:
        """(p,) the key of each piece, the same in both directions."""
        return self.start_key + self.end_key

    def take(self, rows: BoolArray | IntArray) -> "Pieces":
        """The chosen pieces, in order."""
        return Pieces(
            unit=self.unit[rows],
            start_key=self.start_key[rows],
            end_key=self.end_key[rows],
            length_m=self.length_m[rows],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Noding:
    """What the completion found."""

    rows: IntArray
    """(q,) the rows it looked at: those near another ring."""
    pieces: Pieces
    old_key: KeyArray
    """(c,) keys of vertices that became one with another, sorted."""
    new_key: KeyArray
    """(c,) the key they have now."""
    contact_unit: UnitArray
    """(t,) a unit on whose boundary a vertex of another ring lies, between vertices of its own."""
    contact_key: KeyArray
    """(t,) the key of that vertex."""

    def renamed(self, keys: KeyArray) -> KeyArray:
        """Vertex keys as they are after the noding."""
        if not len(self.old_key):
            return keys
        place = np.minimum(np.searchsorted(self.old_key, keys), len(self.old_key) - 1)
        return np.where(self.old_key[place] == keys, self.new_key[place], keys)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Vertices:
    """Each distinct vertex once."""

    xy: FloatArray
    key: KeyArray
    """(v,) sorted."""
    merged: KeyArray
    """(v,) the key after vertices within the tolerance became one."""

    def places(self, keys: KeyArray) -> IntArray:
        """Where these keys, all of them known, are."""
        return np.searchsorted(self.key, keys)


def node(
    segments: SegmentTable, partner: UnitArray, tolerance_m: float, *, asked: BoolArray | None = None
) -> Noding:
    """Split loose segments where vertices of other rings lie on them; see the module.

    A segment that has its partner stays whole; a vertex on it is a point contact of both its units.
    Pieces and contacts are those of the rows that are ``asked`` for, by default of all; the others are
    there for their vertices.
    """
    rows = _suspects(segments, partner, tolerance_m)
    vertices = _vertices(segments, rows, tolerance_m)
    row, vertex = _cuts(segments, rows, vertices, tolerance_m)
    loose = partner[rows] == LOOSE
    if asked is not None:
        here = asked[rows[row]]
        row, vertex, loose = row[here], vertex[here], loose & asked[rows]
    cuts_loose = loose[row]
    beyond = partner[rows[row]]
    changed = vertices.key != vertices.merged
    return Noding(
        rows=rows,
        pieces=_pieces(segments, vertices, rows[loose], (rows[row[cuts_loose]], vertex[cuts_loose])),
        old_key=vertices.key[changed],
        new_key=vertices.merged[changed],
        contact_unit=np.concatenate([segments.unit[rows[row]], beyond[~cuts_loose]]),
        contact_key=vertices.merged[np.concatenate([vertex, vertex[~cuts_loose]])],
    )


def _suspects(segments: SegmentTable, partner: UnitArray, tolerance_m: float) -> IntArray:
    """Rows that may need the completion: loose ones near others, and holes that touch another ring.

    A hole may touch its shell, or another hole, in the middle of a segment; what lies in the hole then
    touches what lies beyond, though all segments found their partner.
    """
    loose = np.flatnonzero(partner == LOOSE)
    holed = segments.holed_from + np.flatnonzero(segments.is_segment[segments.holed_from :])
    return np.union1d(
        near_rows(segments, loose, tolerance_m), near_rows(segments, holed, tolerance_m, within_unit=True)
    )


def _vertices(segments: SegmentTable, rows: IntArray, tolerance_m: float) -> _Vertices:
    """The vertices of ``rows``.

    The grid of the keys can part two vertices that are nanometres from each other but on two sides of a
    cell's edge, so vertices within the tolerance get the smallest of their keys.
    """
    ends = np.concatenate([rows, rows + 1])
    key, first = np.unique(segments.vertex_key[ends], return_index=True)
    xy = segments.xy[ends[first]]
    one, other = vertices_within(xy, tolerance_m)
    merged = key.copy()
    while (merged[one] != merged[other]).any():
        np.minimum.at(merged, one, merged[other])
    return _Vertices(xy=xy, key=key, merged=merged)


def _cuts(
    segments: SegmentTable, rows: IntArray, vertices: _Vertices, tolerance_m: float
) -> tuple[IntArray, IntArray]:
    """Places in ``rows`` and the vertices that cut these segments between their ends, sorted along them."""
    start, end = segments.xy[rows], segments.xy[rows + 1]
    vertex, row = vertices_on_segments(vertices.xy, start, end, tolerance_m)
    start_key, end_key = (
        vertices.merged[vertices.places(segments.vertex_key[rows + step])][row] for step in (0, 1)
    )
    key = vertices.merged[vertex]
    inside = (key != start_key) & (key != end_key)
    vertex, row = vertex[inside], row[inside]
    along = np.hypot(*(vertices.xy[vertex] - start[row]).T)
    order = np.lexsort((along, row))
    return row[order], vertex[order]


def _pieces(
    segments: SegmentTable, vertices: _Vertices, rows: IntArray, cuts: tuple[IntArray, IntArray]
) -> Pieces:
    """Replace each of ``rows`` by its pieces: start → cut 1 → … → end; ``cuts`` are rows and vertices."""
    source = np.concatenate([rows, cuts[0]])
    start = np.concatenate([vertices.places(segments.vertex_key[rows]), cuts[1]])
    order = np.argsort(source, kind="stable")
    source, start = source[order], start[order]
    is_last = np.append(source[1:] != source[:-1], np.ones(min(len(source), 1), dtype=bool))
    end = np.where(is_last, vertices.places(segments.vertex_key[source + 1]), np.roll(start, -1))
    start_key, end_key = vertices.merged[start], vertices.merged[end]
    length_m = np.hypot(*(vertices.xy[end] - vertices.xy[start]).T)
    pieces = Pieces(unit=segments.unit[source], start_key=start_key, end_key=end_key, length_m=length_m)
    return distinct(pieces.take(start_key != end_key))


def distinct(pieces: Pieces) -> Pieces:
    """Each piece once per unit: an invalid ring may run along it to and fro."""
    order = np.lexsort((pieces.unit, pieces.key))
    unit, key = pieces.unit[order], pieces.key[order]
    again = (unit[1:] == unit[:-1]) & (key[1:] == key[:-1])
    return pieces.take(np.sort(np.delete(order, 1 + np.flatnonzero(again))))
