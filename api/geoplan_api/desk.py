"""Whether this server may show and change the plans: only as the desk of one person, on loopback."""

import ipaddress
from collections.abc import Iterator
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import Depends, Header, Request

from geoplan.errors import InvalidValueError, NotPermittedError, RequestError
from geoplan.messages import Message
from geoplan.plans import Actor, PlanStore, Role, open_store

DESK = Actor(name="desk", role=Role.COORDINATOR)
"""Who sits at the machine; a desk knows nobody else."""
MOST_TAG_CHARACTERS = 40


class PreconditionRequiredError(RequestError):
    """A change that does not say for which version it was made."""


def is_loopback(host: str | None) -> bool:
    """Whether ``host`` can only be this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host or "").is_loopback
    except ValueError:
        return False


def plan_store(request: Request) -> Iterator[PlanStore]:
    """The store, where this server is the desk of one person.

    Raises
    ------
    NotPermittedError
        It is not, or the request comes from a page of another site.
    PlanStoreError
        The store cannot be opened.
    """
    if not request.app.state.settings.desk:
        message = Message(
            "Plans are neither shown nor changed here: that needs a server for one person on this machine"
            " (“geoplan serve” without --host)."
        )
        raise NotPermittedError(message)
    _check_site(request)
    store = open_store()
    try:
        yield store
    finally:
        store.close()


def _check_site(request: Request) -> None:
    """A page of another site may reach loopback through the browser, under a name of its own."""
    hosts = [_host(f"//{request.headers.get('host', '')}")]
    if "origin" in request.headers:
        hosts.append(_host(request.headers["origin"]))
    if not all(map(is_loopback, hosts)):
        raise NotPermittedError(
            Message("Plans are for pages of this machine only, not for those of other sites.")
        )


def _host(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=MOST_TAG_CHARACTERS,
        description="The `ETag` of the version the change was made for.",
    ),
]


def expected_version(tag: str | None) -> int:
    """The version that ``If-Match`` names.

    Raises
    ------
    PreconditionRequiredError
        It is missing.
    InvalidValueError
        It names none.
    """
    if tag is None:
        message = Message(
            "The header If-Match is missing: it names the version (ETag) that the change was made for."
        )
        raise PreconditionRequiredError(message)
    digits = tag.strip().strip('"')
    if not digits.isascii() or not digits.isdigit():
        message = Message("“{value}” is no ETag of a plan.", value=tag)
        raise InvalidValueError(message, value=tag)
    return int(digits)


StoreDep = Annotated[PlanStore, Depends(plan_store)]
