import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.criteria import CRITERIA, View
from geoplan.services import find_service
from geoplan.services.service import TaskLevel

PLACES = [row for row in range(32) if row != 12]
groups = st.lists(st.sampled_from(PLACES), min_size=1, max_size=5, unique=True)


def view_of(grid, group, candidates=None):
    others = [row for row in PLACES if row not in group] if candidates is None else candidates
    return View(
        atlas=grid, group=np.array(group), candidates=np.array(others), service=find_service("heat-planning")
    )


def measured(grid, key, group, candidates=None):
    return CRITERIA[key].measure(view_of(grid, group, candidates))


PLACE_CRITERIA = sorted(set(CRITERIA) - {"shared_members"})


@pytest.mark.property
@given(groups, st.sampled_from(PLACE_CRITERIA))
def test_degrees_are_shares_or_unknown(grid, group, key):
    measure = measured(grid, key, group)
    known = measure.degree[~np.isnan(measure.degree)]
    assert ((known >= 0) & (known <= 1)).all()
    assert len(measure.degree) == len(measure.value) == len(PLACES) - len(group)


@pytest.mark.property
@given(groups, st.sampled_from(PLACE_CRITERIA), st.randoms())
def test_the_order_of_candidates_and_partners_does_not_matter(grid, group, key, random):
    """The asking unit stays first: some criteria are about it."""
    candidates = [row for row in PLACES if row not in group]
    shuffled = random.sample(range(len(candidates)), len(candidates))
    partners = random.sample(group[1:], len(group) - 1)
    one = measured(grid, key, group, candidates).degree
    other = measured(grid, key, [group[0], *partners], [candidates[place] for place in shuffled]).degree
    assert np.allclose(one[shuffled], other, equal_nan=True)


@pytest.mark.property
@given(groups, st.sampled_from(PLACE_CRITERIA), st.sampled_from(["de", "en"]))
def test_every_value_has_a_sentence_in_both_languages(grid, group, key, lang):
    view = view_of(grid, group)
    measure = CRITERIA[key].measure(view)
    for place in np.flatnonzero(~np.isnan(measure.degree)):
        assert CRITERIA[key].explain(view, int(place), measure).text(lang)


@pytest.mark.property
@given(groups)
def test_closer_is_never_worse(grid, group):
    measure = measured(grid, "closeness", group)
    order = np.argsort(measure.value)
    assert (np.diff(measure.degree[order]) <= 1e-12).all()


@pytest.mark.property
@given(groups)
def test_more_common_border_is_never_worse(grid, group):
    measure = measured(grid, "border_share", group)
    order = np.argsort(measure.value)
    assert (np.diff(measure.degree[order]) >= -1e-12).all()


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [("border_share", 0, 1), ("closeness", 0, 3), ("size_parity", 2, 9), ("similar_density", 2, 9)],
)
def test_between_two_of_equal_perimeter_it_is_mutual(grid, key, one, other):
    there, back = measured(grid, key, [one], [other]), measured(grid, key, [other], [one])
    assert np.isclose(there.degree, back.degree).all()


def test_a_side_of_the_square_is_a_quarter_of_the_boundary(grid):
    measure = measured(grid, "border_share", [0], [1])
    assert measure.value == pytest.approx([5.0])
    assert measure.degree == pytest.approx([0.25 / 0.4])


def test_15_km_halve_closeness(grid):
    measure = measured(grid, "closeness", [0], [3])
    assert measure.value == pytest.approx([15.0])
    assert measure.degree == pytest.approx([0.5])


def test_the_one_in_the_gap_is_enclosed_most(grid):
    """With 0, 2 and 9 on board, 1 has three of its four sides on them... and the south open."""
    measure = measured(grid, "enclosure", [0, 2, 9])
    candidates = [row for row in PLACES if row not in (0, 2, 9)]
    assert candidates[int(np.argmax(measure.degree))] == 1
    assert measure.degree.max() == pytest.approx(0.75)


def test_steps_lead_through_the_forest(grid):
    measure = measured(grid, "chain", [11], [13])
    assert measure.value == pytest.approx([2.0])


def test_unknown_population_is_unknown_in_every_criterion_of_size(grid):
    for key in ("size_parity", "similar_density", "capacity", "small_size"):
        assert np.isnan(measured(grid, key, [30], [31]).degree).all()


@pytest.mark.parametrize(("state", "level"), [("05", "municipality"), ("09", "land-specific")])
def test_who_coordinates_is_weighed_by_the_state_that_decides_who_holds_the_task(atlas, state, level):
    counties = {"05": ("05570044", "05570"), "09": ("09188113", "09188")}
    asking, county = (atlas.units.row(one) for one in counties[state])
    view = View(
        atlas=atlas, group=np.array([asking]), candidates=np.array([county]),
        service=find_service("heat-planning"),
    )  # fmt: skip
    measure = CRITERIA["task_level"].measure(view)
    assert measure.value.tolist() == [{"municipality": 0.25, "land-specific": 0.5}[level]]
    assert TaskLevel(level).label.text("en") in CRITERIA["task_level"].explain(view, 0, measure).text("en")
