"""What a network is: its members, how well they fit, and how it stands against map, law and funding."""

import datetime
from dataclasses import dataclass
from typing import Any

from geoplan.messages import Message
from geoplan.networks.cost import Cost
from geoplan.networks.headcount import Headcount
from geoplan.networks.holders import Holder
from geoplan.networks.legal import FormAdvice
from geoplan.rules import Check, Depth
from geoplan.suggestions import Contribution
from geoplan.units import AdministrativeUnit

ONLY_BY = Message("Only {names} joins the area; the others lie in {count} separate pieces.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A checked network."""

    members: tuple[AdministrativeUnit, ...]
    """Sorted by id."""
    service: str
    depth: Depth
    on: datetime.date
    """The day the rules were asked for."""
    score: float | None
    """0 … 1, the mean over all pairs; ``None`` for a single member."""
    contributions: tuple[Contribution, ...]
    """They add up to the score."""
    headcount: Headcount
    area_km2: float
    contiguous: bool
    components: tuple[tuple[str, ...], ...]
    """Ids of the members of each connected piece."""
    holders: tuple[Holder, ...]
    """Members that others lie in."""
    components_without_holders: tuple[tuple[str, ...], ...]
    """The connected pieces of the others; :attr:`components` where there are no holders."""
    compactness: float | None
    """Polsby-Popper, 0 … 1."""
    counties: tuple[str, ...]
    states: tuple[str, ...]
    checks: tuple[Check, ...]
    legal_forms: tuple[FormAdvice, ...]
    """Best fit first."""
    cost: Cost
    data: dict[str, Any]

    @property
    def population(self) -> int | None:
        """Inhabitants; ``None`` where those of a municipality are unknown, see :attr:`headcount`."""
        return self.headcount.total

    @property
    def counted_once(self) -> tuple[Message, ...]:
        """Why inhabitants and area are less than what the rows of the members add up to, where they are."""
        return tuple(one.counted_once for one in self.holders)

    @property
    def held_by(self) -> tuple[AdministrativeUnit, ...]:
        """Members that alone make one area of those in them; none where these are one anyway."""
        apart = self.contiguous and len(self.components_without_holders) > 1
        return tuple(one.unit for one in self.holders) if apart else ()

    @property
    def only_by(self) -> Message | None:
        """That a county alone joins the area; ``None`` where the others are one, or the whole is none."""
        if not self.held_by:
            return None
        names = ", ".join(one.title for one in self.held_by)
        return ONLY_BY.filled(names=names, count=len(self.components_without_holders))

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The network as the contract writes it."""
        return {
            "members": [unit.id for unit in self.members],
            "names": [unit.name for unit in self.members],
            "service": self.service, "depth": self.depth.value, "on": self.on.isoformat(),
            "score": self.score, "population": self.population,
            "population_at_least": self.headcount.known, "population_unknown_for": self.headcount.unknown,
            "area_km2": self.area_km2,
            "contiguous": self.contiguous, "components": [list(piece) for piece in self.components],
            "compactness": self.compactness, "counties": len(self.counties), "states": len(self.states),
            "county_ids": list(self.counties), "state_ids": list(self.states),
            "checks": [check.to_dict(lang) for check in self.checks],
            "legal_forms": [form.to_dict(lang) for form in self.legal_forms],
            "cost": self.cost.to_dict(lang),
            "contributions": [part.to_dict(lang) for part in self.contributions],
        }  # fmt: skip
