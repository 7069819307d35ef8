"""Who borders whom in worlds small enough to draw."""

import geopandas
import numpy as np
import pytest
import shapely

from geoplan.adjacency import build_adjacency
from geoplan.errors import InvalidValueError

SQUARE = shapely.box(0, 0, 100, 100)
EAST = shapely.box(100, 0, 200, 100)


def borders(geometries, **options):
    found = build_adjacency(np.array([*geometries, None], dtype=object)[:-1], **options)
    return {tuple(pair): metres for pair, metres in zip(found.pairs.tolist(), found.border_m, strict=True)}


def contacts(geometries, **options):
    found = build_adjacency(np.array([*geometries, None], dtype=object)[:-1], **options)
    return {tuple(pair) for pair in found.point_pairs.tolist()}


def test_two_squares_share_a_side():
    assert borders([SQUARE, EAST]) == {(0, 1): 100}
    assert contacts([SQUARE, EAST]) == set()


def test_corners_touch_in_a_point(world):
    """
    AB
    CD
    """
    units = world("AB CD")
    assert borders(units) == {(0, 1): 100, (0, 2): 100, (1, 3): 100, (2, 3): 100}
    assert contacts(units) == {(0, 3), (1, 2)}


def test_island_borders_nobody(world):
    """
    AA.B
    """
    assert borders(world("AA.B")) == {}
    assert contacts(world("AA.B")) == set()


def test_parts_of_a_unit_are_one_unit(world):
    """
    ABA
    A.C
    """
    assert borders(world("ABA A.C")) == {(0, 1): 200, (0, 2): 100}
    assert contacts(world("ABA A.C")) == {(1, 2)}


def test_enclave_borders_what_surrounds_it(world):
    """
    AAAA
    ABCA
    AAAA
    """
    assert borders(world("AAAA ABCA AAAA")) == {(0, 1): 300, (0, 2): 300, (1, 2): 100}


def test_enclave_in_an_exclave(world):
    """
    A.BBB
    A.BAB
    A.BBB
    """
    assert borders(world("A.BBB A.BAB A.BBB")) == {(0, 1): 400}


def test_parts_that_share_a_line_are_no_border():
    halves = shapely.multipolygons([SQUARE, EAST])
    assert borders([halves, shapely.box(0, 100, 200, 200)]) == {(0, 1): 200}


@pytest.mark.parametrize("keep_vertices", [True, False])
def test_long_edge_against_many_small_ones(world, keep_vertices):
    """
    AAAAAAAA
    BCDEFGHI
    """
    units = world("AAAAAAAA BCDEFGHI", keep_vertices=keep_vertices)
    expected = {(0, unit): 100.0 for unit in range(1, 9)} | {(unit, unit + 1): 100.0 for unit in range(1, 8)}
    assert borders(units) == pytest.approx(expected)
    assert contacts(units) == set()


def test_vertex_on_one_side_only():
    bent = shapely.Polygon([(100, 0), (200, 0), (200, 100), (100, 100), (100, 37)])
    assert borders([SQUARE, bent]) == pytest.approx({(0, 1): 100})


def test_vertex_on_a_slope_that_no_float_hits():
    slope = shapely.Polygon([(0, 0), (700, 300), (0, 300)])
    third = (700 / 3, 300 / 3)
    below = shapely.Polygon([(0, 0), third, (700, 300), (700, 0)])
    assert borders([slope, below]) == pytest.approx({(0, 1): np.hypot(700, 300)})


def test_two_points_are_no_line():
    """B touches A at two points and surrounds a gap with it (libpysal counts such a pair)."""
    notched = shapely.Polygon([(100, 0), (200, 0), (200, 100), (100, 100), (150, 50)])
    assert borders([SQUARE, notched]) == {}
    assert contacts([SQUARE, notched]) == {(0, 1)}


def test_edges_that_share_both_ends_but_not_the_way():
    """The vertices of the line between are on one side only and lie off the other side."""
    arch = shapely.Polygon([(100, 0), (110, 50), (100, 100), (200, 100), (200, 0)])
    assert borders([SQUARE, arch]) == {}
    assert contacts([SQUARE, arch]) == {(0, 1)}


def test_corner_on_the_middle_of_an_edge_is_a_contact():
    tip = shapely.Polygon([(100, 50), (200, 0), (200, 100)])
    assert borders([SQUARE, tip]) == {}
    assert contacts([SQUARE, tip]) == {(0, 1)}


def test_contact_where_another_unit_touches_itself(world):
    """A and C meet in a point with B on both sides of it, so both see but B there.

    BBB
    ABB
    BCB
    BBB
    """
    units = world("BBB ABB BCB BBB")
    assert contacts(units) == {(0, 2)}
    assert borders(units) == {(0, 1): 300, (1, 2): 400}


def test_contact_where_a_hole_touches_its_shell_between_vertices():
    """C fills a hole of B that touches the long edge between A and B; no side has a vertex there."""
    hole = [(50, 100), (80, 150), (20, 150)]
    below = shapely.box(0, 0, 100, 100)
    holed = shapely.Polygon([(0, 100), (100, 100), (100, 200), (0, 200)], [hole])
    assert contacts([below, holed, shapely.Polygon(hole)]) == {(0, 2)}
    assert borders([below, holed]) == {(0, 1): 100}


def test_contact_where_a_hole_touches_its_shell_in_vertices_of_two_cells_of_the_grid():
    """As above with a vertex on each side, nanometres apart, each known to two of the three units."""
    west, east = 50.0005 - 1e-9, 50.0005 + 1e-9
    hole = [(east, 100), (80, 150), (20, 150)]
    below = shapely.Polygon([(0, 0), (100, 0), (100, 100), (west, 100), (0, 100)])
    holed = shapely.Polygon([(0, 100), (west, 100), (100, 100), (100, 200), (0, 200)], [hole])
    assert contacts([below, holed, shapely.Polygon(hole)]) == {(0, 2)}


def test_contact_where_two_holes_touch_between_vertices():
    """A and C fill two holes of B; the tip of one is on an edge of the other."""
    tip = [(200, 50), (300, 0), (300, 100)]
    square = [(100, 0), (200, 0), (200, 100), (100, 100)]
    around = shapely.Polygon(shapely.box(0, -100, 400, 200).exterior, [square, tip])
    assert contacts([shapely.Polygon(square), around, shapely.Polygon(tip)]) == {(0, 2)}


def test_three_units_on_one_segment():
    """Where units overlap, a segment may be part of three boundaries: each pair has it."""
    wide = shapely.box(100, 0, 300, 100)
    assert borders([SQUARE, EAST, wide]) == {(0, 1): 100, (0, 2): 100, (1, 2): 300}


@pytest.mark.parametrize("twin", [SQUARE, SQUARE.reverse()])
def test_unit_given_twice(twin):
    assert borders([SQUARE, EAST, twin]) == {(0, 1): 100, (0, 2): 400, (1, 2): 100}


def test_unit_given_twice_and_a_corner():
    assert contacts([SQUARE, SQUARE, shapely.box(100, 100, 200, 200)]) == {(0, 2), (1, 2)}


def test_unit_given_twice_and_a_neighbour_with_one_vertex_more():
    finer = shapely.segmentize(EAST, 50)
    assert borders([SQUARE, SQUARE, finer]) == {(0, 1): 400, (0, 2): 100, (1, 2): 100}


@pytest.mark.parametrize("shift", [1e-9, 4e-4, -4e-4])
def test_overlap_or_gap_below_the_tolerance(shift):
    shifted = shapely.box(100 + shift, 0, 200, 100)
    assert borders([SQUARE, shifted]) == pytest.approx({(0, 1): 100}, abs=2e-3)


def test_gap_above_the_tolerance():
    shifted = shapely.box(100.003, 0, 200, 100)
    assert borders([SQUARE, shifted]) == {}
    assert borders([SQUARE, shifted], tolerance_m=1e-2) == pytest.approx({(0, 1): 100}, abs=2e-2)


def test_overlap_above_the_tolerance():
    """The sides that run across the overlap have its three millimetres in common, above and below."""
    shifted = shapely.box(99.997, 0, 200, 100)
    assert borders([SQUARE, shifted]) == pytest.approx({(0, 1): 0.006})
    assert borders([SQUARE, shifted], tolerance_m=1e-2) == pytest.approx({(0, 1): 100}, abs=2e-2)


def test_vertices_on_two_sides_of_a_cell_of_the_grid():
    edge = 100.0005
    nearly = [
        shapely.box(0, 0, np.nextafter(edge, 0), 100),
        shapely.box(np.nextafter(edge, 200), 0, 200, 100),
    ]
    assert borders(nearly) == pytest.approx({(0, 1): 100})


def test_overlap_of_a_millimetre_with_other_vertices_on_each_side():
    zigzag = [(100 + 3e-4 * (-1) ** step, 100 - 7 * step) for step in range(1, 14)]
    other = shapely.Polygon([(100, 0), (200, 0), (200, 100), (100, 100), *zigzag])
    assert borders([SQUARE, other]) == pytest.approx({(0, 1): 100}, abs=2e-3)


def test_bow_tie_counts_as_it_is_drawn():
    bow_tie = shapely.Polygon([(100, 0), (200, 100), (200, 0), (100, 100)])
    assert not shapely.is_valid(bow_tie)
    assert borders([SQUARE, bow_tie, shapely.box(200, 0, 300, 100)]) == {(0, 1): 100, (1, 2): 100}


def test_spike_is_no_border_of_its_own():
    spiked = shapely.Polygon([(0, 0), (100, 0), (100, 100), (50, 100), (50, 180), (50, 100), (0, 100)])
    assert borders([spiked, EAST]) == {(0, 1): 100}


def test_border_that_a_ring_runs_along_to_and_fro_counts_once():
    restless = shapely.Polygon([(0, 0), (100, 0), (100, 100), (100, 0), (100, 100), (0, 100)])
    assert borders([restless, EAST]) == {(0, 1): 100}


def test_duplicate_vertices_change_nothing():
    stuttering = shapely.Polygon(
        [(0, 0), (100, 0), (100, 0), (100, 40), (100, 40), (100, 100), (0, 100), (0, 100)]
    )
    assert borders([stuttering, EAST]) == pytest.approx({(0, 1): 100})


def test_ring_of_one_place_has_no_segments():
    assert borders([shapely.Polygon([(100, 50)] * 4), SQUARE, EAST]) == {(1, 2): 100}


def test_height_is_ignored():
    hill = shapely.force_3d(SQUARE, 500.0)
    assert borders([hill, EAST]) == {(0, 1): 100}


def test_empty_and_missing_geometries_border_nobody():
    nothing = [None, shapely.Polygon(), shapely.MultiPolygon()]
    found = build_adjacency(np.array([*nothing, SQUARE, EAST], dtype=object))
    assert found.count == 5
    assert found.pairs.tolist() == [[3, 4]]


@pytest.mark.parametrize("units", [[], [None], [shapely.Polygon()], [SQUARE]])
def test_nobody_to_border(units):
    found = build_adjacency(np.array([*units, None], dtype=object)[:-1])
    assert found.count == len(units)
    assert found.pairs.shape == found.point_pairs.shape == (0, 2)
    assert found.border_m.shape == (0,)


def test_types_are_the_same_with_and_without_borders():
    for units in ([], [SQUARE, EAST]):
        found = build_adjacency(np.array([*units, None], dtype=object)[:-1])
        assert (found.pairs.dtype, found.point_pairs.dtype) == (np.int64, np.int64)
        assert found.border_m.dtype == np.float64


def test_any_array_like_of_polygons_will_do():
    for units in ([SQUARE, EAST], geopandas.GeoSeries([SQUARE, EAST])):
        assert build_adjacency(units).pairs.tolist() == [[0, 1]]


@pytest.mark.parametrize(
    ("strange", "named"),
    [
        (shapely.Point(0, 0), "Point"),
        (shapely.LineString([(0, 0), (1, 1)]), "LineString"),
        (shapely.GeometryCollection([SQUARE]), "GeometryCollection"),
        ("POLYGON EMPTY", "str"),
        (float("nan"), "float"),
    ],
)
def test_what_is_no_polygon_is_named_with_its_index(strange, named):
    with pytest.raises(InvalidValueError, match=f"Geometry 2 .*{named}"):
        borders([SQUARE, None, strange])


@pytest.mark.parametrize("coordinate", [np.nan, np.inf, -np.inf])
def test_a_coordinate_that_is_not_finite_is_named_with_its_index(coordinate):
    with np.errstate(invalid="ignore"):
        broken = shapely.Polygon([(0, 0), (1, 0), (1, coordinate), (0, 0)])
    with pytest.raises(InvalidValueError, match=r"Geometry 1 .*finite"):
        borders([SQUARE, shapely.multipolygons([EAST, broken]), EAST])


def test_coordinates_without_a_cell_are_refused():
    with pytest.raises(InvalidValueError, match=r"Geometry 1 .*too large for a tolerance of 0\.001 m"):
        borders([SQUARE, shapely.box(0, 0, 1e17, 1)])


@pytest.mark.parametrize("geometries", [SQUARE, np.array([[SQUARE], [EAST]], dtype=object)])
def test_only_arrays_of_one_dimension(geometries):
    with pytest.raises(InvalidValueError, match="one dimension"):
        build_adjacency(geometries)


@pytest.mark.parametrize("tolerance_m", [0, -1e-3, np.nan, np.inf])
def test_the_tolerance_is_a_positive_number(tolerance_m):
    with pytest.raises(InvalidValueError, match=f"positive number of metres, not {tolerance_m}"):
        borders([SQUARE], tolerance_m=tolerance_m)
