"""What figures beyond the boundaries say: commuters, functional areas, service profiles.

All of these are unknown, and left out, in a dataset that has not been enriched.
"""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from geoplan.criteria.criterion import Criterion, Measure, same
from geoplan.criteria.view import View
from geoplan.messages import Message

FloatArray = NDArray[np.float64]

STRONG_TIE = 0.25
"""From a quarter of the out-commuters on a municipality counts as tied to a city (BBSR: weiterer
Pendlerverflechtungsraum 25 % to 50 %, engerer from 50 %)."""
COMPLEMENT, COMMON_NEED, NO_MATCH = 1.0, 0.6, 0.0


def commuter_ties(view: View) -> Measure:
    """Share of out-commuters between the candidate and those on board. Unit: share.

    Of both directions and all on board the strongest tie; ``degree = min(1, share / 0.25)``. The share
    is of the commuters that leave over known relations; a pair without a known relation is unknown, for
    publishers keep small numbers back.
    """
    flows = view.atlas.enrichment.flows
    if not len(flows):
        return _unknown(view)
    value = np.full(len(view.candidates), np.nan)
    for place, row in enumerate(view.candidates.tolist()):
        shares = [
            known / flows.total[origin]
            for member in view.group.tolist()
            for origin, target in ((row, member), (member, row))
            for known in [flows.between(origin, target)]
            if known is not None
        ]
        value[place] = max(shares) if shares else np.nan
    return Measure(value=value, degree=np.minimum(1.0, value / STRONG_TIE))


def _explain_commuters(view: View, place: int, measure: Measure) -> Message:
    flows, share = view.atlas.enrichment.flows, float(measure.value[place])
    _, _, estimated = flows.from_unit(int(view.candidates[place]))
    if estimated.any():
        return Message("{share:p0} of the out-commuters go from one to the other (estimate)", share=share)
    return Message("{share:p0} of the out-commuters go from one to the other", share=share)


def _same_area(column: Callable[[View], Sequence[str | None]]) -> Callable[[View], Measure]:
    def measure(view: View) -> Measure:
        areas = column(view)
        own = [areas[row] for row in view.group.tolist() if areas[row] is not None]
        if not own:
            return _unknown(view)
        theirs = [areas[row] for row in view.candidates.tolist()]
        share = [np.nan if area is None else own.count(area) / len(own) for area in theirs]
        return same(np.array(share))

    return measure


same_mittelbereich = _same_area(lambda view: view.atlas.enrichment.mittelbereich)
"""Share of those on board in the candidate's Mittelbereich (catchment of a medium-order centre)."""
same_labour_market = _same_area(lambda view: view.atlas.enrichment.labour_market_region)
"""Share of those on board in the candidate's labour-market region."""
same_planning_region = _same_area(lambda view: view.atlas.enrichment.planning_region)
"""Share of those on board in the candidate's spatial planning region."""


def _explain_area(view: View, place: int, measure: Measure, column: str, label: Message) -> Message:
    name = view.atlas.enrichment.name_of(column, int(view.candidates[place])) or ""
    if not measure.value[place]:
        return Message("another one: {area} {name}", area=label, name=name)
    return Message("both in {names}", names=Message("{area} {name}", area=label, name=name))


def service_profile(view: View) -> Measure:
    """Whether one has or offers what the other needs (1), or both need it (0.6). Unit: share.

    The mean over those on board. Unknown without a service, or where the candidate or all on board have
    said nothing.
    """
    service, profiles = view.service, view.atlas.enrichment.profiles
    if service is None or not profiles.entries:
        return _unknown(view)
    own = [profiles.get(row, service.key) for row in view.group.tolist()]
    degree = np.full(len(view.candidates), np.nan)
    for place, row in enumerate(view.candidates.tolist()):
        theirs = profiles.get(row, service.key)
        matches = [_match(theirs, one) for one in own if theirs is not None and one is not None]
        degree[place] = np.mean(matches) if matches else np.nan
    return same(degree)


def _match(one: object, other: object) -> float:
    def gives(profile: object) -> bool:
        return bool(getattr(profile, "offers", None) or getattr(profile, "has", None))

    def needs(profile: object) -> bool:
        return bool(getattr(profile, "needs", None))

    if (gives(one) and needs(other)) or (needs(one) and gives(other)):
        return COMPLEMENT
    return COMMON_NEED if needs(one) and needs(other) else NO_MATCH


def _explain_profile(view: View, place: int, measure: Measure) -> Message:
    degree = float(measure.degree[place])
    if degree >= COMPLEMENT:
        return Message("one has what the other needs")
    return Message("needs match in part") if degree > NO_MATCH else Message("needs do not match")


def _unknown(view: View) -> Measure:
    nothing = np.full(len(view.candidates), np.nan)
    return Measure(value=nothing, degree=nothing)


_AREAS = {
    "mittelbereich": Message("catchment of the town"),
    "labour_market_region": Message("labour-market region"),
    "planning_region": Message("planning region"),
}


def _area_criterion(key: str, column: str, measure: Callable[[View], Measure]) -> Criterion:
    label = _AREAS[column]
    return Criterion(
        key=key, label=label, unit="share", measure=measure,
        explain=lambda view, place, found: _explain_area(view, place, found, column, label),
    )  # fmt: skip


COMMUTER_TIES = Criterion(
    key="commuter_ties", label=Message("commuters"), unit="share",
    measure=commuter_ties, explain=_explain_commuters,
)  # fmt: skip
SAME_MITTELBEREICH = _area_criterion("same_mittelbereich", "mittelbereich", same_mittelbereich)
SAME_LABOUR_MARKET = _area_criterion("same_labour_market", "labour_market_region", same_labour_market)
SAME_PLANNING_REGION = _area_criterion("same_planning_region", "planning_region", same_planning_region)
SERVICE_PROFILE = Criterion(
    key="service_profile", label=Message("service profile"), unit="share",
    measure=service_profile, explain=_explain_profile,
)  # fmt: skip
