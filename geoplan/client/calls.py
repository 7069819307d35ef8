"""One call of a server: sent again while it is busy, and not sent whole where nothing has changed."""

import datetime
import json
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlencode

from geoplan.client.failures import raise_problem
from geoplan.client.transport import Answer, Request, Transport
from geoplan.errors import InvalidValueError
from geoplan.messages import Message

TOO_MANY, UNAVAILABLE, NOT_MODIFIED = 429, 503, 304
JSON = "application/json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patience:
    """How long a busy server is waited for."""

    attempts: int = 4
    most_seconds: float = 60.0
    """A longer ``Retry-After`` is not waited for."""
    sleep: Callable[[float], None] = time.sleep

    def seconds(self, answer: Answer, attempt: int) -> float:
        """How long to wait before the next attempt: as the server says, else twice as long each time."""
        told = answer.headers.get("retry-after", "").strip()
        if told.isascii() and told.isdigit():
            return float(told)
        try:
            day = parsedate_to_datetime(told)
        except ValueError:
            return float(2**attempt)
        return max((day - datetime.datetime.now(datetime.UTC)).total_seconds(), 0.0)


@dataclass(kw_only=True)
class Calls:
    """Calls of one server."""

    base: str
    """Address without a slash at its end."""
    transport: Transport
    headers: Mapping[str, str]
    """Sent with every call."""
    patience: Patience
    kept_answers: int = 256
    _kept: OrderedDict[str, tuple[str, bytes]] = field(default_factory=OrderedDict)

    def __post_init__(self) -> None:
        if not self.base.startswith(("http://", "https://")):
            message = Message(
                "“{value}” is no address of a server; it begins with https://.", value=self.base
            )
            raise InvalidValueError(message, value=self.base)

    def get(self, path: str, query: Mapping[str, object] | None = None, accept: str = JSON) -> bytes:
        """Read; what is known already is asked for by its tag.

        Raises
        ------
        GeoplanError
            As :func:`~geoplan.client.failures.raise_problem`.
        """
        url = self._url(path, query)
        known = self._kept.get(f"{accept} {url}")
        more = {"If-None-Match": known[0]} if known else {}
        answer = self.send(Request(method="GET", url=url, headers={"Accept": accept, **more}))
        if answer.status == NOT_MODIFIED and known:
            self._kept.move_to_end(f"{accept} {url}")
            return known[1]
        tag, policy = answer.headers.get("etag"), answer.headers.get("cache-control", "")
        if tag and "no-store" not in policy:
            self._kept[f"{accept} {url}"] = (tag, answer.body)
            while len(self._kept) > self.kept_answers:
                self._kept.popitem(last=False)
        return answer.body

    def read(self, path: str, query: Mapping[str, object] | None = None) -> Any:
        """Read JSON; errors as in :meth:`get`."""
        return json.loads(self.get(path, query))

    def ask(self, path: str, body: Mapping[str, Any]) -> Any:
        """Ask what takes a body and changes nothing; errors as in :meth:`get`."""
        return json.loads(self.write("POST", path, body=body, repeat=True).body)

    def write(
        self, method: str, path: str, *, body: Mapping[str, Any] | None = None, tag: str | None = None,
        repeat: bool = False,
    ) -> Answer:  # fmt: skip
        """Change something; ``tag`` names the version it was made for. Errors as in :meth:`get`."""
        headers = {"Accept": JSON} | ({} if tag is None else {"If-Match": tag})
        content = None
        if body is not None:
            content, headers["Content-Type"] = json.dumps(body).encode(), JSON
        request = Request(method=method, url=self._url(path), headers=headers, body=content)
        return self.send(request, busy=(TOO_MANY, UNAVAILABLE) if repeat else (TOO_MANY,))

    def send(self, request: Request, busy: tuple[int, ...] = (TOO_MANY, UNAVAILABLE)) -> Answer:
        """Send, and again while the status is one of ``busy``; errors as in :meth:`get`."""
        whole = Request(
            method=request.method, url=request.url, body=request.body,
            headers={**self.headers, **request.headers},
        )  # fmt: skip
        for attempt in range(self.patience.attempts):
            answer = self.transport.send(whole)
            wait = self.patience.seconds(answer, attempt)
            last = attempt == self.patience.attempts - 1
            if answer.status not in busy or last or wait > self.patience.most_seconds:
                break
            self.patience.sleep(wait)
        raise_problem(answer)
        return answer

    def _url(self, path: str, query: Mapping[str, object] | None = None) -> str:
        asked = {name: _word(value) for name, value in (query or {}).items() if value is not None}
        return f"{self.base}{path}" + (f"?{urlencode(asked)}" if asked else "")


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
