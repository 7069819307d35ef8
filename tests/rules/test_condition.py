import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.errors import DataError
from geoplan.evidence import LocalText, Mark, Source, Statement, Table
from geoplan.rules import Constant, Fact
from geoplan.rules.condition_reading import read_condition


def constant(value, mark=Mark.VERIFIED):
    source = Source(key="s", title="s", url="https://example.org")
    return Constant(
        key="limit",
        value=value,
        label=LocalText(de="d", en="e"),
        statement=Statement(mark=mark, sources=(source,)),
    )


def condition(values, **constants):
    return read_condition(Table(values), constants)


def answer(values, facts, **constants):
    return condition(values, **constants).answer(facts, constants)


SIX = {"fact": "participants", "op": "at-least", "value": 6}


@pytest.mark.parametrize(
    ("op", "value", "expected"),
    [
        ("is", 6, [False, True, False]),
        ("at-least", 6, [False, True, True]),
        ("at-most", 6, [True, True, False]),
        ("more-than", 6, [False, False, True]),
        ("less-than", 6, [True, False, False]),
    ],
)
def test_operators(op, value, expected):
    asked = {"fact": "participants", "op": op, "value": value}
    assert [answer(asked, {"participants": Fact(value=count)}) for count in (5, 6, 7)] == expected


def test_texts_and_days():
    fields = {"fact": "service", "op": "one-of", "value": ["waste", "it"]}
    assert answer(fields, {"service": Fact(value="it")}) is True
    assert answer(fields, {"service": Fact(value="tourism")}) is False
    until = {"fact": "on", "op": "at-most", "value": datetime.date(2026, 6, 30)}
    assert answer(until, {"on": Fact(value=datetime.date(2026, 6, 30))}) is True
    assert answer(until, {"on": Fact(value=datetime.date(2026, 7, 1))}) is False


@pytest.mark.parametrize("mark", [Mark.UNVERIFIED, Mark.CONFLICT])
@pytest.mark.parametrize("count", [1, 100])
def test_what_is_not_sure_decides_nothing(mark, count):
    assert answer(SIX, {"participants": Fact(value=count, mark=mark)}) is None
    asked = {"fact": "participants", "op": "at-least", "constant": "limit"}
    assert answer(asked, {"participants": Fact(value=count)}, limit=constant(6, mark)) is None
    assert answer(SIX, {}) is None


@pytest.mark.parametrize(("spread", "expected"), [((4, 5), False), ((5, 7), None), ((6, 9), True)])
def test_an_estimate_decides_only_where_all_of_it_does(spread, expected):
    assert answer(SIX, {"participants": Fact(value=6, mark=Mark.DERIVED, spread=spread)}) is expected


TRUTH = st.sampled_from([True, False, None])


def parts(answers):
    names = ["heat_plan", "land_allows_convoy", "old_vat_rule_chosen"]
    listed = [{"fact": name, "op": "is", "value": True} for name in names[: len(answers)]]
    return listed, {name: Fact(value=one) for name, one in zip(names, answers, strict=False)}


@given(answers=st.lists(TRUTH, min_size=1, max_size=3))
def test_all_and_any_follow_kleene(answers):
    listed, facts = parts(answers)
    every = False if False in answers else None if None in answers else True
    some = True if True in answers else None if None in answers else False
    assert answer({"all": listed}, facts) is every
    assert answer({"any": listed}, facts) is some


@given(answers=st.lists(TRUTH, min_size=1, max_size=3))
def test_de_morgan(answers):
    listed, facts = parts(answers)
    opposite = [{"not": one} for one in listed]
    assert answer({"not": {"all": listed}}, facts) is answer({"any": opposite}, facts)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"fact": "partcipants", "op": "is", "value": 6}, "fact"),
        ({"fact": "participants", "op": "atleast", "value": 6}, "op"),
        ({"fact": "participants", "op": "at-least", "value": "six"}, "value"),
        ({"fact": "participants", "op": "at-least", "value": True}, "value"),
        ({"fact": "participants", "op": "at-least", "constant": "limt"}, "constant"),
        ({"fact": "participants", "op": "at-least", "constant": "limit"}, "constant"),
        ({"fact": "participants", "op": "one-of", "value": ["6"]}, "value"),
        ({"fact": "service", "op": "at-least", "value": "it"}, "op"),
        ({"fact": "depth", "op": "is", "value": "shared-taks"}, "value"),
        ({"fact": "participants", "op": "at-least"}, "value"),
        ({"fact": "participants", "op": "is", "value": 6, "unit": "x"}, "unit"),
        ({"all": []}, "all"),
        ({"all": [{"fact": "nobody", "op": "is", "value": 1}]}, "all[0].fact"),
        ({}, "fact"),
    ],
)
def test_wrong_condition_is_named(values, place):
    with pytest.raises(DataError) as caught:
        condition(values, limit=constant("2026-01-01"))
    assert str(caught.value).startswith(f"{place}:")


def test_slip_is_told_with_what_was_meant():
    with pytest.raises(DataError) as caught:
        condition({"fact": "partcipants", "op": "is", "value": 6})
    assert caught.value.nearest[0] == "participants"


def test_nesting_has_an_end():
    values = SIX
    for _ in range(50):
        values = {"not": values}
    with pytest.raises(DataError, match="nested too deeply"):
        condition(values)
