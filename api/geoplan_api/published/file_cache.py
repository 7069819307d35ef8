"""The files that were made from a dataset, kept in geoplan's home from one start to the next."""

import os
import secrets
import threading
from collections.abc import Callable
from pathlib import Path

from geoplan.boundaries.lock import file_lock
from geoplan.boundaries.store import home_folder
from geoplan.errors import DataError, GeoplanError, reason_of
from geoplan.messages import Message
from geoplan_api.problems import NotReadyError

LOCK_FILE = ".lock"
Make = Callable[[], bytes]


def cache_folder(version: str) -> Path:
    """The folder of the files of a state of the data."""
    return home_folder() / "cache" / version


def cached_file(version: str, name: str, make: Make) -> Path:
    """The file ``name`` of a state of the data; made where it is missing, by one process at a time.

    Raises
    ------
    DataError
        The folder cannot be written.
    """
    path = cache_folder(version) / name
    if path.is_file():
        return path
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with file_lock(path.parent / LOCK_FILE):
            if not path.is_file():
                _publish(path, make())
    except OSError as error:
        message = Message(
            "The files for portals cannot be kept in “{path}”: {reason}.",
            path=path.parent,
            reason=reason_of(error),
        )
        raise DataError(message, value=str(path.parent)) from error
    return path


def _publish(path: Path, content: bytes) -> None:
    """Write a file so that nobody ever sees a part of it."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with draft.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


class FileCache:
    """The files that one application hands out; those that take long are made aside."""

    def __init__(self) -> None:
        self._at_work: dict[Path, threading.Thread] = {}
        self._failed: dict[Path, GeoplanError] = {}
        self._lock = threading.Lock()

    def get_later(self, version: str, name: str, make: Make, *, patience_s: float = 0.0) -> Path:
        """A file that may take too long to wait for: until it is there, who asks is told to come again.

        Parameters
        ----------
        patience_s
            How many seconds it is waited for before.

        Raises
        ------
        NotReadyError
            It is being made.
        DataError
            It could not be made; whoever asks next lets it be tried again.
        """
        path = cache_folder(version) / name
        if path.is_file():
            return path
        with self._lock:
            if path in self._failed:
                raise self._failed.pop(path)
            if path not in self._at_work:
                work = threading.Thread(target=self._make, args=(version, name, make), daemon=True)
                self._at_work[path] = work
                work.start()
            work = self._at_work[path]
        work.join(patience_s)
        if path.is_file():
            return path
        with self._lock:
            if path in self._failed:
                raise self._failed.pop(path)
        raise NotReadyError(
            Message("“{value}” is being made. Ask again in a minute.", value=name), value=name
        )

    def wait(self, timeout_s: float) -> None:
        """Wait until nothing is being made any more."""
        with self._lock:
            at_work = list(self._at_work.values())
        for work in at_work:
            work.join(timeout_s)

    def _make(self, version: str, name: str, make: Make) -> None:
        path = cache_folder(version) / name
        failed = None
        try:
            cached_file(version, name, make)
        except GeoplanError as error:
            failed = error
        finally:
            # Also after what nobody foresaw, which the log tells: else no request would try it again.
            with self._lock:
                del self._at_work[path]
                if failed is not None:
                    self._failed[path] = failed
