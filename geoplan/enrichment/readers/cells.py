"""A table of texts with its place in a file, so that every wrong cell is named by row and column."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from geoplan.enrichment.readers.content import Content
from geoplan.errors import EnrichmentError
from geoplan.evidence.table import shown
from geoplan.keys import AGS_DIGITS, ARS_DIGITS, COUNTY_DIGITS, ags_from_ars, key_digits
from geoplan.messages import Message
from geoplan.nearest import nearest_values

Value = TypeVar("Value")

UNKNOWN_SIGNS = frozenset(
    ("", ".", "...", "…", "x", "X", "*", "/", "NA", "N/A", "NaN", "nan", "null", "None")
)
"""Signs for a figure that is not known, kept back or not yet there; a hyphen stands for exactly nothing."""
NOTHING = frozenset(("-", "–", "—"))
YES = frozenset(("1", "true", "yes", "ja", "wahr", "x"))
NO = frozenset(("0", "false", "no", "nein", "falsch"))

_NUMBER = re.compile(r"\d{1,15}([.,]\d{1,20})?")
_POSTCODE = re.compile(r"\d{4,5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cells:
    """Rows of texts under named columns."""

    content: Content
    sheet: str | None
    """Name of the sheet of a workbook; ``None`` for other files."""
    columns: dict[str, list[str]]
    """By the name in the heading, small letters."""
    row_numbers: Sequence[int]
    """Number of each row in the file, counted from 1 as editors do."""

    def __len__(self) -> int:
        return len(self.row_numbers)

    def find(self, *names: str) -> str | None:
        """The first of the columns that the table has."""
        return next((name for name in names if name in self.columns), None)

    def need(self, *names: str) -> str:
        """The first of the columns that the table has.

        Raises
        ------
        EnrichmentError
            It has none of them.
        """
        name = self.find(*names)
        if name is None:
            problem = Message("the column {column} is missing", column=" / ".join(names))
            error = self.content.fail(problem, names[0])
            raise EnrichmentError(
                error.message, value=names[0], nearest=nearest_values(names[0], map(shown, self.columns))
            )
        return name

    def fail(self, row: int, column: str, problem: Message) -> EnrichmentError:
        """The error for a cell; ``row`` counts the rows of the table from 0."""
        value = shown(self.columns[column][row])
        place = Message("row {row}, column {column}", row=self.row_numbers[row], column=shown(column))
        if self.sheet is not None:
            place = Message("sheet {sheet}, {place}", sheet=shown(self.sheet), place=place)
        said = Message("{place}: “{value}” {problem}", place=place, value=value, problem=problem)
        return self.content.fail(said, value)

    def texts(self, column: str) -> list[str | None]:
        """A column of texts; empty is unknown."""
        return [value or None for value in self.columns[column]]

    def numbers(self, column: str, *, most: float = 1e12) -> NDArray[np.float64]:
        """A column of numbers from 0 on, with a decimal point or comma; NaN where unknown.

        Raises
        ------
        EnrichmentError
            A cell is no number, negative, or larger than ``most``.
        """
        return np.array(self._each(column, lambda text: number(text, most)), dtype=np.float64)

    def keys(self, column: str, *, german: bool) -> list[str]:
        """A column of ids; German keys are brought to their digits, an ARS becomes its AGS.

        Raises
        ------
        EnrichmentError
            A cell is empty, or no German key.
        """
        return self._each(column, german_key if german else _plain_key)

    def postcodes(self, column: str) -> list[str | None]:
        """A column of postcodes, with the leading zero that spreadsheets drop; ``None`` where unknown."""
        return self._each(column, _postcode)

    def flags(self, column: str) -> list[bool | None]:
        """A column of yes and no, ``None`` where unknown."""
        return self._each(column, _flag)

    def _each(self, column: str, read: Callable[[str], Value]) -> list[Value]:
        values = []
        for row, text in enumerate(self.columns[column]):
            try:
                values.append(read(text))
            except CellError as error:
                raise self.fail(row, column, error.problem) from None
        return values


class CellError(Exception):
    """A cell that does not hold what its column asks for."""

    def __init__(self, problem: Message) -> None:
        super().__init__(str(problem))
        self.problem = problem


def number(text: str, most: float = 1e12) -> float:
    """A number from 0 to ``most``; NaN for a sign that says it is unknown."""
    if text in UNKNOWN_SIGNS:
        return np.nan
    if text in NOTHING:
        return 0.0
    plain = text.replace("\u00a0", "").replace(" ", "")
    if not _NUMBER.fullmatch(plain) or not plain.isascii():
        raise CellError(Message("is no number from 0 on"))
    value = float(plain.replace(",", "."))
    if value > most:
        raise CellError(Message("is more than {most:n0}", most=most))
    return value


def german_key(text: str) -> str:
    """AGS of a municipality or key of a county, with the leading zero that spreadsheets drop."""
    key = key_digits(text)
    if key.isascii() and key.isdecimal():
        for digits in (ARS_DIGITS, AGS_DIGITS, COUNTY_DIGITS):
            if len(key) in (digits - 1, digits):
                whole = key.zfill(digits)
                return ags_from_ars(whole) if digits == ARS_DIGITS else whole
    raise CellError(Message("is neither an AGS, an ARS nor the key of a county"))


def _plain_key(text: str) -> str:
    if not text:
        raise CellError(Message("is no id"))
    return text


def _postcode(text: str) -> str | None:
    if text in UNKNOWN_SIGNS:
        return None
    plain = key_digits(text)
    if not _POSTCODE.fullmatch(plain) or not plain.isascii():
        raise CellError(Message("is no postcode"))
    return plain


def _flag(text: str) -> bool | None:
    word = text.casefold()
    if word in YES:
        return True
    if word in NO:
        return False
    if text in UNKNOWN_SIGNS:
        return None
    raise CellError(Message("is neither yes nor no"))
