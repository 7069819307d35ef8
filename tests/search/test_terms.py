from hypothesis import given
from hypothesis import strategies as st

from geoplan.search.terms import SortedTerms

TERMS = SortedTerms.from_columns(["telgte", "bad", "badendorf", "bad"], [3, 1, 2, 0])


def test_equal_terms_stand_for_all_their_numbers():
    assert sorted(TERMS.equal_to("bad").tolist()) == [0, 1]
    assert TERMS.equal_to("ba").tolist() == []


def test_a_beginning_finds_all_that_go_on():
    assert sorted(TERMS.beginning_with("bad").tolist()) == [0, 1, 2]
    assert TERMS.beginning_with("telgter").tolist() == []


def test_no_terms_are_fine():
    assert SortedTerms.from_columns([], []).beginning_with("a").tolist() == []


@given(st.lists(st.text(max_size=4)), st.text(max_size=3))
def test_a_beginning_finds_what_a_scan_finds(terms, start):
    sorted_terms = SortedTerms.from_columns(terms, range(len(terms)))
    scanned = [number for number, term in enumerate(terms) if term.startswith(start)]
    assert sorted(sorted_terms.beginning_with(start).tolist()) == scanned
