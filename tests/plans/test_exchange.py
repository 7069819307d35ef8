"""Everything out and in again, and nothing where anything is wrong."""

import copy
import json
from dataclasses import replace

import pytest

from geoplan.errors import InvalidValueError, RequestError
from geoplan.plans import Plan, PlanState, open_store
from geoplan.plans.exchange import export_plans, import_plans


@pytest.fixture
def other(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'other.db'}")
    yield store
    store.close()


@pytest.fixture
def document(store, full, chief):
    store.create(full, chief)
    store.advance("full", PlanState.EXPLORING, 1, chief)
    store.create(Plan(id="gone", title="Weg"), chief)
    store.delete("gone", 1, chief)
    return json.loads(json.dumps(export_plans(store, chief)))


def test_out_and_in_is_the_same(store, other, document, chief):
    assert import_plans(other, document, chief).added == ("full", "gone")
    for plan_id in ("full", "gone"):
        assert other.history(plan_id) == store.history(plan_id)
    assert [one.plan.id for one in other.list()] == ["full"]
    assert [(one.action, one.plan_id) for one in other.audit()] == [("import", "full"), ("import", "gone")]


def test_twice_changes_nothing(other, document, chief):
    import_plans(other, document, chief)
    assert import_plans(other, document, chief).to_dict() == {"added": [], "known": ["full", "gone"]}
    assert len(other.audit()) == 2


def test_later_versions_follow(store, other, document, chief, full):
    import_plans(other, document, chief)
    store.restore("gone", 2, chief)
    assert import_plans(other, export_plans(store, chief, "gone"), chief).added == ("gone",)
    assert other.history("gone") == store.history("gone")


def test_another_history_is_refused(other, document, chief, full):
    other.create(replace(full, title="Anders"), chief)
    with pytest.raises(InvalidValueError, match="another history"):
        import_plans(other, document, chief)
    assert [one.plan.id for one in other.list(deleted=True)] == ["full"]


def damaged(document, change):
    copied = copy.deepcopy(document)
    change(copied)
    return copied


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(format="x"),
        lambda one: one.update(format_version=2),
        lambda one: one.update(plans={}),
        lambda one: one.update(plans=[None]),
        lambda one: one["plans"][1].update(versions=[]),
        lambda one: one["plans"][1]["versions"].pop(0),
        lambda one: one["plans"][1]["versions"][0].update(at="yesterday"),
        lambda one: one["plans"][1]["versions"][0].update(actor="x" * 201),
        lambda one: one["plans"][1]["versions"][0].update(action="x"),
        lambda one: one["plans"][1]["versions"][0]["plan"].update(title=""),
        lambda one: one["plans"][1]["versions"][0]["plan"].update(id="third"),
        lambda one: one["plans"].append(one["plans"][0]),
    ],
)
def test_a_damaged_export_writes_nothing(other, document, chief, change):
    with pytest.raises(RequestError):
        import_plans(other, damaged(document, change), chief)
    assert other.list(deleted=True) == ()


@pytest.mark.parametrize("given", [None, [], "x", {}, {"format": "geoplan-plans", "format_version": 1}])
def test_no_export(other, chief, given):
    with pytest.raises(InvalidValueError):
        import_plans(other, given, chief)
