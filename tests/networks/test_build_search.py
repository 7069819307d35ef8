"""The search for the best group against all groups there are, on small instances."""

from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.networks.alternatives import choose
from geoplan.networks.bitset import bits, mask_of
from geoplan.networks.bound import upper_bound
from geoplan.networks.problem import Apart, Bounds, GroupProblem
from geoplan.networks.search import Deadline, SizeSearch
from geoplan.networks.solve import GroupSearch, apart_from, best_group

INSTANCES = 300


@dataclass
class Instance:
    """Draws a small problem with a random mix of conditions; the same seed draws the same problem."""

    seed: int

    def problem(self) -> GroupProblem:
        draw = np.random.default_rng(self.seed)
        count = int(draw.integers(5, 11))
        together = self._blocks(draw, count)
        required = 0
        for place in draw.choice(count, int(draw.integers(1, 4)), replace=False).tolist():
            required |= together[place]
        low = int(draw.integers(1, 5))
        bounds = Bounds(
            min_members=low, max_members=low + int(draw.integers(0, 4)),
            min_population=float(draw.integers(50, 300)) if draw.random() < 0.4 else None,
            max_population=float(draw.integers(150, 500)) if draw.random() < 0.4 else None,
            max_counties=int(draw.integers(1, 3)) if draw.random() < 0.4 else None,
        )  # fmt: skip
        problem = GroupProblem(
            fits=_fits(draw, count), neighbours=self._neighbours(draw, count), together=together,
            required=required, seeds=required if draw.random() < 0.6 else 0,
            population=draw.integers(1, 100, count).astype(float),
            county=draw.integers(0, 3, count).tolist(), bounds=bounds,
        )  # fmt: skip
        if draw.random() < 0.4:
            return apart_from(problem, draw.integers(1, 1 << count, 2).tolist())
        return problem

    @staticmethod
    def _neighbours(draw: np.random.Generator, count: int) -> list[int] | None:
        if draw.random() < 0.3:
            return None
        borders = draw.random((count, count)) < draw.uniform(0.15, 0.5)
        borders |= borders.T
        np.fill_diagonal(borders, val=False)
        return [mask_of(np.flatnonzero(row).tolist()) for row in borders]

    @staticmethod
    def _blocks(draw: np.random.Generator, count: int) -> list[int]:
        label = np.arange(count)
        if draw.random() < 0.4:
            label[:3], label[3:5] = 0, 3
            label = label[draw.permutation(count)]
        return [mask_of(np.flatnonzero(label == own).tolist()) for own in label]


def _fits(draw: np.random.Generator, count: int) -> np.ndarray:
    fits = draw.random((count, count))
    fits = (fits + fits.T) / 2
    np.fill_diagonal(fits, 0.0)
    return fits


def brute_force(problem: GroupProblem) -> float | None:
    return max(
        (problem.score(group) for group in range(1, 1 << problem.count) if problem.feasible(group)),
        default=None,
    )


@pytest.mark.parametrize("seed", range(INSTANCES))
def test_equals_the_best_of_all_groups(seed):
    problem = Instance(seed).problem()
    found = best_group(problem, Deadline(None))
    expected = brute_force(problem)
    assert found.proven
    if expected is None:
        assert found.members is None
    else:
        assert found.members is not None
        assert problem.feasible(found.members)
        assert found.score == pytest.approx(expected, abs=1e-9)


def test_instances_are_of_all_kinds():
    problems = [Instance(seed).problem() for seed in range(INSTANCES)]
    feasible = [problem for problem in problems if best_group(problem, Deadline(None)).members is not None]
    assert len(feasible) > INSTANCES / 3
    assert any(problem.neighbours is None for problem in feasible)
    assert any(problem.bounds.of_population for problem in feasible)
    assert any(problem.bounds.max_counties for problem in feasible)
    assert any(block.bit_count() > 1 for problem in feasible for block in problem.together)
    assert any(problem.apart for problem in feasible)
    assert any(problem.seeds for problem in feasible)


@pytest.mark.parametrize("seed", range(40))
def test_best_group_of_each_size_equals_the_best_of_all(seed):
    problem = Instance(seed).problem()
    search = GroupSearch(problem, Deadline(None))
    search.best()
    by_size = search.of_each_size().by_size
    expected: dict[int, float] = {}
    for group in range(1, 1 << problem.count):
        if problem.feasible(group):
            size = group.bit_count()
            expected[size] = max(expected.get(size, 0.0), problem.score(group))
    assert {size: pytest.approx(problem.score(group)) for size, group in by_size.items()} == expected


def test_alternatives_differ_clearly_and_are_the_best_that_do():
    problem = _ring(12, 4, 6)
    choice = choose(problem, 4, Deadline(None))
    assert choice.proven
    assert len(choice.groups) == 4
    for place, group in enumerate(choice.groups):
        before = [Apart(members=other) for other in choice.groups[:place]]
        assert all(other.allows(group) for other in before)
        best = max(
            problem.score(other) for other in range(1 << problem.count)
            if problem.feasible(other) and all(one.allows(other) for one in before)
        )  # fmt: skip
        assert problem.score(group) == pytest.approx(best)


@pytest.mark.parametrize(
    ("group", "allowed"),
    [
        ({0, 1, 2, 3}, False),
        ({0, 1, 2, 4}, True),  # Jaccard 3/5
        ({0, 1, 2, 3, 4}, False),  # Jaccard 4/5, one member more
        ({0, 1, 2, 3, 4, 5}, True),  # two members more
    ],
)
def test_what_differs_clearly(group, allowed):
    assert Apart(members=mask_of({0, 1, 2, 3})).allows(mask_of(group)) is allowed


def test_time_that_is_up_leaves_a_group_and_a_true_gap():
    problem = _ring(40, 6, 9)
    clock = iter(range(10_000))
    deadline = Deadline(12.0, clock=lambda: float(next(clock)))
    found = best_group(problem, deadline)
    proven = best_group(problem, Deadline(None))
    assert found.members is not None
    assert problem.feasible(found.members)
    assert found.score <= proven.score + 1e-9
    assert found.score * (1 + found.gap) >= proven.score - 1e-9


def test_branch_limits_hold_when_the_time_is_up_at_once():
    problem = _ring(30, 8, 8)
    search = SizeSearch(problem=problem, size=8, deadline=Deadline(0.0))
    search.run()
    assert search.best is None
    assert search.limit >= best_group(problem, Deadline(None)).score * 28 - 1e-9


@pytest.mark.property
@given(st.integers(0, 10_000), st.integers(2, 9), st.integers(1, 8), st.integers(0, 30))
def test_upper_bound_is_above_every_choice(seed, count, take, steps):
    take = min(take, count)
    draw = np.random.default_rng(seed)
    fits, own = _fits(draw, count), draw.random(count)
    bound = upper_bound(own, fits / 2, take, reached=0.0, steps=steps)
    assert np.allclose(bound.split + bound.split.T, fits)
    for group in range(1 << count):
        if group.bit_count() == take:
            places = bits(group)
            total = own[places].sum() + fits[np.ix_(places, places)].sum() / 2
            assert total <= bound.limit + 1e-9


@pytest.mark.property
@given(st.integers(0, 10_000), st.randoms(use_true_random=False))
def test_order_of_candidates_does_not_matter(seed, random):
    problem = Instance(seed).problem()
    order = list(range(problem.count))
    random.shuffle(order)
    place = {old: new for new, old in enumerate(order)}

    def moved(group: int) -> int:
        return mask_of(place[old] for old in bits(group))

    other = GroupProblem(
        fits=problem.fits[np.ix_(order, order)],
        neighbours=None if problem.neighbours is None else [moved(problem.neighbours[old]) for old in order],
        together=[moved(problem.together[old]) for old in order], required=moved(problem.required),
        seeds=moved(problem.seeds),
        population=problem.population[order], county=[problem.county[old] for old in order],
        bounds=problem.bounds, apart=tuple(Apart(members=moved(one.members)) for one in problem.apart),
    )  # fmt: skip
    found, found_other = best_group(problem, Deadline(None)), best_group(other, Deadline(None))
    assert found.score == pytest.approx(found_other.score)
    if found.members is not None:
        assert found_other.members == moved(found.members)


def _ring(count: int, low: int, high: int) -> GroupProblem:
    """Candidates on a ring; the nearer two are, the better they fit."""
    draw = np.random.default_rng(count)
    angle = np.sort(draw.random(count)) * 2 * np.pi
    points = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    fits = np.exp2(-np.linalg.norm(points[:, None] - points[None], axis=2)) * _fits(draw, count)
    np.fill_diagonal(fits, 0.0)
    neighbours = [
        mask_of({(place + step) % count for step in (-2, -1, 1, 2)}) for place in range(count)
    ]  # fmt: skip
    return GroupProblem(
        fits=fits, neighbours=neighbours, together=[1 << place for place in range(count)], required=1,
        population=np.ones(count), county=[0] * count, bounds=Bounds(min_members=low, max_members=high),
    )  # fmt: skip
