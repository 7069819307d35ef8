"""The best group of a given size, with proof: branch and bound over connected groups."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from geoplan.networks.bitset import bits
from geoplan.networks.bound import TOLERANCE, upper_bound
from geoplan.networks.problem import GroupProblem
from geoplan.networks.reduction import reduced

FloatArray = NDArray[np.float64]

ROOT_STEPS = 200
STEPS = 6
"""How often the bound is tightened at the start, and at each branch (which inherits the split)."""


NOTHING = -1.0
"""Any group has a higher total."""


class Deadline:
    """When the search has to end; ``seconds`` of ``None`` is never."""

    def __init__(self, seconds: float | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._end = None if seconds is None else clock() + seconds

    @property
    def over(self) -> bool:
        """Whether the time is up."""
        return self._end is not None and self._clock() >= self._end


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """Some members chosen, some candidates free, and what is known of the best group below."""

    chosen: int
    free: int
    split: FloatArray
    """(n, n) shares of the pairs, see :mod:`geoplan.networks.bound`."""
    limit: float
    """No group of this branch has a higher total."""


@dataclass(kw_only=True)
class SizeSearch:
    """The search for the best group of ``size`` members; it can be run again with another aim."""

    problem: GroupProblem
    size: int
    deadline: Deadline
    best: int | None = None
    """The best group found."""
    limit: float = -np.inf
    """After a run that asked for more than ``at_least``: no group has a total above this, or above what was
    asked for or found."""
    branches: int = 0
    seen: set[int] = field(default_factory=set)
    """All complete groups that were looked at."""
    _reached: float = NOTHING

    @property
    def _fits(self) -> FloatArray:
        return self.problem.fits_in(self.size)

    def _within(self, members: int) -> float:
        """The sum over the pairs of a part of a group."""
        places = bits(members)
        return float(self._fits[np.ix_(places, places)].sum()) / 2

    def offer(self, members: int) -> None:
        """Take a feasible group of this size as the best, if it is."""
        self.seen.add(members)
        total = self.problem.total(members)
        if total > self._reached + TOLERANCE:
            self._reached, self.best = total, members

    def run(self, at_least: float = NOTHING) -> None:
        """Look for a group better than the best and ``at_least``, until nothing is open or the time is up."""
        known = NOTHING if self.best is None else self.problem.total(self.best)
        self._reached = max(known, at_least)
        self.limit = -np.inf
        stack = self._root()
        while stack:
            if self.deadline.over:
                self.limit = max(branch.limit for branch in stack)
                return
            branch = stack.pop()
            if branch.limit > self._reached + TOLERANCE:
                stack += self._children(branch)

    def _root(self) -> list[Branch]:
        """Everything open but who is required; empty where no group of this size can be better."""
        problem = self.problem
        start = Branch(
            chosen=problem.required, free=problem.everybody & ~problem.required,
            split=self._fits / 2, limit=np.inf,
        )  # fmt: skip
        bounded = self._bounded(start, STEPS if self.deadline.over else ROOT_STEPS)
        return [] if bounded is None else [bounded]

    def _children(self, branch: Branch) -> list[Branch]:
        """The two branches below: the most promising free candidate is out, or in (looked at first)."""
        problem = self.problem
        chosen, free = branch.chosen, branch.free
        if chosen.bit_count() == self.size:
            return []
        frontier = bits(problem.around(chosen) & free)
        if not frontier:
            return []
        gain = self._fits[np.ix_(frontier, bits(chosen))].sum(axis=1) + self._partners(branch, frontier)
        block = problem.together[frontier[int(np.argmax(gain))]]
        below = (
            Branch(chosen=chosen, free=free & ~block, split=branch.split, limit=branch.limit),
            Branch(chosen=chosen | block, free=free & ~block, split=branch.split, limit=branch.limit),
        )
        return [bounded for child in below if (bounded := self._bounded(child, STEPS)) is not None]

    def _partners(self, branch: Branch, places: list[int]) -> FloatArray:
        """What each of ``places`` may add with the others that are free, in the shares of the branch."""
        take = self.size - branch.chosen.bit_count() - 1
        free = bits(branch.free)
        if take < 1:
            return np.zeros(len(places))
        shares = np.sort(branch.split[np.ix_(places, free)], axis=1)[:, ::-1]
        added: FloatArray = shares[:, :take].sum(axis=1)
        return added

    def _bounded(self, branch: Branch, steps: int) -> Branch | None:
        """The branch without the hopeless and with the sure candidates; ``None`` where nothing is left."""
        self.branches += 1
        while True:
            sets = reduced(self.problem, branch.chosen, branch.free, self.size)
            if sets is None:
                return None
            chosen, free = sets
            take = self.size - chosen.bit_count()
            if take == 0:
                if self.problem.feasible(chosen):
                    self.offer(chosen)
                return None
            left = Branch(chosen=chosen, free=free, split=branch.split, limit=branch.limit)
            decided = self._decided(left, steps)
            if decided is None:
                return None
            branch, changed = decided
            if not changed:
                return branch

    def _decided(self, branch: Branch, steps: int) -> tuple[Branch, bool] | None:
        """The branch after its bound has been looked at, and whether somebody was chosen by it."""
        problem, chosen, free = self.problem, branch.chosen, bits(branch.free)
        take = self.size - chosen.bit_count()
        have = self._within(chosen)
        own = self._fits[np.ix_(free, bits(chosen))].sum(axis=1)
        here = np.ix_(free, free)
        bound = upper_bound(own, branch.split[here], take, reached=self._reached - have, steps=steps)
        limit = min(branch.limit, have + bound.limit)
        if limit <= self._reached + TOLERANCE:
            return None
        out, forced = bound.removable(take, have + bound.limit - self._reached)
        split = branch.split.copy()
        split[here] = bound.split
        left, gone = branch.free, 0
        for place, is_out, is_in in zip(free, out.tolist(), forced.tolist(), strict=True):
            if is_out:
                left &= ~problem.together[place]
            elif is_in:
                gone |= problem.together[place]
        if gone & ~left:
            return None
        return Branch(chosen=chosen | gone, free=left & ~gone, split=split, limit=limit), bool(gone)
