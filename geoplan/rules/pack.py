"""What a rule pack is: dated, cited rules that belong together, and what an answer to one of them is."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from geoplan.evidence import LocalText, Mark, Statement
from geoplan.messages import Localised, Message, filled
from geoplan.rules.condition import Condition
from geoplan.rules.constants import Constant


class Status(StrEnum):
    """How a rule stands."""

    MET = "met"
    MISSED = "missed"
    UNCLEAR = "unclear"

    @property
    def label(self) -> Message:
        """The status for a reader."""
        return _STATUS_LABELS[self]


_STATUS_LABELS = {
    Status.MET: Message("met"),
    Status.MISSED: Message("missed"),
    Status.UNCLEAR: Message("unclear"),
}


class RuleKind(StrEnum):
    """What it means to miss a rule."""

    REQUIREMENT = "requirement"
    """The network cannot be founded or funded so."""
    ADVICE = "advice"
    """It can, but experience speaks against it."""
    HINT = "hint"
    """Something to know."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule of a pack."""

    key: str
    label: LocalText
    kind: RuleKind
    applies: Condition | None
    """When the rule is asked at all; ``None``: always."""
    meets: Condition
    otherwise: Status
    """The status where ``meets`` is false: missed, or unclear where others may still decide."""
    texts: Mapping[Status, LocalText]
    statement: Statement
    likely: Condition | None = None
    """What the facts, were they sure, have to fulfil for an unclear answer to say that it is likely."""
    likely_text: LocalText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePack:
    """Rules of one law or programme, in the state of ``as_of``."""

    key: str
    label: LocalText
    country: str
    """ISO 3166; the rules are asked for cooperations of this country only."""
    as_of: datetime.date
    """The day the pack was last compared with its sources."""
    valid_from: datetime.date | None
    valid_until: datetime.date | None
    """The last day; ``None``: no end is known."""
    validity: Statement
    applies: Condition | None
    constants: Mapping[str, Constant]
    rules: Mapping[str, Rule]

    def holds(self, on: datetime.date) -> bool:
        """Whether the rules were in force on a day, as far as the pack knows."""
        begun = self.valid_from is None or self.valid_from <= on
        return begun and (self.valid_until is None or on <= self.valid_until)


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleText:
    """A text of a pack with what fills it."""

    texts: LocalText
    values: Mapping[str, Any]

    def text(self, lang: str) -> str:
        """The text in ``lang``."""
        return filled(self.texts.text(lang), self.values, lang)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How one rule stands for one cooperation on one day."""

    rule: str
    """``pack.rule``."""
    status: Status
    text: Localised
    source: str | None
    """Where the rule was read: an address or a title."""
    label: Localised
    kind: RuleKind = RuleKind.REQUIREMENT
    as_of: datetime.date | None = None
    """The day the rule was last compared with its source."""
    pack: str | None = None
    """``None`` for what is computed from the map and not from a rule."""
    mark: Mark = Mark.DERIVED
    note: Localised | None = None
    stated: tuple[str, ...] = ()
    """The facts it rests on that the planner has stated; the text says so."""

    def to_dict(self, lang: str) -> dict[str, Any]:
        """The check as the contract writes it."""
        return {
            "rule": self.rule, "status": self.status.value, "text": self.text.text(lang),
            "source": self.source, "label": self.label.text(lang), "kind": self.kind.value,
            "as_of": None if self.as_of is None else self.as_of.isoformat(), "pack": self.pack,
            "mark": self.mark.value, "note": None if self.note is None else self.note.text(lang),
            "stated": list(self.stated),
        }  # fmt: skip
