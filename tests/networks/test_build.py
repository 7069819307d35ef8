"""Building networks: the conditions are kept, what cannot be is told, the answer is the contract's."""

import datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import geoplan
from geoplan import InvalidValueError, UnknownChoiceError, UnknownUnitError, build_network
from geoplan.networks.contiguity import passable_neighbours, pieces
from geoplan.networks.fit import group_score, pair_fits
from geoplan.services import find_service

DAY = datetime.date(2026, 11, 22)


def build(atlas, *seeds, service="business-park", **conditions):
    conditions.setdefault("time_limit", None)
    return build_network(atlas, seeds, service=service, on=DAY, **conditions)


def ids(network):
    return [unit.id for unit in network.members]


def test_score_is_half_of_all_and_half_of_who_asked_and_that_of_the_check(squares):
    found = build(squares, "m1", min_members=4, max_members=5)
    network = found.networks[0]
    rows = np.array([squares.units.row(unit.id) for unit in network.members])
    fits = pair_fits(squares, rows, find_service("business-park"))
    fit = dict(zip(ids(network), fits.sum(axis=1) / (len(rows) - 1), strict=True))
    assert found.member_fits[0] == pytest.approx(fit)
    score = np.mean(list(fit.values())) / 2 + fit["m1"] / 2
    assert network.score == pytest.approx(score)
    assert sum(part.contribution for part in network.contributions) == pytest.approx(score)
    checked = geoplan.check_network(squares, ids(network), service="business-park", on=DAY, seeds=["m1"])
    assert checked == network


def test_changed_weights_decide_and_are_those_of_the_check(squares):
    weights = {"closeness": 0.0, "size_parity": 50.0}
    found = build(squares, "m1", min_members=3, max_members=4, weights=weights)
    usual = build(squares, "m1", min_members=3, max_members=4)
    assert ids(found.networks[0]) != ids(usual.networks[0])
    (network,) = found.networks
    checked = geoplan.check_network(
        squares, ids(network), service="business-park", on=DAY, seeds=["m1"], weights=weights
    )
    assert checked == network
    score = np.mean(list(found.member_fits[0].values())) / 2 + found.member_fits[0]["m1"] / 2
    assert network.score == pytest.approx(score)
    with pytest.raises(UnknownChoiceError, match="closenes"):
        build(squares, "m1", weights={"closenes": 1.0})


def test_score_without_who_asked_is_the_mean_over_the_pairs(squares):
    rows = np.array([squares.units.row(one) for one in ("m0", "m1", "m7")])
    fits = pair_fits(squares, rows, find_service("it"))
    mean = fits[np.triu_indices(3, 1)].mean()
    assert group_score(fits) == pytest.approx(mean)
    assert group_score(fits, np.ones(3, dtype=bool)) == pytest.approx(mean)
    assert group_score(fits[:1, :1]) is None
    checked = geoplan.check_network(squares, ["m0", "m1", "m7"], service="it", on=DAY)
    assert checked.score == pytest.approx(mean)
    with pytest.raises(InvalidValueError, match="Ort m2"):
        geoplan.check_network(squares, ["m0", "m1"], service="it", on=DAY, seeds=["m2"])


def test_best_group_is_the_best_of_all_groups(squares):
    found = build(squares, "m1", min_members=3, max_members=4)
    rows = squares.units.rows_of(geoplan.Level.MUNICIPALITY)
    fits = pair_fits(squares, rows, find_service("business-park"))
    neighbours = passable_neighbours(squares, rows)
    best = 0.0
    for mask in range(1, 1 << len(rows)):
        group = [place for place in range(len(rows)) if mask >> place & 1]
        if 3 <= len(group) <= 4 and mask & 2 and len(pieces(neighbours, group)) == 1:
            asked = rows[group] == squares.units.row("m1")
            best = max(best, group_score(fits[np.ix_(group, group)], asked))
    assert found.status == "optimal"
    assert found.gap == 0
    assert found.networks[0].score == pytest.approx(best)


def test_include_exclude_and_within(squares):
    found = build(
        squares, "m0", include=["m13"], exclude=["m6"], within="state", min_members=4, max_members=4
    )
    members = ids(found.networks[0])
    assert {"m0", "m13"} <= set(members)
    assert "m6" not in members
    assert {unit.state for unit in found.networks[0].members} == {"05"}


def test_unincorporated_area_connects_but_is_no_member(squares):
    found = build(squares, "m8", include=["m10"], min_members=2, max_members=2)
    assert ids(found.networks[0]) == ["m10", "m8"]
    assert found.networks[0].contiguous


def test_associations_stay_whole(squares):
    found = build(squares, "m0", whole_associations=True, min_members=3, max_members=3)
    assert {"m0", "m6"} <= set(ids(found.networks[0]))


def test_population_bounds_leave_out_who_is_not_known(squares):
    found = build(squares, "m8", population=(20_000, 25_000), min_members=2, max_members=4)
    for network in found.networks:
        assert 20_000 <= network.population <= 25_000


def test_number_of_counties(squares):
    found = build(squares, "m1", min_members=6, max_members=6, max_counties=1)
    assert len(found.networks[0].counties) == 1


def test_contiguity_by_service_or_as_asked(squares):
    conditions = {"include": ["m5"], "min_members": 2, "max_members": 2}
    assert not build(squares, "m0", service="it", **conditions).networks[0].contiguous
    with pytest.raises(InvalidValueError, match="connect"):
        build(squares, "m0", service="it", contiguity=True, **conditions)
    assert build(squares, "m0", contiguity=False, **conditions).contiguous is False


def test_usual_size_of_the_service(squares):
    service = find_service("heat-planning")
    found = build(squares, "m0", service="heat-planning")
    sizes = [len(variant.members) for variant in found.by_size]
    assert sizes == list(range(service.partners_min, service.partners_max + 1))


def test_alternatives_differ_and_come_by_score(squares):
    found = build(squares, "m1", alternatives=3, min_members=5, max_members=5)
    groups = [set(ids(network)) for network in found.networks]
    assert len(groups) == 3
    assert found.alternatives == found.networks[1:]
    for one, other in ((0, 1), (0, 2), (1, 2)):
        both = len(groups[one] & groups[other]) / len(groups[one] | groups[other])
        assert len(groups[one] - groups[other]) >= 2 or both <= 0.7
    scores = [network.score for network in found.networks]
    assert scores == sorted(scores, reverse=True)


def test_pareto_set_is_not_beaten_and_begins_with_the_best(squares):
    found = build(squares, "m1", min_members=3, max_members=5)
    worth = [
        (one.score, one.compactness or 0.0, one.population_balance or 0.0) for one in found.pareto
    ]  # fmt: skip
    assert found.pareto[0].score == pytest.approx(found.networks[0].score)
    for one in worth:
        assert not any(other != one and all(np.array(other) >= one) for other in worth)


def test_answer_of_the_contract(squares):
    answer = build(squares, "m1", min_members=3, max_members=3, alternatives=2).to_dict("de")
    assert answer["optimality"]["status"] == "optimal"
    assert answer["optimality"]["gap"] == 0
    fields = "members score population area_km2 contiguous components compactness counties states checks"
    assert {*fields.split(), "legal_forms", "cost", "contributions"} <= answer["networks"][0].keys()
    assert answer["data"]["dataset"] == "squares"


@pytest.mark.property
@given(st.data())
def test_laws(squares, data):
    municipalities = [f"m{number}" for number in range(18) if number != 9]
    named = data.draw(st.lists(st.sampled_from(municipalities), min_size=1, max_size=3, unique=True))
    excluded = data.draw(
        st.lists(st.sampled_from([one for one in municipalities if one not in named]), max_size=4)
    )
    low = data.draw(st.integers(2, 5))
    conditions = {"min_members": low, "max_members": low + data.draw(st.integers(0, 2)), "exclude": excluded}
    contiguity = data.draw(st.booleans())

    def asked(seeds):
        return build(squares, *seeds, contiguity=contiguity, **conditions)

    try:
        found = asked(named)
    except InvalidValueError:
        with pytest.raises(InvalidValueError):
            asked(named[::-1])
        return
    (network,) = found.networks
    assert set(named) <= set(ids(network))
    assert not set(excluded) & set(ids(network))
    assert low <= len(network.members) <= conditions["max_members"]
    assert network.contiguous or not contiguity
    assert asked(named[::-1]) == found


@pytest.mark.parametrize(
    ("conditions", "named"),
    [
        ({"min_members": 5, "max_members": 3}, "5"),
        ({"min_members": 1}, "1"),
        ({"max_members": 1000}, "1000"),
        ({"population": (9000, 5000)}, "9,000"),
        ({"population": (-1, None)}, "-1"),
        ({"population": (None, float("nan"))}, "nan"),
        ({"max_counties": 0}, "0"),
        ({"alternatives": 0}, "0"),
        ({"candidates": 1}, "1"),
        ({"time_limit": 0}, "0"),
        ({"include": ["m5"], "exclude": ["m5"]}, "Ort m5"),
        ({"exclude": ["m0"]}, "Ort m0"),
        ({"include": ["m9"]}, "Ort m9"),
        ({"include": ["06c"]}, "Ort 06c"),
        ({"type": "vertical"}, "Ort m0"),
        ({"include": ["m1", "m2", "m3"], "max_members": 3, "min_members": 2}, "4"),
        ({"include": ["m5"], "within": "state"}, "Ort m5"),
        ({"include": ["m5"], "max_counties": 1}, "2 counties"),
        ({"population": (None, 500)}, "500"),
    ],
)
def test_wrong_conditions_are_named(squares, conditions, named):
    with pytest.raises(InvalidValueError) as caught:
        build(squares, "m0", **conditions)
    assert named in caught.value.text("en")


def test_wrong_words_are_named(squares):
    with pytest.raises(UnknownUnitError, match="m77"):
        build(squares, "m77")
    with pytest.raises(UnknownChoiceError, match="sewerage"):
        build(squares, "m0", service="sewerage")
    with pytest.raises(UnknownChoiceError) as caught:
        build(squares, "m0", within="village")
    assert caught.value.nearest == ("county", "state")
    with pytest.raises(UnknownChoiceError, match="maybe"):
        build(squares, "m0", contiguity="maybe")
    with pytest.raises(UnknownChoiceError, match="diagonal"):
        build(squares, "m0", type="diagonal")
    with pytest.raises(InvalidValueError, match="at least one"):
        build(squares)


@pytest.mark.parametrize(
    ("conditions", "reason", "nearest"),
    [
        ({"within": "county", "min_members": 8, "max_members": 9}, "only 6", ("6",)),
        ({"exclude": ["m1", "m6"], "min_members": 2, "max_members": 4}, "only 1", ("1",)),
        ({"include": ["m5"], "min_members": 2, "max_members": 4}, "6 members to connect", ("6",)),
        ({"exclude": ["m2", "m8", "m14"], "include": ["m5"]}, "no chain", ()),
        (
            {"population": (4_000_000, None), "min_members": 2, "max_members": 3},
            "number of inhabitants", None,
        ),
        (
            {"min_members": 8, "max_members": 9, "max_counties": 1},
            "number of counties", ("2",),
        ),
        ({"whole_associations": True, "exclude": ["m6"]}, "leave out: Ort m6", ()),
    ],
)  # fmt: skip
def test_impossible_conditions_are_explained(squares, conditions, reason, nearest):
    with pytest.raises(InvalidValueError) as caught:
        build(squares, "m0", **conditions)
    assert reason in caught.value.text("en")
    if nearest is not None:
        assert caught.value.nearest == nearest


def test_time_limit_is_told(atlas):
    found = build(atlas, "05570044", service="climate-network", time_limit=1e-6)
    assert found.status == "heuristic"
    assert found.networks == () or found.gap > 0
    assert found.to_dict("de")["optimality"]["status"] == "heuristic"


def test_names_and_ids_in_any_order(atlas):
    one = build(atlas, "Telgte", service="heat-planning", include=["05570052", "Ostbevern"])
    other = build(atlas, "Telgte", service="heat-planning", include=["Ostbevern", "Warendorf", "Telgte"])
    assert one == other


def test_counties_build_networks_too(atlas):
    found = build(atlas, "05166", service="waste", min_members=3, max_members=4)
    assert {unit.level for unit in found.networks[0].members} == {geoplan.Level.COUNTY}


def test_islands_reach_the_mainland_by_ferry_and_exclaves_their_neighbours(atlas):
    found = build(atlas, "Norderney", service="land-use-plan", min_members=3, max_members=3)
    assert "03452019" in ids(found.networks[0])
    assert found.networks[0].contiguous
    found = build(atlas, "08335015", service="business-park", min_members=3, max_members=3)
    assert "08335026" in ids(found.networks[0])


@pytest.mark.benchmark
@pytest.mark.parametrize("service", ["climate-network", "mobility-concept", "land-use-plan"])
def test_six_to_twelve_of_forty_on_real_data_is_proven_in_three_seconds(atlas, service):
    for size in range(6, 13):
        found = build(
            atlas,
            "05570044",
            service=service,
            min_members=size,
            max_members=12,
            candidates=40,
            time_limit=3.0,
        )
        assert found.candidates >= 40
        assert found.status == "optimal"


def test_association_that_is_too_large_is_told(atlas):
    with pytest.raises(InvalidValueError) as caught:
        build(atlas, "07337501", service="heat-planning", whole_associations=True)
    assert "kept whole and has" in caught.value.text("en")
    assert int(caught.value.nearest[0]) > 6
