"""How pages write what they say."""

import pytest

from geoplan_api.html import hyphenated, unbroken


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("57.600 €", "57.600\u00a0€"),
        ("18,4 km gemeinsame Grenze", "18,4\u00a0km gemeinsame Grenze"),
        ("91 km² und 3 ha", "91\u00a0km² und 3\u00a0ha"),
        ("3 kmx, 2016 hatte", "3 kmx, 2016 hatte"),
    ],
)
def test_a_number_and_its_unit_stay_in_one_line(text, kept):
    assert unbroken(text) == kept


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Netzwerkvertrag", ["Netzwerk", "vertrag"]),
        ("Kommunale Arbeitsgemeinschaft", ["Kommunale Arbeits", "gemein", "schaft"]),
        ("Öffentlich-rechtliche Vereinbarung", ["Öffentlich-rechtliche Vereinbarung"]),
        ("Zweckverband", ["Zweckverband"]),
        ("network contract", ["network contract"]),
    ],
)
def test_long_compounds_may_break_at_their_joints(text, parts):
    assert hyphenated(text).split("\N{SOFT HYPHEN}") == parts
