"""What the planner states decides rules, and every answer that rests on it says so."""

import datetime

import pytest

from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.networks import Intentions, check_network
from geoplan.networks.intentions import COMPUTED, statable_facts, with_facts
from geoplan.rules import FACTS
from geoplan.rules.facts import PER_CENT
from geoplan.rules.stated import asked_facts, bounds_of, facts_asked_by, read_facts

TODAY = datetime.date(2026, 11, 22)
MEMBERS = ["m0", "m1", "m6"]


def checks(squares, service, **facts):
    intentions = with_facts(Intentions(), facts)
    network = check_network(squares, MEMBERS, service=service, on=TODAY, intentions=intentions)
    return {one.rule: one for one in network.checks}


def test_every_fact_is_computed_or_can_be_stated():
    assert set(statable_facts()).isdisjoint(COMPUTED)
    assert set(statable_facts()) | set(COMPUTED) == asked_facts() | set(COMPUTED) == set(FACTS)


def test_every_fact_that_can_be_stated_is_asked_for_in_words():
    for name in statable_facts():
        question = FACTS[name].question
        assert question.text("de").endswith("?"), name
        assert (FACTS[name].unit is not None) == (FACTS[name].kind == "number"), name
        assert (FACTS[name].unit is PER_CENT) == (bounds_of(name)[1] == 1), name
    assert all(FACTS[name].question is None for name in COMPUTED if name in FACTS)


def test_a_check_says_which_facts_it_asks_for(squares):
    told = checks(squares, "heat-planning")
    assert facts_asked_by(told["heat-planning.convoy-allowed"]) == {"land_allows_convoy", "participants"}
    assert facts_asked_by(told["contiguity"]) == frozenset()


def test_what_is_stated_decides_and_is_said(squares):
    open_ones = checks(squares, "heat-planning")
    before = {rule for rule, one in open_ones.items() if one.status == "unclear"}
    told = checks(squares, "heat-planning", land_allows_convoy=True, heat_plan=False)
    decided = [one for rule, one in told.items() if rule in before and one.status != "unclear"]
    assert decided
    for one in decided:
        assert set(one.stated) & {"land_allows_convoy", "heat_plan"}
        assert "As stated by the partners: " in one.text.text("en")
        assert one.mark != "V"
        assert one.to_dict("de")["stated"] == list(one.stated)
    assert not any(one.stated for one in open_ones.values())


def test_an_answer_that_rests_on_no_statement_says_none(squares):
    told = checks(squares, "climate-network", duration_months=36.0)
    duration = told["nki-networks.duration"]
    assert duration.stated == ("duration_months",)
    assert duration.text.text("en").endswith(": 36.")
    others = [one for one in told.values() if "duration_months" not in one.stated]
    assert not any("stated by the partners" in one.text.text("en") for one in others)


@pytest.mark.parametrize(
    ("texts", "told"),
    [
        (["heat_plan"], "heat_plan"),
        (["heat_plan="], "heat_plan="),
        (["=yes"], "=yes"),
        (["heat_plan=yes", "heat_plan=no"], "heat_plan"),
        (["heat_plan=perhaps"], "perhaps"),
        (["heat_plan=1"], "1"),
        (["heatplan=yes"], "heat_plan"),
        (["participants=7"], "participants"),
        (["duration_months=long"], "long"),
        (["duration_months=nan"], "nan"),
        (["duration_months=inf"], "inf"),
        (["turnover_eur=-1"], "-1"),
        (["saving_share=15"], "15"),
        (["turnover_eur=1e10"], "10000000000"),
    ],
)
def test_what_cannot_be_stated_is_named(texts, told):
    with pytest.raises((InvalidValueError, UnknownChoiceError)) as error:
        with_facts(Intentions(), read_facts(texts))
    assert told in f"{error.value} {error.value.nearest}"
    error.value.text("de").encode()


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("heat_plan=ja", True),
        ("heat_plan = No", False),
        ("saving_share=0,15", 0.15),
        ("turnover_eur=22000", 22000),
    ],
)
def test_facts_are_read(text, value):
    ((key, found),) = read_facts([text]).items()
    assert key == text.split("=")[0].strip()
    assert found == value


def test_a_fact_with_a_field_of_its_own_is_said_once():
    assert with_facts(Intentions(), {"duration_months": 36}).duration_months == 36
    with pytest.raises(InvalidValueError, match="twice"):
        with_facts(Intentions(duration_months=12), {"duration_months": 36})
