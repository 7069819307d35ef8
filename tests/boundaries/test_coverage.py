import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

from geoplan.adjacency import build_adjacency
from geoplan.boundaries.coverage import dissolved, generalised, repaired


def wiggly_country(size: int, seed: int) -> np.ndarray:
    """A grid of areas whose common lines wiggle and whose corners are shifted."""
    random = np.random.default_rng(seed)
    corners = np.stack(np.meshgrid(np.arange(size + 1.0), np.arange(size + 1.0)), axis=-1) * 2000
    corners += random.uniform(-300, 300, corners.shape)
    line = {}

    def between(start: tuple[int, int], end: tuple[int, int]) -> list:
        if (start, end) not in line:
            steps = np.linspace(0, 1, 15)[:, None]
            path = corners[start] * (1 - steps) + corners[end] * steps
            path[1:-1] += random.uniform(-30, 30, path[1:-1].shape)
            line[start, end] = path
            line[end, start] = path[::-1]
        return list(line[start, end][:-1])

    return np.array(
        [
            shapely.Polygon(
                between((y, x), (y, x + 1))
                + between((y, x + 1), (y + 1, x + 1))
                + between((y + 1, x + 1), (y + 1, x))
                + between((y + 1, x), (y, x))
            )
            for y in range(size)
            for x in range(size)
        ],
        dtype=object,
    )


@pytest.mark.property
@settings(max_examples=25)
@given(st.integers(0, 2**32 - 1))
def test_generalised_areas_keep_their_neighbours_and_leave_no_gaps(seed):
    country = wiggly_country(3, seed)
    rough = generalised(country, tolerance_m=50)
    assert shapely.get_num_coordinates(rough).sum() < 0.8 * shapely.get_num_coordinates(country).sum()
    assert shapely.coverage_is_valid(rough)
    assert build_adjacency(rough).pairs.tolist() == build_adjacency(country).pairs.tolist()
    assert not len(shapely.union_all(rough).interiors)


@pytest.mark.property
@given(st.integers(0, 2**32 - 1), st.sampled_from([1.0, 10.0]))
def test_generalised_coordinates_lie_on_the_grid(seed, grid_m):
    xy = shapely.get_coordinates(generalised(wiggly_country(2, seed), tolerance_m=50, grid_m=grid_m))
    assert np.array_equal(xy, np.round(xy / grid_m) * grid_m)


def test_parts_that_share_an_edge_become_one():
    broken = shapely.MultiPolygon([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)])
    sound = shapely.box(5, 5, 6, 6)
    mended = repaired(np.array([broken, sound], dtype=object))
    assert shapely.equals(mended[0], shapely.box(0, 0, 2, 1))
    assert mended[1] is sound


def test_areas_that_are_not_noded_alike_are_united_all_the_same():
    left = shapely.Polygon([(0, 0), (1, 0), (1, 0.3), (1, 1), (0, 1)])
    right = shapely.box(1, 0, 2, 1)
    union = dissolved(np.array([left, right], dtype=object), np.zeros(2, dtype=np.int64), 1)
    assert shapely.equals(union[0], shapely.box(0, 0, 2, 1))


def test_areas_without_a_group_are_left_out():
    areas = np.array([shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1)], dtype=object)
    union = dissolved(areas, np.array([-1, 0]), 1)
    assert shapely.equals(union[0], areas[1])
