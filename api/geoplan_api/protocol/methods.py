"""HEAD for whatever can be read, and OPTIONS for whatever there is."""

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.responses import Response
from starlette.routing import Match
from starlette.types import ASGIApp, Message, Receive, Scope, Send

NOT_ALLOWED = 405
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ONLY_HEADERS = "geoplan.only_headers"
"""Marks a request for headers, so that a long answer need not be made."""


def allowed_methods(app: FastAPI, scope: Scope) -> list[str]:
    """Every method that the address of a request knows."""
    found = [method for method in METHODS if _knows(app, scope, method)]
    if "GET" in found:
        found.insert(1, "HEAD")
    return [*found, "OPTIONS"]


def _knows(app: FastAPI, scope: Scope, method: str) -> bool:
    # Each gets a copy, as a route notes in it what it has found.
    asked = ({**scope, "method": method} for _ in app.router.routes)
    return any(
        route.matches(one)[0] == Match.FULL for route, one in zip(app.router.routes, asked, strict=True)
    )


class OtherMethods:
    """Answers HEAD as GET without its body, OPTIONS with what is allowed, and completes ``Allow``."""

    def __init__(self, app: ASGIApp, application: FastAPI) -> None:
        self.app = app
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        method = scope.get("method")
        if method == "HEAD":
            await self._head(scope, receive, send)
        elif method == "OPTIONS":
            await self._options(scope, receive, send)
        else:
            await self.app(scope, receive, self._completing(scope, send))

    def _completing(self, scope: Scope, send: Send) -> Send:
        async def send_all_allowed(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == NOT_ALLOWED:
                allowed = allowed_methods(self.application, scope)
                MutableHeaders(scope=message)["allow"] = ", ".join(allowed)
            await send(message)

        return send_all_allowed

    async def _head(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_no_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        # In the same mapping, as those outside read from it which route has answered.
        scope["method"], scope[ONLY_HEADERS] = "GET", True
        try:
            await self.app(scope, receive, send_no_body)
        finally:
            scope["method"] = "HEAD"

    async def _options(self, scope: Scope, receive: Receive, send: Send) -> None:
        allowed = allowed_methods(self.application, scope)
        if len(allowed) == 1:
            await self.app(scope, receive, send)
            return
        await Response(status_code=204, headers={"allow": ", ".join(allowed)})(scope, receive, send)
