"""How long a request may take: to be answered, and to be read by whoever asked."""

import asyncio
import logging

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geoplan.messages import Message as Said
from geoplan_api.operation_settings import OperationSettings
from geoplan_api.problem_answers import respond_to
from geoplan_api.refusals import TimeLimitError

LOG = logging.getLogger("geoplan.server")


class Deadline:
    """Answers 503 where no answer has begun in time, and lets go of readers who do not read."""

    def __init__(self, app: ASGIApp, settings: OperationSettings) -> None:
        self.app = app
        self.settings = settings
        self._left: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer in time."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        decided = asyncio.Event()
        watched = _WatchedSend(send, self.settings.send_seconds, decided)
        # In a task of its own: work in a thread cannot be stopped, and the reader need not wait for it.
        work = asyncio.ensure_future(self.app(scope, receive, watched))
        work.add_done_callback(lambda _work: decided.set())
        over = work.get_loop().call_later(self.settings.request_seconds, decided.set)
        try:
            await decided.wait()
            if work.done() or watched.begun:
                await work
                return
            self._leave(work, watched)
        except asyncio.CancelledError:
            work.cancel()
            raise
        finally:
            over.cancel()
        await self._refuse(scope, receive, send)

    def _leave(self, work: asyncio.Task[None], watched: "_WatchedSend") -> None:
        watched.abandoned = True
        self._left.add(work)
        work.add_done_callback(self._left.discard)
        work.add_done_callback(_noted)
        work.cancel()

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        seconds = self.settings.request_seconds
        message = Said(
            "The answer took longer than {seconds:n0} seconds. Ask for less, or later.", seconds=seconds
        )
        answer = await respond_to(Request(scope), TimeLimitError(message, value=seconds))
        await answer(scope, receive, send)


class _WatchedSend:
    """Sends on, unless nobody waits any more; each part has to be taken in time."""

    def __init__(self, send: Send, seconds: float, decided: asyncio.Event) -> None:
        self.begun = self.abandoned = False
        self._send = send
        self._seconds = seconds
        self._decided = decided

    async def __call__(self, message: Message) -> None:
        if self.abandoned:
            return
        if not self.begun:
            self.begun = True
            self._decided.set()
        async with asyncio.timeout(self._seconds):
            await self._send(message)


def _noted(work: asyncio.Task[None]) -> None:
    if not work.cancelled() and work.exception() is not None:
        LOG.error("a request that was given up failed later", exc_info=work.exception())
