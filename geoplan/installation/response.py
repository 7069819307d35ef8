"""Whether the answer of a server is the file that was asked for, and from which byte on."""

import re
from typing import Any

from geoplan.installation.partial import Note
from geoplan.messages import Message

OK, PARTIAL, RANGE_NOT_SATISFIABLE = 200, 206, 416
NOT_FOUND = (404, 410)
REDIRECTS = range(300, 400)
PASSING = (408, 425, 429, 500, 502, 503, 504)
"""States of a server that may be over a moment later."""
MAX_PAUSE_S = 60.0
_CHANGED = Message("the file changed while it was fetched")
_RANGE = re.compile(r"bytes (\d{1,15})-(\d{1,15})/(\d{1,15}|\*)")


class ResponseRefusedError(Exception):
    """What the server sends is not the file, and trying again is no use; the argument is a Message."""


class TryAgainError(Exception):
    """One try failed, the next may not; the argument is a Message."""

    def __init__(
        self, reason: Message, *, after_s: float | None = None, missing: bool = False, stale: bool = False
    ) -> None:
        super().__init__(reason)
        self.after_s = after_s
        """Seconds to wait, where the server says so."""
        self.missing = missing
        """The server does not have the file."""
        self.stale = stale
        """What came so far is of no use."""


def accepted(answer: Any, size: int, note: Note | None, url: str) -> tuple[int, Note]:
    """From which byte on the body is to be written, and what is known of the whole file.

    A file that is there already in full has no body.

    Parameters
    ----------
    answer
        The response, of whatever status.
    size
        Bytes that are there already.
    note
        What was noted when they came.

    Raises
    ------
    ResponseRefusedError, TryAgainError
        The body is not the file.
    """
    status = int(answer.status)
    if status == PARTIAL and note:
        return _continued(answer, size, note)
    if status == RANGE_NOT_SATISFIABLE and note and note.total == size:
        return size, note
    _check_status(status, answer)
    encoding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if encoding not in ("", "identity"):
        reason = Message("it sends the file in the encoding “{value}”", value=encoding[:40])
        raise ResponseRefusedError(reason)
    return 0, Note(url=url, validator=_validator(answer), total=_length(answer))


def _check_status(status: int, answer: Any) -> None:
    if status == OK:
        return
    if status in NOT_FOUND:
        raise TryAgainError(Message("the server does not have it ({status})", status=status), missing=True)
    if status == RANGE_NOT_SATISFIABLE:
        raise TryAgainError(_CHANGED, stale=True)
    if status in PASSING:
        raise TryAgainError(Message("the server says {status}", status=status), after_s=_retry_after(answer))
    if status in REDIRECTS:  # urllib follows the others
        reason = Message("the server redirects to something else than http or https, or in a circle")
        raise ResponseRefusedError(reason)
    if status in (401, 403, 407):
        raise ResponseRefusedError(Message("the server refuses access ({status})", status=status))
    raise ResponseRefusedError(Message("the server says {status}", status=status))


def _continued(answer: Any, size: int, note: Note) -> tuple[int, Note]:
    found = _RANGE.fullmatch(answer.headers.get("Content-Range", "").strip())
    if not found or int(found[1]) != size:
        raise TryAgainError(Message("it sends another part than was asked for"), stale=True)
    total = None if found[3] == "*" else int(found[3])
    if note.total is not None and total is not None and total != note.total:
        raise TryAgainError(_CHANGED, stale=True)
    return size, note


def _validator(answer: Any) -> str | None:
    etag: str | None = answer.headers.get("ETag")
    if etag and not etag.startswith("W/"):
        return etag
    changed: str | None = answer.headers.get("Last-Modified")
    return changed


def _length(answer: Any) -> int | None:
    text = answer.headers.get("Content-Length", "").strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def _retry_after(answer: Any) -> float | None:
    text = answer.headers.get("Retry-After", "").strip()
    return min(float(text), MAX_PAUSE_S) if text.isascii() and text.isdecimal() and len(text) < 9 else None
