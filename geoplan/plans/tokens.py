"""Who may reach the plans over HTTP: tokens, each with its scope, kept so that the store cannot leak them."""

import datetime
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import insert, select, update

from geoplan.errors import InvalidValueError, NotAuthenticatedError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.plans.states import Actor, Role
from geoplan.plans.store import PlanStore, now
from geoplan.plans.tables import TOKENS

MOST_NAME_CHARACTERS = 200
SECRET_BYTES = 32
"""256 random bits: nobody guesses them."""
ID_BYTES = 6
_TOKEN = re.compile(r"geoplan_([0-9a-f]{12})_([0-9a-f]{64})")
_LOOKS_LIKE_ONE = re.compile(r"geoplan_([0-9a-fA-F]+)_[0-9A-Za-z_-]+")


class Scope(StrEnum):
    """What a token may be used for; each allows what those before it allow."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"
    """Also to bring deleted plans back."""

    def allows(self, least: "Scope") -> bool:
        """Whether a token of this scope may do what needs ``least``."""
        order = list(Scope)
        return order.index(self) >= order.index(least)

    @property
    def role(self) -> Role:
        """What its holder is to the plans."""
        return Role.READER if self is Scope.READ else Role.COORDINATOR


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedToken:
    """A token that is to be made."""

    name: str
    """Whose it is: the history of the plans tells what was done under this name."""
    scope: Scope
    expires: datetime.date | None = None
    """The last day on which it is good (UTC)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A token as the store knows it: without its secret."""

    id: str
    name: str
    scope: Scope
    created: str
    expires: datetime.date | None
    last_used: datetime.date | None
    """To the day (UTC): enough to see which ones nobody needs."""
    revoked: str | None

    @property
    def actor(self) -> Actor:
        """Who does what is asked with it."""
        return Actor(name=self.name, role=self.scope.role)

    def is_usable(self, day: datetime.date) -> bool:
        """Whether it is good on ``day``."""
        return self.revoked is None and (self.expires is None or day <= self.expires)

    def to_dict(self) -> dict[str, Any]:
        """The token as JSON."""
        return {
            "id": self.id, "name": self.name, "scope": self.scope.value, "created": self.created,
            "expires": _text(self.expires), "last_used": _text(self.last_used), "revoked": self.revoked,
            "usable": self.is_usable(today()),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NewToken:
    """A token that was just made: the only moment at which its text is known."""

    token: Token
    text: str = field(repr=False)
    """What is sent as ``Authorization: Bearer …``."""


def create_token(store: PlanStore, wanted: WantedToken) -> NewToken:
    """Make a token.

    Raises
    ------
    InvalidValueError
        The name is too long, has several lines or is empty, or the last day has gone by.
    """
    _check(wanted)
    token = Token(
        id=secrets.token_hex(ID_BYTES), name=wanted.name, scope=wanted.scope, created=now(),
        expires=wanted.expires, last_used=None, revoked=None,
    )  # fmt: skip
    secret = secrets.token_hex(SECRET_BYTES)
    with store.writing() as connection:
        connection.execute(insert(TOKENS).values(
            id=token.id, name=token.name, scope=token.scope.value, digest=_digest(secret),
            created=token.created, expires=_text(token.expires), last_used=None, revoked=None,
        ))  # fmt: skip
    return NewToken(token=token, text=f"geoplan_{token.id}_{secret}")


def list_tokens(store: PlanStore) -> tuple[Token, ...]:
    """All tokens, oldest first; those that were revoked stay, as the history names them."""
    with store.reading() as connection:
        rows = connection.execute(select(TOKENS).order_by(TOKENS.c.created, TOKENS.c.id)).all()
    return tuple(map(_token, rows))


def has_usable_token(store: PlanStore) -> bool:
    """Whether anybody could use the plans over HTTP."""
    day = today()
    return any(token.is_usable(day) for token in list_tokens(store))


def revoke_token(store: PlanStore, given: str) -> Token:
    """Make a token worthless from now on.

    Parameters
    ----------
    given
        The id of the token, or the whole token: whoever found it in the wrong place has that at hand.

    Raises
    ------
    InvalidValueError
        There is no such token, or it was revoked before.
    """
    whole = _LOOKS_LIKE_ONE.fullmatch(given)
    token_id = whole[1] if whole else given[:80]
    known = {token.id: token for token in list_tokens(store)}
    if token_id not in known:
        message = Message("There is no token “{value}”.", value=token_id)
        raise InvalidValueError(message, value=token_id, nearest=nearest_values(token_id, known))
    time = now()
    with store.writing() as connection:
        done = connection.execute(
            update(TOKENS).where(TOKENS.c.id == token_id, TOKENS.c.revoked.is_(None)).values(revoked=time)
        )
        if done.rowcount == 0:
            message = Message("The token {id} was revoked before.", id=token_id)
            raise InvalidValueError(message, value=token_id)
    return next(token for token in list_tokens(store) if token.id == token_id)


def authenticate(store: PlanStore, given: str) -> Token:
    """The token whose text was ``given``; remembers that it was used today.

    Raises
    ------
    NotAuthenticatedError
        It is none, or no longer good. The error does not repeat it.
    """
    parts = _TOKEN.fullmatch(given)
    if parts is None:
        raise _not_known()
    token_id, secret = parts.groups()
    with store.reading() as connection:
        row = connection.execute(select(TOKENS).where(TOKENS.c.id == token_id)).first()
    # Compared in constant time, so that how long it takes tells nothing of how much was right.
    if row is None or not hmac.compare_digest(row.digest, _digest(secret)):
        raise _not_known()
    token, day = _token(row), today()
    if not token.is_usable(day):
        # Told only to whoever has the secret.
        message = Message("The token {id} was revoked.", id=token.id)
        if token.revoked is None:
            message = Message("The token {id} has expired.", id=token.id)
        raise NotAuthenticatedError(message)
    if token.last_used is None or token.last_used < day:
        with store.writing() as connection:
            connection.execute(update(TOKENS).where(TOKENS.c.id == token.id).values(last_used=_text(day)))
    return token


def without_tokens(text: str) -> str:
    """``text`` without the secrets of tokens that stand in it, for whatever is shown or kept."""
    return _LOOKS_LIKE_ONE.sub(r"geoplan_\1_…", text)


def today() -> datetime.date:
    """The day by which tokens expire (UTC, as all times of the store)."""
    return datetime.datetime.now(datetime.UTC).date()


def _check(wanted: WantedToken) -> None:
    name = wanted.name
    if not name.strip() or len(name) > MOST_NAME_CHARACTERS or not name.isprintable():
        reason = Message(
            "one line of at most {max_length} characters is expected", max_length=MOST_NAME_CHARACTERS
        )
        message = Message("{field} = “{value}”: {reason}.", field="name", value=name[:80], reason=reason)
        raise InvalidValueError(message, value=name[:80])
    if wanted.expires is not None and wanted.expires < today():
        message = Message("A token that expired on {value} would be good for nothing.", value=wanted.expires)
        raise InvalidValueError(message, value=wanted.expires.isoformat(), nearest=[today().isoformat()])


def _digest(secret: str) -> str:
    # One round of a fast hash is right here: a slow one makes guessing dear where people choose secrets that
    # can be guessed. This one is 256 random bits; nobody tries them all, however fast the hash is. And a slow
    # one would let anybody keep the server busy with wrong tokens.
    return hashlib.sha256(secret.encode("ascii")).hexdigest()


def _token(row: Any) -> Token:
    return Token(
        id=row.id, name=row.name, scope=Scope(row.scope), created=row.created, expires=_day(row.expires),
        last_used=_day(row.last_used), revoked=row.revoked,
    )  # fmt: skip


def _day(text: str | None) -> datetime.date | None:
    return None if text is None else datetime.date.fromisoformat(text)


def _text(day: datetime.date | None) -> str | None:
    return None if day is None else day.isoformat()


def _not_known() -> NotAuthenticatedError:
    return NotAuthenticatedError(Message("The token is not known here."))
