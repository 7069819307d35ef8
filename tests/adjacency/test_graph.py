"""The graph of borders: a drawn one, and laws."""

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.adjacency import BorderGraph


@pytest.fixture(scope="module")
def chain():
    """0 - 1 - 2 - 3 in a row, 2 also borders 4, and 5 is an island; the borders are 10, 20, 30 and 40 m."""
    pairs = np.array([[0, 1], [1, 2], [2, 3], [2, 4]])
    return BorderGraph.from_pairs(6, pairs, np.array([10.0, 20.0, 30.0, 40.0]))


@st.composite
def pair_lists(draw):
    """Number of units, their pairs in any order, and metres."""
    count = draw(st.integers(0, 12))
    all_pairs = [(one, other) for one in range(count) for other in range(one + 1, count)]
    pairs = draw(st.lists(st.sampled_from(all_pairs), unique=True)) if all_pairs else []
    metres = draw(st.lists(st.integers(1, 1000), min_size=len(pairs), max_size=len(pairs)))
    return count, np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array(metres, dtype=float)


def networkx_graph(count, pairs, metres):
    graph = nx.Graph()
    graph.add_nodes_from(range(count))
    graph.add_weighted_edges_from((*pair, m) for pair, m in zip(pairs.tolist(), metres.tolist(), strict=True))
    return graph


def test_counts_units_and_pairs(chain):
    assert (chain.count, chain.pair_count, chain.total_border_m) == (6, 4, 100)


def test_pairs_stand_once_and_sorted(chain):
    assert chain.pairs.tolist() == [[0, 1], [1, 2], [2, 3], [2, 4]]


def test_neighbours_of_a_unit(chain):
    units, border_m = chain.neighbours(2)
    assert units.tolist() == [1, 3, 4]
    assert border_m.tolist() == [20, 30, 40]


def test_an_island_has_no_neighbours(chain):
    units, border_m = chain.neighbours(5)
    assert (len(units), len(border_m)) == (0, 0)
    assert chain.orders(np.array([5]), 3) == {5: 0}


def test_border_between_two_units(chain):
    assert (chain.between(2, 4), chain.between(4, 2)) == (40, 40)
    assert (chain.between(0, 2), chain.between(5, 0), chain.between(1, 1)) == (0, 0, 0)


def test_shared_border_of_each_unit(chain):
    assert chain.shared_border_m.tolist() == [10, 30, 90, 30, 40, 0]


def test_border_of_each_pair(chain):
    assert chain.pair_border_m.tolist() == [10, 20, 30, 40]


def test_what_lies_along_the_borders(chain):
    """Metres times what the neighbour has; nobody lies along the shore of an island."""
    assert chain.along_borders(np.array([1.0, 0, 2, 0, 0, 9])).tolist() == [0, 50, 0, 60, 80, 0]


def test_orders_of_neighbours(chain):
    assert chain.orders(np.array([0]), 0) == {0: 0}
    assert chain.orders(np.array([0]), 2) == {0: 0, 1: 1, 2: 2}
    assert chain.orders(np.array([0, 3]), 9) == {0: 0, 3: 0, 1: 1, 2: 1, 4: 2}


def test_borders_of_groups_add_up_those_of_their_units(chain):
    """Groups: 0 and 1 | 2 | 3 and 4; the island is in none."""
    grouped = chain.grouped(np.array([0, 0, 1, 2, 2, -1]), 4)
    assert grouped.count == 4
    assert grouped.pairs.tolist() == [[0, 1], [1, 2]]
    assert (grouped.between(0, 1), grouped.between(2, 1)) == (20, 70)


def test_nobody_at_all():
    empty = BorderGraph.from_pairs(0, np.empty((0, 2), dtype=np.int64), np.empty(0))
    assert (empty.count, empty.pair_count, empty.total_border_m) == (0, 0, 0)
    assert empty.pairs.shape == (0, 2)
    assert empty.grouped(np.empty(0, dtype=np.int64), 0).count == 0


@pytest.mark.property
@given(drawn=pair_lists())
def test_symmetric_and_irreflexive(drawn):
    graph = BorderGraph.from_pairs(*drawn)
    for unit in range(graph.count):
        units, border_m = graph.neighbours(unit)
        assert unit not in units
        assert (np.diff(units) > 0).all()
        for other, metres in zip(units.tolist(), border_m.tolist(), strict=True):
            assert graph.between(other, unit) == metres


@pytest.mark.property
@given(drawn=pair_lists())
def test_the_pairs_it_was_made_of_come_back(drawn):
    count, pairs, border_m = drawn
    graph = BorderGraph.from_pairs(count, pairs, border_m)
    order = np.lexsort(pairs.T[::-1])
    assert graph.pairs.tolist() == pairs[order].tolist()
    assert graph.total_border_m == border_m.sum()
    assert graph.shared_border_m.sum() == pytest.approx(2 * graph.total_border_m)


@pytest.mark.property
@given(drawn=pair_lists(), limit=st.integers(0, 4), data=st.data())
def test_orders_are_those_of_a_breadth_first_search(drawn, limit, data):
    graph, known = BorderGraph.from_pairs(*drawn), networkx_graph(*drawn)
    if graph.count:
        start = data.draw(st.lists(st.integers(0, graph.count - 1), min_size=1, unique=True))
        expected = nx.multi_source_dijkstra_path_length(known, set(start), cutoff=limit, weight=None)
        assert graph.orders(np.array(start), limit) == expected


@pytest.mark.property
@given(drawn=pair_lists(), data=st.data())
def test_grouping_keeps_what_lies_between_groups(drawn, data):
    count, pairs, border_m = drawn
    group = np.array(data.draw(st.lists(st.integers(-1, 3), min_size=count, max_size=count)), dtype=np.int64)
    grouped = BorderGraph.from_pairs(count, pairs, border_m).grouped(group, 4)
    one, other = group[pairs.T]
    kept = (one != other) & (np.minimum(one, other) >= 0)
    assert grouped.total_border_m == border_m[kept].sum()
    expected = {tuple(sorted(pair)) for pair in np.column_stack([one, other])[kept].tolist()}
    assert set(map(tuple, grouped.pairs.tolist())) == expected
