import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan import suggest
from geoplan.criteria import CRITERIA
from geoplan.errors import InvalidValueError, UnknownChoiceError, UnknownUnitError
from geoplan.services import load_services
from geoplan.suggestions import TYPES, CooperationType, Role

MUNICIPALITIES = [f"m{number:02d}" for number in range(32) if number != 12]
asking = st.sampled_from(MUNICIPALITIES)
types = st.sampled_from(TYPES)
services = st.sampled_from([None, *load_services()])
weights = st.dictionaries(st.sampled_from(sorted(CRITERIA)), st.floats(0, 1000, allow_nan=False), max_size=4)


def ids(answer):
    return [one.unit.id for one in answer.suggestions]


@pytest.mark.property
@given(asking, types, services, weights)
def test_contributions_add_up_to_scores_between_0_and_1(grid, unit, kind, service, changed):
    answer = suggest(grid, unit, type=kind, service=service, weights=changed, limit=100)
    for one in answer.suggestions:
        assert math.isclose(sum(part.contribution for part in one.contributions), one.score, abs_tol=1e-9)
        assert 0 <= one.score <= 1
        assert all(part.contribution >= 0 for part in one.contributions)
        assert not one.contributions or math.isclose(sum(part.weight for part in one.contributions), 1.0)


@pytest.mark.property
@given(asking, types, services)
def test_lists_are_ranked_distinct_and_without_the_group_and_unincorporated_areas(grid, unit, kind, service):
    answer = suggest(grid, unit, type=kind, service=service, limit=100)
    scores = [one.score for one in answer.suggestions]
    assert scores == sorted(scores, reverse=True)
    assert len(set(ids(answer))) == len(ids(answer))
    assert not {unit, "m12"} & set(ids(answer))


@pytest.mark.property
@given(asking, st.permutations(["m00", "m05", "m21", "m30"]))
def test_the_order_of_partners_does_not_matter(grid, unit, partners):
    fixed = suggest(grid, unit, partners=sorted(partners), type="horizontal-rural", limit=50)
    assert ids(suggest(grid, unit, partners=partners, type="horizontal-rural", limit=50)) == ids(fixed)


@pytest.mark.property
@given(asking, st.integers(1, 31))
def test_a_smaller_limit_is_a_prefix(grid, unit, limit):
    whole = ids(suggest(grid, unit, type="horizontal-rural", limit=100))
    assert ids(suggest(grid, unit, type="horizontal-rural", limit=limit)) == whole[:limit]


@pytest.mark.property
@given(asking, st.sampled_from(sorted(CRITERIA)))
def test_a_criterion_with_weight_0_is_out(grid, unit, key):
    answer = suggest(grid, unit, weights={key: 0.0}, limit=100)
    assert all(part.criterion != key for one in answer.suggestions for part in one.contributions)


def test_neighbours_in_the_county_come_before_neighbours_across_it(grid):
    answer = suggest(grid, "m03", type="horizontal-rural")
    assert ids(answer).index("m02") < ids(answer).index("m04")


def test_partners_on_board_are_asked_for_together(grid):
    """With 0 and 2 on board, 1 closes the gap between them."""
    assert ids(suggest(grid, "m00", partners=["m02"], type="horizontal-rural"))[0] == "m01"


def test_a_state_border_is_flagged(grid):
    answer = suggest(grid, "m03", type="horizontal-rural")
    across = next(one for one in answer.suggestions if one.unit.id == "m04")
    assert [flag.code for flag in across.flags] == ["state-border"]
    assert "Staatsvertrag" in across.flags[0].text.text("de")


def test_the_forest_between_is_named(grid):
    """11 and 13 lie on two sides of the unincorporated 12."""
    answer = suggest(grid, "m11", type="horizontal-rural")
    across = next(one for one in answer.suggestions if one.unit.id == "m13")
    assert "unincorporated-area-between" in [flag.code for flag in across.flags]


def test_a_village_looks_to_its_city_and_the_city_to_its_ring(grid):
    village = suggest(grid, "m09", type="urban-rural")
    assert (village.suggestions[0].unit.id, village.suggestions[0].role) == ("m10", Role.CENTRE)
    city = suggest(grid, "m10", type="urban-rural")
    assert {one.role for one in city.suggestions} == {Role.HINTERLAND}
    assert set(ids(city)[:4]) == {"m02", "m09", "m11", "m18"}


def test_the_county_coordinates_its_municipalities(grid):
    up = suggest(grid, "m01", type="vertical")
    assert {one.unit.id for one in up.suggestions if one.role == Role.COORDINATOR} == {"c0", "a0"}
    down = suggest(grid, "c0", type="vertical")
    assert set(ids(down)) == {f"m{number:02d}" for number in (0, 1, 2, 3, 8, 9, 10, 11)}
    assert {one.role for one in down.suggestions} == {Role.MEMBER}
    assert ids(down)[-1] == "m10", "the city gains least"


@pytest.mark.parametrize("type", ["horizontal-rural", "urban-rural"])
def test_a_county_on_board_changes_nothing_among_its_municipalities(grid, type):
    without = suggest(grid, "m01", partners=["m02"], type=type)
    beside = suggest(grid, "m01", partners=["m02", "c0", "a0"], type=type)
    assert beside.suggestions == without.suggestions


def test_municipalities_on_board_change_nothing_among_counties(grid):
    without = suggest(grid, "c0", type="horizontal-rural")
    assert suggest(grid, "c0", partners=["m01"], type="horizontal-rural").suggestions == without.suggestions


def test_a_county_is_in_itself(grid):
    answer = suggest(grid, "m01", partners=["c2"], type="horizontal-rural", limit=100)
    of_its_own = next(one for one in answer.suggestions if one.unit.id == "m04")
    assert next(part.value for part in of_its_own.contributions if part.criterion == "same_county") == 0.5


def test_counties_cooperate_with_counties(grid):
    answer = suggest(grid, "c0", type="horizontal-rural")
    assert set(ids(answer)) == {"c1", "c2", "c3"}
    assert all(one.type == CooperationType.HORIZONTAL_RURAL for one in answer.suggestions)


def test_missing_population_leaves_size_out_and_says_so(grid):
    answer = suggest(grid, "m30", type="horizontal-rural")
    one = next(one for one in answer.suggestions if one.unit.id == "m31")
    assert "size_parity" not in [part.criterion for part in one.contributions]
    assert "population-unknown" in [flag.code for flag in one.flags]


def test_a_task_of_the_county_is_named(grid):
    answer = suggest(grid, "m00", service="waste")
    assert "task-of-the-county" in [flag.code for flag in answer.flags]


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_limits_out_of_bounds_are_refused(grid, limit):
    with pytest.raises(InvalidValueError, match=str(limit)):
        suggest(grid, "m00", limit=limit)


@pytest.mark.parametrize("weight", [-1.0, math.nan, math.inf, 1001.0])
def test_weights_out_of_bounds_are_refused(grid, weight):
    with pytest.raises(InvalidValueError, match="closeness"):
        suggest(grid, "m00", weights={"closeness": weight})


def test_unknown_words_name_the_nearest(grid):
    with pytest.raises(UnknownChoiceError, match="horizontal-rural"):
        suggest(grid, "m00", type="horizontal-rurall")
    with pytest.raises(UnknownChoiceError, match="heat-planning"):
        suggest(grid, "m00", service="heat-planing")
    with pytest.raises(UnknownChoiceError, match="closeness"):
        suggest(grid, "m00", weights={"closenes": 1})
    with pytest.raises(UnknownUnitError, match="m99"):
        suggest(grid, "m99")


def test_an_unincorporated_area_cannot_ask(grid):
    with pytest.raises(InvalidValueError, match="no council"):
        suggest(grid, "m12")


def test_the_answer_has_the_words_of_the_contract(grid):
    answer = suggest(grid, "m00", partners=["m01"], type="horizontal-rural", service="heat-planning", limit=1)
    written = answer.to_dict("de")
    assert {"unit", "with", "type", "service", "suggestions", "data"} <= set(written)
    one = written["suggestions"][0]
    assert {"id", "name", "designation", "population", "county", "state", "type", "role", "score"} <= set(one)
    assert {"criterion", "value", "unit", "weight", "contribution", "explanation"} <= set(
        one["contributions"][0]
    )
    assert {"dataset", "vintage", "licence", "attribution", "population_source"} <= set(written["data"])


def test_an_answer_names_the_source_of_population_in_its_language(atlas):
    answer = suggest(atlas, "Telgte", service="heat-planning", limit=1)
    for lang, source in (
        ("de", "GeoNames (Schätzung nach Ortsnamen)"), ("en", "GeoNames (estimate by place name)"),
    ):  # fmt: skip
        written = answer.to_dict(lang)
        assert written["data"]["population_source"] == source
        assert written["suggestions"][0]["population_source"] == source
