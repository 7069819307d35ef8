"""How long an address and how large and slow a body may be: told before anything of it is understood."""

import asyncio

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from geoplan.messages import Message as Said
from geoplan_api.operation_settings import OperationSettings
from geoplan_api.problem_answers import respond_to
from geoplan_api.refusals import AddressTooLongError, TooLargeError, TooSlowError

BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})
"""Nothing here reads a body of these; what is sent all the same is not read."""


class _Gone(Exception):  # noqa: N818 - not an error
    """The reader has hung up."""


class Bounds:
    """Reads the body of a request as a whole, within bounds, and turns away what is outside them."""

    def __init__(self, app: ASGIApp, settings: OperationSettings) -> None:
        self.app = app
        self.settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or say what is too large."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            self._check_head(scope)
            if scope["method"] not in BODILESS:
                receive = _replayed(await self._body(receive), receive)
        except (AddressTooLongError, TooLargeError, TooSlowError) as error:
            answer = await respond_to(Request(scope), error)
            # What is still on its way is not read.
            answer.headers["connection"] = "close"
            await answer(scope, receive, send)
            return
        except _Gone:
            return
        await self.app(scope, receive, send)

    def _check_head(self, scope: Scope) -> None:
        length = len(scope.get("raw_path", b"")) + len(scope["query_string"])
        limit = self.settings.max_url_bytes
        if length > limit:
            message = Said(
                "The address has {length:n0} characters; {limit:n0} are read.", length=length, limit=limit
            )
            raise AddressTooLongError(message, value=length)
        told = Headers(scope=scope).get("content-length", "0")
        if told.isdigit() and int(told[:20]) > self.settings.max_body_bytes:
            raise self._too_large()

    async def _body(self, receive: Receive) -> bytes:
        parts: list[bytes] = []
        size, more = 0, True
        try:
            async with asyncio.timeout(self.settings.body_seconds):
                while more:
                    message = await receive()
                    if message["type"] != "http.request":
                        raise _Gone
                    parts.append(message.get("body", b""))
                    size, more = size + len(parts[-1]), message.get("more_body", False)
                    if size > self.settings.max_body_bytes:
                        raise self._too_large()
        except TimeoutError as error:
            seconds = self.settings.body_seconds
            said = Said("The body did not arrive within {seconds:n0} seconds.", seconds=seconds)
            raise TooSlowError(said, value=seconds) from error
        return b"".join(parts)

    def _too_large(self) -> TooLargeError:
        limit = self.settings.max_body_bytes
        return TooLargeError(
            Said("The body of a request may have {limit:n0} bytes.", limit=limit), value=limit
        )


def _replayed(body: bytes, receive: Receive) -> Receive:
    """Hand out ``body``, then what ``receive`` says."""
    sent = False

    async def next_message() -> Message:
        nonlocal sent
        if sent:
            return await receive()
        sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return next_message
