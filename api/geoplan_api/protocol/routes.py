"""How resources answer: in a form that the reader takes, with a tag, and not at all where nothing changed."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from geoplan_api.dependencies import loaded_atlas
from geoplan_api.negotiation import JSON, NOT_MODIFIED, coding_for, media_type_for, names_tag
from geoplan_api.protocol.caching import PUBLIC
from geoplan_api.protocol.deprecation import deprecation_headers
from geoplan_api.protocol.tags import entity_tag

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
ANY_ANSWER = "*"
VARY = "Accept, Accept-Language, Accept-Encoding"


async def made(answer: Callable[[], Response], *, at_once: bool) -> Response:
    """The answer; made in a thread unless it takes less than the change of threads would."""
    return answer() if at_once else await run_in_threadpool(answer)


class ApiRoute(APIRoute):
    """A resource that answers in a form which the reader takes, and tells when it is going to end."""

    def offered(self) -> tuple[str, ...]:
        """The forms of the answer, the usual one first."""
        described = self.responses.get(200, {})
        forms = tuple(described.get("content", ()))
        plain = "model" in described or self.response_model is not None or not forms
        return (JSON, *(form for form in forms if form != JSON)) if plain else forms

    def get_route_handler(self) -> Handler:
        """Answer, and add what the reader should know of this resource."""
        answer, ending = super().get_route_handler(), deprecation_headers(self.openapi_extra)
        offered = self.offered()

        async def negotiated(request: Request) -> Response:
            # ``?format=`` goes before what the program sends with every request.
            if "format" not in request.query_params:
                media_type_for(request.headers.get("accept", ""), offered)
            response = await answer(request)
            for name, value in ending.items():
                # Beside links to other pages of the answer.
                response.headers.append(name, value)
            return response

        return negotiated


class ReadRoute(ApiRoute):
    """A public resource whose answer changes only with the dataset, the request and the program."""

    def get_route_handler(self) -> Handler:
        """Answer with a strong tag; who has the answer gets a header only, and nothing is computed."""
        answer, offered = super().get_route_handler(), self.offered()

        async def conditional(request: Request) -> Response:
            tag = await _tag(request, offered)
            asked = request.headers.get("if-none-match", "")
            headers = {"etag": tag, "cache-control": PUBLIC, "vary": VARY}
            # “*” stands for any answer, and whether there is one is not known before.
            if asked != ANY_ANSWER and names_tag(asked, tag):
                return Response(status_code=NOT_MODIFIED, headers=headers)
            response = await answer(request)
            if response.status_code != 200:
                return response
            if asked == ANY_ANSWER:
                return Response(status_code=NOT_MODIFIED, headers=headers)
            response.headers.update(headers)
            return response

        return conditional


async def _tag(request: Request, offered: tuple[str, ...]) -> str:
    atlas, form = await loaded_atlas(request), request.query_params.get("format")
    form = form or media_type_for(request.headers.get("accept", ""), offered)
    coding = coding_for(request.headers.get("accept-encoding", ""))
    return entity_tag(request, atlas.version, form=form, coding=coding)
