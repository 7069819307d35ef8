"""A plan is read whole, or the field that is wrong is named."""

import copy
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.errors import InvalidValueError, RequestError
from geoplan.plans.reading import changed, new_id, read_kept_plan, read_plan
from tests.plans.conftest import FULL

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


def test_written_and_read_is_the_same(full):
    assert read_plan(json.loads(json.dumps(full.to_dict()))) == full
    assert full.to_dict() == {**FULL, **full.to_dict()}


def test_what_is_left_out_is_empty():
    plan = read_plan({"title": "Netz"}, plan_id="a")
    assert (plan.id, plan.state, plan.goals, plan.provenance.weights) == ("a", "idea", (), None)


def test_a_kept_plan_may_state_what_no_rule_asks_for_any_more():
    given = {**FULL, "facts": {"once_asked": True}}
    assert read_kept_plan(given).facts == {"once_asked": True}
    with pytest.raises(RequestError, match="once_asked"):
        read_plan(given)


def with_value(path: list[Any], value: object) -> dict[str, Any]:
    given: Any = copy.deepcopy(FULL)
    inner = given
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    return given


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (["title"], "", "title"),
        (["title"], "x" * 201, "title"),
        (["title"], "a\nb", "title"),
        (["title"], "a\x00", "control"),
        (["title"], "\ud800", "title"),
        (["title"], None, "title"),
        (["id"], "../x", "id"),
        (["state"], "foundet", "founded"),
        (["titel"], "x", "title"),
        (["network", "service"], "building-yrd", "building-yard"),
        (["network", "members"], ["a", "a"], "twice"),
        (["network", "members"], ["a"] * 1001, "1000"),
        (["facts", "duration_month"], 36, "duration_months"),
        (["facts", "participants"], 36, "participants"),
        (["facts", "heat_plan"], "vielleicht", "heat_plan"),
        (["facts", "duration_months"], -1, "duration_months"),
        (["facts", "duration_months"], [36], "facts.duration_months"),
        (["facts"], ["heat_plan"], "facts"),
        (["goals", 0, "indicators", 0, "target"], float("nan"), "goals[0].indicators[0].target"),
        (["goals", 0, "indicators", 0, "target"], True, "number"),
        (["goals", 0, "indicators", 0, "target"], 10**400, "number"),
        (["goals", 0, "indicators", 0, "target_year"], 3000, "2100"),
        (["participants", 0, "decision", "on"], "2026-02-30", "participants[0].decision.on"),
        (["participants", 0, "role"], "boss", "lead"),
        (["finance"], [{"year": 2027}, {"year": 2027}], "twice"),
        (["finance"], [{}], "finance[0].year is missing"),
        (["meetings", 0, "starts"], "2027-01-31T10:00+01:00", "meetings[0].starts"),
        (["meetings", 0, "count"], 0, "meetings[0].count"),
        (["documents", 0, "link"], "javascript:alert(1)", "documents[0].link"),
        (["documents", 0, "link"], "https://[", "documents[0].link"),
        (["monitoring", 0, "indicator"], "cots", "cost"),
        (["provenance", "weights"], {"closeness": "2"}, "provenance.weights.closeness"),
        (["risks"], {"text": "x"}, "list"),
    ],
)  # fmt: skip
def test_the_wrong_field_is_named(path, value, told):
    with pytest.raises(RequestError) as error:
        read_plan(with_value(path, value))
    assert told in str(error.value)
    error.value.text("de").encode()


def test_the_id_stays(full):
    with pytest.raises(InvalidValueError):
        changed(full, {"id": "other"})
    assert changed(full, {"title": "Neu"}).title == "Neu"


def test_ids_differ():
    assert len({new_id() for _ in range(100)}) == 100


@pytest.mark.property
@given(given=JSON, field=st.sampled_from(sorted(FULL)))
def test_any_json_is_read_or_refused(given, field):
    for tried in (given, {**FULL, field: given}):
        try:
            plan = read_plan(tried)
        except RequestError as error:
            error.text("de").encode()
        else:
            assert read_plan(plan.to_dict()) == plan
