"""What is missing at a stage."""

import tomllib
from dataclasses import replace
from importlib import resources
from itertools import pairwise

import pytest

from geoplan.errors import DataError
from geoplan.evidence import Table
from geoplan.plans import Plan, PlanState, checklist
from geoplan.plans.checklist import CHECKS, parse_factors


def missing(plan):
    return {item.factor.key for item in checklist(plan) if item.missing}


def test_all_checks_are_in_the_file_with_a_source(full):
    items = checklist(full)
    assert {item.factor.key for item in items} == set(CHECKS)
    for item in items:
        for lang in ("de", "en"):
            said = item.to_dict(lang)
            assert said["label"] and said["hint"] and said["source"]


def test_more_is_asked_stage_by_stage():
    plan = Plan(id="a", title="Netz")
    assert missing(plan) == {"service"}
    stages = [state for state in PlanState if state is not PlanState.ENDED]
    asked = [missing(replace(plan, state=state)) for state in stages]
    assert all(before < after for before, after in pairwise(asked))
    assert asked[-1] == set(CHECKS)
    assert missing(replace(plan, state=PlanState.ENDED)) == set()


def test_what_is_there_is_not_missing(full):
    assert missing(replace(full, state=PlanState.FOUNDED)) == {"contract"}
    assert missing(replace(full, state=PlanState.EVALUATED)) == {"contract", "report"}


def test_an_unknown_factor_is_told():
    text = (resources.files("geoplan.plans") / "checklist.toml").read_text(encoding="utf-8")
    with pytest.raises(DataError, match="serv1ce"):
        parse_factors(Table(tomllib.loads(text.replace("[factors.service]", "[factors.serv1ce]"))))
