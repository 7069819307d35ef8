"""What a service field is: who holds the task, what brings partners together, how they usually join up."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from geoplan.evidence import LocalText, Statement
from geoplan.messages import Message

COOPERATION_TYPES = ("horizontal-rural", "urban-rural", "horizontal-metropolitan", "vertical")
"""The forms of cooperation as the public surface spells them."""


class TaskLevel(StrEnum):
    """The level that holds the task."""

    MUNICIPALITY = "municipality"
    COUNTY = "county"
    BOTH = "both"
    LAND_SPECIFIC = "land-specific"

    @property
    def label(self) -> Message:
        """What the level means, for a reader."""
        return _LEVEL_LABELS[self]


_LEVEL_LABELS = {
    TaskLevel.MUNICIPALITY: Message("task of the municipality"),
    TaskLevel.COUNTY: Message("task of the county or county-free city"),
    TaskLevel.BOTH: Message("task of municipalities and counties"),
    TaskLevel.LAND_SPECIFIC: Message("the state decides which level holds the task"),
}


class Duty(StrEnum):
    """Whether the task must be done."""

    DUTY = "duty"
    VOLUNTARY = "voluntary"
    SUPPORT = "support"
    LAND_SPECIFIC = "land-specific"

    @property
    def label(self) -> Message:
        """What the duty means, for a reader."""
        return _DUTY_LABELS[self]


_DUTY_LABELS = {
    Duty.DUTY: Message("mandatory task"),
    Duty.VOLUNTARY: Message("voluntary task"),
    Duty.SUPPORT: Message("internal support service"),
    Duty.LAND_SPECIFIC: Message("mandatory or voluntary, depending on the state"),
}


class LegalFormKind(StrEnum):
    """The kinds of legal forms."""

    INFORMAL = "informal"
    PUBLIC_LAW = "public-law"
    PRIVATE_LAW = "private-law"


@dataclass(frozen=True, slots=True, kw_only=True)
class LegalForm:
    """A form that a cooperation can take."""

    key: str
    label: LocalText
    kind: LegalFormKind
    statement: Statement
    """Evidence for the kind."""

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The form as JSON."""
        return {"form": self.key, "label": self.label(lang), "kind": self.kind.value}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpatialLogic:
    """What brings partners together: 0 none, 1 weak, 2 helpful, 3 decisive."""

    contiguity: int
    """A chain of common borders."""
    commuting: int
    """Commuter ties."""
    size_parity: int
    """Being of similar size."""
    same_county: int
    """Lying in one county."""
    network: int
    """A common technical network, river basin or travel-time area; geoplan has no data on these yet."""
    network_kind: LocalText | None
    """Which network; ``None`` where there is none."""
    asymmetry_wanted: bool
    """Partners are to differ: a city that needs, surroundings that have."""
    contiguity_required: bool
    """The members have to form one connected area."""

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The weights as JSON."""
        return {**asdict(self), "network_kind": self.network_kind.text(lang) if self.network_kind else None}


@dataclass(frozen=True, slots=True, kw_only=True)
class StateTask:
    """Which level holds a task in one state."""

    level: TaskLevel
    """``LAND_SPECIFIC``: it is not known, though something was read of it."""
    statement: Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """One field of cooperation, with the evidence for each group of values."""

    key: str
    label: LocalText
    """The name of the field: ``label("de")``; fills a field of a message as it is."""
    description: LocalText
    """One sentence on the field."""
    level: TaskLevel
    by_state: Mapping[str, StateTask]
    """What is known of single states, by their keys, where the states decide."""
    duty: Duty
    spatial: SpatialLogic
    legal_forms: tuple[LegalForm, ...]
    """Usual forms, the most usual first."""
    partners_min: int | None
    """Usual number of partners, the asking one included; ``None`` where open."""
    partners_max: int | None
    types: tuple[str, ...]
    """The forms of cooperation it suits, of :data:`COOPERATION_TYPES`."""
    statements: Mapping[str, Statement]
    """Evidence for ``task`` (level and duty), ``spatial``, ``legal_forms``, ``partners`` and ``types``."""
    as_of: datetime.date
    """The day the entry was last compared with its sources."""

    @property
    def contiguity_required(self) -> bool:
        """Whether the members have to form one connected area."""
        return self.spatial.contiguity_required

    @property
    def source(self) -> str:
        """Where it was read which level holds the task."""
        return self.source_of("task")

    def source_of(self, group: str) -> str:
        """The first source of a group of ``statements``, in one line."""
        return self.statements[group].reference

    def task_in(self, states: Sequence[str]) -> StateTask:
        """Which level holds the task in ``states``: in all of them the same, or what is said in general."""
        known = [self.by_state[state] for state in states if state in self.by_state]
        if known and len(known) == len(states) and len({one.level for one in known}) == 1:
            return known[0]
        return StateTask(level=self.level, statement=self.statements["task"])

    def suits(self, cooperation_type: str) -> bool:
        """Whether the field suits this form of cooperation."""
        return cooperation_type in self.types

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The field as JSON."""
        return {
            "key": self.key, "label": self.label(lang), "description": self.description(lang),
            "level": self.level.value, "level_label": self.level.label.text(lang),
            "duty": self.duty.value, "duty_label": self.duty.label.text(lang),
            "types": list(self.types), "spatial": self.spatial.to_dict(lang),
            "legal_forms": [form.to_dict(lang) for form in self.legal_forms],
            "partners": {"min": self.partners_min, "max": self.partners_max},
            "statements": {group: said.to_dict(lang) for group, said in self.statements.items()},
            "as_of": self.as_of.isoformat(),
        }  # fmt: skip
