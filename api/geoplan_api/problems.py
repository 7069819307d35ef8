"""Errors as ``application/problem+json`` (RFC 9457): one table says which error is which status."""

import re
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from geoplan.errors import (
    AmbiguousUnitError,
    DataError,
    GeoplanError,
    NotAuthenticatedError,
    NotPermittedError,
    RequestError,
    StaleVersionError,
    UnknownChoiceError,
    UnknownPlanError,
    UnknownUnitError,
)
from geoplan.messages import Message
from geoplan.plans.tokens import without_tokens
from geoplan_api.access import PreconditionRequiredError
from geoplan_api.html import page
from geoplan_api.language import language_of
from geoplan_api.negotiation import NotAcceptableError
from geoplan_api.refusals import (
    AddressTooLongError,
    TimeLimitError,
    TooLargeError,
    TooManyRequestsError,
    TooSlowError,
    UnsupportedMediaError,
)
from geoplan_api.request_ids import current_request
from geoplan_api.security import PAGE_POLICY, framed
from geoplan_api.shared_store import without_place
from geoplan_api.validation import FieldError, field_errors

MEDIA_TYPE = "application/problem+json"
SHOWN_CHARACTERS = 200
PROGRAM_PATHS = ("/api/", "/health/", "/metrics", "/oembed", "/openapi.json")
"""What stands here answers programs, whoever asks; the rest shows people a page."""
OGC_PATHS = ("/ogc",)
"""What stands here follows OGC API – Features, which asks for 400 where a parameter is wrong."""
UNIT_PROBLEMS = ("unknown-unit", "ambiguous-unit", "invalid-key")
_UNIT_KEY = re.compile(r"\b\d{2,12}\b")


class NotFoundError(UnknownChoiceError):
    """The address names something that does not exist."""


class NotReadyError(DataError):
    """The atlas is not loaded yet."""


STATUS: dict[type[GeoplanError], HTTPStatus] = {
    UnknownUnitError: HTTPStatus.NOT_FOUND,
    NotFoundError: HTTPStatus.NOT_FOUND,
    UnknownPlanError: HTTPStatus.NOT_FOUND,
    NotAcceptableError: HTTPStatus.NOT_ACCEPTABLE,
    AmbiguousUnitError: HTTPStatus.CONFLICT,
    NotAuthenticatedError: HTTPStatus.UNAUTHORIZED,
    NotPermittedError: HTTPStatus.FORBIDDEN,
    StaleVersionError: HTTPStatus.PRECONDITION_FAILED,
    PreconditionRequiredError: HTTPStatus.PRECONDITION_REQUIRED,
    TooLargeError: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    AddressTooLongError: HTTPStatus.REQUEST_URI_TOO_LONG,
    TooSlowError: HTTPStatus.REQUEST_TIMEOUT,
    UnsupportedMediaError: HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    TooManyRequestsError: HTTPStatus.TOO_MANY_REQUESTS,
    TimeLimitError: HTTPStatus.SERVICE_UNAVAILABLE,
    RequestError: HTTPStatus.UNPROCESSABLE_ENTITY,
    DataError: HTTPStatus.SERVICE_UNAVAILABLE,
}
"""The status of an error is that of the nearest of its classes that stands here."""

HEADERS = {
    HTTPStatus.SERVICE_UNAVAILABLE: {"retry-after": "5"},
    HTTPStatus.UNAUTHORIZED: {"www-authenticate": 'Bearer realm="geoplan"'},
}
"""What an answer of a status says beside the problem."""

TITLES = {
    HTTPStatus.BAD_REQUEST: Message("Request not understood"),
    HTTPStatus.NOT_FOUND: Message("Not found"),
    HTTPStatus.METHOD_NOT_ALLOWED: Message("Method not allowed"),
    HTTPStatus.NOT_ACCEPTABLE: Message("No such form"),
    HTTPStatus.CONFLICT: Message("Ambiguous name"),
    HTTPStatus.UNAUTHORIZED: Message("Token missing or not good"),
    HTTPStatus.FORBIDDEN: Message("Not permitted"),
    HTTPStatus.PRECONDITION_FAILED: Message("Changed in the meantime"),
    HTTPStatus.PRECONDITION_REQUIRED: Message("Version missing"),
    HTTPStatus.REQUEST_TIMEOUT: Message("Request too slow"),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Message("Request too large"),
    HTTPStatus.REQUEST_URI_TOO_LONG: Message("Address too long"),
    HTTPStatus.TOO_MANY_REQUESTS: Message("Too many requests"),
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: Message("Body of another kind"),
    HTTPStatus.UNPROCESSABLE_ENTITY: Message("Request not understood"),
    HTTPStatus.SERVICE_UNAVAILABLE: Message("Data not available"),
    HTTPStatus.INTERNAL_SERVER_ERROR: Message("Unexpected failure"),
}


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = ConfigDict(extra="forbid")

    type: str = Field(default="about:blank", description="Always about:blank: `kind` tells problems apart.")
    title: str = Field(description="The kind of problem, in the reader's language.")
    status: int
    detail: str = Field(description="What happened, naming the value, in the reader's language.")
    instance: str = Field(description="The path that was asked.")
    kind: str = Field(description="A word for programs: unknown-unit, ambiguous-unit, invalid-value …")
    value: Any = Field(default=None, description="The offending value.")
    request_id: str | None = Field(default=None, description="As X-Request-ID says, for the log.")
    nearest: list[str] = Field(default=[], description="The nearest valid values, best first.")
    errors: list[FieldError] = Field(default=[], description="One entry per parameter that is wrong.")


def status_of(error: GeoplanError) -> HTTPStatus:
    """The status of an error."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


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
        request, status, detail=error.text(lang), kind=_kind(type(error)),
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


def _kind(error: type[GeoplanError]) -> str:
    name = error.__name__.removesuffix("Error")
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name).lstrip("-")


def _slug(phrase: str) -> str:
    return phrase.lower().replace(" ", "-")


def _shown(value: object) -> object:
    """The value as JSON may repeat it: a text shortened, anything else as it is where JSON knows it."""
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)[:SHOWN_CHARACTERS]
