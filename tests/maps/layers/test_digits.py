import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan_maps.layers.digits import ALPHABET, BASE, written


def read(text):
    numbers, value, worth = [], 0, 1
    for char in text:
        digit = ALPHABET.index(char)
        value += digit % BASE * worth
        worth *= BASE
        if digit < BASE:
            numbers.append(-(value + 1) // 2 if value % 2 else value // 2)
            value, worth = 0, 1
    return numbers


@pytest.mark.property
@given(st.lists(st.integers(-(2**31), 2**31)))
def test_numbers_are_read_back(numbers):
    assert read(written(numbers)) == numbers


def test_small_numbers_are_one_character():
    assert len(written(range(-22, 23))) == 45


def test_nothing_has_to_be_escaped():
    assert len(set(ALPHABET)) == 2 * BASE
    assert not set(ALPHABET) & set('"\\')
