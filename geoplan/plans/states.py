"""Which states a plan goes through, from which to which, and who may do what."""

from dataclasses import dataclass
from enum import StrEnum

from geoplan.errors import InvalidValueError, NotPermittedError
from geoplan.messages import Message


class PlanState(StrEnum):
    """How far a network has come, in order."""

    IDEA = "idea"
    EXPLORING = "exploring"
    AGREED = "agreed"
    """A letter of intent is signed."""
    FOUNDED = "founded"
    OPERATING = "operating"
    EVALUATED = "evaluated"
    ENDED = "ended"

    @property
    def label(self) -> Message:
        """The state for a reader."""
        return _STATE_LABELS[self]


_STATE_LABELS = {
    PlanState.IDEA: Message("idea"),
    PlanState.EXPLORING: Message("exploring"),
    PlanState.AGREED: Message("agreed (letter of intent)"),
    PlanState.FOUNDED: Message("founded"),
    PlanState.OPERATING: Message("operating"),
    PlanState.EVALUATED: Message("evaluated"),
    PlanState.ENDED: Message("ended"),
}


class Role(StrEnum):
    """What somebody is to the plans; each may do what those before it may."""

    READER = "reader"
    EDITOR = "editor"
    COORDINATOR = "coordinator"


class Action(StrEnum):
    """What can be done with a plan."""

    READ = "read"
    EXPORT = "export"
    CREATE = "create"
    EDIT = "edit"
    MIGRATE = "migrate"
    """Bring it to another dataset."""
    ADVANCE = "advance"
    DELETE = "delete"
    RESTORE = "restore"
    IMPORT = "import"


LEAST_ROLE = {
    Action.READ: Role.READER,
    Action.EXPORT: Role.READER,
    Action.CREATE: Role.EDITOR,
    Action.EDIT: Role.EDITOR,
    Action.MIGRATE: Role.EDITOR,
    Action.ADVANCE: Role.EDITOR,
    Action.DELETE: Role.COORDINATOR,
    Action.RESTORE: Role.COORDINATOR,
    Action.IMPORT: Role.COORDINATOR,
}
"""Who may do it at least; a transition may ask for more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who does something, as the history tells it."""

    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Transition:
    """A step from one state to another, and who may take it at least."""

    source: PlanState
    target: PlanState
    least_role: Role


TRANSITIONS = (
    Transition(PlanState.IDEA, PlanState.EXPLORING, Role.EDITOR),
    Transition(PlanState.EXPLORING, PlanState.IDEA, Role.EDITOR),
    Transition(PlanState.EXPLORING, PlanState.AGREED, Role.COORDINATOR),
    Transition(PlanState.AGREED, PlanState.EXPLORING, Role.COORDINATOR),
    Transition(PlanState.AGREED, PlanState.FOUNDED, Role.COORDINATOR),
    Transition(PlanState.FOUNDED, PlanState.OPERATING, Role.COORDINATOR),
    Transition(PlanState.OPERATING, PlanState.EVALUATED, Role.EDITOR),
    Transition(PlanState.EVALUATED, PlanState.OPERATING, Role.COORDINATOR),
    *(
        Transition(state, PlanState.ENDED, Role.COORDINATOR)
        for state in PlanState
        if state is not PlanState.ENDED
    ),
)
"""All steps there are. An ended plan stays as it is; a founded network does not return to an agreement."""


def is_before(state: PlanState, other: PlanState) -> bool:
    """Whether a network comes to ``state`` earlier than to ``other``."""
    order = list(PlanState)
    return order.index(state) < order.index(other)


def next_states(state: PlanState) -> tuple[PlanState, ...]:
    """Where a plan may go from ``state``."""
    return tuple(step.target for step in TRANSITIONS if step.source is state)


def require(actor: Actor, action: Action) -> None:
    """Make sure that ``actor`` may do ``action``.

    Raises
    ------
    NotPermittedError
        The role is too low.
    """
    _require_role(actor, LEAST_ROLE[action], action)


def require_transition(actor: Actor, source: PlanState, target: PlanState) -> None:
    """Make sure that there is a step from ``source`` to ``target``, and that ``actor`` may take it.

    Raises
    ------
    InvalidValueError
        There is no such step; the nearest values are those there are.
    NotPermittedError
        The role is too low.
    """
    for step in TRANSITIONS:
        if (step.source, step.target) == (source, target):
            _require_role(actor, step.least_role, Action.ADVANCE)
            return
    message = Message(
        "A plan cannot go from “{source}” to “{target}”.", source=source.label, target=target.label
    )
    raise InvalidValueError(message, value=target.value, nearest=next_states(source))


def _require_role(actor: Actor, least: Role, action: Action) -> None:
    order = list(Role)
    if order.index(actor.role) >= order.index(least):
        return
    message = Message(
        "“{action}” needs the role {least}; {name} has the role {role}.",
        action=action, least=least, name=actor.name, role=actor.role,
    )  # fmt: skip
    raise NotPermittedError(message, value=actor.role.value, nearest=[least])
