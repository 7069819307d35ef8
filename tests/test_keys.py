import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.errors import InvalidKeyError
from geoplan.keys import (
    ags_from_ars,
    association_from_ars,
    is_association_member,
    is_unincorporated,
    key_digits,
    level_of_key,
    looks_like_key,
    parse_ags,
    parse_ars,
    parse_key,
    similar_keys,
)
from geoplan.units import Level

AGS = st.tuples(st.integers(1, 16), st.integers(0, 999_999)).map(
    lambda parts: f"{parts[0]:02d}{parts[1]:06d}"
)


@pytest.mark.parametrize(
    "text", ["05570044", " 05570044 ", "05 5 70 044", "05-5-70-044", "05.570.044", "05/570/044"]
)
def test_an_ags_is_read_however_it_is_grouped(text):
    assert parse_ags(text) == "05570044"


def test_an_ars_is_read_and_converted():
    ars = parse_ars("07 1 32 5001 501")
    assert ars == "071325001501"
    assert ags_from_ars(ars) == "07132501"
    assert association_from_ars(ars) == "071325001"
    assert is_association_member(ars)
    assert not is_unincorporated(ars)
    assert is_unincorporated("031539504504")


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("05", Level.STATE),
        ("055", Level.GOVERNMENT_REGION),
        ("05570", Level.COUNTY),
        ("05570044", Level.MUNICIPALITY),
        ("071325001", Level.ASSOCIATION),
    ],
)
def test_the_length_of_a_key_says_its_level(text, level):
    assert parse_key(text) == text
    assert level_of_key(text) == level


def test_an_ars_is_the_key_of_its_municipality():
    assert parse_key("055700044044") == "05570044"


@pytest.mark.parametrize(
    ("parse", "text", "nearest"),
    [
        (parse_ags, "5570044", ("05570044",)),
        (parse_ags, "5570044.0", ("05570044",)),  # a spreadsheet's number
        (parse_ags, "9162000", ("09162000",)),
        (parse_ags, "0557004", ()),  # a zero more would name no state
        (parse_ags, "055700444", ()),
        (parse_ars, "55700044044", ("055700044044",)),
        (parse_key, "5570", ("05570",)),
        (parse_key, "71325001", ("071325001",)),  # eight digits, but state 71
        (parse_key, "5", ("05",)),
        (parse_key, "1234567", ("01234567",)),
        (parse_key, "1" * 13, ()),
    ],
)
def test_a_lost_zero_is_hinted_at(parse, text, nearest):
    with pytest.raises(InvalidKeyError) as error:
        parse(text)
    assert error.value.nearest == nearest
    assert error.value.value == text
    assert text in str(error.value)


@pytest.mark.parametrize("text", ["00570044", "17570044", "99000000"])
def test_there_are_sixteen_states(text):
    with pytest.raises(InvalidKeyError, match=rf"starts with {text[:2]}"):
        parse_ags(text)


@pytest.mark.parametrize("text", ["", "Telgte", "0557004a", "٠٥٥٧٠٠٤٤", "²5570044", "-"])
def test_letters_and_foreign_digits_are_no_key(text):
    with pytest.raises(InvalidKeyError, match="an AGS has the digits 0 to 9 only"):
        parse_ags(text)


def test_the_lengths_that_are_possible_are_named_in_order():
    with pytest.raises(InvalidKeyError, match="2 / 3 / 5 / 8 / 9 / 12"):
        parse_key("1234")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05570044", True),
        ("05 570", True),
        ("5570044.0", True),
        ("Telgte", False),
        ("", False),
        ("-", False),
        ("4b", False),
    ],
)
def test_digits_are_meant_as_a_key(text, expected):
    assert looks_like_key(text) is expected


@given(AGS)
def test_parsing_what_was_parsed_changes_nothing(ags):
    assert parse_ags(ags) == parse_key(ags) == key_digits(ags) == ags
    assert parse_ags(" ".join(ags)) == ags


@given(AGS, st.data())
def test_a_key_is_similar_to_what_one_slip_makes_of_it(ags, data):
    place = data.draw(st.integers(0, len(ags) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    swapped = ags[:place] + ags[place : place + 2][::-1] + ags[place + 2 :]
    for slip in (
        ags[:place] + digit + ags[place + 1 :],
        ags[:place] + ags[place + 1 :],
        ags[:place] + digit + ags[place:],
        swapped,
        ags.lstrip("0") if ags[0] == "0" and ags[1] != "0" else ags,
    ):
        assert slip == ags or ags in set(similar_keys(slip))
