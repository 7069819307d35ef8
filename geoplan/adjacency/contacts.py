"""Who touches whom in points only."""

import numpy as np

from geoplan.adjacency.matching import matching_rows, pair_codes, sum_by_pair
from geoplan.adjacency.noding import Noding
from geoplan.adjacency.segments import IntArray, KeyArray, SegmentTable, UnitArray


def touching_pairs(segments: SegmentTable, partner: UnitArray, noding: Noding, count: int) -> IntArray:
    """(k, 2) pairs of units, i < j, sorted, that have a place in common; those with a common line too.

    Around a vertex between two segments with one and the same partner there is room for these two units
    only, so just the others are looked at: where the partner changes (at the first vertex of a ring it
    always does), and what the noding found near another ring. The exception is a partner that touches
    itself there: something else may lie between. Then this partner has the vertex twice among those looked
    at, and all units there are asked.
    """
    rows = _turning_rows(segments, partner, noding)
    units = np.concatenate([segments.unit[rows], noding.contact_unit])
    keys = np.concatenate([noding.renamed(segments.vertex_key[rows]), noding.contact_key])
    found = matching_rows(keys)
    again = keys[found.one[units[found.one] == units[found.other]]]
    asked = np.unique(again)
    more = _rows_with(segments, np.union1d(asked, noding.old_key[np.isin(noding.new_key, asked)]))
    here = np.isin(keys, asked)
    more_units = np.concatenate([units[here], segments.unit[more]])
    more_found = matching_rows(np.concatenate([keys[here], noding.renamed(segments.vertex_key[more])]))
    one = np.concatenate([units[found.one], more_units[more_found.one]])
    other = np.concatenate([units[found.other], more_units[more_found.other]])
    pairs, _ = sum_by_pair(one, other, np.zeros(len(one)), count)
    return pairs


def without(pairs: IntArray, others: IntArray, count: int) -> IntArray:
    """Those of ``pairs`` (sorted, distinct) that are not among ``others`` (sorted, distinct)."""
    return pairs[~np.isin(pair_codes(pairs, count), pair_codes(others, count), assume_unique=True)]


def _turning_rows(segments: SegmentTable, partner: UnitArray, noding: Noding) -> IntArray:
    """Rows at whose vertex the partner changes, or that are near another ring."""
    turns = np.append(np.ones(min(len(partner), 1), dtype=bool), partner[1:] != partner[:-1])
    turns[noding.rows] = True
    return np.flatnonzero(turns & segments.is_segment)


def _rows_with(segments: SegmentTable, keys: KeyArray) -> IntArray:
    """The rows whose vertex has one of a few ``keys``; a table of 2^16 places rules out nearly all others."""
    low = np.uint64(0xFFFF)
    maybe = np.zeros(int(low) + 1, dtype=bool)
    maybe[(keys & low).view(np.int64)] = True
    rows = np.flatnonzero(maybe[segments.vertex_key.astype(np.uint16)])
    return rows[np.isin(segments.vertex_key[rows], keys)]
