"""Which city a municipality looks to: gravity of population over distance, until commuter data arrive."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.criteria.criterion import Criterion, Measure, same
from geoplan.criteria.view import View
from geoplan.messages import Message
from geoplan.units import Level

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

CENTRE_POPULATION = 20_000
"""From here a town counts as a centre (BBSR: Mittelstadt from 20,000 inhabitants)."""
REACH_KM = 60.0
"""Cities farther away do not pull: an hour's drive."""
NEAREST_KM = 3.0
"""Distances below this count as this: points on the surface say no more."""
FULL_CONTRAST_RATIO = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Centres:
    """The towns that pull."""

    rows: IntArray
    """(k,) municipalities with at least 20,000 inhabitants, by row."""
    population: FloatArray
    """(k,) their inhabitants."""


@lru_cache(maxsize=8)
def centres_of(atlas: Atlas) -> Centres:
    """The centres of an atlas; none where it has no population."""
    units = atlas.units
    is_centre = (units.level == Level.MUNICIPALITY) & (np.nan_to_num(units.population) >= CENTRE_POPULATION)
    rows = np.flatnonzero(is_centre)
    return Centres(rows=rows, population=units.population[rows])


def is_centre(atlas: Atlas, row: int) -> bool:
    """Whether the unit in ``row`` is a centre."""
    return bool(np.isin(row, centres_of(atlas).rows))


def pull_shares(atlas: Atlas, rows: IntArray) -> FloatArray:
    """How the pull on each of ``rows`` divides among the centres: (r, k), rows add up to 1 (0 out of reach).

    Huff's model: ``pull = population / distance²``; a centre does not pull on itself.
    Source: Huff, D. L. (1964): Defining and estimating a trading area. Journal of Marketing 28.
    """
    centres, xy = centres_of(atlas), atlas.units.xy
    step = xy[rows][:, None, :] - xy[centres.rows][None, :, :]
    distance_km = np.hypot(step[..., 0], step[..., 1]) / 1000
    pull = centres.population / np.maximum(distance_km, NEAREST_KM) ** 2
    pull[(distance_km > REACH_KM) | (rows[:, None] == centres.rows[None, :])] = 0.0
    total = pull.sum(axis=1, keepdims=True)
    return np.divide(pull, total, out=np.zeros_like(pull), where=total > 0)


def main_centre(atlas: Atlas, group: IntArray) -> int | None:
    """The city that a group looks to: the largest centre in it, else the one that pulls most; or none."""
    centres = centres_of(atlas)
    inside = np.flatnonzero(np.isin(centres.rows, group))
    if len(inside):
        return int(centres.rows[inside[np.argmax(centres.population[inside])]])
    pull = pull_shares(atlas, group).mean(axis=0)
    return int(centres.rows[np.argmax(pull)]) if pull.any() else None


def _column(atlas: Atlas, centre: int) -> int:
    return int(np.searchsorted(centres_of(atlas).rows, centre))


def centre_pull(view: View) -> Measure:
    """The share of a candidate city in the pull on those on board. Unit: share."""
    shares = pull_shares(view.atlas, view.group).mean(axis=0)
    rows = centres_of(view.atlas).rows
    place = np.minimum(np.searchsorted(rows, view.candidates), max(len(rows) - 1, 0))
    known = rows[place] == view.candidates if len(rows) else np.zeros(len(view.candidates), dtype=bool)
    return same(np.where(known, shares[place] if len(rows) else 0.0, 0.0))


def _explain_centre_pull(view: View, place: int, measure: Measure) -> Message:
    return Message(
        "{share:p0} of the cities' pull on {asking} comes from {name} (estimate: population over distance)",
        share=float(measure.value[place]), asking=view.asking_name, name=view.name(place),
    )  # fmt: skip


def ring_share(view: View) -> Measure:
    """How much a candidate looks to the city that the group looks to. Unit: share.

    The share of that city in the pull on the candidate; the city itself looks to itself entirely.
    """
    centre = main_centre(view.atlas, view.group)
    if centre is None:
        nothing = np.full(len(view.candidates), np.nan)
        return Measure(value=nothing, degree=nothing)
    share = pull_shares(view.atlas, view.candidates)[:, _column(view.atlas, centre)]
    return same(np.where(view.candidates == centre, 1.0, share))


def _explain_ring_share(view: View, place: int, measure: Measure) -> Message:
    centre = main_centre(view.atlas, view.group)
    name = "" if centre is None else view.atlas.units.names[centre]
    return Message(
        "looks to {centre} with {share:p0} of the cities' pull (estimate: population over distance)",
        centre=name, share=float(measure.value[place]),
    )  # fmt: skip


def size_contrast(view: View) -> Measure:
    """How different in size from the asking unit: ``degree = min(1, ln(ratio) / ln(10))``. Unit: ratio.

    A city and its surroundings complement one another; here asymmetry is wanted.
    """
    population = view.atlas.units.population
    with np.errstate(invalid="ignore", divide="ignore"):
        ratio = np.exp(np.abs(np.log(population[view.candidates] / population[view.asking])))
        degree = np.minimum(1.0, np.log(ratio) / np.log(FULL_CONTRAST_RATIO))
    return Measure(value=ratio, degree=degree)


def _explain_contrast(view: View, place: int, measure: Measure) -> Message:
    population = view.atlas.units.population
    return Message(
        "city and surroundings: {population:n0} inhabitants against {own:n0}",
        population=float(population[view.candidates[place]]), own=float(population[view.asking]),
    )  # fmt: skip


CENTRE_PULL = Criterion(
    key="centre_pull", label=Message("pull of the city"), unit="share",
    measure=centre_pull, explain=_explain_centre_pull,
)  # fmt: skip
RING_SHARE = Criterion(
    key="ring_share", label=Message("tie to the city"), unit="share",
    measure=ring_share, explain=_explain_ring_share,
)  # fmt: skip
SIZE_CONTRAST = Criterion(
    key="size_contrast", label=Message("city and surroundings"), unit="ratio",
    measure=size_contrast, explain=_explain_contrast,
)  # fmt: skip
