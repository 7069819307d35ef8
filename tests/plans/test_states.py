"""Whatever is done in whatever order: the store and a model of it in memory agree."""

import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from geoplan.errors import InvalidValueError, NotPermittedError, RequestError, StaleVersionError
from geoplan.plans import Actor, Plan, PlanState, Role, open_store
from geoplan.plans.exchange import export_plans, import_plans
from geoplan.plans.states import LEAST_ROLE, TRANSITIONS, Action, next_states, require_transition

ROLES = st.sampled_from(Role)
IDS = st.sampled_from(["a", "b"])


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


class Life(RuleBasedStateMachine):
    """Plans of two ids, done to by people of all roles, with right and wrong versions."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.store = open_store(f"sqlite:///{Path(self.folder.name) / 'plans.db'}")
        self.model: dict[str, list[tuple[Plan, bool]]] = {}

    def teardown(self) -> None:
        self.store.close()
        self.folder.cleanup()

    def may(self, role: Role, least: Role) -> bool:
        return list(Role).index(role) >= list(Role).index(least)

    def attempt(self, role, plan_id, behind, action, change) -> None:
        """Do it in the store; it must succeed exactly when the model says so."""
        versions = self.model.get(plan_id, [])
        expected = len(versions) - behind
        possible = bool(versions) and versions[-1][1] == (action is Action.RESTORE)
        allowed = self.may(role, LEAST_ROLE[action])
        actor = Actor(name=role.value, role=role)
        try:
            after = change(expected, actor)
        except RequestError as error:
            assert (
                not allowed
                or not possible
                or behind
                or isinstance(error, InvalidValueError | NotPermittedError)
            )
            if allowed and possible and behind:
                assert isinstance(error, StaleVersionError)
            return
        assert allowed and possible and not behind
        before = versions[-1][0]
        if after.plan.state is not before.state:
            step = next(s for s in TRANSITIONS if (s.source, s.target) == (before.state, after.plan.state))
            assert self.may(role, step.least_role)
        versions.append((after.plan, after.deleted))

    @rule(plan_id=IDS, role=ROLES)
    def create(self, plan_id, role):
        try:
            made = self.store.create(Plan(id=plan_id, title="neu"), Actor(name=role.value, role=role))
        except RequestError:
            assert plan_id in self.model or not self.may(role, Role.EDITOR)
        else:
            assert plan_id not in self.model
            self.model[plan_id] = [(made.plan, False)]

    @rule(
        plan_id=IDS,
        role=ROLES,
        behind=st.sampled_from([0, 0, 0, 1]),
        title=st.text("ab", min_size=1, max_size=3),
    )
    def edit(self, plan_id, role, behind, title):
        def change(expected, actor):
            before = self.model[plan_id][-1][0] if plan_id in self.model else Plan(id=plan_id, title="x")
            return self.store.replace(replace(before, title=title), expected, actor)

        self.attempt(role, plan_id, behind, Action.EDIT, change)

    @rule(plan_id=IDS, role=ROLES, behind=st.sampled_from([0, 0, 0, 1]), state=st.sampled_from(PlanState))
    def advance(self, plan_id, role, behind, state):
        self.attempt(role, plan_id, behind, Action.ADVANCE,
                     lambda expected, actor: self.store.advance(plan_id, state, expected, actor))  # fmt: skip

    @rule(plan_id=IDS, role=ROLES, behind=st.sampled_from([0, 0, 1]))
    def delete(self, plan_id, role, behind):
        self.attempt(role, plan_id, behind, Action.DELETE,
                     lambda expected, actor: self.store.delete(plan_id, expected, actor))  # fmt: skip

    @rule(plan_id=IDS, role=ROLES)
    def restore(self, plan_id, role):
        self.attempt(role, plan_id, 0, Action.RESTORE,
                     lambda expected, actor: self.store.restore(plan_id, expected, actor))  # fmt: skip

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


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=25, stateful_step_count=20, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLife.pytestmark = [pytest.mark.property, pytest.mark.slow]
