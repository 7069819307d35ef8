"""Whatever is done in whatever order: the store and a model of it in memory agree."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from geoplan.errors import (
    InvalidValueError,
    NotPermittedError,
    RequestError,
    StaleVersionError,
    UnknownPlanError,
)
from geoplan.plans import Actor, Plan, PlanState, Role, open_store
from geoplan.plans.exchange import export_plans, import_plans
from geoplan.plans.model import PlanProvenance
from geoplan.plans.states import LEAST_ROLE, TRANSITIONS, Action, next_states, require_transition
from tests.plans.conftest import POSTGRES_VARIABLE, postgres_schema

ROLES = st.sampled_from(Role)
IDS = st.sampled_from(["a", "b"])
BEHIND = st.sampled_from([0, 0, 0, 1])
"""Versions too old."""


def test_every_state_is_reached_and_left():
    reached = {PlanState.IDEA}
    while further := {step.target for step in TRANSITIONS if step.source in reached} - reached:
        reached |= further
    assert reached == set(PlanState)
    assert [state for state in PlanState if not next_states(state)] == [PlanState.ENDED]
    steps = [(step.source, step.target) for step in TRANSITIONS]
    assert len(steps) == len(set(steps))
    assert set(LEAST_ROLE) == set(Action)


def test_what_cannot_be_is_told_with_what_can():
    with pytest.raises(InvalidValueError) as told:
        require_transition(Actor(name="x", role=Role.COORDINATOR), PlanState.IDEA, PlanState.FOUNDED)
    assert told.value.nearest == ("exploring", "ended")


def may(role: Role, least: Role) -> bool:
    return list(Role).index(role) >= list(Role).index(least)


@contextmanager
def empty_database(kind: str) -> Iterator[str]:
    if kind == "postgresql":
        yield from postgres_schema()
        return
    with tempfile.TemporaryDirectory() as folder:
        yield f"sqlite:///{Path(folder) / 'plans.db'}"


class Life(RuleBasedStateMachine):
    """Plans of two ids, done to by people of all roles, with right and wrong versions."""

    kind = "sqlite"

    def __init__(self) -> None:
        super().__init__()
        self.places = ExitStack()
        self.store = open_store(self.places.enter_context(empty_database(self.kind)))
        self.model: dict[str, list[tuple[Plan, bool]]] = {}

    def teardown(self) -> None:
        self.store.close()
        self.places.close()

    def expected_error(self, role, plan_id, behind, action, target) -> type[RequestError] | None:
        """What the model says has to happen, the first thing that is wrong first; ``None``: it succeeds."""
        versions = self.model.get(plan_id, [])
        if not may(role, LEAST_ROLE[action]):
            return NotPermittedError
        if not versions or (versions[-1][1] and action is not Action.RESTORE):
            return UnknownPlanError
        if behind:
            return StaleVersionError
        before, deleted = versions[-1]
        if action is Action.RESTORE:
            return None if deleted else InvalidValueError
        return None if target is None else self.step_error(role, before, target, action)

    def step_error(self, role, before, target, action) -> type[RequestError] | None:
        if target.state is before.state and action is not Action.ADVANCE:
            ended = before.state is PlanState.ENDED and target != before
            return InvalidValueError if ended else None
        steps = [one for one in TRANSITIONS if (one.source, one.target) == (before.state, target.state)]
        if not steps:
            return InvalidValueError
        return None if may(role, steps[0].least_role) else NotPermittedError

    def attempt(self, role, plan_id, behind, change, *, action, target=None) -> None:
        """Do it in the store; what happens must be what the model says, and nothing else is kept."""
        expected = self.expected_error(role, plan_id, behind, action, target)
        versions = self.model.get(plan_id, [])
        try:
            after = change(len(versions) - behind, Actor(name=role.value, role=role))
        except RequestError as error:
            assert type(error) is expected
            return
        assert expected is None
        assert after.version == len(versions) + 1
        assert after.plan == (versions[-1][0] if target is None else target)
        versions.append((after.plan, action is Action.DELETE))

    def newest(self, plan_id) -> Plan:
        versions = self.model.get(plan_id)
        return versions[-1][0] if versions else Plan(id=plan_id, title="x")

    @rule(plan_id=IDS, role=ROLES, state=st.sampled_from([PlanState.IDEA] * 4 + [PlanState.AGREED]))
    def create(self, plan_id, role, state):
        plan = Plan(id=plan_id, title="neu", state=state)
        try:
            made = self.store.create(plan, Actor(name=role.value, role=role))
        except RequestError:
            assert plan_id in self.model or not may(role, Role.EDITOR) or state is not PlanState.IDEA
        else:
            assert plan_id not in self.model and may(role, Role.EDITOR) and state is PlanState.IDEA
            self.model[plan_id] = [(made.plan, False)]

    @rule(plan_id=IDS, role=ROLES, behind=BEHIND, title=st.text("ab", min_size=1, max_size=3))
    def edit(self, plan_id, role, behind, title):
        target = replace(self.newest(plan_id), title=title)

        def change(expected, actor):
            return self.store.replace(target, expected, actor)

        self.attempt(role, plan_id, behind, change, action=Action.EDIT, target=target)

    @rule(
        plan_id=IDS,
        role=ROLES,
        behind=BEHIND,
        state=st.sampled_from(PlanState),
        title=st.text("c", min_size=1, max_size=2),
    )
    def edit_and_advance(self, plan_id, role, behind, state, title):
        target = replace(self.newest(plan_id), title=title, state=state)

        def change(expected, actor):
            return self.store.replace(target, expected, actor)

        self.attempt(role, plan_id, behind, change, action=Action.EDIT, target=target)

    @rule(plan_id=IDS, role=ROLES, behind=BEHIND, vintage=st.sampled_from(["2016", "2021"]))
    def migrate(self, plan_id, role, behind, vintage):
        target = replace(self.newest(plan_id), provenance=PlanProvenance(vintage=vintage))

        def change(expected, actor):
            return self.store.replace(target, expected, actor, action=Action.MIGRATE)

        self.attempt(role, plan_id, behind, change, action=Action.MIGRATE, target=target)

    @rule(plan_id=IDS, role=ROLES, behind=BEHIND, state=st.sampled_from(PlanState))
    def advance(self, plan_id, role, behind, state):
        target = replace(self.newest(plan_id), state=state)

        def change(expected, actor):
            return self.store.advance(plan_id, state, expected, actor)

        self.attempt(role, plan_id, behind, change, action=Action.ADVANCE, target=target)

    @rule(plan_id=IDS, role=ROLES, behind=BEHIND)
    def delete(self, plan_id, role, behind):
        def change(expected, actor):
            return self.store.delete(plan_id, expected, actor)

        self.attempt(role, plan_id, behind, change, action=Action.DELETE)

    @rule(plan_id=IDS, role=ROLES, behind=BEHIND)
    def restore(self, plan_id, role, behind):
        def change(expected, actor):
            return self.store.restore(plan_id, expected, actor)

        self.attempt(role, plan_id, behind, change, action=Action.RESTORE)

    @rule()
    def import_what_was_exported(self):
        chief = Actor(name="x", role=Role.COORDINATOR)
        done = import_plans(self.store, export_plans(self.store, chief), chief)
        assert (done.added, set(done.known)) == ((), set(self.model))

    @invariant()
    def nothing_is_lost(self):
        for plan_id, versions in self.model.items():
            kept = self.store.history(plan_id)
            assert [one.version for one in kept] == list(range(1, len(versions) + 1))
            assert [(one.plan, one.deleted) for one in kept] == versions
        shown = {one.plan.id for one in self.store.list()}
        assert shown == {plan_id for plan_id, versions in self.model.items() if not versions[-1][1]}
        assert len(self.store.audit()) == sum(map(len, self.model.values()))


class LifeInPostgres(Life):
    """The same in the other database."""

    kind = "postgresql"


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=40, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLife.pytestmark = [pytest.mark.property, pytest.mark.slow]
TestLifeInPostgres = LifeInPostgres.TestCase
TestLifeInPostgres.settings = settings(TestLife.settings, max_examples=10)
TestLifeInPostgres.pytestmark = [
    *TestLife.pytestmark,
    pytest.mark.skipif(
        POSTGRES_VARIABLE not in os.environ,
        reason=f"{POSTGRES_VARIABLE} names no PostgreSQL database to test in",
    ),
]
