"""Cross-validate by state, ablate, and write down the weights with their spread and date."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.calibration.fit import CALIBRATED_CRITERIA, Fit, fit_weights, mean_by_state, weighted_mean
from geoplan.calibration.ground_truth import (
    ALONE,
    HALF,
    MISSING,
    Association,
    Bundle,
    associations,
    read_bundles,
)

FloatArray = NDArray[np.float64]

KINDS = (ALONE, HALF, MISSING)
BASELINES = ("distance", "distance+county", "distance+county+border")
MANY = 50
"""States with more associations than this have to be won."""


def calibrate(atlas: Atlas, *, per_state: int | None = None, seed: int = 0) -> dict[str, Any]:
    """Learn weights on the associations and report what they reach in states they were not learnt on.

    Parameters
    ----------
    atlas
        With associations; population helps.
    per_state
        Take a sample of so many associations per state; all by default.
    seed
        Of the sample.

    Returns
    -------
    dict
        ``weights`` (fit on all states), ``spread`` (min and max over the folds), ``by_state`` and ``mean``
        (held-out figures of the fit and of the simple rankings), ``ablation`` and counts.
    """
    truth = _sample(associations(atlas), per_state, seed)
    bundles = [bundle for one in truth for bundle in read_bundles(atlas, one, CALIBRATED_CRITERIA)]
    states = sorted({one.state for one in truth})
    folds = {
        state: fit_weights([bundle for bundle in bundles if bundle.association.state != state])
        for state in states
    }
    final = fit_weights(bundles)
    return {
        "associations": {state: sum(one.state == state for one in truth) for state in states},
        "weights": _written(final),
        "spread": _spread(list(folds.values())),
        "by_state": {state: _held_out(bundles, state, folds[state]) for state in states},
        "mean": _means(bundles, folds),
        "ablation": {key: _without(bundles, final, key) for key in CALIBRATED_CRITERIA},
        "data": atlas.provenance.to_dict(),
    }


def _sample(truth: list[Association], per_state: int | None, seed: int) -> list[Association]:
    if per_state is None:
        return truth
    random = np.random.default_rng(seed)
    chosen: list[Association] = []
    for state in sorted({one.state for one in truth}):
        here = [one for one in truth if one.state == state]
        places = random.permutation(len(here))[:per_state]
        chosen += [here[place] for place in sorted(places.tolist())]
    return chosen


def _written(fit: Fit) -> dict[str, dict[str, float]]:
    return {"alone": fit.alone, "with_partners": fit.with_partners}


def _spread(fits: list[Fit]) -> dict[str, dict[str, list[float]]]:
    """Smallest and largest weight over the folds."""
    return {
        kind: {
            key: [min(values), max(values)]
            for key in CALIBRATED_CRITERIA
            for values in [[_written(fit)[kind][key] for fit in fits]]
        }
        for kind in ("alone", "with_partners")
    }


_Score = Callable[[Bundle], FloatArray]


def _held_out(bundles: list[Bundle], state: str, fit: Fit) -> dict[str, dict[str, float]]:
    """What a fit reaches in the state it was not learnt on, beside the simple rankings."""
    here = [bundle for bundle in bundles if bundle.association.state == state]
    rankings: dict[str, _Score] = {"calibrated": fit.scores, **{name: _baseline(name) for name in BASELINES}}
    return {
        name: {
            kind: mean_by_state([bundle for bundle in here if bundle.kind == kind], score)[state]
            for kind in KINDS
        }
        for name, score in rankings.items()
    }


def _baseline(name: str) -> _Score:
    return lambda bundle: bundle.baseline[name]


def _means(bundles: list[Bundle], folds: dict[str, Fit]) -> dict[str, dict[str, float]]:
    """Means over states of the held-out figures."""
    by_state = [_held_out(bundles, state, fit) for state, fit in folds.items()]
    return {
        name: {kind: float(np.mean([figures[name][kind] for figures in by_state])) for kind in KINDS}
        for name in ("calibrated", *BASELINES)
    }


def _without(bundles: list[Bundle], fit: Fit, key: str) -> dict[str, float]:
    """What the fit loses without one criterion, the others unchanged: mean over states."""
    place = CALIBRATED_CRITERIA.index(key)

    def score(bundle: Bundle) -> FloatArray:
        weights = fit.alone if bundle.kind == ALONE else fit.with_partners
        kept = np.array([weights[one] for one in CALIBRATED_CRITERIA])
        kept[place] = 0.0
        return weighted_mean(bundle.degree, kept)

    change = {}
    for kind in KINDS:
        asked = [bundle for bundle in bundles if bundle.kind == kind]
        whole, part = mean_by_state(asked, fit.scores), mean_by_state(asked, score)
        change[kind] = float(np.mean([part[state] - whole[state] for state in whole]))
    return change
