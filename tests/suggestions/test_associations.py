"""Associations as the smallest units: they and municipalities without one, side by side."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan import Level, suggest
from geoplan.errors import UnknownChoiceError
from geoplan.suggestions import TYPES
from geoplan.suggestions.atomic import atomic_units

MUNICIPALITIES = [f"m{number:02d}" for number in range(32) if number != 12]
MEMBERS = ["m00", "m01", "m04", "m05", "m16", "m17", "m20", "m21"]


@pytest.mark.property
@given(st.sampled_from(MUNICIPALITIES), st.sampled_from(TYPES))
def test_members_are_neither_asking_nor_suggested(grid, unit, kind):
    answer = suggest(grid, unit, type=kind, as_level="association", limit=100)
    association = grid.units[unit].association
    assert answer.unit.id == (association or unit)
    assert not {one.unit.id for one in answer.suggestions} & {*MEMBERS, answer.unit.id}


def test_associations_and_free_municipalities_are_compared(grid):
    answer = suggest(grid, "m00", type="horizontal-rural", as_level="association", limit=100)
    levels = {one.unit.level for one in answer.suggestions}
    assert levels == {Level.ASSOCIATION, Level.MUNICIPALITY}
    assert len(answer.suggestions) == 31 - len(MEMBERS) + 4 - 1


def test_borders_are_those_of_the_members_together(grid):
    """a0 holds m00 and m01, which border m08, m09 and m02 from outside."""
    graph = atomic_units(grid).graph
    near, border_m = graph.neighbours(grid.row("a0"))
    assert [grid.units.ids[row] for row in near] == ["m02", "m08", "m09"]
    assert border_m.tolist() == [5000.0] * 3
    assert graph.total_border_m < grid.borders.total_border_m


def test_every_place_has_one_who_acts_for_it(grid):
    atomic = atomic_units(grid)
    assert set(atomic.acting[grid.units.rows_of(Level.MUNICIPALITY)].tolist()) == set(atomic.rows.tolist())
    assert atomic.acts_for_itself(atomic.rows).all()
    assert not atomic.acts_for_itself(np.array([grid.row(one) for one in MEMBERS])).any()


def test_partners_of_one_association_count_once(grid):
    answer = suggest(grid, "m00", partners=["m01", "m04", "m05"], as_level="association")
    assert (answer.unit.id, [partner.id for partner in answer.partners]) == ("a0", ["a2"])


def test_the_county_coordinates_an_association(grid):
    answer = suggest(grid, "m00", type="vertical", as_level="association")
    assert [one.unit.id for one in answer.suggestions] == ["c0"]


def test_another_level_is_refused(grid):
    with pytest.raises(UnknownChoiceError, match="association"):
        suggest(grid, "m00", as_level="county")


def test_the_answer_says_so(grid):
    assert suggest(grid, "m00", as_level="association").to_dict("de")["as"] == "association"
    assert suggest(grid, "m00").to_dict("de")["as"] is None
