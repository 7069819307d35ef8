"""Every error is answered with a problem: for programs as JSON, for people as a page."""

import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from geoplan.errors import GeoplanError
from geoplan.messages import Message
from geoplan.plans.tokens import without_tokens
from geoplan_api.html import page
from geoplan_api.language import language_of
from geoplan_api.problems import HEADERS, MEDIA_TYPE, TITLES, Problem, kind_of, status_of
from geoplan_api.request_ids import current_request
from geoplan_api.security import PAGE_POLICY, framed
from geoplan_api.shared_store import without_place
from geoplan_api.validation import field_errors

SHOWN_CHARACTERS = 200
PROGRAM_PATHS = ("/api/", "/health/", "/metrics", "/oembed", "/openapi.json")
"""What stands here answers programs, whoever asks; the rest shows people a page."""
OGC_PATHS = ("/ogc",)
"""What stands here follows OGC API – Features, which asks for 400 where a parameter is wrong."""
UNIT_PROBLEMS = ("unknown-unit", "ambiguous-unit", "invalid-key")
_UNIT_KEY = re.compile(r"\b\d{2,12}\b")


def install_problems(app: FastAPI) -> None:
    """Answer every error of ``app`` with a problem."""
    app.add_exception_handler(GeoplanError, _geoplan_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(Exception, _unexpected_error)


async def _geoplan_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, GeoplanError):
        raise error
    return await respond_to(request, error)


async def respond_to(request: Request, error: GeoplanError) -> Response:
    """Answer a request with what is wrong with it."""
    lang, status = language_of(request), status_of(error)
    if status == HTTPStatus.UNPROCESSABLE_ENTITY and request.url.path.startswith(OGC_PATHS):
        status = HTTPStatus.BAD_REQUEST
    error = without_place(error)
    return _respond(
        request, status, detail=error.text(lang), kind=kind_of(type(error)),
        value=_shown(error.value), nearest=list(error.nearest),
    )  # fmt: skip


async def _validation_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, RequestValidationError):
        raise error
    wrong = field_errors(error.errors(), language_of(request), models=_models(request), body=error.body)
    detail = " ".join(part.message for part in wrong)
    value = wrong[0].value if len(wrong) == 1 else None
    return _respond(
        request,
        HTTPStatus.UNPROCESSABLE_ENTITY,
        detail=detail,
        kind="invalid-value",
        value=value,
        nearest=list(dict.fromkeys(name for part in wrong for name in part.nearest)),
        errors=wrong,
    )


def _models(request: Request) -> dict[str, object]:
    """The models of the route's query and body."""
    route = request.scope.get("route")
    if not isinstance(route, APIRoute):
        return {}
    query = next((one.field_info.annotation for one in route.dependant.query_params), None)
    body = None if route.body_field is None else route.body_field.field_info.annotation
    return {"query": query, "body": body}


async def _http_error(request: Request, error: Exception) -> Response:
    if not isinstance(error, HTTPException):
        raise error
    status = HTTPStatus(error.status_code)
    detail = Message("There is nothing at {path}.", path=_shown(request.url.path))
    if status == HTTPStatus.METHOD_NOT_ALLOWED:
        detail = Message(
            "{path} does not know {method}.", path=_shown(request.url.path), method=request.method
        )
    elif status == HTTPStatus.BAD_REQUEST:
        detail = Message("The body of the request cannot be read as JSON.")
    elif status != HTTPStatus.NOT_FOUND:
        detail = Message("{reason}", reason=error.detail)
    response = _respond(request, status, detail=detail.text(language_of(request)), kind=_slug(status.phrase))
    response.headers.update(error.headers or {})
    return response


async def _unexpected_error(request: Request, _error: Exception) -> Response:
    return unexpected(request)


def unexpected(request: Request) -> Response:
    """The answer where nobody knows what went wrong."""
    detail = Message("That should not have happened; the server's log says more.").text(language_of(request))
    return _respond(request, HTTPStatus.INTERNAL_SERVER_ERROR, detail=detail, kind="unexpected")


def _respond(request: Request, status: HTTPStatus, **members: Any) -> Response:
    title = TITLES.get(status, Message("{phrase}", phrase=status.phrase)).text(language_of(request))
    problem = Problem(title=title, status=status, instance=str(_shown(request.url.path)), **members)
    problem.request_id = current_request.get()
    # A token that was put where it does not belong (the address, a field) is not repeated.
    problem = Problem.model_validate(_without_tokens(problem.model_dump()))
    headers = HEADERS.get(status, {})
    if _wants_page(request):
        embedded = request.url.path.startswith("/embed/")
        template = "embed/problem.html" if embedded else "problem.html"
        answer = page(request, template, status=status, problem=problem, keys=_keys(problem))
        answer.headers.update(headers)
        if embedded:
            allowed = request.app.state.settings.frame_ancestors
            answer.headers["content-security-policy"] = framed(PAGE_POLICY, allowed)
        return answer
    content = {"type": problem.type} | problem.model_dump(mode="json", exclude_defaults=True)
    return JSONResponse(content, status_code=status, media_type=MEDIA_TYPE, headers=headers)


def _keys(problem: Problem) -> list[tuple[str, str]]:
    """Units that may have been meant: the key of each, and how it is told."""
    if problem.kind not in UNIT_PROBLEMS:
        return []
    found = ((_UNIT_KEY.search(text), text) for text in problem.nearest)
    return [(key[0], text) for key, text in found if key is not None]


def _wants_page(request: Request) -> bool:
    """Whether a person looks at this in a browser, at an address that is a page."""
    for_programs = request.url.path.startswith(PROGRAM_PATHS)
    return not for_programs and "text/html" in request.headers.get("accept", "")


def _without_tokens(value: Any) -> Any:
    match value:
        case str():
            return without_tokens(value)
        case list():
            return [_without_tokens(part) for part in value]
        case dict():
            return {name: _without_tokens(part) for name, part in value.items()}
    return value


def _slug(phrase: str) -> str:
    return phrase.lower().replace(" ", "-")


def _shown(value: object) -> object:
    """The value as JSON may repeat it: a text shortened, anything else as it is where JSON knows it."""
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)[:SHOWN_CHARACTERS]
