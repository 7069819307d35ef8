"""The counties that commuters are published for, and the municipalities in them that they are spread over."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.enrichment.figures import CommuterFigures, FloatArray, IntArray, numbered
from geoplan.enrichment.gravity import (
    CountyFlows,
    Municipalities,
    SpreadFlows,
    can_be_spread,
    kept,
    spread,
)
from geoplan.keys import COUNTY_DIGITS
from geoplan.messages import Message
from geoplan.units import Level, UnitTable

SPREAD_WITHIN_KM = 100.0
"""Pairs of counties whose people live further apart stay as they are: hardly anybody goes there daily."""
_MASSES = {"jobs": "jobs", "population": "population"}


@dataclass(frozen=True, kw_only=True)
class Masses:
    """What sends and draws commuters, by the rows of the units; NaN where unknown."""

    people: FloatArray
    jobs: FloatArray
    """Where no jobs are known at all, people stand in for them."""


@dataclass(frozen=True, kw_only=True)
class SpreadCommuters:
    """Commuters between municipalities."""

    pairs: IntArray = field(default_factory=lambda: np.empty((0, 2), dtype=np.int64))
    """(m, 2) rows of the unit table."""
    commuters: FloatArray = field(default_factory=lambda: np.empty(0))
    is_estimate: NDArray[np.bool_] = field(default_factory=lambda: np.empty(0, dtype=np.bool_))
    """(m,) false between counties of one municipality each."""
    flags: tuple[Message, ...] = ()
    details: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SourceCounties:
    """The counties of a source, numbered, and the municipalities of the dataset in them."""

    number: Mapping[str, int]
    rows: IntArray
    """(k,) rows of the municipalities."""
    places: Municipalities
    moved: tuple[str, ...]
    """Counties of the dataset that are part of another one in the source."""
    mass: str
    """What draws commuters: ``jobs`` or ``population``."""

    @classmethod
    def of(
        cls, units: UnitTable, figures: CommuterFigures, masses: Masses, key_changes: Mapping[str, str]
    ) -> "SourceCounties":
        """Place the municipalities in the counties of the source.

        One whose own county is not in the source is where its key of a later vintage says.
        """
        counties = {units.ids[row] for row in units.rows_of(Level.COUNTY).tolist()}
        later = {one: key[:COUNTY_DIGITS] for one, key in key_changes.items()}
        known = {*figures.origins, *figures.destinations} & (counties | set(later.values()))
        number = {key: place for place, key in enumerate(sorted(known))}
        rows = units.rows_of(Level.MUNICIPALITY)
        own = [units.parent_ids[Level.COUNTY][row] or "" for row in rows.tolist()]
        keys = [
            county if county in number else later.get(units.ids[row], "")
            for row, county in zip(rows.tolist(), own, strict=True)
        ]
        has_jobs = not np.isnan(masses.jobs[rows]).all()
        return cls(
            number=number,
            rows=rows,
            places=Municipalities(
                county=np.array([number.get(key, -1) for key in keys], dtype=np.int64),
                people=masses.people[rows],
                jobs=masses.jobs[rows] if has_jobs else masses.people[rows],
                xy=units.xy[rows],
            ),
            moved=tuple(
                sorted({one for one, key in zip(own, keys, strict=True) if key != one and key in number})
            ),
            mass="jobs" if has_jobs else "population",
        )

    def spread(self, figures: CommuterFigures) -> SpreadCommuters:
        """Spread the commuters of the pairs of counties that are near one another."""
        flags = tuple(
            Message("The county {county} of the dataset is part of another one in the source.", county=county)
            for county in self.moved
        )
        flows = self._near(figures)
        if not len(flows.origin):
            return SpreadCommuters(flags=flags)
        found = spread(flows, self.places)
        worth = kept(found, flows.commuters)
        county = self.places.county
        single = np.bincount(county[county >= 0], minlength=len(self.number)) == 1
        exact = single[flows.origin] & single[flows.destination]
        return SpreadCommuters(
            pairs=np.column_stack([self.rows[worth.origin], self.rows[worth.destination]]),
            commuters=worth.commuters,
            is_estimate=~exact[worth.pair],
            flags=(*flags, self._flag(flows)),
            details={"model": self._details(flows, found, worth)},
        )

    def _flag(self, flows: CountyFlows) -> Message:
        return Message(
            "Commuters between municipalities are estimated: {count:n0} pairs of counties up to {limit} km"
            " apart were spread by a gravity model (drawn by {mass}).",
            count=len(flows.origin), limit=int(SPREAD_WITHIN_KM), mass=Message(_MASSES[self.mass]),
        )  # fmt: skip

    def _details(self, flows: CountyFlows, found: SpreadFlows, worth: SpreadFlows) -> dict[str, Any]:
        """How the model ended, and what was left out."""
        return {
            **asdict(found.convergence),
            "county_pairs": len(flows.origin),
            "commuters": float(flows.commuters.sum()),
            "municipality_pairs": len(worth.pair),
            "left_out_pairs": len(found.pair) - len(worth.pair),
            "within_km": SPREAD_WITHIN_KM,
            "destination_mass": self.mass,
        }

    def _near(self, figures: CommuterFigures) -> CountyFlows:
        """The pairs of counties that are near enough and have municipalities to spread over."""
        ends = numbered(self.number, figures)
        used = (figures.commuters > 0) & (ends >= 0).all(axis=1) & (ends[:, 0] != ends[:, 1])
        flows = CountyFlows(
            origin=ends[used, 0], destination=ends[used, 1], commuters=figures.commuters[used]
        )
        centre = self._centres()
        way_km = np.hypot(*(centre[flows.origin] - centre[flows.destination]).T) / 1000
        near = can_be_spread(flows, self.places) & (np.nan_to_num(way_km, nan=np.inf) <= SPREAD_WITHIN_KM)
        return CountyFlows(
            origin=flows.origin[near], destination=flows.destination[near], commuters=flows.commuters[near]
        )

    def _centres(self) -> FloatArray:
        """(c, 2) where the people of each county live on average; NaN where that is not known."""
        places, count = self.places, len(self.number)
        mass = np.where(places.county >= 0, np.nan_to_num(places.people), 0.0)
        at = np.maximum(places.county, 0)
        whole = np.bincount(at, mass, minlength=count)[:, None]
        sums = [np.bincount(at, mass * places.xy[:, axis], minlength=count) for axis in (0, 1)]
        centre = np.full((len(whole), 2), np.nan)
        np.divide(np.column_stack(sums), whole, out=centre, where=whole > 0)
        return centre
