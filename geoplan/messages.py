"""One sentence in the reader's language, with numbers written as that language writes them."""

import string
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import Any, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

LANGUAGES = ("de", "en")
SOURCE_LANGUAGE = "en"
GERMAN_TIME = ZoneInfo("Europe/Berlin")
DATE_PATTERNS = {"de": "dd.MM.yyyy", "en": "d MMMM yyyy"}


@cache
def _catalogue(lang: str) -> dict[str, str]:
    if lang == SOURCE_LANGUAGE:
        return {}
    path = resources.files("geoplan") / "locale" / lang / "geoplan.po"
    with path.open("rb") as file:
        return {str(entry.id): str(entry.string) for entry in read_po(file) if entry.id and entry.string}


@cache
def _decimal_pattern(digits: int) -> str:
    return "#,##0" + ("." + "0" * digits if digits else "")


def format_number(value: float, digits: int, lang: str) -> str:
    """Write ``value`` with ``digits`` decimals in the locale of ``lang`` (18,4 in German)."""
    return format_decimal(value, format=_decimal_pattern(digits), locale=lang)


def alphabetical(text: str) -> str:
    """A key to sort by as German dictionaries do (DIN 5007-1): ä as a, ß as ss, capitals as small letters."""
    split = unicodedata.normalize("NFD", text.casefold())
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def as_written(value: float, digits: int) -> float:
    """The number that :func:`format_number` writes: differences of written numbers are computed from it."""
    # Half to even from the shortest decimal form, as babel does.
    return float(Decimal(str(value)).quantize(Decimal(1).scaleb(-digits)))


def to_figures(value: float | Decimal, figures: int) -> Decimal:
    """A number to so many figures, half up: 81,599 is 81,600 to three."""
    exact = Decimal(str(value))
    return exact.quantize(Decimal(1).scaleb(exact.adjusted() - figures + 1), rounding=ROUND_HALF_UP)


@runtime_checkable
class Localised(Protocol):
    """Anything that can say itself in a language: a message, a label of a data file."""

    def text(self, lang: str) -> str:
        """The text in ``lang``."""
        ...


@dataclass(frozen=True, slots=True)
class IsoDay:
    """A date, as data and JSON write it (2026-11-30), for a sentence: 30.11.2026 in German."""

    iso: object
    """What is no ISO date stays as it is."""

    def text(self, lang: str) -> str:
        """The date in ``lang``."""
        try:
            return str(format_date(date.fromisoformat(str(self.iso)), DATE_PATTERNS[lang], locale=lang))
        except ValueError:
            return str(self.iso)


@dataclass(frozen=True, slots=True)
class IsoMoment:
    """A moment, as data and JSON write it (UTC), for a sentence: day and time of the day in Germany."""

    iso: str

    def text(self, lang: str) -> str:
        """The moment in ``lang``."""
        moment = datetime.fromisoformat(self.iso).astimezone(GERMAN_TIME)
        return str(format_datetime(moment, f"{DATE_PATTERNS[lang]}, HH:mm", locale=lang))


class _LocalisedFormatter(string.Formatter):
    """How a language writes what fills a sentence.

    ``{x:n1}`` is a number with one decimal, ``{x:s3}`` one to three figures, ``{x:p0}`` a share as per cent.
    """

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, Localised):
            return value.text(self.lang)
        if format_spec[:1] == "n":
            return format_number(value, int(format_spec[1:]), self.lang)
        if format_spec[:1] == "s":
            return format_number(float(to_figures(value, int(format_spec[1:]))), 0, self.lang)
        if format_spec[:1] == "p":
            space = "\u00a0" if self.lang == "de" else ""
            return format_number(100 * value, int(format_spec[1:]), self.lang) + space + "%"
        return str(super().format_field(value, format_spec))


@cache
def _formatter(lang: str) -> _LocalisedFormatter:
    return _LocalisedFormatter(lang)


def filled(template: str, values: Mapping[str, Any], lang: str) -> str:
    """A ``template`` that is in the language ``lang`` already, with its fields filled."""
    return _formatter(lang).vformat(template, (), values)


def translated(template: str, lang: str) -> str:
    """The template of ``lang`` for an English ``template``; the English one where none is kept."""
    return _catalogue(lang).get(template, template)


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """A sentence: an English template (the key of the catalogues) and what fills it.

    Fields are written ``{name}``, numbers ``{border_km:n1}`` (decimals) or ``{share:p0}`` (per cent);
    a field may itself be a message.
    """

    template: str
    values: dict[str, Any]

    def __init__(self, template: str, **values: Any) -> None:
        object.__setattr__(self, "template", template)
        object.__setattr__(self, "values", values)

    def filled(self, **values: Any) -> "Message":
        """The same sentence with other values."""
        return Message(self.template, **values)

    def text(self, lang: str) -> str:
        """The sentence in ``lang``."""
        return filled(translated(self.template, lang), self.values, lang)

    def __str__(self) -> str:
        return self.text(SOURCE_LANGUAGE)


@dataclass(frozen=True, slots=True)
class DeferredMessage:
    """A sentence that is made up when it is read: most reasons of a long list never are."""

    say: Callable[[], Message]

    def text(self, lang: str) -> str:
        """The sentence in ``lang``."""
        return self.say().text(lang)

    def __str__(self) -> str:
        return self.text(SOURCE_LANGUAGE)
