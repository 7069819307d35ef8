"""The members of a network as CSV: as the standard has it, or as a German Excel opens it by double click."""

import csv
import io

from geoplan.messages import Message
from geoplan_dossier.cells import Cell, Column, Kind, Table, plain_decimals
from geoplan_dossier.dossier import Dossier
from geoplan_dossier.sheets import members
from geoplan_dossier.sheets.money import shares

BYTE_ORDER_MARK = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""
SHARES = {
    "share": "share_percent", "low": "share_low_eur", "high": "share_high_eur",
    "left_low": "after_grant_low_eur", "left_high": "after_grant_high_eur",
}  # fmt: skip
"""What programs call the columns of the shares; the last two stand there where there is a grant."""
DECIMALS = {Kind.DECIMAL: 4, Kind.SCORE: 4, Kind.CENTS: 2}


def plain_csv(dossier: Dossier, lang: str) -> str:
    """RFC 4180: commas, decimal points, headers for programs, UTF-8 without a byte order mark."""
    table = member_lines(dossier, lang)
    return _written(table, [column.key for column in table.columns], delimiter=",", point=".")


def excel_csv(dossier: Dossier, lang: str) -> str:
    """Semicolons, decimal commas, headers for readers, with a byte order mark."""
    table = member_lines(dossier, lang)
    labels = [column.label.text(lang) for column in table.columns]
    return BYTE_ORDER_MARK + _written(table, labels, delimiter=";", point=",")


def member_lines(dossier: Dossier, lang: str) -> Table:
    """The members with their shares of the cost, and the source note beside each."""
    known, all_shares = members(dossier, lang), shares(dossier, lang)
    borne = all_shares.picked(*(column.key for column in all_shares.columns if column.key in SHARES))
    named = [Column(key=SHARES[column.key], label=column.label, kind=column.kind) for column in borne.columns]
    note = Column(key="attribution", label=Message("Source note"))
    rows = (
        (*one, *other, dossier.network.data["attribution"])
        for one, other in zip(known.rows, borne.rows, strict=True)
    )
    return Table(
        key="members", title=known.title, columns=(*known.columns, *named, note), rows=tuple(rows)
    )  # fmt: skip


def _written(table: Table, header: list[str], *, delimiter: str, point: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow(header)
    for row in table.rows:
        cells = zip(row, table.columns, strict=True)
        writer.writerow([_cell(cell, column.kind, point) for cell, column in cells])
    return text.getvalue()


def _cell(cell: Cell, kind: Kind, point: str) -> str:
    """A cell; unknown is empty, and a text that would be a formula gets an apostrophe before it."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell
    if kind is Kind.CENTS:
        return f"{cell:.2f}".replace(".", point)
    number = float(str(cell))
    decimals = DECIMALS.get(kind, 0)
    return f"{number:.{min(decimals, plain_decimals(number))}f}".replace(".", point)
