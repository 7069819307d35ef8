"""Rules asked with made-up facts."""

import datetime

import pytest

from geoplan.evidence import Mark
from geoplan.rules import Fact, evaluate, load_packs

TODAY = datetime.date(2026, 11, 22)


def facts_with(mark: Mark = Mark.VERIFIED, **values):
    return {name: Fact(value=value, mark=mark) for name, value in values.items()}


@pytest.fixture
def ask():
    """Ask one pack; the answer is the status of each rule, and the check behind it."""

    def ask(pack, on=TODAY, *, mark=Mark.VERIFIED, **values):
        checks = evaluate(facts_with(mark, **values), on, packs=[load_packs()[pack]])
        return {check.rule.partition(".")[2]: check for check in checks}

    return ask


@pytest.fixture
def status(ask):
    def status(pack, rule, on=TODAY, **values):
        check = ask(pack, on, **values).get(rule)
        return None if check is None else check.status.value

    return status
