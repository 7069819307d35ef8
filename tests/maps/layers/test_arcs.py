import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoplan_maps.layers.arcs import OUTSIDE, shared_arcs

SIDE = 10


@st.composite
def coverages(draw):
    """Areas that tile: cells of a jittered lattice, each given to one of a few areas or to nobody."""
    count = draw(st.integers(1, 5))
    owners = draw(st.lists(st.integers(-1, 3), min_size=count**2, max_size=count**2))
    shift = st.integers(-3, 3)
    corners = {
        (column, row): (column * SIDE + draw(shift), row * SIDE + draw(shift))
        for column in range(count + 1)
        for row in range(count + 1)
    }
    cells = [
        shapely.Polygon([corners[column + right, row + up] for right, up in ((0, 0), (1, 0), (1, 1), (0, 1))])
        for column in range(count)
        for row in range(count)
    ]
    groups = [[cell for cell, owner in zip(cells, owners, strict=True) if owner == one] for one in range(4)]
    return np.array([shapely.coverage_union_all(group) for group in groups if group], dtype=object)


def areas_of(arcs, count):
    """The areas put together again from their lines, by the even-odd rule that the browser fills by."""
    lines = [shapely.LineString(arcs.line(number)) for number in range(len(arcs))]
    return [even_odd([line for line, sides in zip(lines, arcs.sides, strict=True) if one in sides])
            for one in range(count)]  # fmt: skip


def even_odd(lines):
    around = shapely.MultiLineString(lines)
    faces = shapely.get_parts(shapely.polygonize(lines))
    inside = []
    for face in faces:
        point = face.representative_point()
        # Askew, so that it meets no vertex of the lattice.
        out = shapely.LineString([point, (point.x + 997.0, point.y + 31.4159)])
        if len(shapely.get_parts(out.intersection(around))) % 2:
            inside.append(face)
    return shapely.union_all(inside)


@pytest.mark.property
@given(coverages())
def test_areas_come_together_again(shapes):
    arcs = shared_arcs(shapes)
    for made, given_ in zip(areas_of(arcs, len(shapes)), shapes, strict=True):
        assert made.symmetric_difference(given_).area == pytest.approx(0)


@pytest.mark.property
@given(coverages())
def test_every_line_is_written_once(shapes):
    arcs = shared_arcs(shapes)
    lines = [shapely.LineString(arcs.line(number)) for number in range(len(arcs))]
    outer = sum(line.length for line, (_, other) in zip(lines, arcs.sides, strict=True) if other == OUTSIDE)
    assert 2 * sum(line.length for line in lines) == pytest.approx(shapely.length(shapes).sum() + outer)
    assert len({tuple(sorted(map(tuple, arcs.line(number)[:2]))) for number in range(len(arcs))}) == len(arcs)


def test_what_collapses_is_left_out():
    sliver = shapely.Polygon([(0, 0), (10, 0.2), (10, -0.2)])
    square = shapely.box(0, 0, 10, 10)
    assert set(shared_arcs(np.array([sliver, square], dtype=object)).sides[:, 0]) == {1}


def test_nothing_has_no_lines():
    assert len(shared_arcs(np.array([shapely.Polygon()], dtype=object))) == 0
    assert len(shared_arcs(np.array([], dtype=object))) == 0


def test_an_enclave_has_one_line_with_both():
    hole = shapely.box(3, 3, 6, 6)
    arcs = shared_arcs(np.array([shapely.box(0, 0, 9, 9).difference(hole), hole], dtype=object))
    assert sorted(map(tuple, arcs.sides.tolist())) == [(0, -1), (0, 1)]


def test_overlapping_areas_are_still_drawn():
    box = shapely.box(0, 0, 5, 5)
    arcs = shared_arcs(np.array([box, box, box], dtype=object))
    assert sorted(map(tuple, arcs.sides.tolist())) == [(0, 1), (2, -1)]
