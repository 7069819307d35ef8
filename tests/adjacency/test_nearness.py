"""The quick look misses nothing that is near."""

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from geoplan.adjacency.nearness import near_rows, vertices_on_segments, vertices_within
from geoplan.adjacency.reading import read_segments

DISTANCE_M = 2.0
PLACES = arrays(np.float64, st.tuples(st.integers(0, 25), st.just(2)), elements=st.integers(0, 12))


@pytest.mark.property
@given(xy=PLACES)
def test_vertices_within_a_distance_equal_geos(xy):
    points = shapely.points(xy)
    expected = shapely.distance(points[:, None], points) <= DISTANCE_M if len(xy) else np.empty((0, 0))
    found = np.zeros((len(xy), len(xy)), dtype=bool)
    found[vertices_within(xy, DISTANCE_M)] = True
    assert (found == expected).all()


@pytest.mark.property
@given(xy=PLACES, ends=PLACES)
def test_vertices_on_segments_equal_geos(xy, ends):
    start = ends[:-1][(ends[1:] != ends[:-1]).any(axis=1)]
    end = ends[1:][(ends[1:] != ends[:-1]).any(axis=1)]
    found = np.zeros((len(xy), len(start)), dtype=bool)
    found[vertices_on_segments(xy, start, end, DISTANCE_M)] = True
    lines = shapely.linestrings(np.stack([start, end], axis=1)) if len(start) else np.empty(0, dtype=object)
    distance = shapely.distance(shapely.points(xy)[:, None], lines) if len(xy) else np.empty((0, len(start)))
    clear = np.abs(distance - DISTANCE_M) > 1e-9  # at the very distance, rounding decides
    assert (found == (distance <= DISTANCE_M))[clear].all()


@pytest.mark.property
@given(labels=arrays(np.int64, (5, 5), elements=st.integers(0, 4)), within_unit=st.booleans())
def test_no_near_segment_of_another_ring_is_missed(merge, labels, within_unit):
    segments = read_segments(shapely.segmentize(merge(labels), 20.0), 1e-3)
    rows = np.flatnonzero(segments.is_segment)
    near = near_rows(segments, rows, DISTANCE_M, within_unit=within_unit)
    lines = shapely.linestrings(np.stack([segments.xy[rows], segments.xy[rows + 1]], axis=1))
    one, other = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=DISTANCE_M)
    ring = np.repeat(np.arange(len(segments.ring_size)), segments.ring_size)[rows]
    asked = ring[one] != ring[other]
    if within_unit:
        asked &= segments.unit[rows][one] == segments.unit[rows][other]
    assert set(rows[one[asked]]) <= set(near)
    assert set(near) <= set(rows)


def test_what_is_far_is_left_out():
    far = shapely.box([0, 10_000], [0, 0], [100, 10_100], [100, 100])
    segments = read_segments(np.array(far), 1e-3)
    assert len(near_rows(segments, np.flatnonzero(segments.is_segment), DISTANCE_M)) == 0
