"""Laws that hold for any text and any unit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.errors import RequestError
from geoplan.search import NameIndex

pytestmark = pytest.mark.property

LIKELY = "aeinrstubdghklmoäöüß -./(),'0123456789"


@given(st.one_of(st.text(max_size=220), st.text(LIKELY, max_size=40)))
def test_any_text_is_answered_or_refused_by_name(index, text):
    for ask in (index.resolve, index.search):
        try:
            ask(text)
        except RequestError as error:
            assert error.text("de")
            assert error.text("en")


@given(st.text(LIKELY, min_size=1, max_size=20), st.integers(1, 5))
def test_a_higher_limit_only_adds_worse_matches(index, text, limit):
    order = ["id", "exact", "prefix", "word", "typo", "part"]
    try:
        few, many = index.search(text, limit=limit), index.search(text, limit=1000)
    except RequestError:
        return
    assert few == many[: len(few)]
    ranks = [order.index(result.match) for result in many]
    assert ranks == sorted(ranks)
    assert len({result.unit.id for result in many}) == len(many)


def test_every_unit_is_found_by_its_id_and_by_its_name(atlas):
    units = atlas.units
    index = NameIndex(units)
    namesakes: dict[str, int] = {}
    for name in units.names:
        namesakes[name] = namesakes.get(name, 0) + 1
    for row, unit_id in enumerate(units.ids):
        assert index.resolve(unit_id) == row
    for row in range(0, len(units), 23):
        name = units.names[row]
        results = index.search(name, limit=namesakes[name] + 5)
        assert units.ids[row] in [result.unit.id for result in results], name


def test_a_municipality_is_never_mistaken_for_another(atlas):
    units = atlas.units
    index = NameIndex(units)
    for row in units.rows_of("municipality")[::11].tolist():
        try:
            assert index.resolve(units.names[row]) == row
        except RequestError as error:
            assert len(error.nearest) > 1, units.names[row]
