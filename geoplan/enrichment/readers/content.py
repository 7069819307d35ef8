"""Reads a file of figures: its bytes within bounds, its text, its date, and the note that lies beside it."""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geoplan.enrichment.note import SourceNote
from geoplan.errors import EnrichmentError, missing_file, reason_of
from geoplan.evidence import Table
from geoplan.evidence.table import shown
from geoplan.messages import Message

MAX_MEGABYTES = 200
"""No table of all municipalities comes near it; the workbook of Destatis has 2 MB."""
NOTE_SUFFIX = ".source.json"
"""A note beside a file says where it comes from: ``jobs.csv`` → ``jobs.csv.source.json``."""
NOTE_FIELDS = ("publisher", "vintage", "licence", "attribution")

_COMPACT_DATE = re.compile(r"(?<!\d)(\d{2})(\d{2})((?:19|20)\d{2})(?!\d)")
_ISO_DATE = re.compile(r"(?<!\d)((?:19|20)\d{2})-(\d{2})-(\d{2})(?!\d)")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
VINTAGE = re.compile(r"(?:19|20)\d{2}(-\d{2}-\d{2})?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """A file as it was read once."""

    path: Path
    data: bytes

    @property
    def name(self) -> str:
        """The file's name, as errors say it."""
        return self.path.name

    def fail(self, problem: Message, value: object = None) -> EnrichmentError:
        """The error for this file."""
        message = Message("“{file}” cannot be used: {problem}.", file=shown(self.name), problem=problem)
        return EnrichmentError(message, value=str(self.path) if value is None else value)

    def text(self) -> str:
        """The file as text: UTF-8, or else the code page of Windows.

        Raises
        ------
        EnrichmentError
            It is no text.
        """
        for encoding in ("utf-8-sig", "cp1252"):
            try:
                text = self.data.decode(encoding)
            except UnicodeDecodeError:
                continue
            if "\0" not in text:
                return text
        raise self.fail(Message("it is no text file"))

    def note(self, kind: str, found: Mapping[str, str | None]) -> SourceNote:
        """The source note: what lies beside the file goes before what was ``found`` in it.

        Raises
        ------
        EnrichmentError
            The note beside the file cannot be read.
        """
        said = {field: found.get(field) for field in NOTE_FIELDS} | self._beside()
        return SourceNote(
            kind=kind,
            file=self.name,
            sha256=hashlib.sha256(self.data).hexdigest(),
            publisher=said["publisher"],
            vintage=said["vintage"] or vintage_in(self.path.stem),
            licence=said["licence"],
            attribution=said["attribution"],
        )

    def _beside(self) -> dict[str, str]:
        path = self.path.with_name(self.path.name + NOTE_SUFFIX)
        if not path.is_file():
            return {}
        beside = read_content(path)
        table = Table(beside.json(), error=EnrichmentError)
        said = {field: table.optional_text(field) for field in NOTE_FIELDS}
        vintage = said["vintage"]
        if vintage is not None and not VINTAGE.fullmatch(vintage):
            raise beside.fail(
                Message("“{value}” is no date such as 2021-12-31", value=shown(vintage)), vintage
            )
        return {field: text for field, text in said.items() if text is not None}

    def json(self) -> Any:
        """The file as JSON.

        Raises
        ------
        EnrichmentError
            It is none.
        """
        try:
            return json.loads(self.data)
        except (ValueError, RecursionError) as error:
            raise self.fail(Message("it is no JSON text")) from error


def read_content(path: Path) -> Content:
    """Read a file.

    Raises
    ------
    MissingFileError
        There is none.
    EnrichmentError
        It cannot be opened, it is empty, or larger than any table of municipalities.
    """
    content = Content(path=path, data=b"")
    try:
        size = path.stat().st_size
        if size > MAX_MEGABYTES * 10**6:
            raise content.fail(
                Message(
                    "it has {size:n0} MB; {limit} MB at most are read", size=size / 1e6, limit=MAX_MEGABYTES
                )
            )
        content = Content(path=path, data=path.read_bytes())
    except FileNotFoundError as error:
        raise missing_file(shown(content.name)) from error
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else shown(str(error))
        raise content.fail(Message("it cannot be opened ({reason})", reason=reason)) from error
    if not content.data.strip():
        raise content.fail(Message("it is empty"))
    return content


def vintage_in(text: str) -> str | None:
    """The date in the name of a file: 31122021 and 2021-12-31 are days, 2021 is a year."""
    compact = _COMPACT_DATE.search(text)
    if compact and int(compact[2]) <= 12 and int(compact[1]) <= 31:
        return f"{compact[3]}-{compact[2]}-{compact[1]}"
    iso = _ISO_DATE.search(text)
    if iso:
        return iso[0]
    year = _YEAR.search(text)
    return year[0] if year else None
