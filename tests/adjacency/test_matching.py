"""Rows with equal keys, and sums by pair of units."""

from collections import defaultdict
from itertools import combinations

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoplan.adjacency.matching import matching_rows, sum_by_pair

HIGH = 1 << 60
"""Keys below it, and these plus one bit, take the same place in the table: they have to be told apart."""

KEYS = st.lists(st.integers(0, 5) | st.integers(HIGH, HIGH + 5) | st.integers(0, 2**64 - 1), max_size=60)


def as_pairs(matches):
    pairs = zip(matches.one.tolist(), matches.other.tolist(), strict=True)
    return sorted(tuple(sorted(pair)) for pair in pairs)


def test_no_rows_no_matches():
    matches = matching_rows(np.empty(0, dtype=np.uint64))
    assert (len(matches.one), len(matches.other), matches.alone) == (0, 0, 0)


def test_two_and_three_rows_of_a_key():
    matches = matching_rows(np.array([7, 8, 7, 9, 8, 8, 1], dtype=np.uint64))
    assert as_pairs(matches) == [(0, 2), (1, 4), (1, 5), (4, 5)]
    assert matches.alone == 1
    assert {int(matches.one[0]), int(matches.other[0])} == {0, 2}


@pytest.fixture(params=[1 << 21, 4], ids=["at once", "in parts"])
def part_rows(request, monkeypatch):
    monkeypatch.setattr("geoplan.adjacency.matching._PART_ROWS", request.param)


@pytest.mark.property
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # the fixture sets a constant
@given(keys=KEYS)
def test_all_pairs_of_rows_with_equal_keys_and_no_others(part_rows, keys):
    rows = defaultdict(list)
    for row, key in enumerate(keys):
        rows[key].append(row)
    matches = matching_rows(np.array(keys, dtype=np.uint64))
    assert as_pairs(matches) == sorted(pair for group in rows.values() for pair in combinations(group, 2))
    alone = {tuple(group) for group in rows.values() if len(group) == 2}
    first = zip(matches.one[: matches.alone].tolist(), matches.other[: matches.alone].tolist(), strict=True)
    assert {tuple(sorted(pair)) for pair in first} == alone


def test_more_rows_than_a_block():
    keys = np.random.default_rng(1).integers(0, 2**64, 100_000, dtype=np.uint64)
    matches = matching_rows(np.concatenate([keys, keys[::-1]]))
    assert matches.alone == len(matches.one) == len(keys)
    assert (matches.one + matches.other == 2 * len(keys) - 1).all()


def test_sums_by_unordered_pair():
    one, other = np.array([3, 1, 2, 1, 0], dtype=np.int32), np.array([1, 3, 2, 0, 1], dtype=np.int32)
    pairs, metres = sum_by_pair(one, other, np.array([1.0, 2.0, 4.0, 8.0, 16.0]), 4)
    assert pairs.tolist() == [[0, 1], [1, 3]]
    assert metres.tolist() == [24, 3]
