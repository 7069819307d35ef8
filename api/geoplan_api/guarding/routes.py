"""Routes that look at a body only when whoever sends it may, and when it is not too deep."""

import re
from collections.abc import Callable

from fastapi import Request, Response
from starlette.concurrency import run_in_threadpool

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan_api.access import Access, to_administer, to_read, to_write
from geoplan_api.negotiation import JSON
from geoplan_api.protocol.routes import ApiRoute, Handler
from geoplan_api.refusals import UnsupportedMediaError

_TOKENS = re.compile(rb'"(?:[^"\\]|\\.)*"?|[\[{]|[\]}]', re.DOTALL)
_DOORS: tuple[Callable[..., Access], ...] = (to_read, to_write, to_administer)


class BodyRoute(ApiRoute):
    """A resource that takes a JSON body of bounded depth."""

    def get_route_handler(self) -> Handler:
        """Answer where the body is not too deep."""
        answer = super().get_route_handler()

        async def bounded(request: Request) -> Response:
            if request.method not in ("GET", "HEAD"):
                body = await request.body()
                check_kind(body, request.headers.get("content-type", ""))
                check_depth(body, request.app.state.settings.max_json_depth)
            return await answer(request)

        return bounded


class PlanRoute(BodyRoute):
    """A resource for some only: without a good token nothing of the request is read."""

    def get_route_handler(self) -> Handler:
        """Ask who it is, then answer."""
        answer = super().get_route_handler()
        calls = [one.call for one in self.dependant.dependencies]
        (door,) = (door for door in _DOORS if door in calls)

        async def guarded(request: Request) -> Response:
            await run_in_threadpool(door, request, None)
            return await answer(request)

        return guarded


def check_kind(body: bytes, content_type: str) -> None:
    """Make sure that a body says it is JSON; programs send forms where nobody tells them otherwise.

    Raises
    ------
    UnsupportedMediaError
        It says that it is something else, or nothing.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if body and not (kind == JSON or kind.endswith("+json")):
        message = Message(
            "JSON is expected (Content-Type: {wanted}), not “{value}”.", wanted=JSON, value=kind[:80]
        )
        raise UnsupportedMediaError(message, value=kind[:80], nearest=[JSON])


def check_depth(body: bytes, limit: int) -> None:
    """Make sure that lists and tables of a JSON text lie at most ``limit`` deep, without parsing it.

    Raises
    ------
    InvalidValueError
        They lie deeper.
    """
    depth = 0
    for found in _TOKENS.finditer(body):
        first = found[0][:1]
        if first in b"[{":
            depth += 1
            if depth > limit:
                message = Message(
                    "Lists and tables lie more than {limit:n0} deep inside one another.", limit=limit
                )
                raise InvalidValueError(message, value=limit)
        elif first in b"]}":
            depth -= 1
