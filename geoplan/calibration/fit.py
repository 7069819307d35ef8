"""Fit non-negative weights by coordinate search on what planners see: who is among the first.

The score stays a weighted mean of degrees, so it explains itself with any weights found here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.calibration.ground_truth import ALONE, HALF, MISSING, Bundle

FloatArray = NDArray[np.float64]

CALIBRATED_CRITERIA = (
    "closeness", "same_county", "border_share", "enclosure", "similar_density", "size_parity", "capacity"
)  # fmt: skip
"""Few and strong; the first is the yardstick the others are measured in."""
YARDSTICK = 4.0
GRID = (0.0, 0.1, 0.25, 0.5, 0.8, 1.2, 1.8, 2.6, 4.0, 6.0)
ROUNDS = 2
FIRST = 3
START = (YARDSTICK, 1.4, 0.4, 0.4, 0.4, 0.2, 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Weights by criterion: asking alone, and with partners on board."""

    alone: dict[str, float]
    with_partners: dict[str, float]

    def scores(self, bundle: Bundle) -> FloatArray:
        """(c,) the scores of a bundle's candidates."""
        weights = self.alone if bundle.kind == ALONE else self.with_partners
        return weighted_mean(bundle.degree, np.array([weights[key] for key in CALIBRATED_CRITERIA]))


def weighted_mean(degree: FloatArray, weights: FloatArray) -> FloatArray:
    """``Σ w·degree / Σ w`` over the known degrees (…, k, c) of c candidates by k criteria."""
    known = ~np.isnan(degree)
    total = np.maximum(np.einsum("k,...kc->...c", weights, known), 1e-12)
    mean: FloatArray = np.einsum("k,...kc->...c", weights, np.where(known, degree, 0.0)) / total
    return mean


def precision(bundle: Bundle, score: FloatArray) -> float:
    """R-precision of a ranking; for one missing, whether it is among the first three."""
    count = FIRST if bundle.kind == MISSING else bundle.hidden
    best = np.argsort(-score, kind="stable")[:count]
    hits = int(bundle.is_member[best].sum())
    return float(hits > 0) if bundle.kind == MISSING else hits / bundle.hidden


def mean_by_state(bundles: Iterable[Bundle], score: Callable[[Bundle], FloatArray]) -> dict[str, float]:
    """Mean precision over associations in each state; every association counts once."""
    found: dict[str, dict[str, list[float]]] = {}
    for bundle in bundles:
        of_state = found.setdefault(bundle.association.state, {})
        of_state.setdefault(bundle.association.id, []).append(precision(bundle, score(bundle)))
    return {
        state: float(np.mean([np.mean(values) for values in by_association.values()]))
        for state, by_association in sorted(found.items())
    }


@dataclass(frozen=True, kw_only=True)
class Stack:
    """Many bundles side by side, so that one weighting is judged in one go."""

    degree: FloatArray
    """(b, k, c) padded with unknowns."""
    is_member: FloatArray
    """(b, c)"""
    count: FloatArray
    """(b, 1) how many of the first are looked at."""
    worth: FloatArray
    """(b,) the weight of each question in the mean over states and associations."""
    is_missing_one: FloatArray
    """(b,) 1 where one hit is all."""

    @classmethod
    def of(cls, bundles: Sequence[Bundle]) -> "Stack":
        """Stack bundles; questions of an association, associations of a state and states count alike."""
        width = max(len(bundle.is_member) for bundle in bundles)
        degree = np.full((len(bundles), len(CALIBRATED_CRITERIA), width), np.nan)
        is_member = np.zeros((len(bundles), width))
        for number, bundle in enumerate(bundles):
            degree[number, :, : bundle.degree.shape[1]] = bundle.degree
            is_member[number, : len(bundle.is_member)] = bundle.is_member
        missing_one = np.array([float(bundle.kind == MISSING) for bundle in bundles])
        hidden = np.array([float(bundle.hidden) for bundle in bundles])
        return cls(
            degree=degree,
            is_member=is_member,
            count=np.where(missing_one > 0, FIRST, hidden)[:, None],
            worth=_worth(bundles),
            is_missing_one=missing_one,
        )

    def objective(self, weights: FloatArray) -> float:
        """Mean precision of a weighting."""
        order = np.argsort(-weighted_mean(self.degree, weights), axis=1, kind="stable")
        hit = np.take_along_axis(self.is_member, order, axis=1)
        hits = (hit * (np.arange(hit.shape[1]) < self.count)).sum(axis=1)
        share = np.where(self.is_missing_one > 0, np.minimum(hits, 1), hits / self.count[:, 0])
        return float((self.worth * share).sum())


def _worth(bundles: Sequence[Bundle]) -> FloatArray:
    questions = Counter((bundle.association.id, bundle.kind) for bundle in bundles)
    kinds = Counter(one for one, _ in questions)
    states = {bundle.association.id: bundle.association.state for bundle in bundles}
    in_state = Counter(states.values())
    return np.array([
        1 / questions[bundle.association.id, bundle.kind] / kinds[bundle.association.id]
        / in_state[bundle.association.state] / len(in_state)
        for bundle in bundles
    ])  # fmt: skip


def fit_weights(bundles: Sequence[Bundle]) -> Fit:
    """The weights with the best mean over states, for asking alone and with partners on board."""
    return Fit(
        alone=_search([bundle for bundle in bundles if bundle.kind == ALONE]),
        with_partners=_search([bundle for bundle in bundles if bundle.kind in (HALF, MISSING)]),
    )


def _search(bundles: list[Bundle]) -> dict[str, float]:
    """Coordinate search on the grid from the planning defaults; ties keep what was."""
    stack, weights = Stack.of(bundles), np.array(START)
    best = stack.objective(weights)
    for _ in range(ROUNDS):
        for place in range(1, len(weights)):
            for value in GRID:
                tried = weights.copy()
                tried[place] = value
                reached = stack.objective(tried)
                if reached > best:
                    best, weights = reached, tried
    return dict(zip(CALIBRATED_CRITERIA, weights.tolist(), strict=True))
