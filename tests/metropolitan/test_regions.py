import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geoplan.adjacency.graph import BorderGraph
from geoplan.metropolitan import MetropolitanRegions
from geoplan.metropolitan.regions import inner_border_km

COUNT = 12
A, B, C, D = 8, 9, 10, 11


def graph(borders: dict[tuple[int, int], float]) -> BorderGraph:
    pairs = np.array(sorted(borders), dtype=np.int64).reshape(-1, 2)
    return BorderGraph.from_pairs(
        COUNT, pairs, np.array([borders[one, other] for one, other in pairs.tolist()])
    )


def regions_of(**members) -> MetropolitanRegions:
    rows = {"a": A, "b": B, "c": C, "d": D}
    return MetropolitanRegions(
        listed_as={
            rows[name]: {county: f"{county:05}" for county in counties} for name, counties in members.items()
        }
    )


@pytest.fixture
def world() -> tuple[MetropolitanRegions, BorderGraph]:
    """Counties 0 … 7 in a row, each pair 1000 m × the higher number; 1 and 3 touch round the back, 500 m::

    0 - 1 - 2 - 3 - 4 - 5 - 6 - 7
    a   a   a
            b   b
                    c   c
                                d    (6 is in no region)
    """
    borders = {(county, county + 1): 1000.0 * (county + 1) for county in range(7)} | {(1, 3): 500.0}
    return regions_of(a=[0, 1, 2], b=[2, 3], c=[4, 5], d=[7]), graph(borders)


def test_regions_border_where_members_of_only_one_meet(world):
    regions, counties = world
    borders = regions.borders(counties, COUNT)
    assert borders.pairs.tolist() == [[A, B], [B, C]]
    assert borders.between(A, B) == 500.0  # 1 | 3; what they share, county 2, is no border
    assert borders.between(B, C) == 4000.0
    assert borders.count == COUNT


def test_a_region_without_neighbours_has_no_border(world):
    regions, counties = world
    assert len(regions.borders(counties, COUNT).neighbours(D)[0]) == 0


def test_members_and_regions_of_a_county(world):
    regions, _ = world
    assert regions.members[A].tolist() == [0, 1, 2]
    assert regions.regions_of(2) == [A, B]
    assert regions.regions_of(6) == []


def test_no_regions_no_borders():
    assert MetropolitanRegions().borders(graph({(0, 1): 1.0}), COUNT).pair_count == 0
    assert MetropolitanRegions().regions_of(0) == []


def test_no_county_borders_no_borders(world):
    regions, _ = world
    assert regions.borders(graph({}), COUNT).pair_count == 0


def test_geometry_is_the_union_of_the_counties(world):
    regions, _ = world
    squares = shapely.box(np.arange(8), 0, np.arange(1, 9), 1)
    shapes = regions.geometry(np.array([B, A]), lambda rows: squares[rows])
    assert [shape.bounds for shape in shapes] == [(2, 0, 4, 1), (0, 0, 3, 1)]


def test_inner_borders(world):
    regions, counties = world
    assert inner_border_km(regions.members[A], counties) == 3.0
    assert inner_border_km(regions.members[D], counties) == 0.0


MEMBERSHIP = st.fixed_dictionaries({name: st.sets(st.integers(0, 7), min_size=1) for name in "abcd"})
BORDERS = st.dictionaries(
    st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1]), st.integers(1, 9)
)


@pytest.mark.property
@given(MEMBERSHIP, BORDERS)
def test_borders_are_those_of_the_definition(members, borders):
    found = regions_of(**members).borders(graph(borders), COUNT)
    row = {"a": A, "b": B, "c": C, "d": D}
    for one, here in members.items():
        for other, there in members.items():
            metres = sum(
                length
                for (i, j), length in borders.items()
                for p, q in ((i, j), (j, i))
                if p in here - there and q in there - here
            )
            expected = metres if one != other else 0
            assert found.between(row[one], row[other]) == expected
