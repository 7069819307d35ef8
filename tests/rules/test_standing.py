"""A hint asks for nothing: however it stands, it is neither met nor missed."""

import pytest

from geoplan.messages import Message
from geoplan.rules import Check, Group, RuleKind, Status, group_of


def check(kind, status):
    return Check(rule="x", status=status, text=Message("x"), source=None, label=Message("x"), kind=kind)


@pytest.mark.parametrize("status", list(Status))
def test_hints_are_counted_apart(status):
    assert group_of(check(RuleKind.HINT, status)) is Group.HINT


@pytest.mark.parametrize("kind", [RuleKind.REQUIREMENT, RuleKind.ADVICE])
@pytest.mark.parametrize("status", list(Status))
def test_all_else_is_taken_as_it_stands(kind, status):
    assert group_of(check(kind, status)) == status.value
