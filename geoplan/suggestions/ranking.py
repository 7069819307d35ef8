"""Weigh criteria, rank candidates, and write down what each criterion added."""

from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from geoplan.criteria import CRITERIA, Measure, View
from geoplan.messages import DeferredMessage
from geoplan.suggestions.flags import flags_of
from geoplan.suggestions.question import Proposal, Question
from geoplan.suggestions.result import Contribution, Suggestion
from geoplan.suggestions.weights import weights_for

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Ranking:
    """A proposal with every candidate scored."""

    proposal: Proposal
    view: View
    measures: dict[str, Measure]
    weight: FloatArray
    """(k, c) share of each criterion in each candidate's score; columns add up to 1."""
    score: FloatArray
    """(c,) 0 … 1."""

    def best(self, limit: int) -> list[int]:
        """Places of the best ``limit`` candidates: by score, then distance, then id."""
        order = np.lexsort((self.view.candidates, self.view.distance_km, -self.score))
        return [int(place) for place in order[:limit]]


def weights_of(question: Question, proposal: Proposal) -> dict[str, float]:
    """The weights of a proposal, by criterion, before they are divided by their sum."""
    return weights_for(
        proposal.weight_set, question.service, question.weights, with_partners=len(proposal.group) > 1
    )


def rank(question: Question, proposal: Proposal) -> Ranking:
    """Score all candidates of a proposal.

    A criterion that is unknown for a candidate is left out there and the weights of the others are
    divided by their sum: ``score = Σ w·degree / Σ w`` over the known ones.
    """
    view = View(
        atlas=question.atlas, group=proposal.group, candidates=proposal.candidates,
        service=question.service, graph=proposal.graph, centre=proposal.centre,
    )  # fmt: skip
    weights = weights_of(question, proposal)
    measures = {key: CRITERIA[key].measure(view) for key in weights}
    if not weights:
        shape = (0, len(view.candidates))
        return Ranking(
            proposal=proposal, view=view, measures={}, weight=np.zeros(shape), score=np.zeros(shape[1])
        )
    degree = np.stack([measure.degree for measure in measures.values()])
    known = ~np.isnan(degree)
    weight = np.where(known, np.array(list(weights.values()))[:, None], 0.0)
    total = weight.sum(axis=0)
    weight = np.divide(weight, total, out=np.zeros_like(weight), where=total > 0)
    score = np.clip((weight * np.where(known, degree, 0.0)).sum(axis=0), 0.0, 1.0)
    return Ranking(proposal=proposal, view=view, measures=measures, weight=weight, score=score)


def suggestion(question: Question, ranking: Ranking, place: int) -> Suggestion:
    """The candidate in ``place`` with its reasons, largest contribution first."""
    contributions = [
        Contribution(
            criterion=key, value=_known(measure.value[place]), unit=CRITERIA[key].unit,
            weight=float(ranking.weight[number, place]),
            contribution=float(ranking.weight[number, place] * measure.degree[place]),
            explanation=DeferredMessage(partial(CRITERIA[key].explain, ranking.view, place, measure)),
        )
        for number, (key, measure) in enumerate(ranking.measures.items())
        if not np.isnan(measure.degree[place])
    ]  # fmt: skip
    contributions.sort(key=lambda part: -part.contribution)
    return Suggestion(
        unit=question.atlas.units.at(int(ranking.view.candidates[place])),
        type=ranking.proposal.type, role=ranking.proposal.role, score=float(ranking.score[place]),
        contributions=tuple(contributions), flags=flags_of(question, ranking.view, place),
    )  # fmt: skip


def _known(value: float) -> float | None:
    return None if np.isnan(value) or np.isinf(value) else float(value)
