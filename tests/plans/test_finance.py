"""Money is exact to the cent: as given, as kept, as added up."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.errors import InvalidValueError
from geoplan.plans import read_plan
from geoplan.plans.finance import finance_totals
from geoplan.plans.versions import stored, written

LARGEST_CENTS = 10**14
CENTS = st.none() | st.integers(-LARGEST_CENTS, LARGEST_CENTS)
YEARS = st.lists(st.tuples(CENTS, CENTS, CENTS), max_size=12)
PARTS = ("cost_eur", "grant_eur", "own_eur")


def euro(cents: int | None) -> float | None:
    """As a program writes an amount into JSON."""
    return (
        None if cents is None else json.loads(f"{'-' * (cents < 0)}{abs(cents) // 100}.{abs(cents) % 100:02}")
    )


def plan_of(*amounts):
    finance = [
        {"year": 2000 + place, **dict(zip(PARTS, row, strict=True))} for place, row in enumerate(amounts)
    ]
    return read_plan({"title": "x", "finance": finance}, plan_id="a")


@pytest.mark.property
@given(years=YEARS)
def test_amounts_stay_as_they_are_and_add_up(years):
    plan = plan_of(*(tuple(map(euro, row)) for row in years))
    kept = stored(("a", 1, "2026-01-01T00:00:00+00:00", "x", "edit", written(plan)), deleted=False).plan
    assert kept == plan
    assert written(kept) == written(plan)
    for year, row in zip(kept.finance, years, strict=True):
        assert [None if one is None else 100 * one for one in
                (year.cost_eur, year.grant_eur, year.own_eur)] == list(row)  # fmt: skip
    totals = finance_totals(kept)
    for place, name in enumerate(PARTS):
        column = [row[place] for row in years]
        whole = None if not column or None in column else sum(column)
        found = getattr(totals, name)
        assert found == (None if whole is None else Decimal(whole) / 100)


def test_a_hundred_times_ten_cents_are_ten_euro():
    totals = finance_totals(plan_of(*[(0.1, 0.0, 0.1)] * 100))
    assert (totals.cost_eur, totals.own_eur, totals.open_eur) == (10, 10, 0)
    assert totals.to_dict()["cost_eur"] == 10.0
    assert len(totals.years) == 100


def test_what_a_year_does_not_say_is_unknown():
    totals = finance_totals(plan_of((100, 50, 25.5), (100, None, 25)))
    assert (totals.cost_eur, totals.grant_eur, totals.own_eur) == (200, None, Decimal("50.50"))
    assert totals.open_eur is None
    assert finance_totals(plan_of()).cost_eur is None
    assert finance_totals(plan_of((100, 50, 60))).open_eur == -10


@pytest.mark.parametrize(
    "value", [0.001, 0.1 + 0.2, 1e-300, 1.005, float("nan"), float("inf"), -float("inf"), 1e12 + 0.01, 1e13,
              10**400, "10", True, [1]],
)  # fmt: skip
def test_what_is_no_amount_is_named(value):
    with pytest.raises(InvalidValueError, match=r"finance\[0\]\.grant_eur") as told:
        plan_of((1, value, 1))
    assert str(value)[:20] in str(told.value)
    told.value.text("de").encode()


@pytest.mark.parametrize("value", [0, -0.0, 5, 0.01, 0.1, 1e12, -1e12, 999999999999.99, 1.1e1])
def test_amounts_of_any_writing(value):
    plan = plan_of((value, None, None))
    assert plan.finance[0].cost_eur == Decimal(str(value))
    assert plan.finance[0].cost_eur.as_tuple().exponent == -2
    assert str(plan.finance[0].cost_eur) != "-0.00"
