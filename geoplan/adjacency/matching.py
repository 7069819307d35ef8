"""Which rows have the same key, and what grouping the matched rows by the pair of units says.

This is a relational plan: one row per segment (unit, key, length); rows with the same key lie on one
another; grouping the matched rows by the pair of units gives the borders. Nothing in it looks at more
than one key at a time, so the same plan runs on any engine that can shuffle by key.
"""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.segments import BoolArray, FloatArray, IntArray, KeyArray, UnitArray, blocks_of

IndexArray = NDArray[np.int32] | NDArray[np.int64]

_WORD_BITS = 64
_PART_ROWS = 1 << 21
"""Rows that are joined at a time, at most: the table of so many still fits into a processor's cache."""
_MOST_THREADS = 4
"""Beyond, they would wait for memory; numpy lets them work side by side."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """All pairs of rows with equal keys, each pair once."""

    one: IntArray
    """(p,) a row of each pair."""
    other: IntArray
    """(p,) the row with the same key."""
    alone: int
    """The first so many pairs are of keys that two rows have; those after, of keys that more rows have."""


def leaders(keys: KeyArray) -> IndexArray:
    """For each row the row that leads all rows with its key, part by part of the keys, some at a time."""
    bits = (len(keys) // _PART_ROWS).bit_length()
    if not bits:
        return _leaders_of_part(keys)
    narrow = len(keys) < 1 << 31
    leader: IndexArray = np.empty(len(keys), np.int32) if narrow else np.empty(len(keys), np.int64)

    def lead(rows: NDArray[Any]) -> None:
        leader[rows] = rows[_leaders_of_part(keys[rows] << np.uint64(bits))]

    with ThreadPoolExecutor(min(os.cpu_count() or 1, _MOST_THREADS)) as threads:
        for _ in threads.map(lead, _parts(keys, bits, leader.dtype, threads)):
            pass
    return leader


def _parts(keys: KeyArray, bits: int, kind: np.dtype[Any], threads: ThreadPoolExecutor) -> list[NDArray[Any]]:
    """The rows of each part, which is what the high bits of a key say, in order.

    They are sorted out a stretch at a time: to look through all keys once for each part would be quadratic.
    """
    edges = np.arange((1 << bits) + 1)

    def sorted_out(start: int) -> list[NDArray[Any]]:
        part = (keys[start : start + _PART_ROWS] >> np.uint64(_WORD_BITS - bits)).astype(np.uint16)
        order = np.argsort(part, kind="stable")
        bounds = np.searchsorted(part, edges, sorter=order)
        rows = (order + start).astype(kind)
        return [rows[first:last] for first, last in pairwise(bounds.tolist())]

    stretches = list(threads.map(sorted_out, range(0, len(keys), _PART_ROWS)))
    return [np.concatenate(pieces) for pieces in zip(*stretches, strict=True)]


def _leaders_of_part(keys: KeyArray) -> NDArray[np.int32]:
    """For each row the row that leads all rows with its key.

    A hash join: rows write themselves into a table at a place that their key says; who is still there on
    looking again leads all rows with its key. Rows that find another key there try again among themselves.
    The keys are mixed already, so their high bits are the place. A sort takes three times as long.
    """
    bits = len(keys).bit_length() + 1
    table = np.empty(1 << bits, dtype=np.int32)
    shift = np.uint64(_WORD_BITS - bits)
    rows = np.arange(len(keys), dtype=np.int32)
    leader = np.empty(len(keys), dtype=np.int32)
    lost = np.empty(len(keys), dtype=bool)
    for block in blocks_of(len(keys)):
        table[(keys[block] >> shift).view(np.int64)] = rows[block]
    for block in blocks_of(len(keys)):
        leader[block] = table.take((keys[block] >> shift).view(np.int64))
        np.not_equal(keys.take(leader[block]), keys[block], out=lost[block])
    waiting = np.flatnonzero(lost)
    while len(waiting):
        place = (keys[waiting] >> shift).view(np.int64)
        table[place] = waiting
        found = table[place]
        lost = keys[found] != keys[waiting]
        leader[waiting[~lost]] = found[~lost]
        waiting = waiting[lost]
    return leader


def matching_rows(keys: KeyArray) -> Matches:
    """All pairs of rows with equal keys; keys are mixed (see ``vertex_keys``) or sums of such."""
    leader = leaders(keys)
    follower = np.flatnonzero(leader != np.arange(len(keys), dtype=leader.dtype))
    leader = leader[follower].astype(np.int64)
    crowded = _crowded(leader, follower, len(keys))
    if not crowded.any():
        return Matches(one=follower, other=leader, alone=len(follower))
    one, other = _all_pairs(leader[crowded], follower[crowded])
    alone = ~crowded
    return Matches(
        one=np.concatenate([follower[alone], one]),
        other=np.concatenate([leader[alone], other]),
        alone=int(alone.sum()),
    )


def _crowded(leader: IntArray, follower: IntArray, count: int) -> BoolArray:
    """Which followers are not the only one of their leader."""
    leads = np.zeros(count, dtype=bool)
    leads[leader] = True
    if np.count_nonzero(leads) == len(leader):
        return np.zeros(len(leader), dtype=bool)
    last = np.empty(count, dtype=np.int64)
    last[leader] = follower
    is_crowd = np.zeros(count, dtype=bool)
    is_crowd[leader[last[leader] != follower]] = True
    return is_crowd[leader]


def _all_pairs(leader: IntArray, follower: IntArray) -> tuple[IntArray, IntArray]:
    """All pairs of rows within the groups of three rows and more."""
    heads = np.unique(leader)
    group, row = np.concatenate([heads, leader]), np.concatenate([heads, follower])
    order = np.argsort(group, kind="stable")
    group, row = group[order], row[order]
    one, other = [], []
    step = 1
    same = group[step:] == group[:-step]
    while same.any():
        one.append(row[:-step][same])
        other.append(row[step:][same])
        step += 1
        same = group[step:] == group[:-step]
    return np.concatenate(one), np.concatenate(other)


def sum_by_pair(
    one: UnitArray, other: UnitArray, length_m: FloatArray, count: int
) -> tuple[IntArray, FloatArray]:
    """Add up lengths by unordered pair of units.

    Returns ``pairs`` (m, 2) with i < j, sorted, and their lengths (m,); pairs of a unit with itself
    (parts of one unit that touch) are left out.
    """
    between = one != other
    code = pair_codes(np.column_stack([np.minimum(one, other), np.maximum(one, other)])[between], count)
    codes, row = np.unique(code, return_inverse=True)
    pairs = np.column_stack([codes // max(count, 1), codes % max(count, 1)])
    return pairs, np.bincount(row, length_m[between], minlength=len(codes)).astype(np.float64)


def pair_codes(pairs: IntArray, count: int) -> IntArray:
    """One number for each pair (m, 2) of units below ``count``."""
    return pairs[:, 0].astype(np.int64) * count + pairs[:, 1]
