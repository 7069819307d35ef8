"""Who touches whom in points only."""

import numpy as np

from geoplan.adjacency.matching import leaders, matching_rows, pair_codes, sum_by_pair
from geoplan.adjacency.noding import Noding
from geoplan.adjacency.segments import BoolArray, IntArray, KeyArray, SegmentTable, UnitArray

_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_ONE_OF_RANK = np.array([1.0, 4.0, 16.0])
"""One unit of each rank adds up to 21, and nothing else of three does."""
_NOT_ONE_OF_THREE = 64.0


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
    open_rows = ~_meetings_of_three(keys, units[: len(rows)], _before(segments, partner, rows), partner[rows])
    units, keys = units[open_rows], keys[open_rows]
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


def _before(segments: SegmentTable, partner: UnitArray, rows: IntArray) -> UnitArray:
    """The partner of the segment that ends where each of ``rows`` starts."""
    before = partner[rows - 1]
    end = np.cumsum(segments.ring_size)
    first = end - segments.ring_size
    place = np.minimum(np.searchsorted(rows, first), max(len(rows) - 1, 0))
    turns = np.flatnonzero(rows[place] == first) if len(rows) else place[:0]
    before[place[turns]] = partner[np.maximum(end[turns] - 2, 0)]
    return before


def _meetings_of_three(keys: KeyArray, unit: UnitArray, before: UnitArray, after: UnitArray) -> BoolArray:
    """Which of ``keys`` (k,) are where three units meet, each of which has a line with both of the others.

    Nearly all places are such, and nobody touches there in a point only. ``unit``, ``before`` and ``after``
    (r,) are those of the first r keys; at the rest, a vertex lies on somebody's segment.
    """
    three = np.sort(np.stack([unit, before, after]), axis=0)
    distinct = (three[0] >= 0) & (three[0] < three[1]) & (three[1] < three[2])
    rank = (unit > three[0]).astype(np.int64) + (unit > three[1])
    wide = three.astype(np.uint64)
    code = wide[0] + _SPREAD * (wide[1] + _SPREAD * wide[2])
    code = np.append(code, np.zeros(len(keys) - len(code), np.uint64))
    leader = leaders(keys)
    each_once = np.full(len(keys), _NOT_ONE_OF_THREE)
    each_once[: len(rank)][distinct] = _ONE_OF_RANK[rank[distinct]]
    each_once[code != code[leader]] = _NOT_ONE_OF_THREE
    total = np.bincount(leader, each_once, minlength=len(keys))
    return np.asarray(total[leader] == _ONE_OF_RANK.sum())


def _rows_with(segments: SegmentTable, keys: KeyArray) -> IntArray:
    """The rows whose vertex has one of a few ``keys``; a table of 2^16 places rules out nearly all others."""
    low = np.uint64(0xFFFF)
    maybe = np.zeros(int(low) + 1, dtype=bool)
    maybe[(keys & low).view(np.int64)] = True
    rows = np.flatnonzero(maybe[segments.vertex_key.astype(np.uint16)])
    return rows[np.isin(segments.vertex_key[rows], keys)]
