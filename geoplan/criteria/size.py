"""Who is how large: parity where equals cooperate, smallness where a county coordinates."""

import numpy as np

from geoplan.criteria.criterion import Criterion, FloatArray, Measure
from geoplan.criteria.view import View
from geoplan.messages import Message

NO_PARITY_RATIO = 10.0
"""Ten times as large is no parity at all."""
SMALL_POPULATION = 5_000
LARGE_POPULATION = 50_000
"""Below the first a municipality gains most from joint work, above the second it reaches scale alone
(BBSR: Kleinstadt from 5,000, larger Mittelstadt from 50,000; Bel & Sebő: small municipalities gain)."""
HALF_SMALL = 0.5
NO_CAPACITY = 1_000
FULL_CAPACITY = 30_000


def size_parity(view: View) -> Measure:
    """How alike in size: ratio of larger to smaller population, against the mean of those on board.

    ``degree = max(0, 1 - ln(ratio) / ln(10))``. Unit: ratio. Unknown where a population is.
    """
    population = view.atlas.units.population
    own = population[view.group]
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.exp(np.nanmean(np.log(own))) if not np.isnan(own).all() else np.nan
        ratio = np.exp(np.abs(np.log(population[view.candidates] / mean)))
        degree = np.maximum(0.0, 1 - np.log(ratio) / np.log(NO_PARITY_RATIO))
    return Measure(value=ratio, degree=degree)


def _explain_parity(view: View, place: int, measure: Measure) -> Message:
    population = float(view.atlas.units.population[view.candidates[place]])
    own = _geometric_mean(view.atlas.units.population[view.group])
    if np.isnan(own):
        return Message("{population:n0} inhabitants", population=population)
    if len(view.group) > 1:
        return Message(
            "{population:n0} inhabitants against {own:n0} in the mean of those on board",
            population=population,
            own=own,
        )
    return Message("{population:n0} inhabitants against {own:n0}", population=population, own=own)


def similar_density(view: View) -> Measure:
    """How alike in inhabitants per square kilometre: ratio against the geometric mean of those on board.

    ``degree = max(0, 1 - ln(ratio) / ln(10))``. Unit: ratio. Villages join villages, suburbs suburbs
    (own measurement on published cooperations). Unknown where a population is.
    """
    units = view.atlas.units
    with np.errstate(invalid="ignore", divide="ignore"):
        own, theirs = (
            np.log(units.population[rows] / units.area_km2[rows]) for rows in (view.group, view.candidates)
        )
        mean = np.nan if np.isnan(own).all() else np.nanmean(own)
        distance = np.abs(theirs - mean)
    degree = np.maximum(0.0, 1 - distance / np.log(NO_PARITY_RATIO))
    return Measure(value=np.exp(distance), degree=degree)


def _explain_density(view: View, place: int, measure: Measure) -> Message:
    units, row = view.atlas.units, view.candidates[place]
    density = float(units.population[row] / units.area_km2[row])
    own = _geometric_mean(units.population[view.group] / units.area_km2[view.group])
    if np.isnan(own):
        return Message("{density:n0} inhabitants per km²", density=density)
    return Message("{density:n0} inhabitants per km² against {own:n0}", density=density, own=own)


def _geometric_mean(values: FloatArray) -> float:
    """Of those that are known; NaN where none is."""
    known = values[~np.isnan(values)]
    return float(np.exp(np.log(known).mean())) if len(known) else float("nan")


def small_size(view: View) -> Measure:
    """How much a municipality lacks scale: 1 below 5,000 inhabitants, 0 above 50,000, logarithmic between.

    Unit: inhabitants.
    """
    population = view.atlas.units.population[view.candidates]
    with np.errstate(invalid="ignore", divide="ignore"):
        degree = 1 - np.log(population / SMALL_POPULATION) / np.log(LARGE_POPULATION / SMALL_POPULATION)
    return Measure(value=population, degree=np.clip(degree, 0.0, 1.0))


def _explain_small_size(view: View, place: int, measure: Measure) -> Message:
    population = float(measure.value[place])
    if measure.degree[place] >= HALF_SMALL:
        return Message(
            "{population:n0} inhabitants: small ones gain most from joint work", population=population
        )
    return Message("{population:n0} inhabitants", population=population)


def own_need(view: View) -> Measure:
    """How much those on board lack scale: :func:`small_size` of their mean population. Unit: inhabitants."""
    population = view.atlas.units.population[view.group]
    mean = np.nan if np.isnan(population).all() else float(np.nanmean(population))
    degree = 1 - np.log(mean / SMALL_POPULATION) / np.log(LARGE_POPULATION / SMALL_POPULATION)
    count = len(view.candidates)
    return Measure(value=np.full(count, mean), degree=np.full(count, np.clip(degree, 0.0, 1.0)))


def _explain_own_need(view: View, place: int, measure: Measure) -> Message:
    population = float(measure.value[place])
    if measure.degree[place] < HALF_SMALL:
        return _little_need(view, population)
    if len(view.group) > 1:
        return Message(
            "with {population:n0} inhabitants in the mean all on board gain from coordination",
            population=population,
        )
    return Message(
        "with {population:n0} inhabitants {name} gains from coordination",
        population=population, name=view.asking_name,
    )  # fmt: skip


def _little_need(view: View, population: float) -> Message:
    if len(view.group) > 1:
        return Message(
            "with {population:n0} inhabitants in the mean those on board depend little on coordination",
            population=population,
        )
    return Message(
        "with {population:n0} inhabitants {name} is large enough to depend little on coordination",
        population=population, name=view.asking_name,
    )  # fmt: skip


SIZE_PARITY = Criterion(
    key="size_parity",
    label=Message("similar size"),
    unit="ratio",
    measure=size_parity,
    explain=_explain_parity,
)
SIMILAR_DENSITY = Criterion(
    key="similar_density", label=Message("similar density"), unit="ratio",
    measure=similar_density, explain=_explain_density,
)  # fmt: skip


def capacity(view: View) -> Measure:
    """Staff and money a partner brings: its population, logarithmic from 1,000 to 30,000. Unit: inhabitants.

    ``degree = ln(population / 1,000) / ln(30)``, between 0 and 1. Larger neighbours join more often (own
    measurement on published cooperations; Hesse: neighbours of different size cooperate more).
    """
    population = view.atlas.units.population[view.candidates]
    with np.errstate(invalid="ignore", divide="ignore"):
        degree = np.log(population / NO_CAPACITY) / np.log(FULL_CAPACITY / NO_CAPACITY)
    return Measure(value=population, degree=np.clip(degree, 0.0, 1.0))


def _explain_capacity(view: View, place: int, measure: Measure) -> Message:
    return Message("{population:n0} inhabitants: staff and resources", population=float(measure.value[place]))


CAPACITY = Criterion(
    key="capacity", label=Message("capacity"), unit="inhabitants", measure=capacity, explain=_explain_capacity
)
OWN_NEED = Criterion(
    key="own_need", label=Message("own need"), unit="inhabitants", measure=own_need, explain=_explain_own_need
)
SMALL_SIZE = Criterion(
    key="small_size", label=Message("gains from joint work"), unit="inhabitants",
    measure=small_size, explain=_explain_small_size,
)  # fmt: skip
