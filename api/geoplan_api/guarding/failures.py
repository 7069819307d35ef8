"""What was not foreseen: one answer without a trace, with the headers of all others; the log has the rest."""

import logging

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geoplan_api.logs import SERVER
from geoplan_api.problem_answers import unexpected

LOG = logging.getLogger(SERVER)


class Failures:
    """Answers 500 where answering has failed and nothing was sent yet."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def send_noting(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self.app(scope, receive, send_noting)
        except Exception:
            if begun:
                raise
            LOG.exception("unexpected failure")
            await unexpected(Request(scope))(scope, receive, send)
