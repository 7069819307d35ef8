import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.search.spelling import (
    compact,
    folded,
    form,
    forms,
    spoken_forms,
    stems,
    with_umlauts_written_out,
    without_umlauts,
    words,
)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Telgte", "telgte"),
        ("Büsingen am Hochrhein", "büsingen|hochrhein"),
        ("Neustadt a.d. Aisch", "neustadt|aisch"),
        ("Neustadt an der Aisch", "neustadt|aisch"),
        ("Weiden i. d. OPf.", "weiden|oberpfalz"),
        ("Haag i. OB", "haag|oberbayern"),
        ("Rothenburg ob der Tauber", "rothenburg|tauber"),
        ("Berg b. Neumarkt i.d. OPf.", "berg|neumarkt|oberpfalz"),
        ("Schönberg (Holstein)", "schönberg|holstein"),
        ("Lahr/Schwarzwald", "lahr|schwarzwald"),
        ("Leipzig, Stadt", "leipzig|stadt"),
        ("St. Ingbert", "sankt ingbert"),
        ("Burg-St. Michaelisdonn", "burg sankt michaelisdonn"),
        ("Hann. Münden", "hannoversch münden"),
        ("Garmisch-Partenkirchen", "garmisch partenkirchen"),
        ("Fürstl. Löwenstein’scher Park", "fürstlich löwenstein scher park"),
        ("Weißwasser/O.L.", "weisswasser|oberlausitz"),
        ("Mu\u0308nchen", "münchen"),
        ("Neu\u00adstadt", "neustadt"),
    ],
)
def test_spellings_of_a_name_meet_in_one_form(name, expected):
    assert form(name) == expected


@pytest.mark.parametrize("name", ["Thür", "Am Dobrock", "In der Au", "Sa"])
def test_a_first_word_is_no_suffix(name):
    assert form(name) == folded([name])[0]


def test_a_single_o_is_a_river():
    assert form("Frankfurt/O.") == "frankfurt|o"
    assert form("Frankfurt a.d.O.") == "frankfurt|o"


def test_the_words_between_name_and_suffix_are_spoken_in_full():
    assert spoken_forms(folded(["Neustadt a.d. Aisch", "Mühldorf a. Inn", "Bad A", "Sa"])) == [
        "neustadt an der aisch",
        "mühldorf am inn",
        "bad a",
        "sa",
    ]


def test_umlauts_are_written_out_or_left_out():
    assert with_umlauts_written_out("köln mühle") == "koeln muehle"
    assert without_umlauts("köln mühle") == "koln muhle"


def test_a_form_is_cut_before_each_suffix():
    assert list(stems("herxheim|landau|pfalz")) == ["herxheim", "herxheim|landau"]
    assert list(stems("telgte")) == []


def test_a_compact_form_has_letters_only():
    assert compact("garmisch partenkirchen|bayern") == "garmischpartenkirchenbayern"


def test_many_names_are_written_as_one_is(index, country):
    together = forms(folded(country.names))
    assert together == [form(name) for name in country.names]


def test_line_ends_in_names_do_not_shift_the_others():
    assert folded(["a\nb", "c"]) == ["a b", "c"]
    assert folded([]) == forms([]) == spoken_forms([]) == []


@pytest.mark.property
@given(st.text(max_size=60))
def test_a_form_of_a_form_is_the_same_form(text):
    once = form(text)
    assert form(once) == once


@pytest.mark.property
@given(st.text(max_size=60))
def test_a_form_has_nothing_but_words_and_marks(text):
    assert compact(form(text)) == "".join(words(form(text)))
    assert all(word.isalnum() for word in words(form(text)))
