"""Errors as ``application/problem+json`` (RFC 9457): one table says which error is which status."""

from http import HTTPStatus
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

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
from geoplan_api.access import PreconditionRequiredError
from geoplan_api.negotiation import NotAcceptableError
from geoplan_api.refusals import (
    AddressTooLongError,
    TimeLimitError,
    TooLargeError,
    TooManyRequestsError,
    TooSlowError,
    UnsupportedMediaError,
)
from geoplan_api.validation import FieldError

MEDIA_TYPE = "application/problem+json"


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


def kind_of(error: type[GeoplanError]) -> str:
    """The word of an error for programs."""
    name = error.__name__.removesuffix("Error")
    return "".join(f"-{char.lower()}" if char.isupper() else char for char in name).lstrip("-")
