"""One at a time: who changes the store holds its lock, and a process that dies lets go of it."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from geoplan.boundaries.store import home_folder
from geoplan.errors import DatasetError
from geoplan.messages import Message

try:
    import fcntl
except ImportError:  # Windows
    import msvcrt

LOCK_FILE = ".lock"
WAIT_S = 900.0
_POLL_S = 0.1


def _try_lock(descriptor: int) -> bool:
    """Take the lock, if it is free; the system frees it when the process ends, however it ends."""
    try:
        if os.name == "nt":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


@contextmanager
def store_lock(*, wait_s: float = WAIT_S, on_wait: Callable[[], None] = lambda: None) -> Iterator[None]:
    """Hold the lock of the store.

    Parameters
    ----------
    wait_s
        Seconds to wait for another process that holds it.
    on_wait
        Called once where there is one to wait for.

    Raises
    ------
    DatasetError
        The other process did not end in time.
    """
    home = home_folder()
    home.mkdir(parents=True, exist_ok=True)
    with file_lock(home / LOCK_FILE, wait_s=wait_s, on_wait=on_wait) as held:
        if not held:
            message = Message(
                "Another geoplan is changing the datasets in “{path}”. Try again when it has finished.",
                path=home,
            )
            raise DatasetError(message, value=str(home))
        yield


@contextmanager
def file_lock(
    path: Path, *, wait_s: float = WAIT_S, on_wait: Callable[[], None] = lambda: None
) -> Iterator[bool]:
    """Hold the lock that ``path`` stands for, and say whether it was free in time; else it is not held."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        yield _taken(descriptor, wait_s, on_wait)
    finally:
        os.close(descriptor)


def _taken(descriptor: int, wait_s: float, on_wait: Callable[[], None]) -> bool:
    until = time.monotonic() + wait_s
    if _try_lock(descriptor):
        return True
    on_wait()
    while not _try_lock(descriptor):
        if time.monotonic() > until:
            return False
        time.sleep(_POLL_S)
    return True
