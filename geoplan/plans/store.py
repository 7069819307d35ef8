"""The store of plans: every version kept, two writers told apart, acknowledged only when it is on disk."""

import datetime
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update
from sqlalchemy.exc import IntegrityError

from geoplan.errors import InvalidValueError, StaleVersionError, UnknownPlanError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.plans.failures import told_as_store_error
from geoplan.plans.model import Plan
from geoplan.plans.reading import check_plan, is_id
from geoplan.plans.states import Action, Actor, PlanState, require, require_transition
from geoplan.plans.tables import AUDIT, PLANS, VERSIONS
from geoplan.plans.versions import AuditEntry, StoredPlan, stored, written

WRITING = "geoplan_writing"
"""The execution option of connections that write."""
_VERSION_COLUMNS = (
    VERSIONS.c.plan_id, VERSIONS.c.version, VERSIONS.c.at, VERSIONS.c.actor, VERSIONS.c.action,
    VERSIONS.c.document,
)  # fmt: skip


class PlanStore:
    """Plans in a database; :func:`geoplan.plans.open_store` opens one.

    A method that returns has committed. All raise PlanStoreError where the database fails, and
    NotPermittedError where the actor may not do what is asked.
    """

    def __init__(self, engine: Engine, place: str) -> None:
        self.place = place
        """The URL without its password."""
        self._engine = engine
        self._writing = engine.execution_options(**{WRITING: True})

    def close(self) -> None:
        """Let the connections go."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that reads."""
        with told_as_store_error(self.place), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that writes: all of it, or nothing."""
        with told_as_store_error(self.place), self._writing.begin() as connection:
            yield connection

    def create(self, plan: Plan, actor: Actor) -> StoredPlan:
        """Keep a new plan, as version 1.

        Raises
        ------
        InvalidValueError
            The id is taken, or the plan does not begin as an idea.
        """
        require(actor, Action.CREATE)
        check_plan(plan)
        if plan.state is not PlanState.IDEA:
            message = Message(
                "A plan begins as “{wanted}”, not as “{value}”.", wanted=PlanState.IDEA, value=plan.state
            )
            raise InvalidValueError(message, value=plan.state.value, nearest=[PlanState.IDEA])
        with self.writing() as connection:
            try:
                connection.execute(insert(PLANS).values(id=plan.id, version=1, deleted=False))
            except IntegrityError as error:
                message = Message("There is a plan with the id “{value}” already.", value=plan.id)
                raise InvalidValueError(message, value=plan.id) from error
            return add_version(connection, plan, 1, actor, Action.CREATE)

    def get(self, plan_id: str, *, deleted: bool = False) -> StoredPlan:
        """The newest version of a plan; an UnknownPlanError where there is none.

        ``deleted`` finds plans that were deleted, too.
        """
        with self.reading() as connection:
            return newest(connection, plan_id, deleted=deleted)

    def list(self, *, deleted: bool = False) -> tuple[StoredPlan, ...]:
        """The newest version of every plan, last changed first; ``deleted``: also those that were deleted."""
        query = (
            select(PLANS.c.deleted, *_VERSION_COLUMNS)
            .join(VERSIONS, (VERSIONS.c.plan_id == PLANS.c.id) & (VERSIONS.c.version == PLANS.c.version))
            .order_by(VERSIONS.c.at.desc(), PLANS.c.id)
        )
        if not deleted:
            query = query.where(PLANS.c.deleted.is_(False))
        with self.reading() as connection:
            rows = connection.execute(query).all()
        return tuple(stored(row[1:], deleted=row[0]) for row in rows)

    def replace(self, plan: Plan, expected: int, actor: Actor, *, action: Action = Action.EDIT) -> StoredPlan:
        """Keep ``plan`` as the next version after ``expected``; another state is a step and checked as one.

        ``action`` is what the history calls it: an edit, or a migration to another dataset.

        Raises
        ------
        UnknownPlanError
            There is no such plan, or it was deleted.
        StaleVersionError
            The newest version is another one.
        InvalidValueError
            The plan has ended, or there is no step to its new state.
        """
        require(actor, action)
        check_plan(plan)
        with self.writing() as connection:
            before = self._expected(connection, plan.id, expected)
            if before.plan.state is not plan.state:
                require_transition(actor, before.plan.state, plan.state)
                return self._next(connection, plan, before, actor, Action.ADVANCE)
            if plan.state is PlanState.ENDED and plan != before.plan:
                message = Message("The plan {id} has ended; it stays as it is.", id=plan.id)
                raise InvalidValueError(message, value=plan.id)
            return self._next(connection, plan, before, actor, action)

    def advance(self, plan_id: str, state: PlanState, expected: int, actor: Actor) -> StoredPlan:
        """Take a step to ``state``; errors as in :meth:`replace`."""
        require(actor, Action.ADVANCE)
        with self.writing() as connection:
            before = self._expected(connection, plan_id, expected)
            require_transition(actor, before.plan.state, state)
            return self._next(connection, replace(before.plan, state=state), before, actor, Action.ADVANCE)

    def delete(self, plan_id: str, expected: int, actor: Actor) -> StoredPlan:
        """Put a plan out of sight; it and its history stay in the store. Errors as in :meth:`replace`."""
        require(actor, Action.DELETE)
        with self.writing() as connection:
            before = self._expected(connection, plan_id, expected)
            return self._next(connection, before.plan, before, actor, Action.DELETE)

    def restore(self, plan_id: str, expected: int, actor: Actor) -> StoredPlan:
        """Bring a deleted plan back; errors as in :meth:`replace`."""
        require(actor, Action.RESTORE)
        with self.writing() as connection:
            before = self._expected(connection, plan_id, expected, deleted=True)
            if not before.deleted:
                raise InvalidValueError(Message("The plan {id} is not deleted.", id=plan_id), value=plan_id)
            return self._next(connection, before.plan, before, actor, Action.RESTORE)

    def history(self, plan_id: str) -> tuple[StoredPlan, ...]:
        """All versions of a plan, oldest first, of a deleted one too; errors as in :meth:`get`."""
        with self.reading() as connection:
            newest(connection, plan_id, deleted=True)
            return versions_of(connection, plan_id)

    def audit(self, plan_id: str | None = None) -> tuple[AuditEntry, ...]:
        """What was done in the store (to one plan), oldest first."""
        query = select(AUDIT).order_by(AUDIT.c.seq)
        if plan_id is not None:
            query = query.where(AUDIT.c.plan_id == plan_id)
        with self.reading() as connection:
            rows = connection.execute(query).mappings().all()
        return tuple(AuditEntry(**row) for row in rows)

    def _expected(
        self, connection: Connection, plan_id: str, expected: int, *, deleted: bool = False
    ) -> StoredPlan:
        before = newest(connection, plan_id, deleted=deleted, lock=True)
        if before.version != expected:
            message = Message(
                "The plan {id} is at version {version} now, changed by {actor}; the change was made for"
                " version {value}. Nothing was written.",
                id=plan_id, version=before.version, actor=before.actor, value=expected,
            )  # fmt: skip
            raise StaleVersionError(message, value=expected, nearest=[str(before.version)])
        return before

    def _next(
        self, connection: Connection, plan: Plan, before: StoredPlan, actor: Actor, action: Action
    ) -> StoredPlan:
        version, deleted = before.version + 1, action is Action.DELETE
        connection.execute(
            update(PLANS).where(PLANS.c.id == plan.id).values(version=version, deleted=deleted)
        )
        return add_version(connection, plan, version, actor, action)


def newest(connection: Connection, plan_id: str, *, deleted: bool, lock: bool = False) -> StoredPlan:
    """The newest version of a plan; ``lock`` keeps other writers off until the transaction ends.

    Raises
    ------
    UnknownPlanError
        There is no such plan, or it was deleted and ``deleted`` is not wanted.
    """
    query = select(PLANS.c.version, PLANS.c.deleted).where(PLANS.c.id == plan_id)
    # What cannot be an id is not asked for: it may hold characters that a database refuses.
    head = connection.execute(query.with_for_update() if lock else query).first() if is_id(plan_id) else None
    if head is None or (head.deleted and not deleted):
        raise _unknown(connection, plan_id, was_deleted=head is not None)
    row = connection.execute(
        select(*_VERSION_COLUMNS).where(VERSIONS.c.plan_id == plan_id, VERSIONS.c.version == head.version)
    ).one()
    return stored(row, deleted=head.deleted)


def versions_of(connection: Connection, plan_id: str) -> tuple[StoredPlan, ...]:
    """All versions of a plan, oldest first."""
    rows = connection.execute(
        select(*_VERSION_COLUMNS).where(VERSIONS.c.plan_id == plan_id).order_by(VERSIONS.c.version)
    ).all()
    return tuple(stored(row, deleted=row.action == Action.DELETE) for row in rows)


def add_version(connection: Connection, plan: Plan, version: int, actor: Actor, action: Action) -> StoredPlan:
    """Add a version and what was done to the audit trail."""
    done: dict[str, Any] = {"at": now(), "actor": actor.name, "action": action.value}
    connection.execute(
        insert(VERSIONS).values(plan_id=plan.id, version=version, document=written(plan), **done)
    )
    connection.execute(insert(AUDIT).values(plan_id=plan.id, version=version, role=actor.role.value, **done))
    return StoredPlan(plan=plan, version=version, deleted=action is Action.DELETE, **done)


def now() -> str:
    """The time, as the store writes it."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def _unknown(connection: Connection, plan_id: str, *, was_deleted: bool) -> UnknownPlanError:
    if was_deleted:
        return UnknownPlanError(
            Message("The plan {id} was deleted; it can be restored.", id=plan_id), value=plan_id
        )
    known = connection.scalars(select(PLANS.c.id).where(PLANS.c.deleted.is_(False)).limit(1000)).all()
    message = Message("There is no plan “{value}”.", value=plan_id[:80])
    return UnknownPlanError(message, value=plan_id[:80], nearest=nearest_values(plan_id[:80], known))
