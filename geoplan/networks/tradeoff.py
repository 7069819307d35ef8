"""What a better score costs: the groups that no other beats in score, compactness and balance at once."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from geoplan.atlas import Atlas
from geoplan.networks.candidates import Field
from geoplan.networks.footprint import Footprint
from geoplan.networks.heuristic import ranked_exchanges
from geoplan.networks.shape import population_balance
from geoplan.networks.vertical import municipalities_of

MOST_SHOWN = 10
WORTH_SHOWING = 0.8
"""Groups with less than this share of the best score are no offer, however compact or balanced."""
MOST_LOOKED_AT = 400
EXCHANGED = 3
"""Around so many of the best groups exchanges are tried for the sake of shape and balance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TradeOff:
    """A group and what it is judged by."""

    group: int
    """The places of the members, as bits."""
    score: float
    compactness: float | None
    population_balance: float | None

    @property
    def worth(self) -> tuple[float, float, float]:
        """What is compared; unknown counts as least."""
        return (self.score, self.compactness or 0.0, self.population_balance or 0.0)


def trade_offs(atlas: Atlas, field: Field, groups: Collection[int]) -> list[TradeOff]:
    """The Pareto set of ``groups`` and what lies one exchange away from the best of them: best score first.

    It is the Pareto set of the groups that were looked at, not of all there are.
    """
    problem = field.problem
    ranked = sorted(groups, key=lambda group: (-problem.score(group), group))
    found = dict.fromkeys(ranked)
    for group in ranked[:EXCHANGED]:
        for _, other in ranked_exchanges(problem, group):
            if other not in found and problem.feasible(other):
                found[other] = None
            if len(found) >= MOST_LOOKED_AT:
                break
    least = WORTH_SHOWING * max((problem.score(group) for group in ranked), default=0.0)
    judged = [judge(atlas, field, group) for group in found if problem.score(group) >= least]
    return pareto(judged)[:MOST_SHOWN]


def judge(atlas: Atlas, field: Field, group: int) -> TradeOff:
    """Measure a group."""
    rows = field.members(group)
    # Beside its own municipalities the weight of a county says nothing of the balance among them.
    own = np.intersect1d(rows, municipalities_of(atlas, rows))
    weighed = own if len(own) else rows
    footprint = Footprint(atlas=atlas, rows=rows)
    return TradeOff(
        group=group, score=field.problem.score(group), compactness=footprint.compactness,
        population_balance=population_balance(atlas.units.population[weighed]),
    )  # fmt: skip


def pareto(judged: Sequence[TradeOff]) -> list[TradeOff]:
    """Those that no other equals or beats everywhere and beats somewhere; of equals the first."""
    if not judged:
        return []
    ordered = sorted(judged, key=lambda one: (tuple(-part for part in one.worth), one.group))
    worth = np.array([one.worth for one in ordered])
    kept: list[int] = []
    for place, own in enumerate(worth):
        if not kept or not (worth[kept] >= own - 1e-12).all(axis=1).any():
            kept.append(place)
    return [ordered[place] for place in kept]
