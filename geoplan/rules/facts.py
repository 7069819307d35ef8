"""What rules may ask about: the facts of a planned cooperation, each with how sure it is."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from babel.dates import format_date

from geoplan.evidence import Mark
from geoplan.messages import DATE_PATTERNS, Message

Value = str | float | bool | datetime.date

UNKNOWN = Message("unknown")
YES, NO = Message("yes"), Message("no")


class Depth(StrEnum):
    """How deeply partners work together, from the loosest to the closest."""

    EXCHANGE = "exchange"
    SHARED_STAFF = "shared-staff"
    SHARED_TASK = "shared-task"
    TRANSFERRED_TASK = "transferred-task"

    @property
    def label(self) -> Message:
        """What the depth means, for a reader."""
        return _DEPTH_LABELS[self]


_DEPTH_LABELS = {
    Depth.EXCHANGE: Message("exchange"),
    Depth.SHARED_STAFF: Message("shared staff"),
    Depth.SHARED_TASK: Message("shared task"),
    Depth.TRANSFERRED_TASK: Message("transferred task"),
}


class FactKind(StrEnum):
    """What kind of value a fact has."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    DAY = "day"

    def fits(self, value: Value) -> bool:
        """Whether ``value`` is of this kind."""
        types = _TYPES[self]
        return isinstance(value, types) and (self == FactKind.FLAG or not isinstance(value, bool))


_TYPES: dict[FactKind, tuple[type, ...]] = {
    FactKind.TEXT: (str,),
    FactKind.NUMBER: (int, float),
    FactKind.FLAG: (bool,),
    FactKind.DAY: (datetime.date,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FactDefinition:
    """A fact that rules may ask for."""

    kind: FactKind
    label: Message
    """What it says, for a reader."""
    choices: tuple[str, ...] = ()
    """The values of a text that may be asked for; empty where any."""
    question: Message | None = None
    """How the partners are asked for it; ``None`` where map, members and cost answer."""
    unit: Message | None = None
    """What a number that they state is counted in; a share in :data:`PER_CENT`, though kept as 0 … 1."""


PER_CENT = Message("%")


def _number(label: Message, question: Message | None = None, unit: Message | None = None) -> FactDefinition:
    return FactDefinition(kind=FactKind.NUMBER, label=label, question=question, unit=unit)


def _flag(label: Message, question: Message | None = None) -> FactDefinition:
    return FactDefinition(kind=FactKind.FLAG, label=label, question=question)


FACTS: dict[str, FactDefinition] = {
    "on": FactDefinition(kind=FactKind.DAY, label=Message("the day the rules are asked for")),
    "service": FactDefinition(kind=FactKind.TEXT, label=Message("key of the service field")),
    "depth": FactDefinition(
        kind=FactKind.TEXT, label=Message("how deeply they work together"), choices=tuple(Depth)
    ),
    "participants": _number(Message("members of the network, municipal companies included")),
    "municipalities": _number(Message("municipalities and associations of municipalities among the members")),
    "landkreise": _number(Message("counties among the members that are no county-free city")),
    "companies": _number(Message("municipal companies among the members")),
    "smallest_municipal_share": _number(Message("smallest municipal share of the companies, 0 … 1")),
    "states": _number(Message("states that the members lie in")),
    "state": FactDefinition(kind=FactKind.TEXT, label=Message("key of the one state, or “several”")),
    "state_names": FactDefinition(kind=FactKind.TEXT, label=Message("names of the states of the members")),
    "only_one_association": _flag(Message("all members belong to one association of municipalities")),
    "exactly_one_association": _flag(
        Message("the members are all members of one association and nobody else")
    ),
    "states_adjacent": _flag(Message("the states of the members border one another as a chain")),
    "treaty_known": _flag(Message("a treaty that covers all their states is in the register of treaties")),
    "largest_population": _number(Message("inhabitants of the largest municipality")),
    "smallest_population": _number(Message("inhabitants of the smallest municipality")),
    "duration_months": _number(
        Message("months that the cooperation is agreed for"),
        Message("For how long is the cooperation agreed?"), Message("months"),
    ),
    "meetings_per_year": _number(
        Message("meetings of the network in a year"),
        Message("How many meetings of the network are planned?"), Message("a year"),
    ),
    "participation_contract": _flag(
        Message("participation is secured by contract"),
        Message("Is everybody's participation secured by contract?"),
    ),
    "grant_eur": _number(Message("grant by the funding formula, EUR")),
    "heat_plan": _flag(
        Message("the members have heat plans already"), Message("Do the members have heat plans already?")
    ),
    "land_allows_simplified": _flag(
        Message("the state allows the simplified procedure"),
        Message("Does the state allow the simplified procedure?"),
    ),
    "land_allows_convoy": _flag(
        Message("the state allows one plan for several municipal areas"),
        Message("Does the state allow one plan for several municipalities?"),
    ),
    "saving_share": _number(
        Message("expected yearly saving of staff and material cost, 0 … 1"),
        Message("How much of the staff and material cost is to be saved a year?"), PER_CENT,
    ),
    "confirmed_rate": _number(
        Message("rate that the funding body has confirmed, 0 … 1"),
        Message("Which rate has the funding body confirmed?"), PER_CENT,
    ),
    "justified_exception": _flag(
        Message("a justified exception"), Message("Is this a justified exception?")
    ),
    "concept_settled": _flag(
        Message("how a climate concept differs from that of the county is settled"),
        Message("Is it settled how a climate concept differs from that of the county?"),
    ),
    "transfer_settled": _flag(
        Message("that the task may be transferred is settled with the supervisory authority"),
        Message("Is it settled with the supervisory authority that the task may be transferred?"),
    ),
    "seat_settled": _flag(
        Message("the seat of the joint body is settled"), Message("Is the seat of the joint body settled?")
    ),
    "ministry_approval": _flag(
        Message("the ministry of the interior has approved"),
        Message("Has the ministry of the interior approved?"),
    ),
    "old_vat_rule_chosen": _flag(
        Message("the bodies opted for the old rule and did not revoke"),
        Message("Have the bodies opted for the old VAT rule and not revoked that?"),
    ),
    "turnover_eur": _number(
        Message("yearly turnover of the service, net, EUR"),
        Message("How large is the yearly turnover of the service, net?"), Message("€"),
    ),
}  # fmt: skip
"""All facts by name. A rule that asks for another one is rejected when its pack is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is known of one thing."""

    value: Value | None
    """``None`` where unknown."""
    mark: Mark = Mark.VERIFIED
    spread: tuple[float, float] | None = None
    """The least and the largest number it may be, where ``value`` is an estimate."""
    stated: bool = False
    """Whether it rests on the word of the planner alone."""

    @property
    def sure(self) -> bool:
        """Whether a rule may rely on it."""
        return self.value is not None and is_sure(self.mark)


Facts = Mapping[str, Fact]


def is_sure(mark: Mark) -> bool:
    """Whether a rule may rely on what has this mark: neither unverified nor in conflict."""
    return mark in (Mark.VERIFIED, Mark.DERIVED)


_WEAKNESS = (Mark.VERIFIED, Mark.DERIVED, Mark.CONFLICT, Mark.UNVERIFIED)


def weakest(*marks: Mark) -> Mark:
    """The least sure of some marks."""
    return max(marks, key=_WEAKNESS.index)


@dataclass(frozen=True, slots=True)
class Day:
    """A date as a language writes it."""

    date: datetime.date

    def text(self, lang: str) -> str:
        """The date in ``lang``."""
        return format_date(self.date, DATE_PATTERNS[lang], locale=lang)


def readable(value: Value | None) -> object:
    """The value as a sentence shows it."""
    if value is None:
        return UNKNOWN
    if isinstance(value, bool):
        return YES if value else NO
    return Day(value) if isinstance(value, datetime.date) else value
