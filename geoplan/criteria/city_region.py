"""Which city a municipality looks to: gravity of population over distance, until commuter data arrive."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import shapely
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
INNER_RING = 0.5


@dataclass(frozen=True, kw_only=True)
class CityRegions:
    """Which cities pull on which places; a table with a row per place and city in reach, by place."""

    centres: IntArray
    """(k,) the towns that pull: municipalities with at least 20,000 inhabitants, by row."""
    place: IntArray
    """(t,) the place pulled on."""
    centre: IntArray
    """(t,) the city that pulls."""
    share: FloatArray
    """(t,) its share in all pull on the place; the shares of a place add up to 1."""

    def is_centre(self, row: int) -> bool:
        """Whether the unit in ``row`` is a centre."""
        return bool(len(self._centres_among(np.array([row]))))

    def _centres_among(self, rows: IntArray) -> IntArray:
        """Those of ``rows`` that are centres."""
        first, last = (np.searchsorted(self.centres, rows, side=side) for side in ("left", "right"))
        inside: IntArray = rows[last > first]
        return inside

    def pull_on(self, place: int) -> tuple[IntArray, FloatArray]:
        """The cities that pull on a place and their shares."""
        rows = slice(*np.searchsorted(self.place, (place, place + 1)))
        return self.centre[rows], self.share[rows]

    @cached_property
    def _by_centre(self) -> IntArray:
        return np.lexsort((self.place, self.centre))

    def ring(self, centre: int) -> tuple[IntArray, FloatArray]:
        """The places that a city pulls on, by row, and its share in each."""
        order = self._by_centre
        first, last = np.searchsorted(self.centre, (centre, centre + 1), sorter=order)
        rows = order[first:last]
        return self.place[rows], self.share[rows]

    def main_centre(self, atlas: Atlas, group: IntArray) -> int | None:
        """The city a group looks to: the largest centre in it, else the one that pulls most; or none."""
        inside = self._centres_among(np.unique(group))
        if len(inside):
            return int(inside[np.argmax(atlas.units.population[inside])])
        shares = self.mean_shares(group)
        return max(shares, key=lambda centre: (shares[centre], -centre)) if shares else None

    def mean_shares(self, group: IntArray) -> dict[int, float]:
        """Mean share of each city in the pull on a group."""
        total: dict[int, float] = {}
        for member in group.tolist():
            for centre, share in zip(*(column.tolist() for column in self.pull_on(member)), strict=True):
                total[centre] = total.get(centre, 0.0) + share / len(group)
        return total


@lru_cache(maxsize=8)
def city_regions(atlas: Atlas) -> CityRegions:
    """The city regions of an atlas, by Huff's model; empty where it has no population.

    ``pull = population / distance²`` within 60 km; a centre does not pull on itself.
    Source: Huff, D. L. (1964): Defining and estimating a trading area. Journal of Marketing 28.
    """
    units = atlas.units
    places = units.rows_of(Level.MUNICIPALITY)
    centres = places[np.nan_to_num(units.population[places]) >= CENTRE_POPULATION]
    towns = np.array(shapely.points(units.xy[centres]), dtype=object)
    points = shapely.points(units.xy[places])
    here, there = shapely.STRtree(towns).query(points, predicate="dwithin", distance=REACH_KM * 1000)
    place, centre = places[here], centres[there]
    order = np.lexsort((centre, place))
    order = order[place[order] != centre[order]]
    place, centre = place[order], centre[order]
    step = units.xy[place] - units.xy[centre]
    distance_km = np.maximum(np.hypot(step[:, 0], step[:, 1]) / 1000, NEAREST_KM)
    pull = units.population[centre] / distance_km**2
    total = np.bincount(place, pull, minlength=len(units))
    return CityRegions(centres=centres, place=place, centre=centre, share=pull / total[place])


def centre_pull(view: View) -> Measure:
    """The share of a candidate city in the pull on those on board. Unit: share.

    ``degree = min(1, share / 0.5)``: half of it is an inner commuting area by the BBSR's definition.
    """
    shares = city_regions(view.atlas).mean_shares(view.group)
    share = np.array([shares.get(row, 0.0) for row in view.candidates.tolist()])
    return Measure(value=share, degree=np.minimum(1.0, share / INNER_RING))


def _explain_centre_pull(view: View, place: int, measure: Measure) -> Message:
    share, name = float(measure.value[place]), view.name(place)
    if len(view.group) > 1:
        return Message(
            "{share:p0} of the cities' pull on those on board comes from {name} (estimate by population)",
            share=share, name=name,
        )  # fmt: skip
    return Message(
        "{share:p0} of the cities' pull on {asking} comes from {name} (estimate: population over distance)",
        share=share, asking=view.asking_name, name=name,
    )  # fmt: skip


def ring_share(view: View) -> Measure:
    """How much a candidate looks to the city that the group looks to. Unit: share.

    The share of that city in the pull on the candidate; the city itself looks to itself entirely.
    """
    regions, centre = city_regions(view.atlas), _centre(view)
    if centre is None:
        nothing = np.full(len(view.candidates), np.nan)
        return Measure(value=nothing, degree=nothing)
    places, shares = regions.ring(centre)
    share = np.zeros(len(view.candidates))
    if len(places):
        at = np.minimum(np.searchsorted(places, view.candidates), len(places) - 1)
        share = np.where(places[at] == view.candidates, shares[at], 0.0)
    return same(np.where(view.candidates == centre, 1.0, share))


def _centre(view: View) -> int | None:
    """The city that is asked about: as the engine says, else the one that the group looks to."""
    return (
        view.centre
        if view.centre is not None
        else city_regions(view.atlas).main_centre(view.atlas, view.group)
    )


def _explain_ring_share(view: View, place: int, measure: Measure) -> Message:
    centre = _centre(view)
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
