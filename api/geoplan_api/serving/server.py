"""One process that answers: it says when it is ready, and before it stops."""

import logging
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

from geoplan.errors import GeoplanError
from geoplan_api.logs import SERVER
from geoplan_api.operation_settings import OperationSettings
from geoplan_api.serving.connections import server_options

LOG = logging.getLogger(SERVER)
SECONDS_TO_FINISH = 5
"""What requests under way get when the server stops, beside the time of draining."""
SECONDS_TO_WAIT_FOR_A_TURN = 0.001
"""So long a thread that computes may hold up the one that answers (Python waits five times as long)."""


class GracefulServer(uvicorn.Server):
    """A server that drains before it stops.

    Parameters
    ----------
    app
        What answers.
    settings
        Bounds of connections.
    drain_seconds
        How long it goes on answering as not ready, closing each connection with its answer.
    on_ready
        Called once when it can answer.
    """

    def __init__(
        self, app: FastAPI, settings: OperationSettings, *, drain_seconds: float, on_ready: Callable[[], None]
    ) -> None:
        sys.setswitchinterval(SECONDS_TO_WAIT_FOR_A_TURN)
        finish = max(SECONDS_TO_FINISH, round(drain_seconds))
        super().__init__(uvicorn.Config(app, timeout_graceful_shutdown=finish, **server_options(settings)))
        self.app = app
        self._keep_listening = True
        self._drain_seconds = drain_seconds
        self._on_ready = on_ready
        self._stop_at: float | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, then say so."""
        await super().startup(sockets)
        if self.started:
            threading.Thread(target=self._warm, daemon=True).start()
            self._on_ready()

    def _warm(self) -> None:
        try:
            self.app.state.keeper.warm()
        except (GeoplanError, ChildProcessError) as error:
            # Who stops ends what is at work, too.
            if not self.app.state.draining:
                LOG.warning("not warm: %s", error)

    def drain(self) -> None:
        """Say that it is not ready any more, and stop after a while; may be called from anywhere."""
        self.app.state.draining = True
        if self._stop_at is None:
            self._stop_at = time.monotonic() + self._drain_seconds

    def retire(self) -> None:
        """Take no connections any more, as others listen on the same port; stop when there are none."""
        self._keep_listening = False
        self.drain()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Drain; asked a second time, stop at once."""
        if self.app.state.draining or self._drain_seconds <= 0:
            super().handle_exit(sig, frame)
            return
        self._captured_signals.append(sig)
        self.drain()

    async def on_tick(self, counter: int) -> bool:
        """Say whether it is time to stop."""
        if self.app.state.draining and not self._keep_listening:
            # Others listen on the same port: what is not accepted yet is theirs.
            for server in self.servers:
                server.close()
        if self._stop_at is not None and (time.monotonic() >= self._stop_at or self._is_idle()):
            self.should_exit = True
        return await super().on_tick(counter)

    def _is_idle(self) -> bool:
        return not self._keep_listening and not self.server_state.connections

    def reload(self) -> None:
        """Load the data again and answer from them; where that fails, those in use stay."""
        keeper = self.app.state.keeper
        try:
            keeper.prepare()
        except GeoplanError as error:
            LOG.error("not reloaded: %s", error)
            return
        keeper.switch()


def reload_on_hangup(reload: Callable[[], None]) -> None:
    """Call ``reload`` in a thread of its own whenever the process is told to (SIGHUP)."""
    if hasattr(signal, "SIGHUP"):
        signal.signal(signal.SIGHUP, lambda *_: threading.Thread(target=reload, daemon=True).start())
