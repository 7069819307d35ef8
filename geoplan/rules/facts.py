"""What rules may ask about: the facts of a planned cooperation, each with how sure it is."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from babel.dates import format_date

from geoplan.evidence import Mark
from geoplan.messages import Message

Value = str | float | bool | datetime.date

DATE_PATTERNS = {"de": "dd.MM.yyyy", "en": "d MMMM yyyy"}
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
    about: str
    choices: tuple[str, ...] = ()
    """The values of a text that may be asked for; empty where any."""


def _number(about: str) -> FactDefinition:
    return FactDefinition(kind=FactKind.NUMBER, about=about)


def _flag(about: str) -> FactDefinition:
    return FactDefinition(kind=FactKind.FLAG, about=about)


FACTS: dict[str, FactDefinition] = {
    "on": FactDefinition(kind=FactKind.DAY, about="the day the rules are asked for"),
    "service": FactDefinition(kind=FactKind.TEXT, about="key of the service field"),
    "depth": FactDefinition(kind=FactKind.TEXT, about="how deeply they work together", choices=tuple(Depth)),
    "participants": _number("members of the network, municipal companies included"),
    "municipalities": _number("municipalities and associations of municipalities among the members"),
    "landkreise": _number("counties among the members that are no county-free city"),
    "companies": _number("municipal companies among the members"),
    "smallest_municipal_share": _number("smallest municipal share of the companies, 0 … 1"),
    "states": _number("states that the members lie in"),
    "state": FactDefinition(kind=FactKind.TEXT, about="key of the one state, or “several”"),
    "only_one_association": _flag("all members belong to one association of municipalities"),
    "exactly_one_association": _flag("the members are all members of one association and nobody else"),
    "states_adjacent": _flag("the states of the members border one another as a chain"),
    "treaty_known": _flag("a treaty that covers all their states is in the register of treaties"),
    "largest_population": _number("inhabitants of the largest municipality"),
    "smallest_population": _number("inhabitants of the smallest municipality"),
    "duration_months": _number("months that the cooperation is agreed for"),
    "meetings_per_year": _number("meetings of the network in a year"),
    "participation_contract": _flag("participation is secured by contract"),
    "grant_eur": _number("grant by the funding formula, EUR"),
    "heat_plan": _flag("the members have heat plans already"),
    "land_allows_simplified": _flag("the state allows the simplified procedure"),
    "land_allows_convoy": _flag("the state allows one plan for several municipal areas"),
    "saving_share": _number("expected yearly saving of staff and material cost, 0 … 1"),
    "confirmed_rate": _number("rate that the funding body has confirmed, 0 … 1"),
    "justified_exception": _flag("a justified exception"),
    "concept_settled": _flag("how a climate concept differs from that of the county is settled"),
    "transfer_settled": _flag("that the task may be transferred is settled with the supervisor"),
    "seat_settled": _flag("the seat of the joint body is settled"),
    "ministry_approval": _flag("the ministry of the interior has approved"),
    "old_vat_rule_chosen": _flag("the bodies opted for the old rule and did not revoke"),
    "turnover_eur": _number("yearly turnover of the service, net, EUR"),
}
"""All facts by name. A rule that asks for another one is rejected when its pack is read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What is known of one thing."""

    value: Value | None
    """``None`` where unknown."""
    mark: Mark = Mark.VERIFIED
    spread: tuple[float, float] | None = None
    """The least and the largest number it may be, where ``value`` is an estimate."""

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
