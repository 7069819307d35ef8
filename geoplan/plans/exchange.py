"""Everything in a store as one JSON document, and back: versions, who wrote them, what was deleted."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Connection, insert, select, update

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.plans.decoding import decode
from geoplan.plans.model import Plan
from geoplan.plans.reading import check_plan
from geoplan.plans.states import Action, Actor, require
from geoplan.plans.store import PlanStore, newest, now, versions_of
from geoplan.plans.tables import AUDIT, PLANS, VERSIONS
from geoplan.plans.versions import StoredPlan, written

FORMAT = "geoplan-plans"
FORMAT_VERSION = 1
MOST_ACTOR_CHARACTERS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What an import has done."""

    added: tuple[str, ...]
    """Ids of plans that are new, or have got new versions."""
    known: tuple[str, ...]
    """Ids of plans that were there already, as they are."""

    def to_dict(self) -> dict[str, Any]:
        """The counts as JSON."""
        return {"added": list(self.added), "known": list(self.known)}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Version:
    """A version as the document writes it."""

    plan: Plan
    version: int
    at: str
    actor: str
    action: Action
    deleted: bool | None = None


def export_plans(store: PlanStore, actor: Actor, plan_id: str | None = None) -> dict[str, Any]:
    """All plans (or one), with all versions, the deleted ones too; and the audit trail.

    Raises
    ------
    UnknownPlanError
        There is no such plan.
    """
    require(actor, Action.EXPORT)
    with store.reading() as connection:
        if plan_id is None:
            ids = list(connection.scalars(select(PLANS.c.id).order_by(PLANS.c.id)))
        else:
            ids = [newest(connection, plan_id, deleted=True).plan.id]
        plans = [_exported(connection, one) for one in ids]
    trail = [asdict(entry) for entry in store.audit(plan_id)]
    return {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "exported": now(),
        "plans": plans,
        "audit": trail,
    }


def _exported(connection: Connection, plan_id: str) -> dict[str, Any]:
    return {"id": plan_id, "versions": [one.to_dict() for one in versions_of(connection, plan_id)]}


def import_plans(store: PlanStore, document: object, actor: Actor) -> Imported:
    """Add what ``document`` holds to the store: all of it, or nothing.

    A plan that is there already takes the versions that follow its own.

    Raises
    ------
    InvalidValueError
        Not a document of :func:`export_plans`, or a plan has another history here.
    """
    require(actor, Action.IMPORT)
    plans = _read(document)
    added: list[str] = []
    known: list[str] = []
    with store.writing() as connection:
        for plan_id, versions in plans.items():
            present = connection.scalar(select(PLANS.c.id).where(PLANS.c.id == plan_id)) is not None
            here = versions_of(connection, plan_id) if present else ()
            _check_same(plan_id, here, versions)
            further = versions[len(here) :]
            if further:
                _add(connection, plan_id, further, is_new=not here)
                connection.execute(insert(AUDIT).values(
                    at=now(), actor=actor.name, role=actor.role.value, action=Action.IMPORT.value,
                    plan_id=plan_id, version=further[-1].version,
                ))  # fmt: skip
            (added if further else known).append(plan_id)
    return Imported(added=tuple(added), known=tuple(known))


def _read(document: object) -> dict[str, list[_Version]]:
    if not isinstance(document, Mapping) or document.get("format") != FORMAT:
        raise InvalidValueError(Message("This is no export of plans."), value=None)
    if document.get("format_version") != FORMAT_VERSION:
        message = Message("The export has the format {value}; this geoplan reads {known}.",
                          value=str(document.get("format_version"))[:20], known=FORMAT_VERSION)  # fmt: skip
        raise InvalidValueError(message, value=str(document.get("format_version"))[:20])
    found: dict[str, list[_Version]] = {}
    for place, one in enumerate(_listed(document.get("plans"), "plans")):
        path = f"plans[{place}]"
        if not isinstance(one, Mapping):
            raise _no_export(path)
        rows = _listed(one.get("versions"), f"{path}.versions")
        versions = [decode(_Version, row, f"{path}.versions[{number}]") for number, row in enumerate(rows)]
        _check_versions(path, versions)
        if versions[0].plan.id in found:
            raise _no_export(path)
        found[versions[0].plan.id] = versions
    return found


def _listed(given: object, path: str) -> list[Any]:
    if not isinstance(given, list):
        raise _no_export(path)
    return given


def _check_versions(path: str, versions: list[_Version]) -> None:
    if [one.version for one in versions] != list(range(1, len(versions) + 1)) or not versions:
        raise _no_export(f"{path}.versions")
    if len({one.plan.id for one in versions}) != 1:
        raise _no_export(f"{path}.versions")
    for one in versions:
        check_plan(one.plan)
        if len(one.actor) > MOST_ACTOR_CHARACTERS or not _is_time(one.at):
            raise _no_export(f"{path}.versions[{one.version - 1}]")


def _is_time(text: str) -> bool:
    try:
        return datetime.datetime.fromisoformat(text).tzinfo is not None and len(text) <= 40
    except ValueError:
        return False


def _no_export(path: str) -> InvalidValueError:
    return InvalidValueError(
        Message("This is no export of plans: {field} is damaged.", field=path), value=path
    )


def _check_same(plan_id: str, here: tuple[StoredPlan, ...], versions: list[_Version]) -> None:
    for mine, theirs in zip(here, versions, strict=False):
        if (mine.at, mine.actor, mine.plan) != (theirs.at, theirs.actor, theirs.plan):
            message = Message(
                "The plan {id} has another history here since version {version}. Nothing was written.",
                id=plan_id, version=mine.version,
            )  # fmt: skip
            raise InvalidValueError(message, value=plan_id)


def _add(connection: Connection, plan_id: str, versions: list[_Version], *, is_new: bool) -> None:
    head = {"version": versions[-1].version, "deleted": versions[-1].action is Action.DELETE}
    if is_new:
        connection.execute(insert(PLANS).values(id=plan_id, **head))
    else:
        connection.execute(update(PLANS).where(PLANS.c.id == plan_id).values(**head))
    for one in versions:
        connection.execute(insert(VERSIONS).values(
            plan_id=plan_id, version=one.version, at=one.at, actor=one.actor, action=one.action.value,
            document=written(one.plan),
        ))  # fmt: skip
