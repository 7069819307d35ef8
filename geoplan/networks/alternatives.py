"""The best group and the best that differ clearly from those before, each with its proof."""

from collections.abc import Mapping
from dataclasses import dataclass

from geoplan.networks.problem import GroupProblem
from geoplan.networks.search import Deadline
from geoplan.networks.solve import GroupSearch, Solution, apart_from, best_group


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the search found."""

    first: Solution
    """The search for the best group."""
    groups: tuple[int, ...]
    """The best group and its alternatives."""
    by_size: Mapping[int, int]
    """The best group found of each number of members."""
    seen: frozenset[int]
    """All feasible groups that were looked at."""
    proven: bool
    """Whether each is the best of those that differ from the ones before."""


def choose(problem: GroupProblem, count: int, deadline: Deadline) -> Choice:
    """Find the best group and ``count`` - 1 alternatives; fewer where there are not so many."""
    search = GroupSearch(problem, deadline)
    solutions = [search.best()]
    while solutions[-1].members is not None and len(solutions) < count:
        found = [one.members for one in solutions if one.members is not None]
        solutions.append(best_group(apart_from(problem, found), deadline))
    groups = tuple(one.members for one in solutions if one.members is not None)
    profile = search.of_each_size()
    return Choice(
        first=solutions[0],
        groups=groups,
        by_size=profile.by_size,
        seen=frozenset().union(*(one.seen for one in (*solutions, profile))),
        proven=all(one.proven for one in solutions),
    )
