"""What a suggestion is and how it explains itself."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from geoplan.messages import Localised, Message
from geoplan.provenance import named_in, source_name
from geoplan.units import AdministrativeUnit


class CooperationType(StrEnum):
    """The four forms of cooperation; the values are the words of the public surface."""

    HORIZONTAL_RURAL = "horizontal-rural"
    HORIZONTAL_METROPOLITAN = "horizontal-metropolitan"
    URBAN_RURAL = "urban-rural"
    VERTICAL = "vertical"


class Role(StrEnum):
    """What the suggested unit would be in the cooperation."""

    PARTNER = "partner"
    CENTRE = "centre"
    HINTERLAND = "hinterland"
    COORDINATOR = "coordinator"
    MEMBER = "member"


class Severity(StrEnum):
    """How much a flag weighs."""

    INFO = "info"
    WARNING = "warning"
    BLOCKER = "blocker"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """What one criterion adds to the score."""

    criterion: str
    value: float | None
    """The measured value in ``unit``, before it is turned into a share of 0 … 1."""
    unit: str
    weight: float
    """The share of this criterion in the score; the weights of one suggestion add up to 1."""
    contribution: float
    """Weight × degree of fulfilment; the contributions of one suggestion add up to its score."""
    explanation: Localised = field(compare=False)

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The contribution as the contract writes it."""
        return {
            "criterion": self.criterion, "value": self.value, "unit": self.unit, "weight": self.weight,
            "contribution": self.contribution, "explanation": self.explanation.text(lang),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """Something to know before talking to this partner."""

    code: str
    severity: Severity
    text: Message
    source: str | None

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The flag as the contract writes it."""
        return {
            "code": self.code, "severity": self.severity.value,
            "text": self.text.text(lang), "source": self.source,
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A unit worth talking to, and why."""

    unit: AdministrativeUnit
    type: CooperationType
    role: Role
    score: float
    contributions: tuple[Contribution, ...]
    """Largest first."""
    flags: tuple[Flag, ...]

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The suggestion as the contract writes it."""
        unit = self.unit
        return {
            "id": unit.id, "name": unit.name, "designation": unit.designation, "level": unit.level.value,
            "population": unit.population,
            "population_source": source_name(unit.population_source, lang),
            "county": unit.county, "state": unit.state,
            "type": self.type.value, "role": self.role.value, "score": self.score,
            "contributions": [part.to_dict(lang) for part in self.contributions],
            "flags": [flag.to_dict(lang) for flag in self.flags],
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestionList:
    """The answer to one question: who fits this unit, with these partners, for this service?"""

    unit: AdministrativeUnit
    partners: tuple[AdministrativeUnit, ...]
    """Partners already on board."""
    type: str
    """As asked: one of the four types, ``horizontal`` or ``any``."""
    service: str | None
    suggestions: tuple[Suggestion, ...]
    """Best first."""
    flags: tuple[Flag, ...]
    """What is to be known of the asking unit: an island, a city-state, no county above it …"""
    data: dict[str, Any]
    as_level: str | None = None
    """The level that the asking unit stands for, where one was asked for."""

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The answer as the contract writes it."""
        return {
            "unit": self.unit.id, "name": self.unit.name, "with": [partner.id for partner in self.partners],
            "type": self.type, "service": self.service, "as": self.as_level,
            "suggestions": [suggestion.to_dict(lang) for suggestion in self.suggestions],
            "flags": [flag.to_dict(lang) for flag in self.flags],
            "data": named_in(lang, self.data),
        }  # fmt: skip
