"""What a crosswalk says of one unit."""

from dataclasses import dataclass
from typing import Any

from geoplan.crosswalk.kinds import JOINED, Kind
from geoplan.units import Level


@dataclass(frozen=True, slots=True, kw_only=True)
class Successor:
    """A new unit that an old one went into."""

    id: str
    name: str
    share: float
    """Of the old unit's area."""
    population_share: float | None
    """Of the old unit's inhabitants; ``None`` where the figures do not tell."""
    new_share: float
    """Of the area that went into the new unit."""

    def to_dict(self) -> dict[str, Any]:
        """As JSON writes it."""
        return {
            "id": self.id, "name": self.name, "share": self.share,
            "population_share": self.population_share, "new_share": self.new_share,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of one old unit."""

    id: str
    name: str
    designation: str
    level: Level
    kinds: tuple[Kind, ...]
    """At least one, in the order of :class:`Kind`."""
    successors: tuple[Successor, ...]
    """The main successor first, then by share; empty where the unit is gone."""
    dropped: float
    """Share of its area that was left out of the shares: slivers, and what nothing lies on."""

    @property
    def kind(self) -> str:
        """All kinds as one word: ``merged+re-keyed``."""
        return JOINED.join(self.kinds)

    @property
    def main(self) -> Successor | None:
        """The main successor."""
        return self.successors[0] if self.successors else None

    def to_dict(self) -> dict[str, Any]:
        """As JSON writes it."""
        return {
            "id": self.id, "name": self.name, "designation": self.designation, "level": self.level.value,
            "kind": self.kind, "new": [successor.to_dict() for successor in self.successors],
            "dropped": self.dropped,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Appearance:
    """A new unit that no old one went into."""

    id: str
    name: str
    level: Level

    def to_dict(self) -> dict[str, Any]:
        """As JSON writes it."""
        return {"id": self.id, "name": self.name, "level": self.level.value}
