"""The streaming engine finds what `build_adjacency` finds, however the polygons and the strips are cut."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoplan.adjacency import build_adjacency
from geoplan.adjacency.streaming import Budget, stream_adjacency
from geoplan.errors import InvalidValueError
from tests.tessellations import (
    LABELS,
    POINTS,
    SEEDS,
    WORLDS,
    merged_cells,
    merged_triangles,
    noisy,
    sheared_cells,
)

pytest.importorskip("duckdb", reason="needs the extra: pip install 'geoplan[scale]'")

BUDGET = Budget(memory_bytes=2 * 10**9, threads=1)
PARTS = st.integers(1, 4)
STRIP_ROWS = st.integers(4, 60)
FEW = settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
SQUARE = shapely.box(0, 0, 100, 100)


def assert_same(found, expected):
    assert found.count == expected.count
    assert found.pairs.tolist() == expected.pairs.tolist()
    assert found.border_m == pytest.approx(expected.border_m, abs=1e-3)
    assert found.point_pairs.tolist() == expected.point_pairs.tolist()


def assert_equal_engines(units, parts=2, rows=None):
    streamed = stream_adjacency(np.array_split(units, parts), replace(BUDGET, rows_at_a_time=rows))
    assert_same(streamed, build_adjacency(units))


@pytest.mark.property
@FEW
@given(drawn=WORLDS, parts=PARTS, rows=STRIP_ROWS)
def test_merged_cells(drawn, parts, rows):
    assert_equal_engines(sheared_cells(drawn), parts, rows)


@pytest.mark.property
@FEW
@given(points=POINTS, seed=SEEDS, rows=STRIP_ROWS)
def test_merged_triangles(points, seed, rows):
    assert_equal_engines(merged_triangles(points, seed), rows=rows)


@pytest.mark.property
@FEW
@given(drawn=WORLDS, seed=SEEDS, shift=st.sampled_from([0, 5e-4]), rows=STRIP_ROWS)
def test_vertices_in_two_cells_of_the_grid(drawn, seed, shift, rows):
    assert_equal_engines(noisy(sheared_cells(drawn), seed, shift), rows=rows)


@pytest.mark.property
@FEW
@given(drawn=WORLDS, seed=SEEDS, rows=STRIP_ROWS)
def test_vertices_on_one_side_only(drawn, seed, rows):
    units = sheared_cells(drawn)
    some = np.random.default_rng(seed).random(len(units)) < 0.5
    assert_equal_engines(np.where(some, shapely.segmentize(units, 40.0), units), rows=rows)


@pytest.mark.property
@FEW
@given(labels=LABELS, others=LABELS, rows=STRIP_ROWS)
def test_units_on_one_another(labels, others, rows):
    units = np.concatenate([merged_cells(layer) for layer in (labels, others, labels)])
    found = stream_adjacency([units], replace(BUDGET, rows_at_a_time=rows))
    expected = build_adjacency(units)
    assert found.pairs.tolist() == expected.pairs.tolist()
    assert found.border_m == pytest.approx(expected.border_m, abs=1e-3)


@pytest.mark.parametrize("units", [[], [None], [shapely.Polygon(), SQUARE]])
def test_nobody_to_border(units):
    assert_equal_engines(np.array([*units, None], dtype=object)[:-1], parts=1)


def test_what_is_no_polygon_is_named_with_its_number_in_all_batches():
    batches = [np.array([SQUARE, SQUARE]), np.array([SQUARE, shapely.Point(0, 0)])]
    with pytest.raises(InvalidValueError, match=r"Geometry 3 .*Point"):
        stream_adjacency(batches, BUDGET)


def test_a_coordinate_that_is_not_finite_is_named_with_its_number_in_all_batches():
    with np.errstate(invalid="ignore"):
        broken = shapely.Polygon([(0, 0), (1, 0), (1, np.inf), (0, 0)])
    with pytest.raises(InvalidValueError, match=r"Geometry 1 .*finite"):
        stream_adjacency([np.array([SQUARE]), np.array([broken])], BUDGET)


def test_too_little_memory_is_refused():
    with pytest.raises(InvalidValueError, match="at least 1500 MB, not 100"):
        stream_adjacency([], Budget(memory_bytes=10**8))


def test_rows_that_memory_does_not_hold_lie_where_they_are_told_to_and_are_gone_afterwards(tmp_path):
    seen = []

    def batches():
        for unit in merged_cells(np.arange(1, 10).reshape(3, 3)):
            seen.extend(tmp_path.rglob("*.duckdb"))
            yield np.array([unit])

    stream_adjacency(batches(), replace(BUDGET, folder=tmp_path))
    assert seen
    assert not list(tmp_path.iterdir())
