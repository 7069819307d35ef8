"""The id of a request: how the reader, the log and whoever runs the server speak of the same one."""

import re
import uuid
from contextvars import ContextVar

from starlette.datastructures import Headers
from starlette.types import Scope

HEADER = "x-request-id"
_SANE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{7,63}")
"""What another's id may look like: nothing that breaks a line of a log or a header."""

current_request: ContextVar[str | None] = ContextVar("current_request", default=None)
"""The id of the request that is being answered here."""


def request_id(scope: Scope) -> str:
    """The id that the request brings, if it is sane; else a new one."""
    given = Headers(scope=scope).getlist(HEADER)
    if len(given) == 1 and _SANE.fullmatch(given[0]):
        return given[0]
    return uuid.uuid4().hex
