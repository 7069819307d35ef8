"""The dossier as an Excel file: a sheet a subject, numbers that are numbers, texts that are no formulas."""

import datetime
import io
from collections.abc import Sequence
from decimal import Decimal
from math import ceil

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from geoplan.messages import Message
from geoplan_dossier.cells import Cell, Kind, Table, plain_decimals
from geoplan_dossier.document import title_of
from geoplan_dossier.dossier import Dossier
from geoplan_dossier.sheets import all_tables

MOST_NAME = 31
"""Characters of a sheet's name, as Excel has it."""
MOST_TEXT = 32_000
"""Characters of a cell; Excel takes 32,767."""
NUMBER_FORMATS = {
    Kind.WHOLE: "#,##0", Kind.DECIMAL: "#,##0.0", Kind.SCORE: "0.00", Kind.CENTS: "#,##0.00", Kind.YEAR: "0",
    Kind.DAY: "yyyy-mm-dd",
}  # fmt: skip
"""Excel writes them with the separators of whoever opens the file."""
DAY_FORMATS = {"de": "dd.mm.yyyy", "en": "d mmmm yyyy"}
WRAPPED_FROM = 34
"""Columns so wide hold sentences, which wrap."""
LINE_POINTS = 15.0
"""Height of a line; not every program finds the height of a row itself."""
MOST_POINTS = 400.0
FILLED = 0.9
"""How much of a line is used before the next word wraps."""
OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip

# Sheets that hold several tables below one another, as a reader looks for them.
SHEETS = (
    (Message("Overview"), ("overview",)),
    (Message("The members"), ("members",)),
    (Message("Checks"), ("checks",)),
    (Message("Legal forms"), ("forms",)),
    (Message("Cost"), ("costs", "grant", "assumptions")),
    (Message("Shares"), ("shares",)),
    (Message("Fit"), ("score",)),
    (Message("Goals and people"), ("facts", "goals", "participants", "responsibilities", "checklist")),
    (Message("Finance plan"), ("finance",)),
    (Message("Meetings and risks"), ("meetings", "risks", "documents", "monitoring")),
    (Message("Sources"), ("sources",)),
)


def spreadsheet(dossier: Dossier, lang: str) -> bytes:
    """The whole dossier as ``.xlsx``."""
    tables = {table.key: table for table in all_tables(dossier, lang)}
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, OPTIONS)
    midnight = datetime.datetime.combine(dossier.network.on, datetime.time())
    book.set_properties({
        "title": title_of(dossier, lang), "author": "geoplan", "created": midnight,
        "comments": dossier.network.data["attribution"],
    })  # fmt: skip
    formats = _Formats(book, lang)
    for name, keys in SHEETS:
        found = [tables[key] for key in keys if key in tables]
        if found:
            sheet = book.add_worksheet(name.text(lang)[:MOST_NAME])
            _fill(sheet, found, formats)
    book.close()
    return content.getvalue()


class _Formats:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Workbook, lang: str) -> None:
        self._book, self.lang = book, lang
        self._made: dict[tuple[str, bool, bool], Format] = {}

    def get(self, number: str = "", *, bold: bool = False, wrap: bool = False, line: str = "") -> Format:
        """A format: how numbers are written, bold, wrapping, a line ``top`` or ``bottom``."""
        key = (number + "|" + line, bold, wrap)
        if key not in self._made:
            properties = {"bold": bold, "text_wrap": wrap, "valign": "top"}
            properties |= {"num_format": number} if number else {}
            properties |= {line: 1} if line else {}
            self._made[key] = self._book.add_format(properties)
        return self._made[key]


def _fill(sheet: Worksheet, tables: list[Table], formats: _Formats) -> None:
    """Tables below one another; the first header stays in view."""
    row = 0
    for place, table in enumerate(tables):
        if place:
            sheet.write_string(row + 1, 0, table.title.text(formats.lang), formats.get(bold=True))
            row += 2
        row = _table(sheet, table, row, formats)
    sheet.freeze_panes(1, 0)
    for column in range(max(len(table.columns) for table in tables)):
        widths = [table.columns[column].width for table in tables if column < len(table.columns)]
        sheet.set_column(column, column, max(widths))
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _table(sheet: Worksheet, table: Table, top: int, formats: _Formats) -> int:
    """Write a table from the row ``top`` on; the first free row after it."""
    for place, column in enumerate(table.columns):
        form = formats.get(bold=True, wrap=True, line="bottom")
        sheet.write_string(top, place, column.label.text(formats.lang), form)
    labels = [column.label.text(formats.lang) for column in table.columns]
    sheet.set_row(top, _height(labels, [column.width for column in table.columns]))
    for number, row in enumerate(table.rows, start=top + 1):
        _row(sheet, (number, row), table, formats)
    end = top + 1 + len(table.rows)
    if table.total is not None:
        _row(sheet, (end, table.total), table, formats, total=True)
        end += 1
    return end


def _row(
    sheet: Worksheet,
    row: tuple[int, tuple[Cell, ...]],
    table: Table,
    formats: _Formats,
    *,
    total: bool = False,
) -> None:
    number, cells = row
    widths = [column.width if column.width >= WRAPPED_FROM else 0 for column in table.columns]
    sheet.set_row(number, _height(cells, widths))
    for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
        wrap = column.width >= WRAPPED_FROM
        form = formats.get(
            _number_format(cell, column.kind, formats.lang),
            bold=total,
            wrap=wrap,
            line="top" if total else "",
        )
        _write(sheet, (number, place), cell, form)


def _height(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """The height that the longest text of a row needs; a width of 0 does not wrap."""
    lines = [
        ceil(len(cell) / (FILLED * width))
        for cell, width in zip(cells, widths, strict=True) if isinstance(cell, str) and width
    ]  # fmt: skip
    return min(LINE_POINTS * max(lines, default=1), MOST_POINTS)


def _number_format(cell: Cell, kind: Kind, lang: str) -> str:
    """How Excel writes a cell; an empty string for texts."""
    if isinstance(cell, datetime.date):
        return DAY_FORMATS[lang]
    if cell is None or isinstance(cell, str):
        return ""
    if kind in NUMBER_FORMATS:
        return NUMBER_FORMATS[kind]
    decimals = plain_decimals(float(cell))
    return "#,##0" + ("." + "0" * decimals if decimals else "")


def _write(sheet: Worksheet, place: tuple[int, int], cell: Cell, form: Format) -> None:
    match cell:
        case None:
            sheet.write_blank(*place, None, form)
        case datetime.date():
            sheet.write_datetime(*place, cell, form)
        case str():
            sheet.write_string(*place, cell[:MOST_TEXT], form)
        case Decimal() | int() | float():
            sheet.write_number(*place, float(cell), form)
