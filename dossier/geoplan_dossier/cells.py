"""What a table of the dossier is: columns with a kind, and cells that stay numbers until they are written."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from babel.dates import format_date

from geoplan.messages import DATE_PATTERNS, Message, format_number
from geoplan.networks.cost_range import three_figures

Cell = str | int | float | Decimal | datetime.date | None
"""Texts are in the reader's language already; ``None`` is unknown."""
UNKNOWN = "–"


class Kind(StrEnum):
    """How the cells of a column are written."""

    TEXT = "text"
    WHOLE = "whole"
    """A number without decimals."""
    DECIMAL = "decimal"
    """A number with one decimal."""
    SCORE = "score"
    """0 … 1 with two decimals."""
    PLAIN = "plain"
    """A number with as many decimals as it needs, at most four: an assumption."""
    CENTS = "cents"
    """EUR, exact to the cent."""
    YEAR = "year"
    DAY = "day"


DECIMALS = {Kind.WHOLE: 0, Kind.DECIMAL: 1, Kind.SCORE: 2, Kind.CENTS: 2}
MOST_DECIMALS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column."""

    key: str
    """What programs call it."""
    label: Message
    kind: Kind = Kind.TEXT
    width: int = 12
    """Characters in a spreadsheet."""

    @property
    def numeric(self) -> bool:
        """Whether its cells are numbers, which stand at the right."""
        return self.kind not in (Kind.TEXT, Kind.DAY, Kind.YEAR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table in one language."""

    key: str
    title: Message
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] | None = None
    """What stands below the line."""

    @property
    def in_whole_euros(self) -> "Table":
        """The same table as it is printed where amounts are known."""
        columns = tuple(
            replace(column, kind=Kind.WHOLE) if column.kind is Kind.CENTS else column
            for column in self.columns
        )
        return replace(self, columns=columns)

    @property
    def in_round_euros(self) -> "Table":
        """The same table as it is printed: an estimate to the euro would look surer than it is."""
        money = [column.kind is Kind.CENTS for column in self.columns]

        def rounded(row: Sequence[Cell]) -> tuple[Cell, ...]:
            return tuple(
                three_figures(Decimal(str(one))) if paid and one is not None else one
                for one, paid in zip(row, money, strict=True)
            )

        whole, total = self.in_whole_euros, None if self.total is None else rounded(self.total)
        return replace(whole, rows=tuple(rounded(row) for row in self.rows), total=total)

    def picked(self, *keys: str) -> "Table":
        """The same table with these columns only, in this order."""
        places = [[column.key for column in self.columns].index(key) for key in keys]

        def pick(row: Sequence[Cell]) -> tuple[Cell, ...]:
            return tuple(row[place] for place in places)

        return Table(
            key=self.key, title=self.title, columns=tuple(self.columns[place] for place in places),
            rows=tuple(pick(row) for row in self.rows),
            total=None if self.total is None else pick(self.total),
        )  # fmt: skip


def written(cell: Cell, kind: Kind, lang: str) -> str:
    """A cell as a reader of ``lang`` reads it."""
    if cell is None:
        return UNKNOWN
    if isinstance(cell, datetime.date):
        return day_text(cell, lang)
    if isinstance(cell, str):
        return cell
    if kind is Kind.YEAR:
        return str(cell)
    if kind is Kind.PLAIN:
        return format_number(float(cell), plain_decimals(float(cell)), lang)
    return format_number(float(cell), DECIMALS.get(kind, 0), lang)


def plain_decimals(value: float) -> int:
    """How many decimals a number needs, at most :data:`MOST_DECIMALS`."""
    shortest = f"{value:.{MOST_DECIMALS}f}".rstrip("0")
    return len(shortest.partition(".")[2])


def day_text(day: datetime.date, lang: str) -> str:
    """A date as the language writes it."""
    return str(format_date(day, DATE_PATTERNS[lang], locale=lang))
