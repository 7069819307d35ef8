"""What docs/plans.md says of a plan is all of it, and its example is one."""

import dataclasses
import json
import re
from pathlib import Path

import pytest

from geoplan.errors import InvalidValueError
from geoplan.plans import Plan, model, read_plan

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "plans.md").read_text(encoding="utf-8")
EXAMPLE = json.loads(re.search(r"```json\n(.*?)```", PAGE, re.DOTALL)[1])
KINDS = [one for one in vars(model).values() if dataclasses.is_dataclass(one)]


def test_the_example_is_a_plan_with_every_field():
    plan = read_plan(EXAMPLE)
    assert EXAMPLE.keys() == {field.name for field in dataclasses.fields(Plan)}
    assert read_plan(plan.to_dict()) == plan


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_field_is_named(kind):
    described = PAGE.partition("## ")[0]
    assert all(f"`{field.name}`" in described for field in dataclasses.fields(kind))


def test_the_error_for_an_unknown_field_names_all_where_they_are_few():
    with pytest.raises(InvalidValueError) as caught:
        read_plan({**EXAMPLE, "meetings": [{"title": "Runde", "begin": "2027-03-01T10:00"}]})
    assert set(caught.value.nearest) == {
        "title", "starts", "minutes", "rhythm", "count", "kind", "place", "key"
    }  # fmt: skip
    with pytest.raises(InvalidValueError) as caught:
        read_plan({**EXAMPLE, "metings": []})
    assert caught.value.nearest[0] == "meetings"
    assert len(caught.value.nearest) < len(EXAMPLE)
