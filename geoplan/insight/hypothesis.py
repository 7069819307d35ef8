"""What a candidate would score if one fact about it were otherwise: nearer, larger, one cooperation more."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoplan.criteria import CRITERIA, View
from geoplan.criteria.enriched import STRONG_TIE
from geoplan.criteria.membership import ENOUGH_SHARED_MEMBERS
from geoplan.criteria.ties import ENOUGH_TIES
from geoplan.insight.scoreboard import Sheet

FloatArray = NDArray[np.float64]

OF_POPULATION = ("capacity", "size_parity", "similar_density", "small_size", "size_contrast")
"""Criteria that look at the candidate's population: a larger one changes them all at once."""
IN_STEPS = (
    "same_county", "same_association", "same_state", "same_government_region", "shared_region",
    "same_mittelbereich", "same_labour_market", "same_planning_region",
)  # fmt: skip
"""Shares of those on board: one of g can change at a time."""
UP_TO = {"enclosure": 1.0, "centre_pull": 1.0, "ring_share": 1.0, "commuter_ties": STRONG_TIE}
"""Shares that can take any value, and from where on more adds nothing."""
COUNTED = {
    "prior_cooperation": ENOUGH_TIES,
    "common_partners": ENOUGH_TIES,
    "shared_members": ENOUGH_SHARED_MEMBERS,
}
"""Counts, and from how many on another adds nothing."""
TRIED = 60
"""Values tried between the present one and the farthest that makes sense."""
POPULATION_FACTOR = 20.0
"""A candidate twenty times as large or small is another town altogether."""


@dataclass(frozen=True, kw_only=True)
class HypotheticalView(View):
    """A view of one candidate of which some facts are assumed."""

    assumed: Mapping[str, float] = field(default_factory=dict)
    """Distance, border or steps, by the name of the view's column."""

    @cached_property
    def distance_km(self) -> FloatArray:
        """(1,) as assumed, else measured."""
        return self._assumed("distance_km")

    @cached_property
    def border_km(self) -> FloatArray:
        """(1,) as assumed, else measured."""
        return self._assumed("border_km")

    @cached_property
    def steps(self) -> FloatArray:
        """(1,) as assumed, else measured."""
        return self._assumed("steps")

    def _assumed(self, name: str) -> FloatArray:
        if name in self.assumed:
            return np.array([self.assumed[name]])
        measured: FloatArray = getattr(View, name).func(self)
        return measured


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """Something about a candidate that could be otherwise."""

    key: str
    """The criterion, or ``population``, which several criteria look at."""
    unit: str
    current: float
    alternatives: tuple[float, ...]
    """Other values, the nearest first on each side."""
    degrees: Callable[[float], dict[str, float]]
    """The degree of each criterion that looks at it, for a value."""


def facts(sheet: Sheet, place: int) -> Iterator[Fact]:
    """The facts about the candidate in ``place`` that its score rests on; unknown ones are left out."""
    view = sheet.ranking.view
    one = HypotheticalView(
        atlas=view.atlas, group=view.group, candidates=view.candidates[place : place + 1],
        service=view.service, graph=view.graph,
    )  # fmt: skip
    known = [key for number, key in enumerate(sheet.criteria) if sheet.known[number, place]]
    for key in known:
        current = float(sheet.ranking.measures[key].value[place])
        fact = _fact(one, key, current, view)
        if fact is not None:
            yield fact
    population = float(view.atlas.units.population[one.candidates[0]])
    if not np.isnan(population):
        yield from _population(one, [key for key in known if key in OF_POPULATION], population)


def _fact(view: HypotheticalView, key: str, current: float, all_candidates: View) -> Fact | None:
    """A fact and its better values; none is better than the best of all candidates has it."""
    return _plain_fact(key, current, len(view.group)) or _spatial_fact(view, key, current, all_candidates)


def _plain_fact(key: str, current: float, on_board: int) -> Fact | None:
    if key in IN_STEPS:
        values = np.arange(1, on_board + 1) / on_board
        return _plain(key, current, values, lambda value: value)
    if key in UP_TO:
        full = UP_TO[key]
        return _plain(key, current, np.arange(1, 100 * full + 1) / 100, lambda value: min(1.0, value / full))
    if key in COUNTED:
        enough = COUNTED[key]
        return _plain(key, current, np.arange(1.0, enough + 1), lambda value: min(1.0, value / enough))
    return None


def _spatial_fact(view: HypotheticalView, key: str, current: float, all_candidates: View) -> Fact | None:
    if key == "closeness":
        return _viewed(view, key, "distance_km", current, _down_to(current, all_candidates.distance_km.min()))
    if key == "border_share":
        return _viewed(view, key, "border_km", current, _up_to(current, all_candidates.border_km.max()))
    if key == "chain" and not np.isnan(current):
        return _viewed(view, key, "steps", current, np.arange(current - 1, 0, -1))
    return None


def _plain(key: str, current: float, values: FloatArray, degree: Callable[[float], float]) -> Fact:
    """A fact whose degree is a plain function of its value, and grows with it."""
    better = tuple(float(value) for value in values if value > current + 1e-9)
    return Fact(
        key=key, unit=CRITERIA[key].unit, current=current, alternatives=better,
        degrees=lambda value: {key: float(degree(value))},
    )  # fmt: skip


def _viewed(view: HypotheticalView, key: str, column: str, current: float, values: FloatArray) -> Fact:
    """A fact that a criterion reads from a column of the view."""

    def degrees(value: float) -> dict[str, float]:
        assumed = replace(view, assumed={column: value})
        return {key: float(CRITERIA[key].measure(assumed).degree[0])}

    alternatives = tuple(values.tolist())
    return Fact(key=key, unit=CRITERIA[key].unit, current=current, alternatives=alternatives, degrees=degrees)


def _down_to(current: float, least: float) -> FloatArray:
    """Tenths of a kilometre below ``current``, the nearest first."""
    tenths = np.unique(np.floor(np.linspace(current, least, TRIED) * 10) / 10)[::-1]
    return np.asarray(tenths[(tenths < current) & (tenths >= least)])


def _up_to(current: float, most: float) -> FloatArray:
    tenths = np.unique(np.ceil(np.linspace(current, most, TRIED) * 10) / 10)
    return np.asarray(tenths[(tenths > current) & (tenths <= most)])


def _population(view: HypotheticalView, keys: list[str], current: float) -> Iterator[Fact]:
    """Larger, and smaller: two facts, each with its own nearest value."""
    if not keys:
        return
    row, atlas = int(view.candidates[0]), view.atlas

    def degrees(value: float) -> dict[str, float]:
        population = atlas.units.population.copy()
        population[row] = value
        assumed = replace(view, atlas=replace(atlas, units=replace(atlas.units, population=population)))
        return {key: float(CRITERIA[key].measure(assumed).degree[0]) for key in keys}

    factors = np.geomspace(1, POPULATION_FACTOR, TRIED)[1:]
    for values in (_rounded(current * factors), _rounded(current / factors)):
        alternatives = tuple(float(value) for value in values if value != current)
        yield Fact(
            key="population", unit="inhabitants", current=current, alternatives=alternatives, degrees=degrees
        )


def _rounded(values: FloatArray) -> FloatArray:
    """Hundreds of inhabitants, or tens below a thousand: no planner thinks in single ones."""
    step = np.where(values < 1000, 10.0, 100.0)
    rounded: FloatArray = np.maximum(np.rint(values / step) * step, 10.0)
    return rounded
