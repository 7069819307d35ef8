"""Who ranks: our suggestions, and the simple rankings they have to beat.

A ranker gets a case's group and returns all other units of the level, best first.
"""

import zlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.criteria import View
from geoplan.services import Cooperation, find_service
from geoplan.suggestions.question import Question
from geoplan.suggestions.result import CooperationType
from geoplan.suggestions.suggest import rank_candidates
from geoplan.units import Level

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One question of the backtest: these are on board, who else?"""

    atlas: Atlas
    """Its register lacks the cooperation that is asked for."""
    cooperation: Cooperation
    group: IntArray
    """(g,) rows of those on board; the first asks."""
    pool: IntArray
    """(p,) rows of all other units of their level."""


Ranker = Callable[[Case], IntArray]


def suggested(case: Case) -> IntArray:
    """Rank as :func:`geoplan.suggest` does; who is no candidate comes last, the nearest first."""
    return _suggested(case, {})


def suggested_without(criterion: str) -> Ranker:
    """Rank as :func:`geoplan.suggest` does with the weight of one criterion at 0."""
    return lambda case: _suggested(case, {criterion: 0.0})


def _suggested(case: Case, weights: dict[str, float]) -> IntArray:
    service = case.cooperation.known_service
    question = Question(
        atlas=case.atlas,
        group=case.group,
        service=None if service is None else find_service(service),
        weights=weights,
    )
    kind = CooperationType(case.cooperation.type)
    best = rank_candidates(question, [kind], limit=len(case.pool))
    rows = np.array([int(ranking.view.candidates[place]) for ranking, place in best], dtype=np.int64)
    rows = rows[np.isin(rows, case.pool)]
    others = np.setdiff1d(case.pool, rows)
    return np.concatenate([rows, others[np.argsort(_view(case, others).distance_km, kind="stable")]])


def _view(case: Case, candidates: IntArray | None = None) -> View:
    return View(
        atlas=case.atlas, group=case.group, candidates=case.pool if candidates is None else candidates
    )


def _by(case: Case, score: FloatArray) -> IntArray:
    return case.pool[np.argsort(-score, kind="stable")]


def _share_in_county(view: View) -> FloatArray:
    return np.nan_to_num(view.shared_parent(Level.COUNTY))


def distance(case: Case) -> IntArray:
    """Nearest first: -D, the mean distance between points on the surface, km."""
    return _by(case, -_view(case).distance_km)


def distance_county(case: Case) -> IntArray:
    """-D + 10 × share of those on board in the candidate's county."""
    view = _view(case)
    return _by(case, -view.distance_km + 10 * _share_in_county(view))


def distance_county_association(case: Case) -> IntArray:
    """The same + 5 where one of those on board is in the candidate's association."""
    view = _view(case)
    together = np.nan_to_num(view.shared_parent(Level.ASSOCIATION)) > 0
    return _by(case, -view.distance_km + 10 * _share_in_county(view) + 5 * together)


def distance_county_border(case: Case) -> IntArray:
    """-D + 10 × county + 10 × share of the candidate's perimeter that borders those on board."""
    view = _view(case)
    share = view.border_km / np.maximum(case.atlas.units.perimeter_km[case.pool], 1e-9)
    return _by(case, -view.distance_km + 10 * _share_in_county(view) + 10 * np.nan_to_num(share))


def random_in_county(case: Case) -> IntArray:
    """Units of the asking unit's county in random order (seeded by the case), then the others likewise."""
    seed = zlib.crc32(repr((case.cooperation.id, case.group.tolist())).encode())
    order = np.random.default_rng(seed).permutation(case.pool)
    county = case.atlas.hierarchy.parent[Level.COUNTY]
    inside = county[order] == county[case.group[0]]
    return np.concatenate([order[inside], order[~inside]])


BASELINES: dict[str, Ranker] = {
    "distance": distance,
    "distance+county": distance_county,
    "distance+county+association": distance_county_association,
    "distance+county+border": distance_county_border,
    "random-in-county": random_in_county,
}
"""The simple rankings of the contract."""
