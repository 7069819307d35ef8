"""Which addresses may be asked: http and https, whatever a server redirects to; no password is shown."""

import base64
import ipaddress
import socket
import urllib.parse
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from geoplan.errors import InvalidValueError
from geoplan.messages import Message

SCHEMES = ("http", "https")
MAX_REDIRECTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where to fetch from."""

    url: str
    """Without user and password."""
    authorization: str | None = field(default=None, repr=False)
    """The header that user and password become; it is never sent to where a server redirects to."""

    @property
    def shown(self) -> str:
        """The address as a message may show it: the query may hold a token."""
        return self.url.partition("?")[0]

    @property
    def file_name(self) -> str:
        """The last part of the path."""
        return urllib.parse.unquote(urllib.parse.urlsplit(self.url).path).rpartition("/")[2]


def is_address(text: str) -> bool:
    """Say whether ``text`` is meant as an address and not as a path."""
    return "://" in text


def parse_address(text: str) -> Address:
    """Read an address.

    Raises
    ------
    InvalidValueError
        Not http or https, or without a host.
    """
    try:
        parts = urllib.parse.urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError:
        raise _refused(text) from None
    if parts.scheme.lower() not in SCHEMES or not host or not text.isprintable() or " " in text:
        raise _refused(text)
    place = f"[{host}]" if ":" in host else host
    place = place if port is None else f"{place}:{port}"
    bare = urllib.parse.urlunsplit((parts.scheme.lower(), place, parts.path or "/", parts.query, ""))
    try:
        url = urllib.parse.quote(bare, safe="%/:=&?~#+!$,;'@()*[]-._")
    except UnicodeError:
        raise _refused(text) from None
    return Address(url=url, authorization=_authorization(parts))


def _authorization(parts: urllib.parse.SplitResult) -> str | None:
    if parts.username is None:
        return None
    user = urllib.parse.unquote(parts.username)
    password = urllib.parse.unquote(parts.password or "")
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


def _refused(text: str) -> InvalidValueError:
    shown = text.rpartition("@")[2].partition("?")[0][:200]
    message = Message("“{value}” is no address to fetch from: http:// or https:// and a host.", value=shown)
    return InvalidValueError(message, value=shown)


class RedirectRefusedError(Exception):
    """A server redirects to where we do not go; the argument is a Message."""


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows redirects to http and https, and never from https down to http."""

    max_redirections = MAX_REDIRECTS

    def redirect_request(  # noqa: PLR0913, PLR0917 - urllib's signature
        self, req: Any, fp: Any, code: Any, msg: Any, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        try:
            target = parse_address(newurl)
        except InvalidValueError as error:
            raise RedirectRefusedError(
                Message("the server redirects to something else than http or https")
            ) from error
        if req.full_url.startswith("https:") and target.url.startswith("http:"):
            raise RedirectRefusedError(
                Message("the server redirects from https to http, which others can read and change")
            )
        if is_inside(target.url) and not is_inside(req.full_url):
            raise RedirectRefusedError(Message("the server redirects to an address inside this network"))
        return super().redirect_request(req, fp, code, msg, headers, target.url)


def is_inside(url: str) -> bool:
    """Whether an address leads to this machine or its own network, where others must not send us.

    What cannot be looked up here (a proxy may) is not.
    """
    try:
        found = socket.getaddrinfo(urllib.parse.urlsplit(url).hostname, None, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        return False
    return any(not ipaddress.ip_address(str(place[0]).partition("%")[0]).is_global for *_, place in found)


def opener() -> Callable[..., Any]:
    """Opens http and https addresses, through the proxy of the environment; knows no files and no FTP."""
    director = urllib.request.OpenerDirector()
    for handler in (
        urllib.request.ProxyHandler(),
        urllib.request.HTTPHandler(),
        urllib.request.HTTPSHandler(),
        urllib.request.HTTPDefaultErrorHandler(),
        urllib.request.HTTPErrorProcessor(),
        _Redirects(),
    ):
        director.add_handler(handler)
    return director.open
