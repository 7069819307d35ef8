"""Each request with its id: told to whoever asked, and to the log without what they have asked."""

import logging
import time

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geoplan_api.logs import REQUESTS
from geoplan_api.request_ids import HEADER, current_request, request_id

LOG = logging.getLogger(REQUESTS)


class RequestLog:
    """Gives each request an id and notes how it was answered.

    Noted are the route (not the address: a search or a plan stands in it), status, bytes and time; the
    address of the reader only where the operator wants it.
    """

    def __init__(self, app: ASGIApp, *, addresses: bool) -> None:
        self.app = app
        self.addresses = addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, and note how."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        noted = _Noted(request_id(scope), send)
        before = current_request.set(noted.id)
        try:
            await self.app(scope, receive, noted)
        finally:
            if LOG.isEnabledFor(logging.INFO):
                LOG.info("request", extra={"told": self._told(scope, noted)})
            current_request.reset(before)

    def _told(self, scope: Scope, noted: "_Noted") -> dict[str, object]:
        told = {
            "method": scope["method"] if len(scope["method"]) < 10 else "other",
            "route": getattr(scope.get("route"), "path", "unmatched"),
            "status": noted.status, "bytes": noted.size,
            "ms": round((time.perf_counter() - noted.start) * 1000, 1),
        }  # fmt: skip
        if self.addresses:
            told["address"] = (scope.get("client") or ("unknown", 0))[0]
        return told


class _Noted:
    """Sends on, with the id of the request, and remembers what was sent."""

    def __init__(self, given: str, send: Send) -> None:
        self.id, self.start = given, time.perf_counter()
        self.status, self.size = 500, 0
        self._send = send

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            MutableHeaders(scope=message)[HEADER] = self.id
        else:
            self.size += len(message.get("body", b""))
        await self._send(message)
