"""Why a network scores as it does: the contributions of the criteria, averaged over all its pairs."""

from collections import defaultdict
from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.criteria import CRITERIA
from geoplan.messages import Message
from geoplan.networks.fit import judgements, pair_factors
from geoplan.services import Service
from geoplan.suggestions import Contribution
from geoplan.suggestions.ranking import Ranking

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

MEAN = Message("{criterion}: on average {degree:p0} fulfilled")


def contributions_of(
    atlas: Atlas,
    rows: IntArray,
    service: Service | None,
    *,
    seeds: IntArray | None = None,
    weights: Mapping[str, float] | None = None,
) -> tuple[Contribution, ...]:
    """What each criterion adds to the score of the group, largest first; empty for less than two members.

    A pair counts in both directions; each direction weighs the same. A criterion that is unknown for some
    pairs, or not asked there (a county and its municipality are no equals), adds nothing there, as its weight
    is given to the others; ``weight`` is its mean weight. Pairs with ``seeds`` (rows) count more, see
    :mod:`geoplan.networks.fit`. ``weights`` are those the planner changed.
    """
    sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
    values: dict[str, list[float]] = defaultdict(list)
    count = len(rows)
    factors = pair_factors(count, np.isin(rows, () if seeds is None else seeds))
    for judged in judgements(atlas, rows, service, weights):
        _add(judged.ranking, judged.sides * factors[judged.place, judged.others], (sums, values))
    pairs = count * (count - 1)
    found = [
        Contribution(
            criterion=key, value=float(np.mean(values[key])) if values[key] else None,
            unit=CRITERIA[key].unit, weight=weight / pairs, contribution=added / pairs,
            explanation=MEAN.filled(criterion=CRITERIA[key].label, degree=added / weight if weight else 0.0),
        )
        for key, (weight, added) in sums.items()
    ]  # fmt: skip
    return tuple(sorted(found, key=lambda part: (-part.contribution, part.criterion)))


def _add(
    ranking: Ranking,
    factor: FloatArray,
    into: tuple[dict[str, list[float]], dict[str, list[float]]],
) -> None:
    """Add weights, contributions and values of one direction of some pairs, each counted ``factor`` times."""
    sums, values = into
    for number, (key, measure) in enumerate(ranking.measures.items()):
        degree = np.nan_to_num(measure.degree)
        weight = ranking.weight[number] * factor
        sums[key][0] += float(weight.sum())
        sums[key][1] += float((weight * degree).sum())
        values[key] += measure.value[np.isfinite(measure.value)].tolist()
