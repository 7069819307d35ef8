"""Facts that rest on the planner's word alone: which can be stated, how they are read, how answers say so."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Localised, Message, format_number
from geoplan.nearest import nearest_values
from geoplan.rules.facts import FACTS, FactKind, Value, readable
from geoplan.rules.pack import Check
from geoplan.rules.reading import load_packs

AS_STATED = Message("As stated by the partners: {facts}.")
LARGEST = 1e9
YES_NO = {"yes": True, "ja": True, "true": True, "no": False, "nein": False, "false": False}


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedText:
    """An answer that rests on the planner's word, and says on which."""

    answer: Localised
    stated: Mapping[str, Value]

    def text(self, lang: str) -> str:
        """The answer in ``lang``, with what was stated."""
        return f"{self.answer.text(lang)} {stated_text(self.stated, lang)}"


def stated_text(facts: Mapping[str, Value], lang: str) -> str:
    """What the partners have stated, in one sentence."""
    return AS_STATED.filled(facts=facts_text(facts, lang)).text(lang)


def facts_text(facts: Mapping[str, Value], lang: str) -> str:
    """Facts by what they are called, with their values."""
    return "; ".join(
        f"{FACTS[key].label.text(lang) if key in FACTS else key}: {value_text(value, lang)}"
        for key, value in facts.items()
    )


def value_text(value: Value, lang: str) -> str:
    """The value of a fact as ``lang`` writes it."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return format_number(value, 0 if value == int(value) else 2, lang)
    return Message("{value}", value=readable(value)).text(lang)


def asked_facts() -> frozenset[str]:
    """The facts that a rule of the kept packs asks for."""
    packs = load_packs().values()
    conditions = [pack.applies for pack in packs]
    conditions += [
        part for pack in packs for rule in pack.rules.values() for part in (rule.applies, rule.meets)
    ]
    return frozenset().union(*(one.facts for one in conditions if one is not None))


def facts_asked_by(check: Check) -> frozenset[str]:
    """The facts that a check asks for; none where it is computed from the map."""
    pack = load_packs().get(check.pack or "")
    rule = None if pack is None else pack.rules.get(check.rule.partition(".")[2])
    if rule is None:
        return frozenset()
    return rule.meets.facts | (frozenset() if rule.applies is None else rule.applies.facts)


def read_facts(texts: Iterable[str]) -> dict[str, Value]:
    """Read facts written ``fact=value``; a flag is yes or no.

    Raises
    ------
    InvalidValueError
        Not written so, or stated twice.
    """
    found: dict[str, Value] = {}
    for text in texts:
        key, equals, value = (part.strip() for part in text.partition("="))
        if not equals or not key or not value:
            message = Message("“{value}” is not a fact; it is written fact=value.", value=text)
            raise InvalidValueError(message, value=text)
        if key in found:
            raise InvalidValueError(Message("The fact “{value}” is stated twice.", value=key), value=key)
        found[key] = _value(key, value)
    return found


def _value(key: str, text: str) -> Value:
    kind = FACTS[key].kind if key in FACTS else FactKind.TEXT
    if kind is FactKind.FLAG:
        return YES_NO.get(text.casefold(), text)
    if kind is FactKind.NUMBER:
        try:
            return float(text.replace(",", "."))
        except ValueError:
            return text
    return text


def check_facts(facts: Mapping[str, Value], statable: Iterable[str]) -> None:
    """Make sure that ``facts`` may be stated and have values that they can have.

    Raises
    ------
    UnknownChoiceError
        A fact that no rule asks for, or that is read off the map and not stated.
    InvalidValueError
        A value that the fact cannot have.
    """
    known = sorted(statable)
    for key, value in facts.items():
        if key not in known:
            message = Message("“{value}” is no fact that can be stated.", value=key)
            raise UnknownChoiceError(message, value=key, nearest=nearest_values(key, known) or known)
        kind = FACTS[key].kind
        if not kind.fits(value) or not _in_bounds(key, value):
            message = Message("{fact} = “{value}”: {reason}.", fact=key, value=value, reason=_EXPECTED[kind])
            raise InvalidValueError(message, value=str(value))


def bounds_of(key: str) -> tuple[float, float]:
    """Between what a number lies that may be stated of a fact."""
    return 0, 1 if key.endswith(("_share", "_rate")) else LARGEST


def _in_bounds(key: str, value: Value) -> bool:
    if FACTS[key].kind is not FactKind.NUMBER:
        return True
    low, high = bounds_of(key)
    return isinstance(value, int | float) and low <= value <= high


_EXPECTED = {
    FactKind.FLAG: Message("yes or no is expected"),
    FactKind.NUMBER: Message("a number that is not negative is expected, a share from 0 to 1"),
    FactKind.TEXT: Message("a text is expected"),
    FactKind.DAY: Message("a date like 2026-11-22 is expected"),
}
