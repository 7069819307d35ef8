"""The best group of any allowed size, how sure that is, and what each further member costs."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from geoplan.networks.bound import TOLERANCE
from geoplan.networks.heuristic import good_groups
from geoplan.networks.problem import Apart, GroupProblem, pair_count
from geoplan.networks.search import Deadline, SizeSearch

STARTS = 80
"""From so many starts groups are grown quickly, over all sizes together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """The best group that was found, and what no group can beat."""

    members: int | None
    """``None`` where none was found; with :attr:`limit` at -∞ there is none."""
    score: float
    """-∞ where no group was found."""
    limit: float
    """No group has a higher score; equal to :attr:`score` where that is proven."""
    branches: int
    """How many parts of the search were looked at."""
    seen: frozenset[int]
    """All feasible groups that were looked at."""
    by_size: Mapping[int, int]
    """The best group found of each size that was looked at."""

    @property
    def proven(self) -> bool:
        """Whether nothing better exists among the candidates."""
        return self.limit <= self.score + TOLERANCE

    @property
    def gap(self) -> float:
        """By which share of the score a better group could be better, at most."""
        if self.proven or self.members is None:
            return 0.0
        return (self.limit - self.score) / self.score if self.score > 0 else np.inf


class GroupSearch:
    """The search over all allowed sizes."""

    def __init__(self, problem: GroupProblem, deadline: Deadline) -> None:
        self._deadline = deadline
        sizes = _sizes(problem)
        self._searches = {size: _started(problem, size, deadline, len(sizes)) for size in sizes}
        self._limit = -np.inf

    def best(self) -> Solution:
        """Find the best group, smallest sizes first: a size that cannot beat what was found ends at once."""
        best = max((_score(search) for search in self._searches.values()), default=-np.inf)
        for size, search in self._searches.items():
            search.run(at_least=best * pair_count(size))
            best = max(best, _score(search))
            self._limit = max(self._limit, search.limit / pair_count(size))
        return self._solution()

    def of_each_size(self) -> Solution:
        """After :meth:`best`: spend the time that is left on the best group of each size."""
        for search in self._searches.values():
            if not self._deadline.over:
                search.run()
        return self._solution()

    def _solution(self) -> Solution:
        searches = self._searches
        by_size = {size: search.best for size, search in searches.items() if search.best is not None}
        # Of equal scores the smaller group, so that the answer does not depend on how it was found.
        ranked = sorted((-_score(searches[size]), size) for size in by_size)
        score, size = (-ranked[0][0], ranked[0][1]) if ranked else (-np.inf, 0)
        return Solution(
            members=by_size.get(size), score=score, limit=max(self._limit, score),
            branches=sum(search.branches for search in searches.values()),
            seen=frozenset().union(*(search.seen for search in searches.values())), by_size=by_size,
        )  # fmt: skip


def best_group(problem: GroupProblem, deadline: Deadline) -> Solution:
    """The best group of any allowed size."""
    return GroupSearch(problem, deadline).best()


def apart_from(problem: GroupProblem, groups: list[int]) -> GroupProblem:
    """The same problem for a group that differs clearly from ``groups``."""
    return replace(problem, apart=tuple(Apart(members=group) for group in groups))


def _sizes(problem: GroupProblem) -> range:
    bounds = problem.bounds
    low = max(bounds.min_members, problem.required.bit_count(), 1)
    return range(low, min(bounds.max_members, problem.count) + 1)


def _started(problem: GroupProblem, size: int, deadline: Deadline, sizes: int) -> SizeSearch:
    """The search for one of several sizes, which knows the groups found quickly."""
    search = SizeSearch(problem=problem, size=size, deadline=deadline)
    for group in () if deadline.over else good_groups(problem, size, max(1, STARTS // sizes)):
        search.offer(group)
    return search


def _score(search: SizeSearch) -> float:
    return -np.inf if search.best is None else search.problem.score(search.best)
