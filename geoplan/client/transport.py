"""How a request reaches a server: by the standard library, or by whatever else keeps the protocol."""

import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from geoplan.errors import DataError
from geoplan.messages import Message

SECONDS = 30.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is asked."""

    method: str
    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back; the names of headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Transport(Protocol):
    """What sends requests."""

    def send(self, request: Request) -> Answer:
        """Send one request; answers of any status come back.

        Raises
        ------
        DataError
            The server cannot be reached.
        """


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect may lead elsewhere, and the token is for nobody else."""

    def redirect_request(self, *_: object, **__: object) -> None:
        """Follow nothing."""


class UrllibTransport:
    """Sends with the standard library; proxies are those of the environment.

    Parameters
    ----------
    seconds
        The server has so long to answer.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._opener = urllib.request.build_opener(_NoRedirect)

    def send(self, request: Request) -> Answer:
        """Send one request; a DataError where the server cannot be reached."""
        asked = urllib.request.Request(
            request.url, data=request.body, headers=dict(request.headers), method=request.method
        )
        try:
            with self._opener.open(asked, timeout=self._seconds) as answer:
                return Answer(
                    status=answer.status, headers=_small(answer.headers.items()), body=answer.read()
                )
        except urllib.error.HTTPError as error:
            with error:
                return Answer(status=error.code, headers=_small(error.headers.items()), body=error.read())
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            message = Message(
                "The server at {url} cannot be reached: {reason}.", url=request.url, reason=str(reason)
            )
            raise DataError(message, value=request.url) from error


def _small(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}
