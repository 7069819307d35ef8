"""Connections whose reader has to say in time what is wanted."""

import asyncio
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from geoplan_api.operation_settings import OperationSettings

KEEP_ALIVE_SECONDS = 75
"""So long a connection stays that nothing is asked on: longer than proxies keep theirs (60 s is usual), as
whoever closes first may do so at the moment at which the other asks."""
HEADERS_BYTES = 32_768
"""Beside the address."""


class PatientProtocol(H11Protocol):
    """Closes connections on which a request begins and its head does not end.

    uvicorn knows a time limit between two requests, but none for the head of one.
    """

    head_seconds = 10.0
    waiting: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Read on; wait for the rest of a head, but not from the start again."""
        super().data_received(data)
        if self.conn.their_state is not h11.IDLE:
            self._stop()
        elif self.waiting is None and not self.transport.is_closing():
            self._wait()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """Between two requests uvicorn's own limit holds."""
        super().on_response_complete()
        self._stop()
        if self.conn.trailing_data[0]:
            # The head of the next request has begun already.
            self._wait()

    def _wait(self) -> None:
        self.waiting = self.loop.call_later(self.head_seconds, self.transport.abort)

    def _stop(self) -> None:
        if self.waiting is not None:
            self.waiting.cancel()
            self.waiting = None


def patient_protocol(settings: OperationSettings) -> type[H11Protocol]:
    """The protocol with the time that the settings give."""
    return type("Protocol", (PatientProtocol,), {"head_seconds": settings.head_seconds})


def server_options(settings: OperationSettings) -> dict[str, Any]:
    """What uvicorn is told of connections."""
    return {
        "http": patient_protocol(settings), "ws": "none", "lifespan": "on",
        "timeout_keep_alive": KEEP_ALIVE_SECONDS,
        "limit_concurrency": settings.max_connections,
        "h11_max_incomplete_event_size": settings.max_url_bytes + HEADERS_BYTES,
        # The application believes the proxies that its settings name, and says itself who it is.
        "proxy_headers": False, "server_header": False, "access_log": False, "log_config": None,
    }  # fmt: skip
