"""One field of a form: how what was entered is read, and how what is kept is written into it."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from babel.numbers import get_decimal_symbol

from geoplan.messages import Localised, Message, format_number
from geoplan.plans.reading import LINKS
from geoplan_api import labels
from geoplan_api.written_numbers import plain_number

MISSING = Message("This is missing.")
NO_NUMBER = Message("“{value}” is no number.")
NO_NUMBER_OF = Message("“{value}” is no number; a number is asked for here, counted in: {unit}.")
NO_WHOLE = Message("“{value}” is no whole number.")
NO_SHARE = Message("“{value}” is no percentage from 0 to 100.")
NO_AMOUNT = Message("“{value}” is no amount in euro with at most two decimals.")
MOST_CHARACTERS = 18
MONTHS = "months"
YEARS = re.compile(r"(.*\d)\s*(?:jahre?n?|years?|j\.|a)", re.IGNORECASE)
"""How a number of months is given by people who think in years."""
PLAIN = re.compile(r"[-+]?[0-9]+([.][0-9]+)?")
KEYS = {5: Message("county key {key}"), 8: Message("AGS {key}"), 9: Message("ARS {key}")}
"""Kinds of German keys, by how many digits they have."""


class Kind(StrEnum):
    """What is entered; each has its control in ``plans/field.html``."""

    TEXT = "text"
    LONG = "long"
    LINES = "lines"
    """One value a line."""
    NUMBER = "number"
    PERCENT = "percent"
    """A share from 0 to 1, entered and shown as per cent."""
    WHOLE = "whole"
    MONEY = "money"
    DATE = "date"
    TIME = "time"
    LINK = "link"
    KEY = "key"
    """Id of an administrative unit."""
    CHOICE = "choice"
    HIDDEN = "hidden"
    """Goes along unseen, to find again what is changed."""


NUMERIC = (Kind.NUMBER, Kind.PERCENT, Kind.MONEY, Kind.WHOLE)


class EntryError(ValueError):
    """What was entered cannot be read."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form."""

    name: str
    label: Message
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: Mapping[str, Localised] = field(default_factory=dict)
    usual: str = ""
    """What a new entry begins with."""
    hint: Message | None = None
    unit: Message | None = None
    """What a number is counted in."""

    @property
    def says_something(self) -> bool:
        """Whether an entry is one because this is filled; a choice always is."""
        return self.kind not in (Kind.CHOICE, Kind.HIDDEN)

    def read(self, text: str, lang: str) -> Any:
        """The value, as JSON has it; ``None`` where nothing was entered.

        Raises
        ------
        EntryError
            It cannot be read.
        """
        entered = text.strip()
        if self.kind is Kind.LINES:
            return [line.strip() for line in entered.split("\n") if line.strip()]
        if not entered:
            if self.required:
                raise EntryError(MISSING)
            return None
        reader = READERS.get(self.kind)
        if reader is None:
            return entered
        if self.unit is None or self.kind is not Kind.NUMBER:
            return reader(entered, lang)
        return _counted(entered, self.unit, lang)

    def entry(self, value: Any, lang: str) -> str:
        """The value as it stands in the control."""
        if value is None:
            return ""
        match self.kind:
            case Kind.LINES:
                return "\n".join(value)
            case Kind.MONEY:
                return f"{Decimal(str(value)):.2f}".replace(".", get_decimal_symbol(lang))
            case Kind.PERCENT:
                return format((100 * Decimal(str(value))).normalize(), "f").replace(
                    ".", get_decimal_symbol(lang)
                )
            case Kind.NUMBER if isinstance(value, int | float):
                return format(Decimal(str(value)).normalize(), "f").replace(".", get_decimal_symbol(lang))
        return str(value)[:16] if self.kind is Kind.TIME else str(value)

    def told(self, value: Any, lang: str) -> str:
        """The value as a reader sees it; empty where there is none."""
        if value is None or value in ("", []):
            return ""
        if self.kind is Kind.CHOICE and value in self.choices:
            return self.choices[value].text(lang)
        teller = TELLERS.get(self.kind)
        said = str(value) if teller is None else teller(value, lang)
        return said if self.unit is None else f"{said}\N{NO-BREAK SPACE}{self.unit.text(lang)}"


def number_told(value: float, lang: str) -> str:
    """A number with as many decimals as it has."""
    digits = -int(Decimal(str(value)).normalize().as_tuple().exponent)
    return format_number(value, max(0, digits), lang)


def time_told(iso_time: str, lang: str) -> str:
    """Day and time of the day, as the language writes them."""
    day, _, time = iso_time.partition("T")
    return f"{labels.day(day, lang)}, {time[:5]}" if time else labels.day(day, lang)


def key_told(key: str, lang: str) -> str:
    """The id of a unit with what kind of key it is, where that can be seen."""
    kind = KEYS.get(len(key)) if key.isascii() and key.isdigit() else None
    return key if kind is None else kind.filled(key=key).text(lang)


TELLERS: dict[Kind, Callable[[Any, str], str]] = {
    Kind.LINES: lambda value, _lang: ", ".join(value),
    Kind.MONEY: lambda value, lang: f"{format_number(value, 2, lang)}\N{NO-BREAK SPACE}€",
    Kind.NUMBER: number_told,
    Kind.PERCENT: lambda value, lang: number_told(float(100 * Decimal(str(value))), lang),
    Kind.DATE: labels.day,
    Kind.TIME: time_told,
    Kind.KEY: key_told,
}
"""How values are told that do not stand as they are."""


def is_link(text: str) -> bool:
    """Whether a text can be followed."""
    return text.partition("://")[0] in LINKS


def _decimal(text: str, lang: str, problem: Message) -> Decimal:
    plain = plain_number(re.sub(r"[\s€]", "", text), lang)
    if len(plain) > MOST_CHARACTERS or not PLAIN.fullmatch(plain):
        raise EntryError(problem.filled(**{**problem.values, "value": text[:80]}))
    return Decimal(plain)


def _counted(text: str, unit: Message, lang: str) -> float:
    """A number with or without its unit behind it; months may be given as years."""
    years = YEARS.fullmatch(text) if unit.template == MONTHS else None
    word = unit.text(lang)
    own = text[: -len(word)] if text.casefold().endswith(word.casefold()) else text
    problem = NO_NUMBER_OF.filled(unit=unit)
    if years is not None:
        return float(12 * _decimal(years[1], lang, problem))
    return float(_decimal(own, lang, problem))


def _whole(text: str, lang: str) -> int:
    found = _decimal(text, lang, NO_WHOLE)
    if found != found.to_integral_value():
        raise EntryError(NO_WHOLE.filled(value=text[:80]))
    return int(found)


def _amount(text: str, lang: str) -> float:
    found = _decimal(text, lang, NO_AMOUNT)
    if found != found.quantize(Decimal("0.01")):
        raise EntryError(NO_AMOUNT.filled(value=text[:80]))
    return float(found)


def _share(text: str, lang: str) -> float:
    found = _decimal(text.removesuffix("%"), lang, NO_SHARE)
    if not 0 <= found <= 100:
        raise EntryError(NO_SHARE.filled(value=text[:80]))
    return float(found / 100)


READERS: dict[Kind, Callable[[str, str], Any]] = {
    Kind.NUMBER: lambda text, lang: float(_decimal(text, lang, NO_NUMBER)),
    Kind.WHOLE: _whole,
    Kind.MONEY: _amount,
    Kind.PERCENT: _share,
}
"""How entries are read that are not kept as they stand."""
