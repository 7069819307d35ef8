"""What a form of a page has sent: only from a page of this server, and within bounds."""

from typing import Annotated
from urllib.parse import parse_qsl, urlsplit

from fastapi import Depends, Request

from geoplan.errors import InvalidValueError, NotPermittedError
from geoplan.messages import Message

MOST_BYTES = 2_000_000
MOST_FIELDS = 20_000
CONTENT_TYPE = "application/x-www-form-urlencoded"

Form = dict[str, str]
"""Texts by the names of the fields; line ends are those of Unix."""


def check_own_page(request: Request) -> None:
    """Make sure that a form stood on a page of this server, where the browser says where it stood.

    Raises
    ------
    NotPermittedError
        It was on a page of another site, or of another server of this machine.
    """
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    try:
        foreign = origin is not None and urlsplit(origin).netloc != request.headers.get("host")
    except ValueError:
        foreign = True
    if foreign or site not in (None, "same-origin"):
        raise NotPermittedError(
            Message("This form was sent from a page of another site. Nothing was written.")
        )


async def read_form(request: Request) -> Form:
    """The fields of a form that was sent.

    Raises
    ------
    NotPermittedError
        As :func:`check_own_page`.
    InvalidValueError
        It is no form, or too large.
    """
    check_own_page(request)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != CONTENT_TYPE:
        message = Message(
            "A form is expected ({wanted}), not “{value}”.", wanted=CONTENT_TYPE, value=kind[:80]
        )
        raise InvalidValueError(message, value=kind[:80], nearest=[CONTENT_TYPE])
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            raise _too_large()
    try:
        pairs = parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError as error:
        raise _too_large() from error
    return {name: value.replace("\r\n", "\n").replace("\r", "\n") for name, value in pairs}


def _too_large() -> InvalidValueError:
    message = Message("The form is larger than {limit:n0} bytes.", limit=MOST_BYTES)
    return InvalidValueError(message, value=MOST_BYTES)


FormDep = Annotated[Form, Depends(read_form)]
