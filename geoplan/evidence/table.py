"""Reading a table of a TOML or JSON document strictly: every error names the path to the bad value."""

import datetime
import reprlib
import tomllib
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from enum import StrEnum
from importlib import resources
from typing import Any, NoReturn, TypeVar

from geoplan.errors import DataError
from geoplan.evidence.statement import LocalText, Mark, Source, Statement
from geoplan.messages import Message
from geoplan.nearest import close_values, nearest_values

SHOWN_CHARACTERS = 60
"""Of a bad value an error shows so many characters at most."""

Choice = TypeVar("Choice", bound=StrEnum)

A_TEXT = Message("a text that is not empty")
A_LIST = Message("a list")
A_TABLE = Message("a table of named fields")
A_FLAG = Message("true or false")
A_SCALAR = Message("a text, a number, a date, true or false")
A_DATE = Message("a date such as 2026-11-22")


class Table:
    """The fields of one table, taken out one by one.

    Parameters
    ----------
    values
        What the document holds at ``path``; anything but a table is an error.
    path
        How to find the table in its document: ``cooperations[3]``; empty for the document itself.
    error
        The class of the errors that are raised.
    """

    def __init__(self, values: object, path: str = "", *, error: type[DataError] = DataError) -> None:
        self.path = path
        self._error = error
        if not isinstance(values, dict):
            self._reject(path, values, A_TABLE)
        self._values: dict[str, Any] = dict(values)

    def __contains__(self, field: str) -> bool:
        return self._values.get(field) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(list(self._values))

    def text(self, field: str) -> str:
        """Take a text."""
        return self._text_at(self._place(field), self._take(field))

    def optional_text(self, field: str) -> str | None:
        """Take a text; ``None`` where the field is absent or null."""
        return self.text(field) if field in self else self._values.pop(field, None)

    def nullable_text(self, field: str) -> str | None:
        """Take a text that must be given but may be null."""
        return self.optional_text(field) if field in self._values else self.text(field)

    def distinct_texts(
        self, field: str, *, hint: Callable[[object], list[str]] = lambda _: []
    ) -> tuple[str, ...]:
        """Take a list of different texts; ``hint`` says what a wrong value may have meant."""
        texts: dict[str, None] = {}
        for place, value in self._items(field):
            text = self._text_at(place, value, nearest=hint(value))
            if text in texts:
                self._fail_at(place, Message("“{value}” stands in the list twice", value=shown(text)), text)
            texts[text] = None
        return tuple(texts)

    def whole_number(self, field: str, low: int, high: int) -> int:
        """Take a whole number within ``low`` … ``high``."""
        value = self._take(field)
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            self._reject(
                self._place(field), value, Message("a whole number from {low} to {high}", low=low, high=high)
            )
        return value

    def optional_whole_number(self, field: str, low: int, high: int) -> int | None:
        """Take a whole number; ``None`` where the field is absent."""
        return self.whole_number(field, low, high) if field in self else self._values.pop(field, None)

    def number(self, field: str, low: float, high: float) -> float:
        """Take a number within ``low`` … ``high``."""
        value = self._take(field)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            self._reject(
                self._place(field), value, Message("a number from {low} to {high}", low=low, high=high)
            )
        return float(value)

    def scalar(self, field: str) -> str | float | bool | datetime.date:
        """Take a text, a number, a date, ``true`` or ``false``."""
        value = self._take(field)
        if isinstance(value, datetime.datetime) or not isinstance(value, str | int | float | datetime.date):
            self._reject(self._place(field), value, A_SCALAR)
        return value

    def flag(self, field: str) -> bool:
        """Take ``true`` or ``false``."""
        value = self._take(field)
        if not isinstance(value, bool):
            self._reject(self._place(field), value, A_FLAG)
        return value

    def day(self, field: str) -> datetime.date:
        """Take a date."""
        value = self._take(field)
        if not isinstance(value, datetime.date) or isinstance(value, datetime.datetime):
            self._reject(self._place(field), value, A_DATE)
        return value

    def known_text(self, field: str, known: Collection[str]) -> str:
        """Take a text that must be one of ``known``."""
        return self._known_at(self._place(field), self._take(field), known)

    def known_texts(self, field: str, known: Collection[str]) -> tuple[str, ...]:
        """Take a list of texts each of which must be one of ``known``."""
        return tuple(self._known_at(place, value, known) for place, value in self._items(field))

    def choice(self, field: str, choices: type[Choice]) -> Choice:
        """Take one of the values of an enumeration."""
        return choices(self.known_text(field, [choice.value for choice in choices]))

    def local_text(self, field: str) -> LocalText:
        """Take a text in both languages."""
        table = self.table(field)
        text = LocalText(de=table.text("de"), en=table.text("en"))
        table.finish()
        return text

    def statement(self, sources: Mapping[str, Source]) -> Statement:
        """Take ``mark``, ``sources`` and ``note`` of this table.

        A verified or conflicting statement names a source with an address; the others may rest on judgement.
        """
        mark = self.choice("mark", Mark)
        named = tuple(sources[key] for key in self.known_texts("sources", sources))
        if not named:
            self.fail("sources", Message("a statement names at least one source"))
        if mark in (Mark.VERIFIED, Mark.CONFLICT) and not any(source.url for source in named):
            self.fail(
                "sources",
                Message("a statement marked {mark} names a source with an address", mark=mark.value),
            )
        return Statement(mark=mark, sources=named, note=self.local_text("note") if "note" in self else None)

    def table(self, field: str) -> "Table":
        """Take a table within this one."""
        return Table(self._take(field), self._place(field), error=self._error)

    def tables(self, field: str) -> list["Table"]:
        """Take a list of tables."""
        return [Table(value, place, error=self._error) for place, value in self._items(field)]

    def named_tables(self, field: str) -> list[tuple[str, "Table"]]:
        """Take a table of tables: each with its name."""
        table = self.table(field)
        return [(name, table.table(name)) for name in table]

    def finish(self) -> None:
        """Reject whatever was not taken: a field this version does not know."""
        for field in self._values:
            self.fail(field, Message("this field is not known"), field)

    def fail(
        self, field: str, problem: Message, value: object = None, *, nearest: Collection[str] = ()
    ) -> NoReturn:
        """Raise the error for a bad ``field``."""
        self._fail_at(self._place(field), problem, value, nearest=nearest)

    def _place(self, field: str) -> str:
        return f"{self.path}.{field}" if self.path else field

    def _take(self, field: str) -> Any:
        if field not in self:
            slips = close_values(field, self._values, limit=1) if field not in self._values else []
            self.fail(field, Message("this field is missing"), nearest=[shown(slip) for slip in slips])
        return self._values.pop(field)

    def _items(self, field: str) -> list[tuple[str, Any]]:
        values = self._take(field)
        if not isinstance(values, list):
            self._reject(self._place(field), values, A_LIST)
        return [(f"{self._place(field)}[{number}]", value) for number, value in enumerate(values)]

    def _text_at(self, place: str, value: object, *, nearest: Collection[str] = ()) -> str:
        if not isinstance(value, str) or not value.strip() or not _is_clean(value):
            self._reject(place, value, A_TEXT, nearest=nearest)
        return value.strip()

    def _known_at(self, place: str, value: object, known: Collection[str]) -> str:
        text = self._text_at(place, value)
        if text not in known:
            problem = Message("“{value}” is not known", value=shown(text))
            self._fail_at(place, problem, value, nearest=nearest_values(text, known))
        return text

    def _reject(
        self, place: str, value: object, expected: Message, *, nearest: Collection[str] = ()
    ) -> NoReturn:
        problem = Message("expected {expected}, found {found}", expected=expected, found=shown(value))
        self._fail_at(place, problem, value, nearest=nearest)

    def _fail_at(
        self, place: str, problem: Message, value: object, *, nearest: Collection[str] = ()
    ) -> NoReturn:
        message = Message("{place}: {problem}.", place=place or "/", problem=problem)
        raise self._error(message, value=value, nearest=tuple(nearest))


def shown(value: object) -> str:
    """Write a value of a document so that any terminal can show it, cut after a while."""
    text = value if isinstance(value, str) else reprlib.repr(value)
    plain = "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text[: SHOWN_CHARACTERS + 1])
    return plain if len(text) <= SHOWN_CHARACTERS else plain[:SHOWN_CHARACTERS] + " …"


def _is_clean(text: str) -> bool:
    """Whether a text has no control characters and no halves of surrogate pairs, which no file can hold."""
    return not any(unicodedata.category(sign) in ("Cc", "Cs") for sign in text)


def read_toml(package: str, name: str) -> Table:
    """Read a TOML file that lies in ``package``.

    Raises
    ------
    DataError
        The file is not TOML.
    """
    text = (resources.files(package) / name).read_text(encoding="utf-8")
    try:
        return Table(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        message = Message("{place}: not a TOML file ({reason}).", place=name, reason=str(error))
        raise DataError(message, value=name) from error


def read_sources(document: Table) -> dict[str, Source]:
    """Take the ``sources`` of a document: what its statements refer to."""
    sources = {}
    for key, table in document.named_tables("sources"):
        sources[key] = Source(key=key, title=table.text("title"), url=table.optional_text("url"))
        table.finish()
    return sources
