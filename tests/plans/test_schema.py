"""The description of a plan and the reader of one are at one."""

import copy

import pytest
from jsonschema import Draft202012Validator

from geoplan.errors import RequestError
from geoplan.plans import Plan, read_plan
from geoplan.plans.schema import plan_schema
from tests.plans.conftest import FULL

STRANGE = [
    None, True, 0, -1, 1.5, 1e13, 100_001, 2026, "", " ", "\t", "x", "a\nb", "a\x00b", "\x7f",
    "x" * 201, "x" * 20_001,
    "2026-02-30", "2027-01-31T10:00+01:00", "ftp://example.org", "https://", "https://example.org/ a",
    "idea", "lead",
    [], {}, [{}], {"x": 1}, ["a", "a"], [None], [1],
]  # fmt: skip
MISSING = object()


@pytest.fixture(scope="module")
def validator():
    Draft202012Validator.check_schema(plan_schema())
    return Draft202012Validator(plan_schema(), format_checker=Draft202012Validator.FORMAT_CHECKER)


def places(value, path=()):
    """The paths of all values in a document."""
    yield path
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, part in parts:
        yield from places(part, (*path, key))


def with_value(path, value):
    changed = copy.deepcopy(FULL)
    *way, last = path
    inside = changed
    for key in way:
        inside = inside[key]
    if value is MISSING:
        del inside[last]
    else:
        inside[last] = value
    return changed


def is_read(document):
    try:
        read_plan(document, plan_id="full")
    except RequestError:
        return False
    return True


def test_plans_are_as_described(validator):
    for plan in (FULL, read_plan(FULL).to_dict(), Plan(id="a", title="b").to_dict(), {"title": "a"}):
        validator.validate(plan)


@pytest.mark.parametrize("path", [path for path in places(FULL) if path], ids=str)
def test_what_is_allowed_is_read_and_nothing_else(validator, path):
    for value in (*STRANGE, MISSING):
        document = with_value(path, value)
        if refers(path) or other_id(path, document):
            continue
        assert validator.is_valid(document) == is_read(document), (path, value)


def refers(path):
    """Indicators that are named but not there: only the reader can tell."""
    return path[:1] == ("goals",) or (path[:1] == ("monitoring",) and path[-1] == "indicator")


def other_id(path, document):
    return path == ("id",) and document.get("id") not in (None, "full")


@pytest.mark.parametrize("path", [path for path in places(FULL) if path[:1] == ("goals",)], ids=str)
def test_goals_are_read_as_described(validator, path):
    for value in (*STRANGE, MISSING):
        document = with_value(path, value) | {"monitoring": []}
        assert validator.is_valid(document) == is_read(document), (path, value)


@pytest.mark.parametrize("path", list(places(FULL)), ids=str)
def test_no_field_beside(validator, path):
    inside = FULL
    for key in path:
        inside = inside[key]
    if not isinstance(inside, dict) or path[-1:] == ("weights",):
        return
    document = {**FULL, "beside": 1} if not path else with_value((*path, "beside"), 1)
    assert not validator.is_valid(document)
    assert not is_read(document)
