"""The plans of a server: each comes with the tag of its version, which a change has to name."""

from collections.abc import Mapping
from dataclasses import dataclass
from json import loads
from typing import Any, cast
from urllib.parse import quote

from geoplan.client.calls import Calls
from geoplan.client.transport import Answer, Request
from geoplan.client.types import History, Plans, StoredPlan

PLANS = "/api/v1/plans"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A version of a plan as the server keeps it."""

    answer: StoredPlan
    tag: str
    """For the next change (``If-Match``)."""

    @property
    def id(self) -> str:
        """The id of the plan."""
        return self.answer["plan"]["id"]

    def changed(self, **fields: Any) -> dict[str, Any]:
        """The plan with other fields, to be sent."""
        return {**cast("dict[str, Any]", self.answer["plan"]), **fields}


class PlanCalls:
    """Reads and writes plans; a token of the right scope is needed, except at a desk.

    Every method raises the errors of the library: :class:`~geoplan.errors.StaleVersionError` where somebody
    else was faster, :class:`~geoplan.errors.NotAuthenticatedError` without a good token …
    """

    def __init__(self, calls: Calls) -> None:
        self._calls = calls

    def list(self, *, deleted: bool = False) -> Plans:
        """The plans, last changed first."""
        return cast("Plans", self._calls.read(PLANS, {"deleted": True} if deleted else None))

    def get(self, plan_id: str) -> Kept:
        """The newest version of a plan."""
        headers = {"Accept": "application/json"}
        return _kept(
            self._calls.send(Request(method="GET", url=self._calls.base + _at(plan_id), headers=headers))
        )

    def create(self, plan: Mapping[str, Any]) -> Kept:
        """Begin a plan."""
        return _kept(self._calls.write("POST", PLANS, body=plan))

    def change(self, plan_id: str, plan: Mapping[str, Any], tag: str) -> Kept:
        """Keep a plan as the next version after the one with ``tag``."""
        return _kept(self._calls.write("PUT", _at(plan_id), body=plan, tag=tag))

    def delete(self, plan_id: str, tag: str) -> str:
        """Put a plan out of sight; the tag is for :meth:`restore`."""
        return self._calls.write("DELETE", _at(plan_id), tag=tag).headers["etag"]

    def restore(self, plan_id: str, tag: str) -> Kept:
        """Bring a deleted plan back."""
        return _kept(self._calls.write("POST", f"{_at(plan_id)}/restore", tag=tag))

    def history(self, plan_id: str) -> History:
        """Every version, oldest first."""
        return cast("History", self._calls.read(f"{_at(plan_id)}/history"))


def _at(plan_id: str) -> str:
    return f"{PLANS}/{quote(plan_id, safe='')}"


def _kept(answer: Answer) -> Kept:
    return Kept(answer=loads(answer.body), tag=answer.headers["etag"])
