"""How well the members of a group fit one another: the score of pairs, of members and of the whole group.

The score of a pair is the mean of the two horizontal suggestion scores for the service: how far the one would
suggest the other, and the other the one. The score of a group is the mean over all its pairs, which is the
mean over its members of how well each fits the others. So it can be told member by member, the parts add up,
and groups of different size compare.
"""

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.services import Service
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.ranking import rank
from geoplan.suggestions.result import CooperationType, Role

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

WEIGHT_SET = "horizontal-rural"
"""The criteria of partners among equals; the service shapes their weights."""


def fit_towards(atlas: Atlas, group: IntArray, others: IntArray, service: Service | None) -> FloatArray:
    """(c,) the score 0 … 1 with which ``others`` would be suggested to ``group``."""
    question = Question(atlas=atlas, group=group, service=service)
    proposal = Proposal(
        type=CooperationType.HORIZONTAL_RURAL, role=Role.PARTNER, weight_set=WEIGHT_SET,
        group=group, candidates=others,
    )  # fmt: skip
    return rank(question, proposal).score


def pair_fits(atlas: Atlas, rows: IntArray, service: Service | None) -> FloatArray:
    """(n, n) symmetric score of each pair of ``rows``, 0 … 1; the diagonal is 0."""
    count = len(rows)
    towards = np.zeros((count, count))
    for place in range(count):
        others = np.arange(count) != place
        if others.any():
            towards[place, others] = fit_towards(atlas, rows[place : place + 1], rows[others], service)
    return (towards + towards.T) / 2


def member_fits(fits: FloatArray) -> FloatArray:
    """(n,) how well each member fits the others: the mean of its pairs; empty for less than two members."""
    count = len(fits)
    return fits.sum(axis=1) / (count - 1) if count > 1 else np.empty(0)


def group_score(fits: FloatArray) -> float | None:
    """The score of a group: the mean over its pairs; ``None`` where there is no pair."""
    return float(member_fits(fits).mean()) if len(fits) > 1 else None
