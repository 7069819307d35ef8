"""How many people live in an area: a sum that says how many municipalities it leaves out."""

from dataclasses import dataclass

import numpy as np

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan.networks.footprint import Footprint
from geoplan.units import PLACE_LEVELS, AdministrativeUnit

ALL = Message("{count:n0} inhabitants")
ALL_ESTIMATED = Message("{count:n0} inhabitants (estimate)")
NOBODY = Message("inhabitants unknown")
AT_LEAST = Message("at least {count:n0} inhabitants ({gap})")
ONE = Message("unknown for one municipality")
SOME = Message("unknown for {unknown} municipalities")
ESTIMATED = Message("estimate; {gap}")
SHORT = Message("{count:n0}")
SHORT_BUT_SOME = Message("at least {count:n0} ({unknown} unknown)")
SHORT_NOBODY = Message("–")


@dataclass(frozen=True, slots=True, kw_only=True)
class Headcount:
    """The inhabitants of a unit or a group."""

    known: int
    """Inhabitants of all whose number is known; a lower bound where :attr:`unknown` is not 0."""
    unknown: int
    """Municipalities whose number is not known."""
    estimate: bool = False
    """Whether a number among them is an estimate."""

    @property
    def total(self) -> int | None:
        """The inhabitants of all; ``None`` where some are unknown."""
        return None if self.unknown else self.known

    @property
    def text(self) -> Message:
        """The inhabitants in words, and for how many municipalities they are unknown."""
        if not self.unknown:
            return (ALL_ESTIMATED if self.estimate else ALL).filled(count=self.known)
        if not self.known:
            return NOBODY
        gap = (ONE if self.unknown == 1 else SOME).filled(unknown=self.unknown)
        return AT_LEAST.filled(count=self.known, gap=ESTIMATED.filled(gap=gap) if self.estimate else gap)

    @property
    def short(self) -> Message:
        """The same for a cell of a table."""
        if not self.unknown:
            return SHORT.filled(count=self.known)
        return SHORT_BUT_SOME.filled(count=self.known, unknown=self.unknown) if self.known else SHORT_NOBODY


def headcount(footprint: Footprint) -> Headcount:
    """The inhabitants of a group; members within others count once."""
    units = footprint.atlas.units
    known = unknown = 0
    estimate = False
    for member in footprint.outermost():
        counted, rows = footprint.counted(member)
        known += int(np.nansum(counted))
        unknown += int(np.isnan(counted).sum())
        estimate |= any("estimate" in (units.population_source[row] or "") for row in rows.tolist())
    return Headcount(known=known, unknown=unknown, estimate=estimate)


def headcount_of(atlas: Atlas, unit: AdministrativeUnit) -> Headcount:
    """The inhabitants of a unit; where its own number is unknown, of its municipalities."""
    if unit.population is not None:
        return Headcount(known=unit.population, unknown=0, estimate=unit.population_is_estimate)
    if unit.level in PLACE_LEVELS:
        return Headcount(known=0, unknown=1)
    return headcount(Footprint(atlas=atlas, rows=np.array([atlas.units.row(unit.id)], dtype=np.int64)))
