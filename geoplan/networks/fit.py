"""How well the members of a group fit one another: the score of pairs, of members and of the whole group.

The score of a pair is the mean of the two suggestion scores for the service: how far the one would suggest
the other, and the other the one. Equals are judged as partners. A county and a municipality of its own (or
any unit and one that lies in it) are no equals: the pair scores as the municipality would suggest the county
as coordinator. A member's fit is the mean of its pairs. The score of a group is the mean fit of its members;
where some of them have asked for it, half of the score is the mean fit of those who asked, so that nobody
becomes the appendix of a group that fits well without them. It can be told member by member, the parts add
up, and groups of different size compare.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.services import Service
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.ranking import Ranking, rank
from geoplan.suggestions.result import CooperationType, Role

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

BoolArray = NDArray[np.bool_]

SHARE_OF_SEEDS = 0.5
"""How much of the score of a group is the fit of those who asked for it (a planning judgement)."""
EQUALS = (CooperationType.HORIZONTAL_RURAL, Role.PARTNER, "horizontal-rural")
"""Type, role and set of weights of partners among equals; the service shapes the weights."""
ABOVE = (CooperationType.VERTICAL, Role.COORDINATOR, "vertical-coordinator")


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One member's view of some others: how far it would suggest each of them."""

    place: int
    """Of the member that judges."""
    others: IntArray
    """Places of the others, in the order of the ranking."""
    ranking: Ranking
    sides: int
    """1: the others judge in turn; 2: this counts for both sides of the pair."""


def judgements(
    atlas: Atlas, rows: IntArray, service: Service | None, weights: Mapping[str, float] | None
) -> Iterator[Judged]:
    """How the members of a group judge one another: as equals, and those above them as coordinators.

    A county does not judge what lies in it: that pair is judged from the municipality's side, for both.
    """
    hierarchy, everybody = atlas.hierarchy, np.arange(len(rows))
    for place, row in enumerate(rows.tolist()):
        question = Question(atlas=atlas, group=np.array([row]), service=service, weights=weights or {})
        above = hierarchy.lies_in(row, rows)
        equals = ~(above | hierarchy.holds(row, rows)) & (everybody != place)
        for kind, concerned, sides in ((EQUALS, equals, 1), (ABOVE, above, 2)):
            if concerned.any():
                ranking = _ranked(question, rows[concerned], kind)
                yield Judged(place=place, others=everybody[concerned], ranking=ranking, sides=sides)


def _ranked(question: Question, others: IntArray, kind: tuple[CooperationType, Role, str]) -> Ranking:
    type_, role, weight_set = kind
    proposal = Proposal(type=type_, role=role, weight_set=weight_set, group=question.group, candidates=others)
    return rank(question, proposal)


def fit_towards(
    atlas: Atlas,
    group: IntArray,
    others: IntArray,
    service: Service | None,
    *,
    weights: Mapping[str, float] | None = None,
) -> FloatArray:
    """(c,) the score 0 … 1 with which ``others``, as equals, would be suggested to ``group``."""
    question = Question(atlas=atlas, group=group, service=service, weights=weights or {})
    return _ranked(question, others, EQUALS).score


def pair_fits(
    atlas: Atlas, rows: IntArray, service: Service | None, *, weights: Mapping[str, float] | None = None
) -> FloatArray:
    """(n, n) symmetric score of each pair of ``rows``, 0 … 1; the diagonal is 0."""
    towards = np.zeros((len(rows), len(rows)))
    for judged in judgements(atlas, rows, service, weights):
        towards[judged.place, judged.others] = judged.sides * judged.ranking.score
    return (towards + towards.T) / 2


def member_fits(fits: FloatArray) -> FloatArray:
    """(n,) how well each member fits the others: the mean of its pairs; empty for less than two members."""
    count = len(fits)
    return fits.sum(axis=1) / (count - 1) if count > 1 else np.empty(0)


def pair_factors(size: int, seeds: BoolArray) -> FloatArray:
    """(n, n) how much each pair of n candidates counts in the score of a group of ``size``; on average 1.

    ``(1 - q) + q · size / 2 · (number of seeds in the pair) / (number of seeds)`` with q = 0.5: summed over
    the pairs of a group with all seeds in it, and divided by their number, the pair scores times these
    factors give the score.
    """
    count = seeds.sum()
    if not count:
        return np.ones((len(seeds), len(seeds)))
    asked = seeds.astype(np.float64)
    in_pair = asked[:, None] + asked[None, :]
    factors: FloatArray = (1 - SHARE_OF_SEEDS) + SHARE_OF_SEEDS * size / 2 * in_pair / count
    return factors


def group_score(fits: FloatArray, seeds: BoolArray | None = None) -> float | None:
    """The score of a group; ``None`` where there is no pair. ``seeds`` (n,) says who asked, else nobody."""
    if len(fits) < 2:
        return None
    fit = member_fits(fits)
    if seeds is None or not seeds.any():
        return float(fit.mean())
    return float((1 - SHARE_OF_SEEDS) * fit.mean() + SHARE_OF_SEEDS * fit[seeds].mean())
