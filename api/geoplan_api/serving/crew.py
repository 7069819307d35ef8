"""Several processes on one port: watched, renewed one after the other, told of new data together."""

import logging
import multiprocessing
import os
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from types import FrameType

from prometheus_client.multiprocess import mark_process_dead

from geoplan_api.logs import SERVER
from geoplan_api.measuring import FOLDER_VARIABLE
from geoplan_api.serving.worker import DONE, DRAIN, PREPARE, READY, RETIRE, SWITCH, Post, work

LOG = logging.getLogger(SERVER)
SECONDS_TO_START = 120.0
SECONDS_TO_LOAD = 300.0
SECONDS_TO_STOP = 30.0
"""Beside the time of draining."""
TICK_SECONDS = 0.2
SECONDS_BETWEEN_STARTS = 1.0
"""A worker that fails at once is not started again at once."""
GONE = "gone"
"""In the place of a word from a worker that says nothing any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Member:
    """A worker, and the line to it."""

    process: SpawnProcess
    line: Connection

    def tell(self, order: str) -> None:
        """Give an order; whether it is there to hear it shows in its answer."""
        try:
            self.line.send(order)
        except OSError:
            LOG.warning("a worker cannot be told: %s", order)


class Crew:
    """The workers.

    SIGHUP loads the data again in all of them and switches them together; SIGUSR2 renews them one after the
    other; SIGTERM and SIGINT let them finish and stop.
    """

    def __init__(self, post: Post, count: int, listening: socket.socket) -> None:
        self._post = post
        self._count = count
        self._listening = listening
        self._members: list[_Member] = []
        self._stopping = threading.Event()
        self._wanted: list[Callable[[], None]] = []
        self._processes = multiprocessing.get_context("spawn")

    def run(self, on_ready: Callable[[], None]) -> bool:
        """Serve until stopped; ``False`` where the workers could not start."""
        with tempfile.TemporaryDirectory(prefix="geoplan-metrics-") as folder:
            os.environ.setdefault(FOLDER_VARIABLE, folder)
            self._take_signals()
            try:
                self._members = [self._start() for _ in range(self._count)]
                if all(self._is_ready(member) for member in self._members):
                    on_ready()
                    self._watch()
            finally:
                self._stop_all()
            return self._stopping.is_set()

    def reload(self) -> None:
        """Load the data again in every worker; only where all have them, all answer from them."""
        for member in self._members:
            # One after the other: loading takes a core each, and answers go before.
            member.tell(PREPARE)
            word, told = self._hear(member, SECONDS_TO_LOAD)
            if word != DONE:
                LOG.error("not reloaded: %s", told or word)
                return
        for member in self._members:
            member.tell(SWITCH)
        for member in self._members:
            self._hear(member, SECONDS_TO_LOAD)

    def renew(self) -> None:
        """Put a new worker in the place of each, the new one first."""
        for old in list(self._members):
            new = self._start()
            self._members.append(new)
            word, _ = self._hear(new, SECONDS_TO_START)
            if word != READY:
                if not self._stopping.is_set():
                    LOG.error("not renewed: %s", _why_not_ready(new, word))
                self._members.remove(new)
                self._retire(new)
                return
            self._members.remove(old)
            self._retire(old)
        LOG.info("renewed")

    def _take_signals(self) -> None:
        def wish(what: Callable[[], None]) -> Callable[[int, FrameType | None], None]:
            return lambda _signal, _frame: self._wanted.append(what)

        for name in ("SIGTERM", "SIGINT"):
            signal.signal(getattr(signal, name), lambda *_: self._stopping.set())
        for name, what in (("SIGHUP", self.reload), ("SIGUSR2", self.renew)):
            if hasattr(signal, name):
                signal.signal(getattr(signal, name), wish(what))

    def _watch(self) -> None:
        while not self._stopping.wait(TICK_SECONDS):
            while self._wanted:
                self._wanted.pop(0)()
            for place, member in enumerate(self._members):
                if not member.process.is_alive() and not self._stopping.is_set():
                    self._replace(place, member)

    def _replace(self, place: int, member: _Member) -> None:
        LOG.error("a worker has ended with code %s; another takes its place", member.process.exitcode)
        self._clear(member)
        time.sleep(SECONDS_BETWEEN_STARTS)
        self._members[place] = new = self._start()
        self._is_ready(new)

    def _start(self) -> _Member:
        ours, theirs = self._processes.Pipe()
        # No daemon, as those may have no processes of their own, in which tiles are cut and maps drawn.
        process = self._processes.Process(target=work, args=(self._post, self._listening, theirs))
        process.start()
        theirs.close()
        return _Member(process=process, line=ours)

    def _is_ready(self, member: _Member) -> bool:
        return self._hear(member, SECONDS_TO_START)[0] == READY

    def _hear(self, member: _Member, seconds: float) -> tuple[str, str]:
        """What a worker says next; nobody waits for it any more once all are to stop."""
        until = time.monotonic() + seconds
        try:
            while not self._stopping.is_set() and time.monotonic() < until:
                if member.line.poll(TICK_SECONDS):
                    word, told = member.line.recv()
                    return str(word), str(told)
        except (EOFError, OSError):
            return GONE, ""
        return "late", ""

    def _stop_all(self) -> None:
        for member in self._members:
            member.tell(DRAIN)
        # Held on to here, it would take connections that no worker answers any more.
        self._listening.close()
        self._end(self._members)

    def _retire(self, member: _Member) -> None:
        member.tell(RETIRE)
        self._end([member])

    def _end(self, members: list[_Member]) -> None:
        until = time.monotonic() + self._post.drain_seconds + SECONDS_TO_STOP
        for member in members:
            member.process.join(max(0.0, until - time.monotonic()))
            if member.process.is_alive():
                member.process.kill()
                member.process.join()
            self._clear(member)

    def _clear(self, member: _Member) -> None:
        member.line.close()
        mark_process_dead(member.process.pid, os.environ[FOLDER_VARIABLE])  # type: ignore[no-untyped-call]


def _why_not_ready(member: _Member, word: str) -> str:
    if word == GONE:
        member.process.join(SECONDS_BETWEEN_STARTS)
        return f"a new worker has ended with code {member.process.exitcode}; the log above says why"
    return f"a new worker is not ready within {SECONDS_TO_START:.0f} s"
