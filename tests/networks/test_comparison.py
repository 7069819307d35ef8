"""Groups side by side say what each group says alone."""

import datetime
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.errors import InvalidValueError, UnknownUnitError
from geoplan.networks import Intentions, Scenario, ShareKey, check_network, compare_networks

TODAY = datetime.date(2026, 11, 22)
GROUPS = st.lists(
    st.lists(st.sampled_from([f"m{number}" for number in range(18) if number != 9]), min_size=1, unique=True,
             max_size=7),
    min_size=2, max_size=4,
)  # fmt: skip


def scenarios(*groups, service="building-yard", **options):
    return [
        Scenario(name=f"G{number}", members=tuple(group), service=service, **options)
        for number, group in enumerate(groups)
    ]


@pytest.mark.property
@given(groups=GROUPS, service=st.sampled_from(["building-yard", "climate-network", "heat-planning"]))
def test_a_column_is_the_group_alone(squares, groups, service):
    found = compare_networks(squares, scenarios(*groups, service=service), on=TODAY)
    answer = found.to_dict("en")
    json.dumps(answer, allow_nan=False)
    for place, group in enumerate(groups):
        alone = check_network(squares, group, service=service, on=TODAY)
        assert found.networks[place] == alone
        column = {row["key"]: row["values"][place] for row in answer["figures"]}
        assert column["score"] == alone.score if "score" in column else alone.score is None
        checks = {row["rule"]: row["values"][place] for row in answer["checks"]}
        assert {rule: status for rule, status in checks.items() if status} == {
            one.rule: one.status for one in alone.checks
        }
        contributions = [row["values"][place] or 0 for row in answer["contributions"]]
        assert sum(contributions) == pytest.approx(alone.score or 0, abs=1e-9)
        for ends, total in (
            ("share_low_eur", alone.cost.total.low),
            ("share_high_eur", alone.cost.total.high),
        ):
            shares = [row[ends][place] for row in answer["members"] if row["values"][place]]
            assert sum(round(100 * share) for share in shares) == 100 * total
        inside = {row["id"] for row in answer["members"] if row["values"][place]}
        assert inside == set(group) == set(answer["scenarios"][place]["members"])
    assert set(answer["in_all"]) == set.intersection(*map(set, groups))


def test_who_is_where(squares):
    answer = compare_networks(squares, scenarios(["m0", "m1"], ["m1", "m2"], ["m1"]), on=TODAY).to_dict("de")
    assert answer["in_all"] == ["m1"]
    assert [one["only_here"] for one in answer["scenarios"]] == [["m0"], ["m2"], []]
    assert [row["id"] for row in answer["members"]] == ["m1", "m0", "m2"]


def test_where_they_differ_is_marked(squares):
    same = compare_networks(squares, scenarios(["m0", "m1"], ["m1", "m0"]), on=TODAY).to_dict("en")
    for rows in ("members", "figures", "contributions", "checks", "legal_forms"):
        assert same[rows]
        assert not any(row["differs"] for row in same[rows])
    split = compare_networks(squares, scenarios(["m0", "m1"], ["m0", "m5"]), on=TODAY).to_dict("en")
    differing = {row["rule"]: row["values"] for row in split["checks"] if row["differs"]}
    assert differing["contiguity"] == ["met", "missed"]
    assert [one["contiguous"] for one in split["scenarios"]] == [True, False]


def test_each_group_has_its_own_service_and_intentions(squares):
    one, other = scenarios(["m0", "m1"], ["m0", "m1"])
    other = Scenario(
        name="B", members=other.members, service="it", intentions=Intentions(key=ShareKey.POPULATION)
    )
    answer = compare_networks(squares, [one, other], on=TODAY).to_dict("en")
    assert [one["service"] for one in answer["scenarios"]] == ["building-yard", "it"]
    shares = answer["members"][0]["share_low_eur"]
    assert shares[0] != shares[1]
    asked_once = [row for row in answer["checks"] if None in row["values"]]
    assert all(row["differs"] for row in asked_once)


@pytest.mark.parametrize(
    ("names", "told"),
    [(["A"], "1"), (["A", "B", "C", "D", "E"], "5"), (["A", "A"], "“A”"), (["A", " "], "name"),
     (["A", "x" * 81], "80"), (["A", "a\nb"], "name"), ([], "0")],
)  # fmt: skip
def test_what_cannot_be_compared(squares, names, told):
    groups = [Scenario(name=name, members=("m0", "m1"), service="it") for name in names]
    with pytest.raises(InvalidValueError) as error:
        compare_networks(squares, groups)
    assert told in str(error.value)


def test_a_wrong_member_is_named(squares):
    with pytest.raises(UnknownUnitError, match="m99"):
        compare_networks(squares, scenarios(["m0"], ["m0", "m99"]))
