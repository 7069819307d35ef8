"""What holds of the borders of any tessellation, tried with random ones and with GEOS beside it.

Cells of a grid, or triangles, are merged at random: that makes multipart units, enclaves, exclaves, islands,
holes that touch, units that meet in points, and edges without a vertex where a neighbour has one. The
coordinates are whole metres, so GEOS, which compares exactly, is right.
"""

import numpy as np
import pytest
import shapely
from hypothesis import assume, given
from hypothesis import strategies as st

from geoplan.adjacency import build_adjacency
from tests.tessellations import LABELS, POINTS, SEEDS, WORLDS, merged_triangles, noisy, sheared_cells

pytestmark = pytest.mark.property


def as_dict(found):
    return dict(zip(map(tuple, found.pairs.tolist()), found.border_m.tolist(), strict=True))


def assert_equal(found, border_m, point_pairs, *, within_m=1e-6):
    assert as_dict(found) == pytest.approx(border_m, abs=within_m)
    assert set(map(tuple, found.point_pairs.tolist())) == point_pairs


def assert_same(found, expected, *, within_m=1e-6):
    assert_equal(found, as_dict(expected), set(map(tuple, expected.point_pairs.tolist())), within_m=within_m)


@given(drawn=WORLDS)
def test_merged_cells_equal_geos(geos, drawn):
    units = sheared_cells(drawn)
    truth = geos(units)
    assert_equal(build_adjacency(units), truth.border_m, truth.point_pairs)


@given(points=POINTS, seed=SEEDS)
def test_merged_triangles_equal_geos(geos, points, seed):
    units = merged_triangles(points, seed)
    truth = geos(units)
    assert_equal(build_adjacency(units), truth.border_m, truth.point_pairs)


@given(labels=LABELS, others=LABELS)
def test_units_on_one_another_equal_geos(merge, geos, labels, others):
    """Tessellations over one another: lines of units that overlap are lines in common, too."""
    units = np.concatenate([merge(layer) for layer in (labels, others, labels)])
    assert as_dict(build_adjacency(units)) == pytest.approx(geos(units).border_m, abs=1e-6)


@given(points=POINTS)
def test_voronoi_cells_equal_geos(geos, points):
    """Where four cells nearly meet, GEOS may see a line shorter than the tolerance: that is a point here."""
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(np.array(points) * 100.0)))
    truth = geos(cells)
    assume(all(metres > 0.1 or metres < 1e-6 for metres in truth.border_m.values()))
    long = {pair: metres for pair, metres in truth.border_m.items() if metres > 0.1}
    assert as_dict(build_adjacency(cells)) == pytest.approx(long, abs=1e-2)


@given(drawn=WORLDS)
def test_each_pair_stands_once_and_nobody_borders_itself(drawn):
    found = build_adjacency(sheared_cells(drawn))
    pairs, contacts = found.pairs.tolist(), found.point_pairs.tolist()
    assert all(one < other for one, other in pairs + contacts)
    assert pairs == sorted(pairs)
    assert contacts == sorted(contacts)
    assert len(set(map(tuple, pairs + contacts))) == len(pairs + contacts)
    assert (found.border_m > 0).all()


@given(drawn=WORLDS)
def test_borders_add_up_to_no_more_than_the_perimeter(drawn):
    units = sheared_cells(drawn)
    found = build_adjacency(units)
    shared_m = np.bincount(found.pairs.ravel(), np.repeat(found.border_m, 2), minlength=found.count)
    assert (shared_m <= shapely.length(units) + 1e-6).all()


@given(drawn=WORLDS, seed=SEEDS)
def test_the_order_of_the_units_does_not_matter(drawn, seed):
    units = sheared_cells(drawn)
    order = np.random.default_rng(seed).permutation(len(units))
    place = np.argsort(order)
    moved, found = build_adjacency(units[order]), build_adjacency(units)
    borders = {tuple(sorted(place[list(pair)].tolist())): m for pair, m in as_dict(found).items()}
    contacts = {tuple(sorted(pair)) for pair in place[found.point_pairs].tolist()}
    assert_equal(moved, borders, contacts)


def turned(unit, random):
    """The same area, each ring started elsewhere, and some the other way round."""

    def turn(ring):
        xy = shapely.get_coordinates(ring)[:-1]
        xy = np.roll(xy, random.integers(len(xy)), axis=0)
        return xy[::-1] if random.random() < 0.5 else xy

    parts = [
        shapely.Polygon(turn(part.exterior), [turn(hole) for hole in part.interiors])
        for part in shapely.get_parts(unit)
    ]
    return shapely.multipolygons(parts)


@given(drawn=WORLDS, seed=SEEDS)
def test_start_and_direction_of_rings_do_not_matter(drawn, seed):
    units = sheared_cells(drawn)
    random = np.random.default_rng(seed)
    moved = np.array([turned(unit, random) for unit in units] + [None], dtype=object)[:-1]
    assert_same(build_adjacency(moved), build_adjacency(units))


@given(
    drawn=WORLDS,
    offset=st.tuples(st.floats(-1e7, 1e7), st.floats(-1e7, 1e7)),
)
def test_translation_does_not_matter(drawn, offset):
    """Far from the origin the coordinates are rounded, and some fall on the edges of the grid of the keys."""
    units = sheared_cells(drawn)
    moved = shapely.transform(units, lambda xy: xy + offset)
    assert_same(build_adjacency(moved), build_adjacency(units))


@given(drawn=WORLDS, seed=SEEDS, shift=st.sampled_from([0, 5e-4]))
def test_noise_far_below_the_tolerance_does_not_matter(drawn, seed, shift):
    """The same vertex differs by up to 50 µm between neighbours, as often as not in two cells of the grid."""
    units = sheared_cells(drawn)
    assert_same(build_adjacency(noisy(units, seed, shift)), build_adjacency(units), within_m=1e-2)


@given(drawn=WORLDS, seed=SEEDS)
def test_more_vertices_on_some_edges_change_nothing(drawn, seed):
    units = sheared_cells(drawn)
    some = np.random.default_rng(seed).random(len(units)) < 0.5
    finer = np.where(some, shapely.segmentize(units, 40.0), units)
    assert_same(build_adjacency(finer), build_adjacency(units))


@given(drawn=WORLDS, tolerance_m=st.sampled_from([1e-6, 1e-2, 1.0]))
def test_the_tolerance_does_not_matter_where_vertices_are_exact(drawn, tolerance_m):
    units = sheared_cells(drawn)
    assert_same(build_adjacency(units, tolerance_m=tolerance_m), build_adjacency(units))
