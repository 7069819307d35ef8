"""How an answer leaves the command line: JSON, GeoJSON and CSV for programs, tables for people."""

import csv
import io
import json
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from geoplan.errors import OutputError
from geoplan.messages import Message
from geoplan_api.cli.failures import system_reason

CSV_DELIMITER = {"de": ";", "en": ","}
"""What a spreadsheet of that language takes for the next column."""
PAGE_ENDINGS = (".html", ".htm")
BYTE_ORDER_MARK = "\ufeff"
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a spreadsheet takes for the beginning of a formula."""


def write_json(answer: Any) -> None:
    """Write ``answer`` as JSON (or GeoJSON) to stdout."""
    # NaN is not JSON; an unknown value is null long before it gets here.
    sys.stdout.write(json.dumps(answer, ensure_ascii=False, indent=2, allow_nan=False) + "\n")


def write_csv(columns: Sequence[str], rows: Sequence[Sequence[Any]], lang: str) -> None:
    """Write a table as CSV to stdout, as a spreadsheet of the reader's language opens it by double click.

    German: semicolons and decimal commas; English: commas and decimal points. UTF-8 with a byte order
    mark, without which Excel takes umlauts for something else. Unknown is empty. Keys keep their leading
    zero in the file; Excel drops it when it opens the file by double click, and keeps it when the file is
    imported (Data, From text/CSV) with the columns as text.
    """
    sys.stdout.write(csv_text(columns, rows, lang))


def csv_text(columns: Sequence[str], rows: Sequence[Sequence[Any]], lang: str) -> str:
    """A table as CSV, see :func:`write_csv`."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=CSV_DELIMITER[lang], lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_cell(value, lang) for value in row] for row in rows])
    return BYTE_ORDER_MARK + text.getvalue()


def _cell(value: Any, lang: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(FORMULA_SIGNS) else value
    text = str(value)
    return text.replace(".", ",") if lang == "de" and isinstance(value, float) else text


def check_page(path: Path) -> None:
    """Make sure that ``path`` names a page and can be written; a map is HTML, whatever its name says.

    Raises
    ------
    OutputError
        Another ending than .html or .htm; or as :func:`check_writable`.
    """
    check_writable(path)
    if path.suffix.lower() not in PAGE_ENDINGS:
        message = Message("“{path}” has an ending that no map is written with.", path=str(path))
        raise OutputError(message, value=str(path), nearest=[str(path.with_suffix(PAGE_ENDINGS[0]))])


def check_writable(path: Path) -> None:
    """Make sure, before the work is done, that a file can be written at ``path``.

    Raises
    ------
    OutputError
        The folder is missing, a folder is in the place, or writing is not allowed.
    """
    folder = path.parent
    if path.is_dir():
        raise OutputError(
            Message("“{path}” is a folder; a map is written to a file.", path=str(path)), value=str(path)
        )
    if not folder.is_dir():
        message = Message(
            "“{path}” cannot be written: there is no folder “{folder}”.", path=str(path), folder=str(folder)
        )
        raise OutputError(message, value=str(path), nearest=_existing(folder))
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        raise OutputError(
            Message("“{path}” cannot be written: no permission.", path=str(path)), value=str(path)
        )


def _existing(folder: Path) -> list[str]:
    return [str(parent) for parent in folder.parents if parent.is_dir()][:1]


def write_file(path: Path, content: str | bytes) -> None:
    """Write ``content`` in one step: whoever reads ``path`` sees the old file or the new one, never a part.

    Raises
    ------
    OutputError
        The system refused.
    """
    try:
        with tempfile.NamedTemporaryFile(
            "wb", dir=path.parent, prefix=f".{path.name[:50]}.", delete=False
        ) as draft:
            draft.write(content.encode() if isinstance(content, str) else content)
        draft_path = Path(draft.name)
        draft_path.chmod(0o666 & ~_umask())
        draft_path.replace(path)
    except OSError as error:
        message = Message(
            "“{path}” cannot be written: {reason}.", path=str(path), reason=system_reason(error)
        )
        raise OutputError(message, value=str(path)) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
