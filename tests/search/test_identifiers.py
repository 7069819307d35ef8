import pytest

from geoplan.errors import InvalidKeyError, UnknownUnitError
from geoplan.search import NameIndex
from geoplan.units import Level


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("05570044", "05570044"),
        (" 05 5 70 044 ", "05570044"),
        ("055700000044", "05570044"),  # ARS
        ("05570", "05570"),
        ("097", "097"),
        ("05", "05"),
        ("071325001", "071325001"),
    ],
)
def test_a_key_of_any_level_is_read(resolved, text, expected):
    assert resolved(text) == expected


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("5570044", "05570044 (Telgte)"),
        ("5570044.0", "05570044 (Telgte)"),
        ("5570", "05570 (Warendorf)"),
        ("055700444", "05570044 (Telgte)"),
        ("99", "09 (Bayern)"),
    ],
)
def test_a_key_that_cannot_be_one_names_the_nearest(index, text, nearest):
    with pytest.raises((InvalidKeyError, UnknownUnitError)) as error:
        index.resolve(text)
    assert error.value.nearest[0] == nearest
    assert text in str(error.value)


def test_an_unknown_key_names_those_one_digit_off_and_then_those_of_the_county(index):
    with pytest.raises(UnknownUnitError) as error:
        index.resolve("05570054")
    assert error.value.nearest == ("05570052 (Warendorf)", "05570044 (Telgte)")


@pytest.mark.parametrize(
    ("text", "nearest"),
    [
        ("05999999", ("05570052 (Warendorf)", "05570044 (Telgte)")),  # the same state
        ("05579999", ("05570052 (Warendorf)", "05570044 (Telgte)")),
        ("055700449999", ("05570044 (Telgte)",)),  # a key with more behind it
    ],
)
def test_an_unknown_key_names_those_that_begin_like_it(index, text, nearest):
    with pytest.raises(UnknownUnitError) as error:
        index.resolve(text)
    assert error.value.nearest[: len(nearest)] == nearest


@pytest.mark.parametrize("text", ["99999999", "7132501"])
def test_a_key_with_its_zero_back_is_offered_only_where_a_unit_has_it(index, text):
    with pytest.raises(InvalidKeyError) as error:
        index.resolve(text)
    assert f"0{text}" not in str(error.value).replace("07132501 (", "")
    assert all("(" in one for one in error.value.nearest)


def test_digits_of_no_length_are_no_key(index):
    with pytest.raises(InvalidKeyError):
        index.resolve("1234567890123456789")


@pytest.mark.parametrize("text", ["٠٥٥٧٠٠٤٤", "1234"])
def test_digits_that_lead_nowhere_are_refused_by_name(index, text):
    with pytest.raises(InvalidKeyError, match=text):
        index.resolve(text)


def test_keys_of_other_countries_stand_as_they_are(table):
    rows = [
        ("10101", "Eisenstadt", "Statutarstadt", Level.MUNICIPALITY, None, None, None, None),
        ("90001", "Wien", "Statutarstadt", Level.MUNICIPALITY, None, None, None, None),
        ("9000X", "Wien (alt)", "Statutarstadt", Level.MUNICIPALITY, None, None, None, None),
    ]
    index = NameIndex(table(rows))
    assert index.resolve("90001") == 1
    assert index.resolve("9000X") == index.resolve("9000x") == 2
    with pytest.raises(UnknownUnitError) as error:
        index.resolve("90002")
    assert error.value.nearest == ("90001 (Wien)",)


def test_a_valid_key_builds_no_index_of_names(country, monkeypatch):
    def unneeded(units):
        raise AssertionError("the names are not needed")

    monkeypatch.setattr("geoplan.search.index.Lookup", unneeded)
    index = NameIndex(country)
    assert country.ids[index.resolve("05570044")] == "05570044"
    with pytest.raises(AssertionError):
        index.resolve("Telgte")
