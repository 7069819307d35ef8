"""Each state of the planner is an address, and the address says all of it."""

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan_api.planner.sliders import MEANINGS
from geoplan_api.planner.state import PlannerQuery, PlannerState, read_state

IDS = st.from_regex(r"\A(0[1-9]|1[0-6])[0-9]{3}([0-9]{3})?\Z")
STATES = st.builds(
    PlannerState,
    unit=IDS, type=st.sampled_from(["", "vertical", "horizontal"]), service=st.sampled_from(["", "it"]),
    partners=st.lists(IDS, max_size=6, unique=True).map(tuple),
    weights=st.lists(
        st.tuples(st.sampled_from(sorted(MEANINGS)), st.integers(0, 80).map(lambda tenths: tenths / 10)),
        max_size=4, unique_by=lambda pair: pair[0],
    ).map(tuple),
    why=st.sampled_from(["", "05570008"]), panel=st.sampled_from(["", "check", "build"]),
    pinned=st.lists(IDS, max_size=4, unique=True).map(tuple), view=st.sampled_from(["", "map", "table"]),
    limit=st.sampled_from([20, 60]), lang=st.sampled_from(["de", "en"]), theme=st.sampled_from(["", "dark"]),
)  # fmt: skip


def from_address(query: str) -> PlannerState:
    said = dict(parse_qsl(query))
    return read_state(PlannerQuery.model_validate(said), {}, said.get("lang", ""))


@pytest.mark.property
@given(state=STATES)
def test_an_address_says_the_whole_state(state):
    assert from_address(state.query()) == state


@pytest.mark.property
@given(state=STATES, partner=IDS)
def test_who_comes_on_board_can_leave_again(state, partner):
    grown = state.add(partner)
    assert grown.group.count(partner) == 1 + (partner == state.unit) * state.partners.count(partner)
    if partner not in state.group:
        assert grown.remove(partner).partners == state.partners


@pytest.mark.property
@given(state=STATES, group=st.lists(IDS, min_size=1, max_size=6, unique=True))
def test_a_group_is_taken_over_as_it_is(state, group):
    taken = state.with_group((state.unit, *group))
    assert set(taken.group) == {state.unit, *group}
    assert taken.unit == state.unit


def test_another_unit_begins_anew_with_the_same_question():
    state = PlannerState(unit="05570044", service="it", partners=("05570008",), weights=(("closeness", 2.0),))
    asked = state.ask("05570032")
    assert (asked.unit, asked.service, asked.partners) == ("05570032", "it", ())
    assert asked.weights == state.weights


def test_what_a_portal_adds_to_a_link_is_left_alone():
    assert read_state(PlannerQuery.model_validate({"unit": "1", "utm_source": "mail"}), {}, "de").unit == "1"


def test_moved_sliders_of_a_form_without_script_are_weights():
    state = read_state(PlannerQuery(), {"w_closeness": "3,5"}, "de")
    assert state.weight_map == {"closeness": 3.5}


def test_names_become_ids_and_nobody_counts_twice():
    state = PlannerState(unit="Telgte", partners=("Ostbevern", "Telgte", "05570032"), pinned=("Telgte",))
    known = {"Telgte": "05570044", "Ostbevern": "05570032", "05570032": "05570032"}
    named = state.named(known.__getitem__)
    assert (named.unit, named.partners, named.pinned) == ("05570044", ("05570032",), ("05570044",))
