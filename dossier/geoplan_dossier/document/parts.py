"""The parts a document is laid out from, as JSON for the template: texts are written, nothing is markup."""

from collections.abc import Mapping, Sequence
from typing import Any

from geoplan_dossier.cells import Table, written

Part = dict[str, Any]
WHOLE_ROWS, FEW_ROWS = 14, 5
"""A table of so many rows or fewer is not parted between pages; the second where they hold sentences."""


def heading(text: str, level: int = 1) -> Part:
    """A heading."""
    return {"part": "heading", "text": text, "level": level}


def paragraph(text: str, *, small: bool = False) -> Part:
    """A paragraph; ``small`` for what explains."""
    return {"part": "text", "text": text, "small": small}


def begun(text: str) -> str:
    """A label as it stands alone: with a capital."""
    return text[:1].upper() + text[1:]


def cell(text: str, small: str = "", *, strong: bool = False) -> dict[str, Any]:
    """A cell with a smaller line below."""
    return {"text": text, "small": small, "strong": strong}


def listed(items: Sequence[Any]) -> Part:
    """A list with bullets."""
    return {"part": "list", "items": list(items)}


def rows_part(
    labels: Sequence[str], widths: Sequence[float], rows: Sequence[Sequence[Any]], *, small: bool = False
) -> Part:
    """A table of written cells, all at the left; a width of 0 is that of the text."""
    columns = [
        {"label": label, "right": False, "width": width} for label, width in zip(labels, widths, strict=True)
    ]
    return {
        "part": "table", "columns": columns, "rows": [list(row) for row in rows], "total": None,
        "small": small, "whole": FEW_ROWS, "note": "",
    }  # fmt: skip


def table_part(
    table: Table, lang: str, widths: Mapping[str, float] | None = None, *, small: bool = False, note: str = ""
) -> Part:
    """A table of the dossier with a note; ``widths`` are shares of the page for columns that may wrap."""
    wide = widths or {}
    kinds = [column.kind for column in table.columns]
    columns = [
        {"label": column.label.text(lang), "right": column.numeric, "width": wide.get(column.key, 0)}
        for column in table.columns
    ]
    rows = [[written(one, kind, lang) for one, kind in zip(row, kinds, strict=True)] for row in table.rows]
    total = table.total and [
        "" if one is None else written(one, kind, lang) for one, kind in zip(table.total, kinds, strict=True)
    ]
    return {
        "part": "table", "columns": columns, "rows": rows, "total": total, "small": small,
        "whole": WHOLE_ROWS, "note": note,
    }  # fmt: skip
