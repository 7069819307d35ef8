"""One of several processes: it answers, and does what the process that watches it says."""

import logging
import signal
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from types import FrameType

from geoplan.errors import GeoplanError
from geoplan_api.app import create_app
from geoplan_api.logs import SERVER, start_logging
from geoplan_api.serving.server import GracefulServer
from geoplan_api.settings import Settings

LOG = logging.getLogger(SERVER)
READY, PREPARE, SWITCH, DONE, FAILED = "ready", "prepare", "switch", "done", "failed"
"""What the processes say to one another."""
DRAIN, RETIRE = "drain", "retire"
"""The last orders: all stop, or this one makes room for another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a worker is started with."""

    settings: Settings
    desk: bool
    log_form: str
    log_level: str
    drain_seconds: float


def work(post: Post, listening: socket.socket, line: Connection) -> None:
    """Answer until told to stop, or until nobody watches any more."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
    start_logging(form=post.log_form, level=post.log_level)
    app = create_app(post.settings, desk=post.desk)
    app.state.keeper.beforehand = True
    server = _Worker(
        app, post.settings, drain_seconds=post.drain_seconds, on_ready=lambda: _open_line(server, line)
    )
    server.run(sockets=[listening])


class _Worker(GracefulServer):
    """A terminal sends its interrupt to all processes; the one that watches tells the others."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Drain where it is asked for by name."""
        if sig != signal.SIGINT:
            super().handle_exit(sig, frame)


def _open_line(server: GracefulServer, line: Connection) -> None:
    line.send((READY, ""))
    threading.Thread(target=_listen, args=(server, line), daemon=True).start()


def _listen(server: GracefulServer, line: Connection) -> None:
    keeper = server.app.state.keeper
    orders: dict[str, Callable[[], object]] = {PREPARE: keeper.prepare, SWITCH: keeper.switch}
    while True:
        try:
            order = line.recv()
        except (EOFError, OSError):
            server.drain()
            return
        if order in {DRAIN, RETIRE}:
            (server.drain if order == DRAIN else server.retire)()
            return
        line.send(_done(orders[order]))


def _done(order: Callable[[], object]) -> tuple[str, str]:
    try:
        return DONE, str(order())
    except GeoplanError as error:
        return FAILED, str(error)
    except Exception as error:
        LOG.exception("not reloaded")
        return FAILED, type(error).__name__
