"""What a server of geoplan knows, asked in Python."""

from collections.abc import Iterator, Mapping, Sequence
from json import loads
from typing import Any, cast
from urllib.parse import quote

from geoplan.client.calls import Calls, Patience
from geoplan.client.plans import PlanCalls
from geoplan.client.transport import Transport, UrllibTransport
from geoplan.client.types import (
    Comparison,
    Explanation,
    Neighbours,
    NetworkAnswer,
    NetworkSearch,
    ServiceAnswer,
    Services,
    Suggestions,
    Unit,
    Units,
)

UNITS = "/api/v1/units"
NDJSON = "application/x-ndjson"


class Client:
    """A server.

    Every method raises the errors of the library itself (:mod:`geoplan.errors`): an unknown unit is an
    UnknownUnitError with the nearest names. Answers that the server has tagged are kept, and fetched again
    only where they have changed; a busy server (429, 503) is asked again after the time that it names.

    Parameters
    ----------
    base
        Where the server is, e.g. ``https://planer.example``.
    token
        For plans. It is sent to ``base`` only: redirects are not followed.
    lang
        ``de`` or ``en``; by default as the server is set.
    dataset
        Another dataset than that of the server.
    transport
        What sends requests; by default the standard library.
    patience
        How long a busy server is waited for.
    """

    def __init__(  # noqa: PLR0913 - where, and options
        self,
        base: str = "http://127.0.0.1:8000",
        *,
        token: str | None = None,
        lang: str | None = None,
        dataset: str | None = None,
        transport: Transport | None = None,
        patience: Patience | None = None,
    ) -> None:
        headers = {"User-Agent": "geoplan-client", **({"Accept-Language": lang} if lang else {})}
        self._calls = Calls(
            base=base.rstrip("/"), transport=transport or UrllibTransport(),
            headers=headers if token is None else {**headers, "Authorization": f"Bearer {token}"},
            patience=patience or Patience(),
        )  # fmt: skip
        self._dataset = dataset
        self.plans = PlanCalls(self._calls)
        """The plans of the server."""

    def search(
        self,
        text: str,
        *,
        level: str | None = None,
        near: str | None = None,
        limit: int = 10,
        offset: int = 0,
    ) -> Units:
        """Units that a text may mean, best first."""
        query = {"q": text, "level": level, "near": near, "limit": limit, "offset": offset or None}
        return cast("Units", self._read(UNITS, query))

    def units(self, ids: Sequence[str]) -> Units:
        """The units with these ids; ``unknown`` lists the ids that nobody has."""
        return cast("Units", self._read(UNITS, {"ids": ",".join(ids)}))

    def every_unit(self, level: str) -> Iterator[Unit]:
        """All units of a level, without the names of what they belong to."""
        body = self._calls.get(
            f"/api/v1/levels/{quote(level, safe='')}/units", self._asked({}), accept=NDJSON
        )
        return (loads(line) for line in body.decode().splitlines())

    def unit(self, unit: str) -> Unit:
        """Everything known of a unit, by its id or unambiguous name."""
        return cast("Unit", self._read(_at(unit), {}))

    def neighbours(self, unit: str, order: int = 1) -> Neighbours:
        """Who borders a unit (``order`` 1), or is reached over so many borders."""
        return cast("Neighbours", self._read(f"{_at(unit)}/neighbours", {"order": order}))

    def suggestions(  # noqa: PLR0913 - a subject, and options
        self,
        unit: str,
        *,
        partners: Sequence[str] = (),
        type: str = "any",
        service: str | None = None,
        limit: int = 20,
        offset: int = 0,
        weights: Mapping[str, float] | None = None,
    ) -> Suggestions:
        """Who fits as a partner, and why; see :func:`geoplan.suggest`."""
        query = {**_question(partners, type, service, weights), "limit": limit, "offset": offset or None}
        return cast("Suggestions", self._read(f"{_at(unit)}/suggestions", query))

    def explanation(  # noqa: PLR0913 - two subjects, and options
        self,
        unit: str,
        candidate: str,
        *,
        partners: Sequence[str] = (),
        type: str = "any",
        service: str | None = None,
        weights: Mapping[str, float] | None = None,
    ) -> Explanation:
        """Why this candidate, or why not."""
        path = f"{_at(unit)}/suggestions/{quote(candidate, safe='')}"
        return cast("Explanation", self._read(path, _question(partners, type, service, weights)))

    def services(self) -> Services:
        """All service fields."""
        return cast("Services", self._read("/api/v1/services", {}))

    def service(self, key: str) -> ServiceAnswer:
        """One service field."""
        return cast("ServiceAnswer", self._read(f"/api/v1/services/{quote(key, safe='')}", {}))

    def build(self, seeds: Sequence[str], *, service: str, **conditions: Any) -> NetworkSearch:
        """The best network around units; conditions as in the body of ``POST /api/v1/networks/build``."""
        body = {"seeds": list(seeds), "service": service, **conditions}
        return cast("NetworkSearch", self._ask("build", body))

    def check(self, members: Sequence[str], *, service: str, **intentions: Any) -> NetworkAnswer:
        """How a network stands; intentions as in the body of ``POST /api/v1/networks/check``."""
        body = {"members": list(members), "service": service, **intentions}
        return cast("NetworkAnswer", self._ask("check", body))

    def compare(self, scenarios: Sequence[Mapping[str, Any]], *, on: str | None = None) -> Comparison:
        """Two to four groups side by side; each with ``name``, ``members`` and ``service``."""
        body = {"scenarios": [dict(one) for one in scenarios], **({"on": on} if on else {})}
        return cast("Comparison", self._ask("compare", body))

    def _read(self, path: str, query: Mapping[str, object]) -> Any:
        return self._calls.read(path, self._asked(query))

    def _ask(self, what: str, body: Mapping[str, Any]) -> Any:
        suffix = f"?dataset={quote(self._dataset, safe='')}" if self._dataset else ""
        return self._calls.ask(f"/api/v1/networks/{what}{suffix}", body)

    def _asked(self, query: Mapping[str, object]) -> dict[str, object]:
        return {"dataset": self._dataset, **query}


def _at(unit: str) -> str:
    return f"{UNITS}/{quote(unit, safe='')}"


def _question(
    partners: Sequence[str], kind: str, service: str | None, weights: Mapping[str, float] | None
) -> dict[str, object]:
    changed = ",".join(f"{name}:{weight}" for name, weight in (weights or {}).items())
    return {"with": ",".join(partners) or None, "type": kind, "service": service, "weights": changed or None}
