"""Reads the sheets of an XLSX workbook as texts, within bounds."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass

from geoplan.enrichment.readers.content import Content
from geoplan.errors import EnrichmentError
from geoplan.messages import Message

MAX_UNPACKED_MEGABYTES = 500
MAX_ROWS = 200_000
MAX_CELLS = 10_000_000
ZIP_MARK = b"PK\x03\x04"
_OFFICE_MARK = b"\xd0\xcf\x11\xe0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One sheet: rows of texts, as many as the sheet has, of different lengths."""

    name: str
    rows: list[list[str]]


def is_workbook(content: Content) -> bool:
    """Say whether a file has the form of a workbook, perhaps of an old one that cannot be read."""
    return content.data.startswith((ZIP_MARK, _OFFICE_MARK))


def read_workbook(content: Content) -> list[Sheet]:
    """Read all sheets of a workbook.

    Raises
    ------
    EnrichmentError
        It is damaged, of the old binary form, absurdly large, or there is no library to read it with.
    """
    if content.data.startswith(_OFFICE_MARK):
        raise content.fail(Message("it is a workbook of the old form; save it as XLSX"))
    _check_size(content)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # on styles and extensions that nobody reads here
            return list(_sheets(content))
    except EnrichmentError:
        raise
    except ImportError as error:
        raise content.fail(
            Message("workbooks are read with openpyxl: install geoplan with the extra “enrich”")
        ) from error
    except Exception as error:  # a damaged workbook fails in openpyxl in whatever way
        raise content.fail(
            Message("the workbook is damaged ({reason})", reason=type(error).__name__)
        ) from error


def _check_size(content: Content) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content.data)) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise content.fail(Message("it cannot be opened as a workbook")) from error
    if unpacked > MAX_UNPACKED_MEGABYTES * 10**6:
        problem = Message(
            "unpacked it has {size:n0} MB; {limit} MB at most are read",
            size=unpacked / 1e6, limit=MAX_UNPACKED_MEGABYTES,
        )  # fmt: skip
        raise content.fail(problem)


def _sheets(content: Content) -> Iterator[Sheet]:
    from openpyxl import load_workbook  # noqa: PLC0415 - an extra, and slow to import

    book = load_workbook(io.BytesIO(content.data), read_only=True, data_only=True)
    for sheet in book.worksheets:
        rows: list[list[str]] = []
        cells = 0
        for row in sheet.iter_rows(values_only=True):
            texts = [_text(value) for value in row]
            cells += len(texts)
            if len(rows) >= MAX_ROWS or cells > MAX_CELLS:
                raise content.fail(Message("the sheet {sheet} has too many cells", sheet=sheet.title))
            rows.append(texts)
        yield Sheet(name=str(sheet.title), rows=rows)


def _text(value: object) -> str:
    """A cell as a text; whole numbers without the decimals that a spreadsheet keeps them with."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
