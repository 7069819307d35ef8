"""One at a time: who changes the store holds its lock, and a process that dies lets go of it."""

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

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
    home_folder().mkdir(parents=True, exist_ok=True)
    descriptor = os.open(home_folder() / LOCK_FILE, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        _await(descriptor, wait_s, on_wait)
        yield
    finally:
        os.close(descriptor)


def _await(descriptor: int, wait_s: float, on_wait: Callable[[], None]) -> None:
    until = time.monotonic() + wait_s
    if _try_lock(descriptor):
        return
    on_wait()
    while not _try_lock(descriptor):
        if time.monotonic() > until:
            message = Message(
                "Another geoplan is changing the datasets in “{path}”. Try again when it has finished.",
                path=home_folder(),
            )
            raise DatasetError(message, value=str(home_folder()))
        time.sleep(_POLL_S)
