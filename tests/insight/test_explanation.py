"""Explanations on the grid: what they promise is tried by asking again."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan import Level, suggest
from geoplan.errors import InvalidValueError, UnknownUnitError
from geoplan.insight import Stability, explain
from geoplan.insight.counterfactual import VALUE, WEIGHT
from geoplan.insight.scoreboard import FIRST
from geoplan.services.register import Cooperation, CooperationRegister

MUNICIPALITIES = [f"m{number:02d}" for number in range(32) if number != 12]
pairs = st.lists(st.sampled_from(MUNICIPALITIES), min_size=2, max_size=2, unique=True)
kinds = st.sampled_from(["horizontal-rural", "horizontal", "any"])


def rank_of(answer, unit_id):
    ids = [one.unit.id for one in answer.suggestions]
    return ids.index(unit_id) + 1 if unit_id in ids else None


@pytest.mark.property
@given(pairs, kinds, st.sampled_from([None, "heat-planning"]))
def test_ranks_and_mutuality_are_those_of_the_lists(grid, pair, kind, service):
    unit, other = pair
    answer = explain(grid, unit, other, type=kind, service=service)
    own = suggest(grid, unit, type=kind, service=service, limit=1000)
    theirs = suggest(grid, other, type=kind, service=service, limit=1000)
    assert answer.rank == rank_of(own, other)
    assert answer.among == len(own.suggestions)
    assert answer.mutuality.rank == rank_of(theirs, unit)
    assert answer.suggestion == own.suggestions[answer.rank - 1]
    assert 0 <= answer.stability.share <= 1


def test_where_a_type_has_no_candidates_none_is_named(grid):
    assert suggest(grid, "m00", type="horizontal-metropolitan").suggestions == ()
    with pytest.raises(InvalidValueError, match="cannot be a partner") as refused:
        explain(grid, "m00", "m01", type="horizontal-metropolitan")
    assert refused.value.nearest == ()


@pytest.mark.property
@given(pairs, st.lists(st.sampled_from(MUNICIPALITIES), max_size=2))
def test_a_changed_weight_lifts_into_the_first_five(grid, pair, partners):
    unit, other = pair
    partners = [one for one in partners if one not in pair]
    asked = {"partners": partners, "type": "horizontal-rural"}
    answer = explain(grid, unit, other, **asked)
    for change in answer.counterfactuals:
        if change.kind == WEIGHT:
            again = suggest(grid, unit, **asked, weights={change.about: change.needed}, limit=FIRST)
            assert rank_of(again, other) == change.rank


@pytest.mark.property
@given(pairs)
def test_changes_are_sorted_feasible_and_only_for_who_is_not_first(grid, pair):
    answer = explain(grid, *pair, type="horizontal-rural")
    changes = [change.change for change in answer.counterfactuals]
    assert changes == sorted(changes)
    assert all(change.rank <= FIRST and 0 < change.change <= 1 for change in answer.counterfactuals)
    assert all(change.needed != change.current for change in answer.counterfactuals)
    assert not (answer.rank <= FIRST and changes)
    assert (answer.way_up is None) == (answer.rank <= FIRST)


def test_another_population_lifts_into_the_first_five(grid):
    """The promise is kept by a world in which the candidate really has that population."""
    weights = {"capacity": 8.0}
    tried = 0
    for other in MUNICIPALITIES:
        if other == "m05":
            continue
        answer = explain(grid, "m05", other, type="horizontal-rural", weights=weights)
        for change in answer.counterfactuals:
            if change.kind == VALUE and change.about == "population":
                population = grid.units.population.copy()
                population[grid.row(other)] = change.needed
                units = dataclasses.replace(grid.units, population=population)
                world = dataclasses.replace(grid, units=units)
                again = suggest(world, "m05", type="horizontal-rural", weights=weights, limit=FIRST)
                assert rank_of(again, other) == change.rank
                tried += 1
    assert tried


def test_a_smaller_distance_is_no_smaller_than_the_nearest_has_it(grid):
    for other in ("m06", "m07", "m20", "m25", "m28"):
        for change in explain(grid, "m01", other, type="horizontal-rural").counterfactuals:
            if change.about == "closeness" and change.kind == VALUE:
                assert 5.0 <= change.needed < change.current


def test_one_cooperation_more_can_lift(grid):
    """m05 works with five others already; a cooperation would lift one who has none with it."""
    others = ["m20", "m21", "m22", "m23", "m28"]
    register = CooperationRegister(
        cooperations=tuple(
            Cooperation(
                id=f"k{number}", name=f"Verband {number}", type="horizontal-rural", service=None,
                legal_form=None, members=("m05", *others), complete=True, source="made up",
            )
            for number in range(3)
        )
    )  # fmt: skip
    atlas = grid.with_register(register)
    answer = explain(atlas, "m05", "m04", type="horizontal-rural", weights={"prior_cooperation": 30.0})
    lifting = [one for one in answer.counterfactuals if (one.kind, one.about) == (VALUE, "prior_cooperation")]
    assert lifting
    assert lifting[0].current == 0
    assert float(lifting[0].needed).is_integer()


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (1.0, "bleibt bei 1.000 veränderten Gewichtungen immer unter den ersten fünf"),
        (0.999, "ist bei 1.000 veränderten Gewichtungen fast immer unter den ersten fünf"),
        (0.62, "ist bei 62\u00a0% von 1.000 veränderten Gewichtungen unter den ersten fünf"),
        (0.001, "ist bei 1.000 veränderten Gewichtungen fast nie unter den ersten fünf"),
        (0.0, "ist bei 1.000 veränderten Gewichtungen nie unter den ersten fünf"),
    ],
)
def test_how_sure_a_place_is_in_german(share, said):
    assert FIRST == 5
    assert Stability(share=share, draws=1000).text.text("de") == said


def test_what_speaks_against_is_sorted_and_told_with_numbers(grid):
    answer = explain(grid, "m00", "m07", type="horizontal-rural")
    lost = [one.lost for one in answer.drawbacks if one.criterion]
    assert lost == sorted(lost, reverse=True)
    assert lost[0] > 0
    assert "35.0 km" in " ".join(one.text.text("en") for one in answer.drawbacks)
    assert any("treaty" in one.text.text("en") for one in answer.drawbacks if one.criterion is None)


def test_missing_data_are_told_with_a_remedy(grid):
    gaps = explain(grid, "m30", "m31", type="horizontal-rural").missing
    told = {key for gap in gaps for key in gap.criteria}
    assert "capacity" in told
    assert "prior_cooperation" in told
    assert all("geoplan data" in gap.remedy.text("en") for gap in gaps)


def test_estimates_are_told(grid):
    gaps = explain(grid, "m09", "m10", type="urban-rural").missing
    assert any(gap.estimated and "centre_pull" in gap.criteria for gap in gaps)


def test_far_away_units_are_explained_too(atlas):
    """No list reaches from Telgte to Passau, but a planner may ask."""
    answer = explain(atlas, "05570044", "09262000", type="horizontal-rural")
    assert answer.rank > 100
    assert answer.mutuality.rank is None


def test_who_cannot_be_a_partner_is_told(grid):
    with pytest.raises(InvalidValueError, match="on board"):
        explain(grid, "m00", "m00")
    with pytest.raises(InvalidValueError, match="on board"):
        explain(grid, "m00", "m01", partners=["m01"])
    with pytest.raises(InvalidValueError, match="cannot be a partner"):
        explain(grid, "m00", "c3", type="horizontal-rural")
    with pytest.raises(UnknownUnitError):
        explain(grid, "m00", "nowhere")


def test_associations_can_stand_for_their_members(grid):
    answer = explain(grid, "m00", "m05", as_level="association", type="horizontal-rural")
    assert (answer.unit.id, answer.suggestion.unit.id) == ("a0", "a2")
    assert answer.unit.level == Level.ASSOCIATION


def test_it_is_written_without_nan(grid):
    said = explain(grid, "m00", "m31", partners=["m08"]).to_dict("de")
    assert {"rank", "stability", "mutuality", "counterfactuals", "against", "missing_data", "data"} <= set(
        said
    )

    def numbers(value):
        if isinstance(value, dict):
            return [number for one in value.values() for number in numbers(one)]
        if isinstance(value, list):
            return [number for one in value for number in numbers(one)]
        return [value] if isinstance(value, float) else []

    assert not np.isnan(numbers(said)).any()


@pytest.mark.property
@given(pairs, kinds)
def test_rivals_are_the_next_in_the_list_and_their_differences_add_up(grid, pair, kind):
    unit, other = pair
    answer = explain(grid, unit, other, type=kind)
    listed = suggest(grid, unit, type=kind, limit=1000).suggestions
    own = listed[answer.rank - 1]
    assert [one.ahead for one in answer.rivals] == [True] * (answer.rank > 1) + [False] * (
        answer.rank < answer.among
    )
    for rival in answer.rivals:
        stands = listed[rival.rank - 1]
        assert (rival.unit.id, rival.score) == (stands.unit.id, stands.score)
        assert rival.ahead == (rival.rank < answer.rank)
        assert rival.gap == pytest.approx(sum(one.amount for one in rival.differences))
        assert rival.gap <= 0 if rival.ahead else rival.gap >= 0
        between = listed[min(rival.rank, answer.rank) : max(rival.rank, answer.rank) - 1]
        assert rival.between == len(between)
        assert rival.same_criteria == ((stands.type, stands.role) == (own.type, own.role))
        assert all((one.type, one.role) != (own.type, own.role) for one in between)
        assert rival.same_criteria or not between


def test_a_county_and_its_town_are_told_apart_in_their_lists(atlas):
    county = explain(atlas, "Telgte", "05570", service="heat-planning")
    assert "Liste von Kreis Warendorf " in county.mutuality.text.text("de")
    town = explain(atlas, "Telgte", "05570052", service="heat-planning")
    assert "Liste von Warendorf (Stadt) " in town.mutuality.text.text("de")
    asked = explain(atlas, "05570052", "05570", service="heat-planning")
    assert "von Kreis Warendorf steht Warendorf (Stadt) auf" in asked.mutuality.text.text("de")
