"""The exact completion in strips: what found no partner is noded a strip of the map at a time.

A strip owns the segments whose western end lies in it. Beside them it needs whatever may touch them, which
lies between its western edge and the easternmost end of its own. So each piece and each contact is found
once, and by the same function as where everything lies in memory.
"""

from dataclasses import dataclass

import numpy as np

from geoplan.adjacency.noding import LOOSE, NO_SEGMENT, Noding, node
from geoplan.adjacency.rows import SegmentRows
from geoplan.adjacency.segments import BoolArray, FloatArray, IntArray, SegmentTable, UnitArray

MARGIN_TOLERANCES = 1000.0
"""So many tolerances around a strip are looked at, for chains of vertices that become one place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspects:
    """Segments that the completion has to look at."""

    rows: SegmentRows
    partner: UnitArray
    """(s,) the unit on the other side, ``LOOSE`` where none was found."""

    def take(self, chosen: BoolArray | IntArray) -> "Suspects":
        """The chosen ones."""
        return Suspects(rows=self.rows.take(chosen), partner=self.partner[chosen])

    @property
    def west(self) -> FloatArray:
        """(s,) the x of their western ends."""
        return np.minimum(self.rows.x0, self.rows.x1)

    @property
    def east(self) -> FloatArray:
        """(s,) the x of their eastern ends."""
        return np.maximum(self.rows.x0, self.rows.x1)


def node_strip(suspects: Suspects, own: BoolArray, tolerance_m: float) -> Noding:
    """Pieces and contacts of the ``own`` (s,) among the suspects of a strip and of its surroundings."""
    order = np.lexsort((suspects.rows.row, suspects.rows.holed))
    ordered, own = suspects.take(order), own[order]
    table, place = _table(ordered.rows)
    partner = np.full(len(table.xy), NO_SEGMENT, np.int32)
    partner[place] = ordered.partner
    asked = np.zeros(len(table.xy), dtype=bool)
    asked[place] = own
    return node(table, partner, tolerance_m, asked=asked)


def _table(rows: SegmentRows) -> tuple[SegmentTable, IntArray]:
    """Runs of following segments as if they were rings, and the place of each segment in the table."""
    follows = (rows.row[1:] == rows.row[:-1] + 1) & (rows.holed[1:] == rows.holed[:-1])
    begins = np.append(np.ones(min(len(rows), 1), dtype=bool), ~follows)
    first = np.flatnonzero(begins)
    size = np.diff(np.append(first, len(rows)))
    place = np.arange(len(rows)) + np.cumsum(begins) - 1
    last_row = first + size - 1
    last = place[last_row] + 1
    xy, keys = np.empty((len(rows) + len(first), 2)), np.empty(len(rows) + len(first), np.uint64)
    xy[place], xy[last] = np.column_stack([rows.x0, rows.y0]), np.column_stack([rows.x1, rows.y1])[last_row]
    keys[place], keys[last] = rows.start_key, rows.end_key[last_row]
    is_segment = np.ones(len(xy), dtype=bool)
    is_segment[last] = False
    plain = int(np.count_nonzero(~rows.holed))
    table = SegmentTable(
        xy=xy, vertex_key=keys, unit=np.repeat(rows.unit[first], size + 1), is_segment=is_segment,
        ring_size=size + 1, is_hole=np.zeros(len(first), dtype=bool),
        holed_from=plain + int(np.count_nonzero(~rows.holed[first])),
    )  # fmt: skip
    return table, place


def loose_or_holed(rows: SegmentRows, partner: UnitArray) -> BoolArray:
    """Whether the completion has to look at each of ``rows``; see ``noding``."""
    wanted: BoolArray = np.logical_or(partner == LOOSE, rows.holed)
    return wanted
