import dataclasses
from collections import Counter

import numpy as np
import pytest

from geoplan import Level, suggest
from geoplan.adjacency.graph import BorderGraph
from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.insight import white_spots
from geoplan.insight.obstacles import thresholds


def codes(one):
    return [obstacle.code for obstacle in one.obstacles]


def by_id(answer):
    return {one.unit.id: one for one in answer.municipalities}


@pytest.mark.parametrize("area", ["c0", "c2", "s0", "s1", "a1"])
def test_every_municipality_is_there_once(grid, area):
    answer = white_spots(grid, area, service="heat-planning")
    found = Counter(one.unit.id for one in answer.municipalities)
    inside = grid.hierarchy.members(grid.row(area), Level.MUNICIPALITY).tolist()
    assert found == Counter(grid.units.ids[row] for row in inside)
    assert set(found.values()) == {1}


def test_the_best_partner_and_the_good_ones_are_those_of_the_list(grid):
    answer = white_spots(grid, "s0", service="heat-planning")
    for one in answer.municipalities:
        found = suggest(grid, one.unit.id, type="horizontal", service="heat-planning", limit=1000).suggestions
        assert (one.best.id, one.best_score) == (found[0].unit.id, found[0].score)
        assert one.good_partners == sum(other.score >= answer.good_score for other in found)
        assert one.white == (one.good_partners < answer.needed)
        assert bool(one.obstacles) == one.white


def test_a_service_says_how_many_are_needed(grid):
    assert white_spots(grid, "c0", service="heat-planning").needed == 2  # a convoy has 3 to 6
    assert white_spots(grid, "c0", service="building-yard").needed == 1


def without_borders(grid, *ids):
    """The grid with some squares turned into islands, far out at sea."""
    rows = [grid.row(one) for one in ids]
    kept = ~np.isin(grid.borders.pairs, rows).any(axis=1)
    borders = BorderGraph.from_pairs(
        len(grid.units), grid.borders.pairs[kept], grid.borders.pair_border_m[kept]
    )
    xy = grid.units.xy.copy()
    xy[rows] += 200_000.0
    return dataclasses.replace(grid, borders=borders, units=dataclasses.replace(grid.units, xy=xy))


def test_an_island_far_out_is_a_white_spot(grid):
    one = by_id(white_spots(without_borders(grid, "m00"), "c0", service="heat-planning"))["m00"]
    assert one.white
    assert codes(one) == ["no-land-neighbour", "far-away"]


def with_population(grid, **changed):
    population = grid.units.population.copy()
    for unit_id, count in changed.items():
        population[grid.row(unit_id)] = count
    return dataclasses.replace(grid, units=dataclasses.replace(grid.units, population=population))


@pytest.fixture
def strict(monkeypatch):
    """Nobody is good enough, so that every municipality has to say why."""
    monkeypatch.setitem(thresholds(), "good_score", 1.01)


@pytest.mark.usefixtures("strict")
def test_size_is_a_reason(grid):
    world = with_population(grid, m00=50.0, m07=900_000.0)
    found = by_id(white_spots(world, "c0", service="heat-planning")) | by_id(
        white_spots(world, "c2", service="heat-planning")
    )
    assert "much-smaller" in codes(found["m00"])
    assert "much-larger" in codes(found["m07"])
    assert "much-larger" not in codes(found["m09"])


@pytest.mark.usefixtures("strict")
def test_unknown_population_is_a_reason(grid):
    assert "data-missing" in codes(by_id(white_spots(grid, "c3", service="heat-planning"))["m31"])


@pytest.mark.usefixtures("strict")
def test_borders_of_administration_are_a_reason(grid):
    """m12 is forest; a county of its own makes of m13 a city among others."""
    county, state = (grid.hierarchy.parent[level].copy() for level in (Level.COUNTY, Level.STATE))
    county[grid.row("m13")] = grid.row("c1")
    hierarchy = dataclasses.replace(
        grid.hierarchy, parent=grid.hierarchy.parent | {Level.COUNTY: county, Level.STATE: state}
    )
    world = dataclasses.replace(grid, hierarchy=hierarchy)
    assert "other-counties" in codes(by_id(white_spots(world, "c1", service="heat-planning"))["m13"])
    state[grid.row("m13")] = grid.row("c3")  # any unit that is no neighbour's state
    assert "across-state-border" in codes(by_id(white_spots(world, "c1", service="heat-planning"))["m13"])


@pytest.mark.usefixtures("strict")
def test_without_a_plain_reason_the_weakest_criterion_is_named(grid):
    assert codes(by_id(white_spots(grid, "c0", service="heat-planning"))["m09"]) == ["weak-fit"]


def test_the_worst_come_first(atlas):
    answer = white_spots(atlas, "01", service="heat-planning")
    assert answer.white[0].unit.name == "Helgoland"
    goods = [one.good_partners for one in answer.white]
    assert goods == sorted(goods)


def test_a_task_of_the_county_is_flagged(grid):
    answer = white_spots(grid, "c0", service="waste")
    assert [flag.code for flag in answer.flags] == ["task-of-the-county"]


def test_wrong_questions_are_told(grid):
    with pytest.raises(InvalidValueError, match="no municipalities"):
        white_spots(grid, "m00", service="heat-planning")
    with pytest.raises(UnknownChoiceError, match="heat-planning"):
        white_spots(grid, "c0", service="heat-planing")


def test_the_answer_is_written(grid):
    said = white_spots(grid, "c0", service="heat-planning").to_dict("de")
    assert {"unit", "service", "type", "good_score", "good_score_reason", "needed", "municipalities"} <= set(
        said
    )
    assert said["municipalities"][0]["best"] is not None
