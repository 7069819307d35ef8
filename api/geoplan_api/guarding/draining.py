"""A server that is about to stop says so with every answer, so that the next request goes elsewhere."""

from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Draining:
    """Closes each connection with its answer while the application is about to stop."""

    def __init__(self, app: ASGIApp, application: FastAPI) -> None:
        self.app = app
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, perhaps for the last time on this connection."""

        async def send_last(message: Message) -> None:
            if message["type"] == "http.response.start" and self.application.state.draining:
                MutableHeaders(scope=message)["connection"] = "close"
            await send(message)

        await self.app(scope, receive, send_last if scope["type"] == "http" else send)
