"""How an archive is fetched: with retries, from where the last try broke off, and never without end."""

import hashlib
import http.client
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from geoplan.boundaries.durable import sync_folder
from geoplan.errors import DatasetError
from geoplan.installation.address import Address, RedirectRefusedError, opener
from geoplan.installation.partial import Note, Partial
from geoplan.installation.response import (
    RANGE_NOT_SATISFIABLE,
    ResponseRefusedError,
    TryAgainError,
    accepted,
)
from geoplan.messages import Message

_CHUNK_BYTES = 2**16
_NETWORK_ERRORS = (urllib.error.URLError, http.client.HTTPException, TimeoutError, OSError)
_MAX_TRIES = 50
"""Of one call, however far each of them gets."""
_WATCH_S = 30.0
"""A server that sends less than the least speed for so long is asked again."""

Progress = Callable[[int, int | None], None]
"""Told bytes so far and bytes in all, where known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long to try."""

    tries: int = 5
    """One after another that bring nothing."""
    timeout_s: float = 30.0
    """Without a byte."""
    backoff_s: float = 1.0
    """Before the second try; twice as long before each further one."""
    max_bytes: int = 4 * 2**30
    least_bytes_per_s: float = 500.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that was fetched."""

    path: Path
    url: str
    sha256: str
    size: int
    partial: Partial

    def drop(self) -> None:
        """Delete it."""
        self.partial.drop_folder()


def download(
    address: Address,
    folder: Path,
    *,
    patience: Patience | None = None,
    progress: Progress = lambda _done, _total: None,
) -> Download:
    """Fetch an archive into ``folder``; a partial file of the same address there is continued.

    Raises
    ------
    DatasetError
        The server cannot be reached, refuses, or sends too much or something else; what came stays where
        the next call goes on.
    """
    patience = patience or Patience()
    partial = Partial.of(address.url, address.file_name, folder)
    number, rest = 1, _MAX_TRIES
    while True:
        before = partial.size
        try:
            _fetch(address, partial, patience, progress)
            break
        except (ResponseRefusedError, RedirectRefusedError) as error:
            raise _failed(address, error.args[0]) from error
        except (TryAgainError, *_NETWORK_ERRORS) as error:
            number, rest = 1 if _got_further(partial, before) else number, rest - 1
            if number >= patience.tries or not rest or _is_final(error, number):
                raise _failed(address, _reason(error)) from error
            time.sleep(_pause_s(error, number, patience))
            number += 1
    sync_folder(partial.path.parent)
    return Download(
        path=partial.path,
        url=address.shown,
        sha256=checksum(partial.path),
        size=partial.size,
        partial=partial,
    )


def _got_further(partial: Partial, before: int) -> bool:
    note = partial.note()
    return note is not None and note.validator is not None and partial.size > before


def _fetch(address: Address, partial: Partial, patience: Patience, progress: Progress) -> None:
    """One try: the rest of the file, or all of it."""
    note = partial.note()
    request = _request(address, partial, note)
    try:
        answer = opener()(request, timeout=patience.timeout_s)
    except urllib.error.HTTPError as error:
        answer = error
    try:
        with answer:
            _keep(answer, partial, note, patience, progress)
    except TryAgainError as error:
        if error.stale:
            partial.drop()
        raise


def _keep(answer: Any, partial: Partial, note: Note | None, patience: Patience, progress: Progress) -> None:
    """Write the body of an answer to where it belongs."""
    start, note = accepted(answer, partial.size if note else 0, note, partial.url)
    if note.total is not None and note.total > patience.max_bytes:
        raise _too_large(note.total, patience)
    if answer.status == RANGE_NOT_SATISFIABLE:
        return
    with partial.path.open("r+b" if start else "wb") as file:
        if not start:
            partial.write_note(note)
        file.seek(start)
        done = _copy(_Body(answer=answer, start=start, total=note.total), file, patience, progress)
        file.flush()
        os.fsync(file.fileno())
    if note.total is not None and done < note.total:
        raise TryAgainError(_cut(done, note.total))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """The body of an answer."""

    answer: Any
    start: int
    """The byte of the file that it begins with."""
    total: int | None
    """Bytes of the whole file."""


def _request(address: Address, partial: Partial, note: Note | None) -> urllib.request.Request:
    request = urllib.request.Request(address.url)
    request.add_header("User-Agent", "geoplan")
    request.add_header("Accept-Encoding", "identity")
    if address.authorization:
        request.add_unredirected_header("Authorization", address.authorization)
    if note and note.validator:
        request.add_header("Range", f"bytes={partial.size}-")
        request.add_header("If-Range", note.validator)
    return request


def _copy(body: _Body, file: IO[bytes], patience: Patience, progress: Progress) -> int:
    """Write the body behind what is there; return the bytes there are then."""
    done, watched, since = body.start, body.start, time.monotonic()
    while chunk := body.answer.read1(_CHUNK_BYTES):
        file.write(chunk)
        done += len(chunk)
        if done > patience.max_bytes:
            raise _too_large(done, patience)
        if body.total is not None and done > body.total:
            raise TryAgainError(Message("it sends more than it announced"), stale=True)
        progress(done, body.total)
        now = time.monotonic()
        if now - since > _WATCH_S:
            if (done - watched) / (now - since) < patience.least_bytes_per_s:
                raise TryAgainError(Message("it sends too slowly"))
            watched, since = done, now
    return done


def _too_large(size: int, patience: Patience) -> ResponseRefusedError:
    reason = Message(
        "the file has {size:n0} MB or more; {limit:n0} are allowed",
        size=size / 1e6,
        limit=patience.max_bytes / 1e6,
    )
    return ResponseRefusedError(reason)


def _cut(done: int, total: int) -> Message:
    return Message("the connection broke off after {done:n0} of {total:n0} bytes", done=done, total=total)


def _is_final(error: Exception, number: int) -> bool:
    """Say whether trying again is no use: what is not found twice is not there."""
    return isinstance(error, TryAgainError) and error.missing and number > 1


def _pause_s(error: Exception, number: int, patience: Patience) -> float:
    asked = error.after_s if isinstance(error, TryAgainError) else None
    return max(asked or 0.0, patience.backoff_s * 2.0 ** (number - 1))


def _reason(error: Exception) -> Message:
    if isinstance(error, TryAgainError):
        reason: Message = error.args[0]
        return reason
    cause = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(cause, TimeoutError):
        return Message("no answer in time")
    if isinstance(cause, OSError) and cause.strerror:
        return Message("no connection ({reason})", reason=cause.strerror)
    return Message("no connection ({reason})", reason=type(cause).__name__)


def _failed(address: Address, reason: Message) -> DatasetError:
    message = Message(
        "“{url}” cannot be fetched: {reason}. The same command goes on where this one stopped; a file fetched"
        " another way is read with --from PATH.",
        url=address.shown,
        reason=reason,
    )
    return DatasetError(message, value=address.shown)


def checksum(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
