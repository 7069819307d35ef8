"""What comes out when an area is divided: its networks, and who is in none, and why."""

from dataclasses import dataclass
from typing import Any

from geoplan.messages import Message
from geoplan.provenance import named_in
from geoplan.units import AdministrativeUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverNetwork:
    """One of the networks of an area."""

    members: tuple[AdministrativeUnit, ...]
    score: float
    """The mean over its pairs."""
    population: int | None
    area_km2: float
    compactness: float | None
    counties: int

    def to_dict(self) -> dict[str, Any]:
        """The network as JSON; ``geoplan network check`` says the rest."""
        return {
            "members": [unit.id for unit in self.members], "names": [unit.name for unit in self.members],
            "score": self.score, "population": self.population, "area_km2": self.area_km2,
            "compactness": self.compactness, "counties": self.counties,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOver:
    """A unit that is in no network."""

    unit: AdministrativeUnit
    reason: Message
    outside: tuple[AdministrativeUnit, ...]
    """Whom it borders outside the area."""

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The unit as JSON."""
        return {
            "id": self.unit.id, "name": self.unit.name, "reason": self.reason.text(lang),
            "outside": [unit.id for unit in self.outside],
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cover:
    """An area divided into networks."""

    unit: AdministrativeUnit
    service: str
    contiguous: bool
    networks: tuple[CoverNetwork, ...]
    """By the id of their first member."""
    left_over: tuple[LeftOver, ...]
    score: float | None
    """The mean over all covered members of how each fits its network; ``None`` where nobody is covered."""
    status: str
    """``optimal``: no division leaves fewer over or, leaving as few, fits better."""
    gap: float
    """By which share of the score a division that covers as many could be better, at most."""
    data: dict[str, Any]

    @property
    def covered(self) -> int:
        """How many units are in a network."""
        return sum(len(network.members) for network in self.networks)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The cover as JSON."""
        return {
            "unit": self.unit.id, "name": self.unit.name, "service": self.service,
            "contiguous": self.contiguous, "members": self.covered + len(self.left_over),
            "covered": self.covered, "score": self.score,
            "networks": [network.to_dict() for network in self.networks],
            "left_over": [one.to_dict(lang) for one in self.left_over],
            "optimality": {"status": self.status, "gap": self.gap},
            "data": named_in(lang, self.data),
        }  # fmt: skip
