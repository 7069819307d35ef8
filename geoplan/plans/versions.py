"""What the store gives back: a plan in one of its versions, and what was done in the store."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from geoplan.errors import GeoplanError, PlanStoreError
from geoplan.messages import Message
from geoplan.plans.model import Plan
from geoplan.plans.reading import read_kept_plan


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredPlan:
    """A version of a plan."""

    plan: Plan
    version: int
    at: str
    """When it was written, UTC, ISO."""
    actor: str
    action: str
    deleted: bool

    @property
    def etag(self) -> str:
        """The version as HTTP names it."""
        return f'"{self.version}"'

    def to_dict(self) -> dict[str, Any]:
        """The version as JSON."""
        return {"plan": self.plan.to_dict(), **self.head()}

    def head(self) -> dict[str, Any]:
        """The version without the plan."""
        return {
            "version": self.version, "at": self.at, "actor": self.actor, "action": self.action,
            "deleted": self.deleted,
        }  # fmt: skip

    def summary(self) -> dict[str, Any]:
        """The line in a list."""
        plan = self.plan
        return {
            "id": plan.id, "title": plan.title, "state": plan.state.value,
            "service": plan.network.service, "members": list(plan.network.members), **self.head(),
        }  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """Something that was done in the store."""

    seq: int
    at: str
    actor: str
    role: str
    action: str
    plan_id: str
    version: int


def written(plan: Plan) -> str:
    """A plan as the store keeps it."""
    return json.dumps(plan.to_dict(), ensure_ascii=False, sort_keys=True, allow_nan=False)


def stored(row: Sequence[Any], *, deleted: bool) -> StoredPlan:
    """A version from its row (plan_id, version, at, actor, action, document).

    Raises
    ------
    PlanStoreError
        The row does not hold a plan: it was written by a newer geoplan, or by somebody else.
    """
    plan_id, version, at, actor, action, document = row
    try:
        plan = read_kept_plan(json.loads(document), plan_id=plan_id)
    except (GeoplanError, ValueError) as error:
        reason = error.message if isinstance(error, GeoplanError) else str(error)
        message = Message(
            "Version {version} of the plan {id} cannot be read: {reason}",
            version=version, id=plan_id, reason=reason,
        )  # fmt: skip
        raise PlanStoreError(message, value=plan_id) from error
    return StoredPlan(plan=plan, version=version, at=at, actor=actor, action=action, deleted=deleted)
