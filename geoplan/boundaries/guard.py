"""Whether a zip archive may be opened: what packs a bomb, points outside or is damaged is refused."""

import re
import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from geoplan.errors import DatasetError
from geoplan.messages import Message

MAX_ENTRIES = 2_000
MAX_TOTAL_BYTES = 8 * 2**30
"""Unpacked; the largest product (VG25) has a quarter of it."""
MAX_RATIO = 300
"""Unpacked to packed; a table of blanks reaches a hundred."""
RATIO_FROM_BYTES = 64 * 2**20
"""What unpacks to less fills no disk, whatever its ratio."""
MAX_NAME = 240

ZIP_ERRORS = (
    OSError, zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, ValueError, OverflowError,
    zlib.error,
)  # fmt: skip
"""All that reading a damaged, encrypted or oddly packed archive was seen to raise."""

_CHUNK_BYTES = 2**20
_ENCRYPTED = 0x1
_DRIVE = re.compile(r"[A-Za-z]:")
_UNIX = 3


def checked_members(archive: zipfile.ZipFile, path: Path) -> list[zipfile.ZipInfo]:
    """The files in an archive, in the order of their names, if all of it may be read.

    Raises
    ------
    DatasetError
        Too many files, too large, packed too tight, encrypted, twice under one name, a link, or a name
        that points outside the archive.
    """
    members = archive.infolist()
    if len(members) > MAX_ENTRIES:
        reason = Message(
            "it has {count:n0} files; {limit:n0} are allowed", count=len(members), limit=MAX_ENTRIES
        )
        raise refused(path, reason)
    total = sum(member.file_size for member in members)
    if total > MAX_TOTAL_BYTES:
        reason = Message(
            "it unpacks to {size:n1} GB; {limit:n1} are allowed",
            size=total / 1e9,
            limit=MAX_TOTAL_BYTES / 1e9,
        )
        raise refused(path, reason)
    seen: set[str] = set()
    for member in members:
        objection = _reason_against(member, seen)
        if objection is not None:
            raise refused(path, objection)
        seen.add(member.filename.casefold())
    return sorted((member for member in members if not member.is_dir()), key=lambda member: member.filename)


def _reason_against(member: zipfile.ZipInfo, seen: set[str]) -> Message | None:
    name = shown_name(member)
    if _points_outside(member):
        return Message("the name “{name}” points outside the archive", name=name)
    if member.filename.casefold() in seen:
        return Message("“{name}” is in it twice", name=name)
    if member.create_system == _UNIX and stat.S_ISLNK(member.external_attr >> 16):
        return Message("“{name}” is a link to another file", name=name)
    if member.flag_bits & _ENCRYPTED:
        return Message("“{name}” is encrypted", name=name)
    if member.file_size > RATIO_FROM_BYTES and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        return Message("“{name}” unpacks to more than {ratio:n0} times its size", name=name, ratio=MAX_RATIO)
    return None


def _points_outside(member: zipfile.ZipInfo) -> bool:
    # orig_filename is the name as it stands in the archive: zipfile cuts the other off at a NUL.
    name = member.orig_filename
    parts = re.split(r"[\\/]", name)
    return (
        ".." in parts
        or "\\" in name
        or name.startswith("/")
        or bool(_DRIVE.match(name))
        or len(name) > MAX_NAME
        or not name.isprintable()
    )


def shown_name(member: zipfile.ZipInfo) -> str:
    """The name of a member as a message may show it."""
    return (
        member.orig_filename[:80].encode("unicode_escape").decode("ascii")
        if not (member.orig_filename.isprintable())
        else member.orig_filename[:80]
    )


def verify_members(archive: zipfile.ZipFile, members: list[zipfile.ZipInfo], path: Path) -> None:
    """Unpack every member once, into nothing: checksums must be right, and sizes those that are named.

    Raises
    ------
    DatasetError
        A member is damaged.
    """
    for member in members:
        try:
            size = sum(len(chunk) for chunk in _chunks(archive, member))
        except ZIP_ERRORS as error:
            raise refused(path, Message("“{name}” is damaged", name=shown_name(member))) from error
        if size != member.file_size:
            raise refused(path, Message("“{name}” is damaged", name=shown_name(member)))


def _chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    with archive.open(member) as file:
        while chunk := file.read(_CHUNK_BYTES):
            yield chunk


def refused(path: Path, reason: Message) -> DatasetError:
    """The archive at ``path`` is not opened, for ``reason``."""
    message = Message(
        "The archive “{path}” is refused: {reason}. Fetch it again from its publisher.",
        path=path,
        reason=reason,
    )
    return DatasetError(message, value=str(path))
