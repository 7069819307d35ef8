"""Who asks for the plans, and whether they may: whoever sends a token, or who sits at the desk."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from geoplan.errors import InvalidValueError, NotAuthenticatedError, NotPermittedError, RequestError
from geoplan.messages import Message
from geoplan.plans import Actor, PlanStore
from geoplan.plans.tokens import Scope, authenticate
from geoplan_api.desk import DESK, check_site
from geoplan_api.shared_store import shared_store

MOST_TAG_CHARACTERS = 40
BEARER = HTTPBearer(
    scheme_name="token", auto_error=False, bearerFormat="geoplan_<id>_<secret>",
    description="A token of “geoplan plan token create NAME --scope read|write|admin”.",
)  # fmt: skip


_Read = Annotated[HTTPAuthorizationCredentials | None, Security(BEARER, scopes=[Scope.READ.value])]
_Write = Annotated[HTTPAuthorizationCredentials | None, Security(BEARER, scopes=[Scope.WRITE.value])]
_Admin = Annotated[HTTPAuthorizationCredentials | None, Security(BEARER, scopes=[Scope.ADMIN.value])]
"""For the description of the API only: the header is read below, where a wrong one does not pass for none."""


class PreconditionRequiredError(RequestError):
    """A change that does not say for which version it was made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Access:
    """The store, for somebody who may use it as they ask to."""

    store: PlanStore
    actor: Actor


def to_read(request: Request, _scheme: _Read) -> Access:
    """Access to look at plans; errors as in :func:`_access`."""
    return _access(request, Scope.READ)


def to_write(request: Request, _scheme: _Write) -> Access:
    """Access to change plans; errors as in :func:`_access`."""
    return _access(request, Scope.WRITE)


def to_administer(request: Request, _scheme: _Admin) -> Access:
    """Access to bring back what was deleted; errors as in :func:`_access`."""
    return _access(request, Scope.ADMIN)


def _access(request: Request, least: Scope) -> Access:
    """Who asks, found out once a request; errors as in :func:`_found`."""
    known: dict[Scope, Access] = request.scope.setdefault("geoplan.access", {})
    if least not in known:
        known[least] = _found(request, least)
    return known[least]


def _found(request: Request, least: Scope) -> Access:
    """Find out who asks, and whether that suffices for ``least``.

    Raises
    ------
    NotAuthenticatedError
        No token, or none that is good.
    NotPermittedError
        The scope of the token is too small, or the desk is asked from another site.
    PlanStoreError
        The store cannot be opened.
    """
    shared = shared_store(request)
    given = request.headers.getlist("authorization")
    # A token that is sent has to be good, at the desk too: else a slip would be written as the desk's.
    if given:
        store = shared.get()
        return Access(store=store, actor=_holder(store, given, least))
    if not request.app.state.desk:
        message = Message(
            "Plans need a token here: “Authorization: Bearer …”. Whoever runs this server makes one with"
            " “geoplan plan token create”."
        )
        raise NotAuthenticatedError(message)
    check_site(request)
    return Access(store=shared.get(), actor=DESK)


def _holder(store: PlanStore, given: list[str], least: Scope) -> Actor:
    scheme, _, text = given[0].partition(" ")
    if len(given) > 1 or scheme.lower() != "bearer":
        raise NotAuthenticatedError(Message("The header Authorization has to be “Bearer” and a token."))
    token = authenticate(store, text.strip(" "))
    if not token.scope.allows(least):
        message = Message(
            "This needs a token of the scope “{least}”; {name} has “{scope}”.",
            least=least.value, name=token.name, scope=token.scope.value,
        )  # fmt: skip
        raise NotPermittedError(message, value=token.scope.value, nearest=[least.value])
    return token.actor


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


ReadAccess = Annotated[Access, Depends(to_read)]
WriteAccess = Annotated[Access, Depends(to_write)]
AdminAccess = Annotated[Access, Depends(to_administer)]
