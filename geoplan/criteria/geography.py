"""How close: common border, distance, borders to cross."""

import numpy as np

from geoplan.criteria.criterion import Criterion, Measure, same
from geoplan.criteria.view import View
from geoplan.messages import Message
from geoplan.units import Level

FULL_BORDER_SHARE = 0.4
"""A candidate with this share of its perimeter on the group has all the border one can wish for."""
HALF_DISTANCE_KM = {
    Level.COUNTY: 30.0,
    Level.GOVERNMENT_REGION: 100.0,
    Level.STATE: 200.0,
    Level.METROPOLITAN_REGION: 100.0,
}
"""Closeness halves every so many kilometres: about one unit of the level further."""
HALF_DISTANCE_OF_PLACES_KM = 15.0


def border_share(view: View) -> Measure:
    """Kilometres of common border, judged by the share of the candidate's perimeter that they are.

    ``degree = min(1, border / (0.4 · perimeter))``. Unit: km. Enclosure by those on board is the
    strongest simple sign of a missing partner (own measurement on published cooperations).
    """
    perimeter_km = view.atlas.units.perimeter_km[view.candidates]
    with np.errstate(invalid="ignore", divide="ignore"):
        degree = np.minimum(1.0, view.border_km / (FULL_BORDER_SHARE * perimeter_km))
    return Measure(value=view.border_km, degree=np.where(np.isnan(perimeter_km), np.nan, degree))


def _explain_border(view: View, place: int, measure: Measure) -> Message:
    border_km = float(measure.value[place])
    if border_km == 0:
        return Message("no common border")
    if len(view.group) > 1:
        perimeter = float(view.atlas.units.perimeter_km[view.candidates[place]])
        return Message(
            "{border_km:n1} km of common border with those on board, {share:p0} of the boundary of {name}",
            border_km=border_km, share=border_km / perimeter, name=view.name(place),
        )  # fmt: skip
    perimeter = float(view.atlas.units.perimeter_km[view.asking])
    return Message(
        "{border_km:n1} km of common border, {share:p0} of the boundary of {name}",
        border_km=border_km, share=border_km / perimeter, name=view.asking_name,
    )  # fmt: skip


def enclosure(view: View) -> Measure:
    """Share of the candidate's perimeter that faces those on board, or units that face them. Unit: share.

    ``sum over neighbours of border × e / perimeter`` with e = 1 for those on board and the share of its
    own perimeter on them for any other neighbour: who closes a gap or lies in a bay of the group is
    enclosed, even where another one is missing between. Unknown for units without a perimeter.
    """
    graph, perimeter_km = view.borders, view.atlas.units.perimeter_km
    on_board = np.sort(view.group)
    _, facing, border_m = graph.of(on_board)
    near, place = np.unique(np.concatenate([facing, on_board]), return_inverse=True)
    metres = np.bincount(place[: len(facing)], border_m, minlength=len(near))
    with np.errstate(invalid="ignore", divide="ignore"):
        share = np.nan_to_num(metres / (1000 * perimeter_km[near]))
    share[np.searchsorted(near, on_board)] = 1.0
    candidate, neighbour, border_m = graph.of(view.candidates)
    at = np.minimum(np.searchsorted(near, neighbour), len(near) - 1)
    enclosing_m = border_m * np.where(near[at] == neighbour, share[at], 0.0)
    total_m = np.bincount(candidate, enclosing_m, minlength=len(view.candidates))
    with np.errstate(invalid="ignore", divide="ignore"):
        enclosed = total_m / (1000 * perimeter_km[view.candidates])
    return same(np.clip(enclosed, 0.0, 1.0))


def _explain_enclosure(view: View, place: int, measure: Measure) -> Message:
    return Message(
        "{share:p0} of the boundary of {name} faces those on board or their neighbours",
        share=float(measure.value[place]), name=view.name(place),
    )  # fmt: skip


def closeness(view: View) -> Measure:
    """Mean distance of points on the surface to those on board. Unit: km.

    ``degree = 2^(-distance / h)`` with h = 15 km for municipalities, 30 km for counties.
    """
    half_km = HALF_DISTANCE_KM.get(view.atlas.units.level[view.asking], HALF_DISTANCE_OF_PLACES_KM)
    return Measure(value=view.distance_km, degree=np.exp2(-view.distance_km / half_km))


def _explain_closeness(view: View, place: int, measure: Measure) -> Message:
    distance_km = float(measure.value[place])
    if len(view.group) > 1:
        return Message("{distance_km:n1} km away on average", distance_km=distance_km)
    return Message("{distance_km:n1} km away as the crow flies", distance_km=distance_km)


def chain(view: View) -> Measure:
    """Borders to cross from those on board: 1 → 1, 2 → ½, 3 → ¼ …; out of reach is 0. Unit: count."""
    return Measure(value=np.where(np.isinf(view.steps), np.nan, view.steps), degree=np.exp2(1 - view.steps))


def _explain_chain(view: View, place: int, measure: Measure) -> Message:
    steps = view.steps[place]
    if np.isinf(steps):
        return Message("no chain of neighbours leads there")
    if steps == 1:
        return Message("direct neighbour")
    return Message("{steps:n0} borders away", steps=float(steps))


BORDER_SHARE = Criterion(
    key="border_share",
    label=Message("common border"),
    unit="km",
    measure=border_share,
    explain=_explain_border,
)
ENCLOSURE = Criterion(
    key="enclosure", label=Message("enclosure"), unit="share", measure=enclosure, explain=_explain_enclosure
)
CLOSENESS = Criterion(
    key="closeness", label=Message("closeness"), unit="km", measure=closeness, explain=_explain_closeness
)
CHAIN = Criterion(
    key="chain", label=Message("chain of neighbours"), unit="count", measure=chain, explain=_explain_chain
)
