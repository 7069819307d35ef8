"""Rows find their unit by key, else by name where that is certain, and every row is accounted for."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan.enrichment.join import NOT_JOINED, join_places
from geoplan.units import PLACE_LEVELS


def join(world, rows):
    """Join rows of (id, name) or (id, name, area)."""
    return join_places(
        world.units,
        world.provenance.vintage,
        [row[0] for row in rows],
        [row[1] for row in rows],
        np.array([row[2] if len(row) > 2 else np.nan for row in rows]),
    )


def why(join):
    return [(one.id, one.why.text("en")) for one in join.unmatched]


def test_the_key_decides_whatever_the_name(world):
    found = join(world, [("01002002", "quite another")])
    assert world.units.ids[found.row[0]] == "01002002"
    assert found.key_changes == ()


def test_a_new_key_is_found_by_the_name_in_its_state(world):
    found = join(world, [("01099077", "Bedorf, Stadt")])
    assert world.units.ids[found.row[0]] == "01002002"
    assert [(one.id, one.joined_to) for one in found.key_changes] == [("01099077", "01002002")]


def test_the_same_name_in_another_state_is_another_municipality(world):
    found = join(world, [("05099077", "Bedorf")])
    assert found.row.tolist() == [NOT_JOINED]
    assert why(found) == [("05099077", "there is no county 05099 in the territorial status 1 January 2021")]


def test_a_unit_that_its_own_key_found_is_not_given_away(world):
    found = join(world, [("01002002", "Bedorf"), ("01002077", "Bedorf")])
    assert found.row[1] == NOT_JOINED
    assert "01002002" in why(found)[0][1]


def test_a_merged_municipality_is_not_the_one_of_its_name(world):
    found = join(world, [("01002077", "Bedorf", 7.5)])
    assert found.row.tolist() == [NOT_JOINED]
    assert "the area is another" in why(found)[0][1]


def test_two_rows_of_one_name_are_not_guessed(world):
    found = join(world, [("01002077", "Bedorf"), ("01002078", "Bedorf")])
    assert found.row.tolist() == [NOT_JOINED, NOT_JOINED]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (("01002077", "Edorf"), "there is no unit with this key in the territorial status 1 January 2021"),
        (
            ("01002499", "Sachsenwald (gemfr. Gebiet)"),
            "an unincorporated area that the dataset does not have",
        ),
    ],
)
def test_the_reason_is_told(world, row, reason):
    assert why(join(world, [row])) == [(row[0], reason)]


def test_reasons_are_told_in_german(world):
    (one,) = join(world, [("01002077", "Edorf")]).unmatched
    assert "01.01.2021" in one.why.text("de")


rows = st.lists(
    st.tuples(
        st.sampled_from(["01001000", "01002001", "01002002", "01002099", "01009001", "05002001", "01002999"]),
        st.sampled_from(["Astadt", "Adorf", "Bedorf", "Ceheim", "Niemandsort", ""]),
        st.sampled_from([1.0, 2.0, 9.0, float("nan")]),
    ),
    min_size=1,
    unique_by=lambda row: row[0],
)


@pytest.mark.property
@given(rows=rows)
def test_every_row_is_joined_or_listed_and_no_unit_twice(world, rows):
    found = join(world, rows)
    joined = found.row[found.row != NOT_JOINED]
    assert len(joined) + len(found.unmatched) == len(rows)
    assert len(set(joined.tolist())) == len(joined)
    assert set(joined.tolist()) <= set(world.units.rows_of(*PLACE_LEVELS).tolist())


@pytest.mark.property
@given(rows=rows, random=st.randoms(use_true_random=False))
def test_order_of_the_rows_changes_nothing(world, rows, random):
    shuffled = rows.copy()
    random.shuffle(shuffled)
    one, other = join(world, rows), join(world, shuffled)
    assert dict(zip([row[0] for row in rows], one.row.tolist(), strict=True)) == dict(
        zip([row[0] for row in shuffled], other.row.tolist(), strict=True)
    )
    assert set(why(one)) == set(why(other))
