"""From published commuters to the flows of a dataset: counties as published, municipalities by the model."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.enrichment.figures import CommuterFigures, FloatArray
from geoplan.enrichment.flows import Flows
from geoplan.enrichment.gravity import CountyFlows, Municipalities, can_be_spread, kept, spread
from geoplan.enrichment.join import NO_SUCH_KEY, Unmatched
from geoplan.enrichment.report import JoinReport, Without
from geoplan.keys import COUNTY_DIGITS
from geoplan.messages import Message
from geoplan.units import PLACE_LEVELS, Level, UnitTable

IntArray = NDArray[np.int64]

SPREAD_WITHIN_KM = 100.0
"""Pairs of counties whose people live further apart are kept as they are: hardly anybody goes there daily."""
DECIMALS = 6


@dataclass(frozen=True, kw_only=True)
class Masses:
    """What draws commuters, by the rows of the units."""

    people: FloatArray
    jobs: FloatArray
    """NaN where unknown; the people stand in for them where no jobs are known at all."""


@dataclass(frozen=True, kw_only=True)
class Commuting:
    """The flows of a dataset, and the report on their source."""

    flows: Flows
    report: JoinReport


def commuting(
    units: UnitTable, vintage: str, figures: CommuterFigures, masses: Masses, key_changes: Mapping[str, str]
) -> Commuting:
    """Join commuters to a dataset, and spread those between counties over municipalities.

    Parameters
    ----------
    key_changes
        Ids of the dataset and the keys that the same municipalities have in a later vintage, as far as known:
        a county that the source has no flows for may be part of another one there.
    """
    row_of = {units.ids[row]: row for row in units.rows_of(*PLACE_LEVELS, Level.COUNTY).tolist()}
    counted = ~np.isnan(figures.commuters) & (figures.commuters > 0)
    pairs = np.array(
        [
            [row_of.get(one, -1), row_of.get(other, -1)]
            for one, other in zip(figures.origins, figures.destinations, strict=True)
        ],
        dtype=np.int64,
    ).reshape(-1, 2)
    known = counted & (pairs >= 0).all(axis=1)
    is_county = units.level == Level.COUNTY
    model = _County.of(units, figures, masses, key_changes)
    estimated = model.spread(units, figures, counted)
    flows = Flows.from_pairs(
        len(units),
        np.concatenate([pairs[known], estimated.pairs]),
        np.concatenate([figures.commuters[known], estimated.commuters]),
        np.concatenate([np.zeros(int(known.sum()), dtype=np.bool_), estimated.is_estimate]),
    )
    between_counties = bool(len(pairs)) and bool(is_county[pairs[known]].all())
    report = _report(units, vintage, figures, Level.COUNTY if between_counties else Level.MUNICIPALITY)
    details = {"kept_back": int(np.isnan(figures.commuters).sum()), **estimated.details}
    return Commuting(flows=flows, report=_detailed(report, estimated.flags, details))


def _detailed(report: JoinReport, flags: Sequence[Message], details: Mapping[str, Any]) -> JoinReport:
    return JoinReport(
        **{name: getattr(report, name) for name in report.__slots__ if name not in ("flags", "details")},
        flags=tuple(flags),
        details=details,
    )


def _report(units: UnitTable, vintage: str, figures: CommuterFigures, level: Level) -> JoinReport:
    keys = sorted({*figures.origins, *figures.destinations})
    wanted = {units.ids[row] for row in units.rows_of(level).tolist()}
    places = {units.ids[row] for row in units.rows_of(*PLACE_LEVELS, Level.COUNTY).tolist()}
    unmatched = [key for key in keys if key not in places]
    without = sorted(wanted - set(keys))
    return JoinReport(
        note=figures.note,
        rows=len(keys),
        matched=len(keys) - len(unmatched),
        unmatched=tuple(
            Unmatched(id=key, name=figures.names.get(key, ""), why=NO_SUCH_KEY.filled(vintage=vintage))
            for key in unmatched
        ),
        key_changes=(),
        units=len(wanted),
        covered=len(wanted) - len(without),
        without=tuple(Without(id=one, name=units[one].name) for one in without),
    )


@dataclass(frozen=True, kw_only=True)
class _Estimated:
    pairs: IntArray
    commuters: FloatArray
    is_estimate: NDArray[np.bool_]
    details: Mapping[str, Any]
    flags: tuple[Message, ...] = ()

    @classmethod
    def none(cls, flags: tuple[Message, ...] = ()) -> "_Estimated":
        return cls(
            pairs=np.empty((0, 2), dtype=np.int64), commuters=np.empty(0), is_estimate=np.empty(0, np.bool_),
            details={}, flags=flags,
        )  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class _County:
    """The counties of the source, numbered, and the municipalities in them."""

    number: Mapping[str, int]
    rows: IntArray
    """(k,) rows of the municipalities."""
    places: Municipalities
    moved: tuple[str, ...]
    """Counties of the dataset that are part of another one in the source."""
    destination_mass: str

    @classmethod
    def of(
        cls, units: UnitTable, figures: CommuterFigures, masses: Masses, key_changes: Mapping[str, str]
    ) -> "_County":
        counties = {units.ids[row] for row in units.rows_of(Level.COUNTY).tolist()}
        keys = {*figures.origins, *figures.destinations}
        later = {key[:COUNTY_DIGITS] for key in key_changes.values()}
        number = {key: place for place, key in enumerate(sorted(keys & (counties | later)))}
        rows = units.rows_of(Level.MUNICIPALITY)
        county, moved = [], set()
        for row in rows.tolist():
            own = units.parent_ids[Level.COUNTY][row] or ""
            key = own if own in number else key_changes.get(units.ids[row], "")[:COUNTY_DIGITS]
            if key != own and key in number:
                moved.add(own)
            county.append(number.get(key, -1))
        jobs, mass = masses.jobs[rows], "jobs"
        if np.isnan(jobs).all():
            jobs, mass = masses.people[rows], "population"
        places = Municipalities(
            county=np.array(county, dtype=np.int64), people=masses.people[rows], jobs=jobs, xy=units.xy[rows]
        )
        return cls(number=number, rows=rows, places=places, moved=tuple(sorted(moved)), destination_mass=mass)

    def spread(self, units: UnitTable, figures: CommuterFigures, counted: NDArray[np.bool_]) -> _Estimated:
        flows = self._near(figures, counted)
        flags = tuple(
            Message("The county {county} of the dataset is part of another one in the source.", county=county)
            for county in self.moved
        )
        if not len(flows.origin):
            return _Estimated.none(flags)
        found = spread(flows, self.places)
        worth = kept(found, flows.commuters)
        single = np.bincount(self.places.county[self.places.county >= 0], minlength=len(self.number)) == 1
        exact = single[flows.origin] & single[flows.destination]
        details = {
            "model": {
                **{name: _short(value) for name, value in asdict(found.convergence).items()},
                "county_pairs": len(flows.origin),
                "commuters": float(flows.commuters.sum()),
                "municipality_pairs": len(worth.pair),
                "left_out_pairs": len(found.pair) - len(worth.pair),
                "within_km": SPREAD_WITHIN_KM,
                "destination_mass": self.destination_mass,
            }
        }
        estimate = Message(
            "Commuters between municipalities are estimated: {count:n0} pairs of counties up to {limit} km apart"
            " were spread by a gravity model ({mass} as destination mass).",
            count=len(flows.origin), limit=int(SPREAD_WITHIN_KM), mass=Message(_MASSES[self.destination_mass]),
        )  # fmt: skip
        return _Estimated(
            pairs=np.column_stack([self.rows[worth.origin], self.rows[worth.destination]]),
            commuters=worth.commuters,
            is_estimate=~exact[worth.pair],
            details=details,
            flags=(*flags, estimate),
        )

    def _near(self, figures: CommuterFigures, counted: NDArray[np.bool_]) -> CountyFlows:
        """The pairs of counties that are near enough and have municipalities to spread over."""
        ends = np.array(
            [
                [self.number.get(one, -1), self.number.get(other, -1)]
                for one, other in zip(figures.origins, figures.destinations, strict=True)
            ],
            dtype=np.int64,
        ).reshape(-1, 2)
        used = counted & (ends >= 0).all(axis=1) & (ends[:, 0] != ends[:, 1])
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
        whole = np.bincount(at, mass, minlength=count)
        sums = np.column_stack([np.bincount(at, mass * places.xy[:, axis], minlength=count) for axis in (0, 1)])
        return np.divide(sums, whole[:, None], out=np.full((len(whole), 2), np.nan), where=whole[:, None] > 0)


_MASSES = {"jobs": "jobs", "population": "population"}


def _short(value: float | bool | int) -> float | bool | int:
    return float(f"{value:.3g}") if isinstance(value, float) else value
