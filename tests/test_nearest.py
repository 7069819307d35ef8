from hypothesis import given
from hypothesis import strategies as st

from geoplan.nearest import close_values, nearest_by_name, nearest_values

TYPES = ["horizontal-rural", "horizontal-metropolitan", "urban-rural", "vertical"]


def test_a_slip_finds_its_word():
    assert nearest_values("vertikal", TYPES)[0] == "vertical"
    assert close_values("memebrs", ["members", "name", "source"]) == ["members"]


def test_a_part_of_a_hyphened_word_is_close():
    assert nearest_values("rural", TYPES) == ["horizontal-rural", "urban-rural"]


def test_a_beginning_is_close():
    assert nearest_values("horiz", TYPES) == ["horizontal-metropolitan", "horizontal-rural"]


def test_case_and_umlauts_do_not_matter_much():
    names = {
        "heat-planning": ("heat-planning", "Kommunale Wärmeplanung"),
        "it": ("it", "IT und Digitalisierung"),
    }
    assert nearest_by_name("WÄRMEPLANUNG", names) == ["heat-planning"]


def test_where_nothing_is_close_the_nearest_are_named_all_the_same():
    assert len(nearest_values("0000", TYPES, limit=3)) == 3
    assert close_values("0000", TYPES) == []


def test_nothing_known_nothing_near():
    assert nearest_values("vertical", []) == []


@given(st.text(max_size=300), st.lists(st.text(max_size=20), unique=True, max_size=8), st.integers(1, 6))
def test_nearest_are_known_different_and_within_the_limit(value, known, limit):
    nearest = nearest_values(value, known, limit=limit)
    assert set(nearest) <= set(known)
    assert len(nearest) == len(set(nearest)) <= limit
    assert bool(nearest) == bool(known)


@given(st.lists(st.text(min_size=1, max_size=20), unique=True, min_size=1, max_size=8))
def test_a_known_value_is_among_its_own_nearest(known):
    assert known[0] in nearest_values(known[0], known, limit=len(known))
