"""The steps of the relational plan on a part of the rows: all rows whose keys fall into one bucket."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from geoplan.adjacency.contacts import without
from geoplan.adjacency.matching import matching_rows, sum_by_pair
from geoplan.adjacency.noding import LOOSE, Noding, Pieces, distinct
from geoplan.adjacency.rows import SegmentRows, joined
from geoplan.adjacency.segments import FloatArray, IntArray, KeyArray, UnitArray
from geoplan.adjacency.strips import Suspects, loose_or_holed

_HALF = np.uint64(32)


@dataclass(frozen=True, slots=True, kw_only=True)
class PairSums:
    """Metres by pair of units, of a part of the rows."""

    pairs: IntArray
    metres: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """What a bucket of segments says."""

    borders: PairSums
    suspects: Suspects


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """Units and the keys of places on their boundaries."""

    unit: UnitArray
    key: KeyArray


@dataclass(frozen=True, slots=True, kw_only=True)
class Renames:
    """Keys of vertices that became one with another, sorted, and the keys they have now."""

    old: KeyArray
    new: KeyArray

    def renamed(self, keys: KeyArray) -> KeyArray:
        """The keys by their new names."""
        if not len(self.old):
            return keys
        place = np.minimum(np.searchsorted(self.old, keys), len(self.old) - 1)
        return np.where(self.old[place] == keys, self.new[place], keys)


def bucket_of(keys: KeyArray, count: int) -> IntArray:
    """Into which of ``count`` buckets each key falls; keys are mixed, so all are about as full."""
    return ((keys >> _HALF) % np.uint64(count)).astype(np.int64)


def by_bucket(rows: SegmentRows, count: int) -> tuple[SegmentRows, ...]:
    """The rows of each bucket of segment keys."""
    bucket = bucket_of(rows.key, count)
    return tuple(rows.take(bucket == number) for number in range(count))


def match(parts: Sequence[SegmentRows], count: int) -> Matched:
    """Borders by the segments of a bucket that lie on one another alone, and what is left to look at.

    ``count`` is the number of all units.
    """
    rows = joined(parts)
    found = matching_rows(rows.key)
    one, other = found.one[: found.alone], found.other[: found.alone]
    overlap = (rows.start_key[one] == rows.start_key[other]) & (rows.left[one] == rows.left[other])
    one, other = one[~overlap], other[~overlap]
    partner = np.full(len(rows), LOOSE, np.int32)
    partner[one], partner[other] = rows.unit[other], rows.unit[one]
    lower = np.where(rows.unit[one] < rows.unit[other], one, other)
    pairs, metres = sum_by_pair(rows.unit[one], rows.unit[other], rows.take(lower).lengths_m(), count)
    left = loose_or_holed(rows, partner)
    return Matched(
        borders=PairSums(pairs=pairs, metres=metres),
        suspects=Suspects(rows=rows.take(left), partner=partner[left]),
    )


def match_pieces(parts: Sequence[Pieces], count: int) -> PairSums:
    """Borders by the pieces of a bucket."""
    columns = (np.concatenate([getattr(part, name) for part in parts]) for name in Pieces.__slots__)
    pieces = distinct(Pieces(**dict(zip(Pieces.__slots__, columns, strict=True))))
    found = matching_rows(pieces.key)
    one, other = pieces.unit[found.one], pieces.unit[found.other]
    pairs, metres = sum_by_pair(one, other, pieces.length_m[found.one], count)
    return PairSums(pairs=pairs, metres=metres)


def meet(parts: Sequence[Places], count: int) -> IntArray:
    """(k, 2) pairs of units that have a place of a bucket in common."""
    unit = np.concatenate([part.unit for part in parts])
    found = matching_rows(np.concatenate([part.key for part in parts]))
    pairs, _ = sum_by_pair(unit[found.one], unit[found.other], np.zeros(len(found.one)), count)
    return pairs


def renames_of(nodings: Sequence[Noding]) -> Renames:
    """The renames of all strips.

    Where vertices become one they take the smallest of their keys. A strip may see but some of them, at the
    far ends of segments that reach out of it; so of what strips say of a key, the smallest is right.
    """
    old, new = (np.concatenate([getattr(one, name) for one in nodings]) for name in ("old_key", "new_key"))
    order = np.lexsort((new, old))
    old, first = np.unique(old[order], return_index=True)
    return Renames(old=old, new=new[order][first])


def added(sums: Sequence[PairSums], count: int) -> PairSums:
    """The sum of partial sums."""
    pairs = np.concatenate([part.pairs for part in sums])
    metres = np.concatenate([part.metres for part in sums])
    total, metres = sum_by_pair(*_columns(pairs), metres, count)
    return PairSums(pairs=total, metres=metres)


def in_points_only(met: Sequence[IntArray], borders: PairSums, count: int) -> IntArray:
    """Of pairs that have a place in common those without a common line, sorted."""
    pairs = np.concatenate(met)
    once, _ = sum_by_pair(*_columns(pairs), np.zeros(len(pairs)), count)
    return without(once, borders.pairs, count)


def _columns(pairs: IntArray) -> tuple[UnitArray, UnitArray]:
    one, other = pairs.astype(np.int32).T
    return one, other
