"""Dividing an area: exactly against all divisions, along trees within the rules."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.networks.area import Area
from geoplan.networks.bitset import bits
from geoplan.networks.division import divide
from geoplan.networks.division_exact import best_division, connected_groups
from geoplan.networks.problem import Bounds
from geoplan.networks.search import Deadline
from geoplan.networks.tree_division import divide_along, spanning_tree


def area(seed: int, count: int, low: int, high: int, **bounds: float) -> Area:
    """Points in a square; each borders its nearest three."""
    draw = np.random.default_rng(seed)
    points = draw.random((count, 2))
    distance = np.linalg.norm(points[:, None] - points[None], axis=2)
    fits = np.exp2(-4 * distance)
    np.fill_diagonal(fits, 0.0)
    near: list[set[int]] = [set() for _ in range(count)]
    for one in range(count):
        for other in np.argsort(distance[one])[1:3].tolist():
            near[one].add(other)
            near[other].add(one)
    return Area(
        size=[1] * count, fits=fits, neighbours=[sorted(others) for others in near],
        population=draw.integers(1, 10, count).astype(float).tolist(),
        county=draw.integers(0, 2, count).tolist(),
        bounds=Bounds(min_members=low, max_members=high, **bounds),
    )  # fmt: skip


def all_divisions(
    of: Area, nodes: tuple[int, ...], groups: dict[int, tuple[int, float]]
) -> tuple[int, float]:
    """Covered members and worth of the best division, by trying everything."""
    if not nodes:
        return 0, 0.0
    left = sum(1 << node for node in nodes)
    found = all_divisions(of, nodes[1:], groups)
    for group, (members, worth) in groups.items():
        if group & 1 << nodes[0] and group & ~left == 0:
            rest = tuple(node for node in nodes if not group >> node & 1)
            covered, more = all_divisions(of, rest, groups)
            found = max(found, (covered + members, worth + more), key=lambda one: (one[0], round(one[1], 9)))
    return found


def brute_force(of: Area) -> tuple[int, float]:
    groups = {
        mask: (mask.bit_count(), of.worth(bits(mask)))
        for mask in range(1, 1 << of.count)
        if of.feasible(bits(mask)) and of.connected(bits(mask))
    }
    return all_divisions(of, tuple(range(of.count)), groups)


@pytest.mark.parametrize("seed", range(60))
def test_exact_division_equals_the_best_of_all(seed):
    draw = np.random.default_rng(seed)
    bounds = {"max_population": 14.0} if seed % 3 == 0 else {"max_counties": 1} if seed % 3 == 1 else {}
    low = int(draw.integers(1, 4))
    small = area(seed, int(draw.integers(3, 9)), low, low + 2, **bounds)
    found = best_division(small)
    covered, worth = brute_force(small)
    assert found.covered == covered
    assert found.worth == pytest.approx(worth)


@pytest.mark.parametrize("seed", range(10))
def test_connected_groups_are_all_there_once(seed):
    small = area(seed, 8, 1, 4)
    found = [group.nodes for group in connected_groups(small)]
    expected = [mask for mask in range(1, 1 << 8) if mask.bit_count() <= 4 and small.connected(bits(mask))]
    assert sorted(found) == expected


def check_rules(whole: Area, groups: tuple[tuple[int, ...], ...]) -> None:
    nodes = [node for group in groups for node in group]
    assert len(nodes) == len(set(nodes))
    for group in groups:
        assert whole.feasible(group)
        assert whole.connected(group)


@pytest.mark.property
@given(st.integers(0, 10_000), st.integers(1, 40), st.integers(1, 5), st.integers(0, 4))
def test_every_group_of_a_division_keeps_the_rules(seed, count, low, more):
    whole = area(seed, count, low, low + more, max_population=60.0)
    found = divide(whole, Deadline(None)).division
    check_rules(whole, found.groups)
    assert found.covered == sum(whole.members(group) for group in found.groups)
    assert found.worth == pytest.approx(sum(whole.worth(group) for group in found.groups))


@pytest.mark.property
@given(st.integers(0, 10_000))
def test_division_along_a_tree_keeps_the_rules(seed):
    whole = area(seed, 20, 2, 5)
    for component in whole.components:
        part = whole.part(component)
        check_rules(part, divide_along(part, *spanning_tree(part, part.fits)).groups)


def test_mended_division_comes_close_to_the_best():
    covered, worth, best_worth = 0, 0.0, 0.0
    for seed in range(12):
        whole = area(seed, 16, 3, 5)
        trees = [
            divide_along(whole.part(piece), *spanning_tree(whole.part(piece), whole.part(piece).fits))
            for piece in whole.components
        ]
        best = best_division(whole)
        covered += best.covered - sum(one.covered for one in trees)
        worth += sum(one.worth for one in trees)
        best_worth += best.worth
    assert 0 <= covered <= 12
    assert worth <= best_worth + 1e-9


def test_same_area_is_divided_alike_twice():
    whole = area(3, 60, 3, 6)
    assert divide(whole, Deadline(None)) == divide(whole, Deadline(None))


def test_large_area_leaves_nobody_over_where_it_need_not():
    side = 12
    cells = [(x, y) for x in range(side) for y in range(side)]
    fits = np.array([[2.0 ** -(abs(a - c) + abs(b - d)) for c, d in cells] for a, b in cells])
    np.fill_diagonal(fits, 0.0)
    near = [[place for place, (c, d) in enumerate(cells) if abs(a - c) + abs(b - d) == 1] for a, b in cells]
    grid = Area(
        size=[1] * len(cells), fits=fits, neighbours=near, population=[1.0] * len(cells),
        county=[0] * len(cells), bounds=Bounds(min_members=4, max_members=6),
    )  # fmt: skip
    found = divide(grid, Deadline(None))
    assert found.division.covered == len(cells)
    assert not found.proven
    check_rules(grid, found.division.groups)
