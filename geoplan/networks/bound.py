"""How good a group can become at most: an upper bound that is tightened by sharing out the pairs.

Of p members chosen and r still to choose, the total is what the chosen have, plus for each new member its
pairs with the chosen, plus the pairs among the new. A pair among the new is shared out between its two ends
in any way (``split``); each end then takes its best r - 1 shares, whoever the others are. That is never less
than the true total, whatever the split. Subgradient steps move shares from the end that takes a pair to the
end that does not (Lagrangian relaxation of "whom I take takes me"; for the quadratic knapsack problem:
Caprara, Pisinger, Toth 1999).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]

TOLERANCE = 1e-9
"""Totals that differ by less are equal."""
SLOWER = 0.7
"""After a step that did not help, the next is so much shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UpperBound:
    """What m candidates can add at most when r of them are taken."""

    limit: float
    """No choice of r candidates adds more."""
    value: FloatArray
    """(m,) what each candidate adds at most."""
    split: FloatArray
    """(m, m) each end's share of each pair, which led to this bound."""

    def removable(self, take: int, slack: float) -> tuple[BoolArray, BoolArray]:
        """Whom the bound decides: (m,) bools of who cannot be in, and of who must be in.

        ``slack`` is by how much the limit is above what has been reached.
        """
        if take >= len(self.value):
            nobody = np.zeros(len(self.value), dtype=bool)
            return nobody, ~nobody
        order = np.sort(self.value)[::-1]
        last, next_best = order[take - 1], order[take]
        inside = self.value >= last
        out = ~inside & (last - self.value >= slack - TOLERANCE)
        forced = inside & (self.value - next_best >= slack - TOLERANCE) & (self.value > next_best)
        return out, forced


def upper_bound(own: FloatArray, split: FloatArray, take: int, *, reached: float, steps: int) -> UpperBound:
    """The bound for taking ``take`` ≥ 1 of m candidates.

    Parameters
    ----------
    own
        (m,) what each has with those chosen already.
    split
        (m, m) shares of the pairs: ``split + split.T`` are the pair scores. It is not changed.
    reached
        What has to be beaten; the steps end as soon as the bound is not above it.
    steps
        How often to tighten at most.
    """
    best = _relaxed(own, split, take)[0]
    pace = 1.0
    for _ in range(steps):
        bound, taken, partners = _relaxed(own, split, take)
        if bound.limit < best.limit - TOLERANCE:
            best = bound
        else:
            pace *= SLOWER
        if best.limit <= reached + TOLERANCE or partners is None:
            break
        takes = np.zeros_like(split)
        takes[taken[:, None], partners[taken]] = 1.0
        disagreement = takes - takes.T
        length = float((disagreement**2).sum()) / 2
        if length == 0:
            break
        split = split - (pace * (bound.limit - reached) / length / 2) * disagreement
    return best


def _relaxed(
    own: FloatArray, split: FloatArray, take: int
) -> tuple[UpperBound, NDArray[np.int64], NDArray[np.int64] | None]:
    """The bound of one split, who is taken, and each one's best partners (``None`` where there are none)."""
    value, partners = own, None
    if take > 1:
        partners = np.argpartition(-split, take - 2, axis=1)[:, : take - 1]
        value = own + np.take_along_axis(split, partners, axis=1).sum(axis=1)
    taken = np.argpartition(-value, take - 1)[:take] if take < len(value) else np.arange(len(value))
    return UpperBound(limit=float(value[taken].sum()), value=value, split=split), taken, partners
