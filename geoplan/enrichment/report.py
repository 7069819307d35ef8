"""What became of the rows of a source: how many were joined, which were not, and why."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from geoplan.enrichment.join import KeyChange, Unmatched
from geoplan.enrichment.note import SourceNote
from geoplan.messages import Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Without:
    """A unit of the dataset that the source has no figure for."""

    id: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinReport:
    """The report on one source; ``matched`` and ``unmatched`` add up to ``rows``."""

    note: SourceNote
    rows: int
    """Units that the source has figures for; several rows of one unit count once."""
    matched: int
    """Of these, how many the dataset has."""
    unmatched: tuple[Unmatched, ...]
    key_changes: tuple[KeyChange, ...]
    """Those among the matched that have another key in the dataset."""
    units: int
    """Units of the dataset that figures are wanted for: municipalities, or counties."""
    covered: int
    """Of these, how many have a figure now."""
    without: tuple[Without, ...]
    """Those that have none: they stay unknown."""
    flags: tuple[Message, ...] = ()
    """What is to be known of the figures."""
    details: Mapping[str, Any] = field(default_factory=dict)
    """Further numbers: how the model of the commuters converged."""

    @property
    def rate(self) -> float:
        """Join rate: the share of the dataset's units that have a figure."""
        return self.covered / self.units if self.units else 0.0

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "source": self.note.to_dict(),
            "rows": self.rows,
            "matched": self.matched,
            "join_rate": round(self.rate, 6),
            "units": self.units,
            "covered": self.covered,
            "unmatched": [
                {"id": one.id, "name": one.name, "why": one.why.text(lang)} for one in self.unmatched
            ],
            "key_changes": [
                {"id": one.id, "name": one.name, "joined_to": one.joined_to} for one in self.key_changes
            ],
            "without": [{"id": one.id, "name": one.name} for one in self.without],
            "flags": [flag.text(lang) for flag in self.flags],
            "details": dict(self.details),
        }
