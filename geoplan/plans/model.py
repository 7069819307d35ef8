"""What a plan holds: goals, people, decisions, money, meetings, documents, values and risks of a network."""

import datetime
from dataclasses import asdict, dataclass, field
from decimal import Decimal
from enum import Enum, StrEnum
from typing import Any

from geoplan.plans.states import PlanState
from geoplan.rules.facts import Value


class ParticipantRole(StrEnum):
    """What a participant is to the network."""

    OPEN = "open"
    """Nobody has chosen yet."""
    LEAD = "lead"
    MEMBER = "member"
    COORDINATOR = "coordinator"
    """Organises without being a member: a county, an agency."""
    PROPOSED_COORDINATOR = "proposed-coordinator"
    """geoplan proposes it, as for a county among its own municipalities; nobody has agreed to it yet."""
    GUEST = "guest"


class Resolution(StrEnum):
    """How a council has decided."""

    OPEN = "open"
    APPROVED = "approved"
    REJECTED = "rejected"


class DocumentKind(StrEnum):
    """What a document is."""

    LETTER_OF_INTENT = "letter-of-intent"
    CONTRACT = "contract"
    RESOLUTION = "resolution"
    APPLICATION = "application"
    REPORT = "report"
    OTHER = "other"


class MeetingKind(StrEnum):
    """What people come together for."""

    MEETING = "meeting"
    TRAINING = "training"


class Rhythm(StrEnum):
    """How often a meeting of a series comes."""

    ONCE = "once"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"


class Degree(StrEnum):
    """How likely or how bad."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """What a goal is measured by."""

    key: str
    """Monitoring values name it."""
    name: str
    unit: str | None = None
    baseline: float | None = None
    target: float | None = None
    target_year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What the network wants."""

    text: str
    indicators: tuple[Indicator, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilDecision:
    """What the council of a participant decided."""

    result: Resolution = Resolution.OPEN
    on: datetime.date | None = None
    reference: str | None = None
    """Number of the paper, or a link to it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """Who takes part."""

    name: str
    unit: str | None = None
    """Id of an administrative unit; ``None`` for a company, an agency."""
    role: ParticipantRole = ParticipantRole.OPEN
    contact: str | None = None
    """A person who may decide, or a post."""
    decision: CouncilDecision = CouncilDecision()


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionStructure:
    """How the network decides."""

    bodies: tuple[str, ...] = ()
    voting: str | None = None
    exit_rules: str | None = None
    conflict_steps: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """Who does what."""

    task: str
    who: str
    full_time_posts: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FinanceYear:
    """Money of one year, exact to the cent."""

    year: int
    cost_eur: Decimal | None = None
    grant_eur: Decimal | None = None
    own_eur: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingSeries:
    """Meetings that come again, at local German time."""

    title: str
    starts: datetime.datetime
    minutes: int = 120
    rhythm: Rhythm = Rhythm.ONCE
    count: int = 1
    kind: MeetingKind = MeetingKind.MEETING
    place: str | None = None
    key: str | None = None
    """By what calendars know it again; given when it is first kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document, by its link; the store keeps no files."""

    title: str
    link: str
    kind: DocumentKind = DocumentKind.OTHER
    on: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MonitoringValue:
    """What an indicator was on a day."""

    indicator: str
    on: datetime.date
    value: float
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Risk:
    """What may go wrong, and what is done about it."""

    text: str
    likelihood: Degree = Degree.MEDIUM
    impact: Degree = Degree.MEDIUM
    response: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedNetwork:
    """Who is to work together in what."""

    members: tuple[str, ...] = ()
    """Ids of units."""
    service: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanProvenance:
    """What the plan was computed with, so that it can be computed again."""

    dataset: str | None = None
    vintage: str | None = None
    weights: dict[str, float] | None = None
    """``None``: the usual ones of the service."""
    geoplan_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A plan; every change is a new value."""

    id: str
    title: str
    state: PlanState = PlanState.IDEA
    summary: str | None = None
    network: PlannedNetwork = PlannedNetwork()
    facts: dict[str, Value] = field(default_factory=dict)
    """What the partners state of what rules ask for, by the names of the facts."""
    goals: tuple[Goal, ...] = ()
    participants: tuple[Participant, ...] = ()
    decisions: DecisionStructure = DecisionStructure()
    responsibilities: tuple[Responsibility, ...] = ()
    staff_informed: datetime.date | None = None
    finance: tuple[FinanceYear, ...] = ()
    meetings: tuple[MeetingSeries, ...] = ()
    documents: tuple[Document, ...] = ()
    monitoring: tuple[MonitoringValue, ...] = ()
    risks: tuple[Risk, ...] = ()
    provenance: PlanProvenance = PlanProvenance()

    def to_dict(self) -> dict[str, Any]:
        """The plan as JSON; :func:`geoplan.plans.reading.read_plan` reads it back."""
        found: dict[str, Any] = _plain(asdict(self))
        return found


def _plain(value: object) -> Any:
    match value:
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
        case datetime.date():  # a datetime is a date too
            return value.isoformat()
        case Enum():
            return value.value
        case Decimal():  # an amount: so few digits that its number in JSON stands for it alone
            return float(value)
    return value
