import pytest

from geoplan.search.typos import TypoIndex

TERMS = ["ulm", "telgte", "garmischpartenkirchen", "telgter", "hamm"]
INDEX = TypoIndex(TERMS)


def reached(text):
    return {TERMS[place]: typos for place, typos in INDEX.within_reach(text).items()}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tlegte", {"telgte": 1}),
        ("telgtee", {"telgte": 1, "telgter": 1}),
        ("hanm", {"hamm": 1}),
        ("garmishpartenkrichen", {"garmischpartenkirchen": 2}),
    ],
)
def test_typos_are_read_over(text, expected):
    assert reached(text) == expected


@pytest.mark.parametrize("text", ["ulf", "telxxe", "garmixxpartenkrichen"])
def test_too_many_typos_for_the_length_are_not(text):
    assert reached(text) == {}


def test_the_most_similar_are_named_when_nothing_is_near():
    assert [TERMS[place] for place in INDEX.most_similar("telgtenhausen", 1)] == ["telgte"]
    assert INDEX.most_similar("xyz", 3) == []


def test_no_terms_are_fine():
    assert TypoIndex([]).within_reach("telgte") == {}
