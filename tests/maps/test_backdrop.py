import shapely

from geoplan.units import Level
from geoplan_maps.backdrop import Frame, build_backdrop


def _frame(world, metres=1_000.0):
    return Frame.around(world.geometry(world.units.rows_of(Level.MUNICIPALITY))).widened(metres)


def test_frame_surrounds_the_shapes(world):
    frame = _frame(world, 0.0)
    assert (frame.east - frame.west, frame.north - frame.south) == (30_000.0, 15_000.0)
    assert frame.extent_m == 30_000.0
    assert shapely.area(frame.widened(1_000.0).box) == 32_000.0 * 17_000.0


def test_every_line_is_drawn_once(world):
    backdrop = build_backdrop(world, _frame(world), 0.0)
    assert shapely.length(backdrop.state_lines) == 2 * (30_000 + 15_000) + 15_000
    assert shapely.length(backdrop.county_lines) == 15_000
    assert shapely.area(backdrop.land) == 30_000 * 15_000


def test_lines_run_from_junction_to_junction(world):
    lines = shapely.get_parts(build_backdrop(world, _frame(world), 0.0).state_lines)
    assert len(lines) == 3


def test_what_lies_outside_the_frame_is_left_out(world):
    west = Frame(west=399_000.0, south=5_749_000.0, east=404_000.0, north=5_766_000.0)
    backdrop = build_backdrop(world, west, 0.0)
    assert shapely.area(backdrop.land) == 4_000 * 15_000
    assert shapely.is_empty(backdrop.county_lines)
    assert shapely.bounds(backdrop.state_lines)[2] <= 410_000.0


def test_simplified_keeps_junctions(world):
    backdrop = build_backdrop(world, _frame(world), 1_000.0)
    ends = shapely.get_coordinates(shapely.boundary(shapely.get_parts(backdrop.state_lines)))
    assert [420_000.0, 5_750_000.0] in ends.tolist()


def test_without_states_the_country_is_outlined(world, without_levels):
    backdrop = build_backdrop(without_levels(world, {Level.STATE}), _frame(world), 0.0)
    assert shapely.length(backdrop.state_lines) == 2 * (30_000 + 15_000)
    assert shapely.length(backdrop.county_lines) == 2 * 15_000


def test_without_counties_states_are_drawn_alone(world, without_levels):
    backdrop = build_backdrop(without_levels(world, {Level.COUNTY}), _frame(world), 0.0)
    assert shapely.length(backdrop.state_lines) == 2 * (30_000 + 15_000) + 15_000
    assert shapely.is_empty(backdrop.county_lines)


def test_without_either_nothing_is_drawn(world, without_levels):
    backdrop = build_backdrop(without_levels(world, {Level.STATE, Level.COUNTY}), _frame(world), 0.0)
    assert all(map(shapely.is_empty, (backdrop.land, backdrop.county_lines, backdrop.state_lines)))
