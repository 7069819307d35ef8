import numpy as np
import pytest
import shapely

from geoplan.errors import InvalidValueError, UnknownUnitError
from geoplan.search import Ground, Match, NameIndex, Sources
from geoplan.search.coordinates import Point, distance_km, read_coordinates
from geoplan.units import Level

ZONE_32 = "EPSG:25832"
EAST, NORTH, CELL_M = 500_000, 5_300_000, 10_000  # 9° E, 47.85° N


@pytest.fixture(scope="module")
def land(table):
    """Two municipalities side by side, each a square of 10 km; the county is both."""
    rows = [
        ("08001001", "Westdorf", "Gemeinde", Level.MUNICIPALITY, 100, None, "08001", "08"),
        ("08001002", "Ostdorf", "Gemeinde", Level.MUNICIPALITY, 100, None, "08001", "08"),
        ("08001", "Seekreis", "Landkreis", Level.COUNTY, 200, None, None, "08"),
    ]
    units = table(rows)
    units.longitude[:], units.latitude[:] = [9.067, 9.2, 9.13], [47.9, 47.9, 47.9]
    return units


@pytest.fixture(scope="module")
def index(land):
    def geometry_of(rows):
        return shapely.box(
            EAST + CELL_M * rows, np.full(len(rows), NORTH), EAST + CELL_M * (rows + 1), NORTH + CELL_M
        )

    return NameIndex(land, Sources(ground=Ground(units=land, geometry_of=geometry_of, crs=ZONE_32)))


@pytest.mark.parametrize(
    "text",
    [
        "47.9, 9.067", "47.9 9.067", "47.9,9.067", "47.9;9.067", "47,9 9,067", "47,9, 9,067", "9.067, 47.9",
        "N47.9 E9.067", "N 47.9 E 9.067", "47.9N 9.067E", "47.9° N, 9.067° O", "E9.067 N47.9",
        "47°54'0\"N 9°4'1.2\"E", "47° 54′ N, 9° 4.02′ E", "geo:47.9,9.067", " 47.9 ,\u00a09.067 ",
    ],
)  # fmt: skip
def test_a_point_is_written_in_many_ways(land, text):
    point = read_coordinates(text, land)
    assert (point.latitude, point.longitude) == pytest.approx((47.9, 9.067))


@pytest.mark.parametrize("text", ["48291", "05 5 70 044", "48,9", "47 9", "Telgte", "A 7", "1, 2, 3", "٤٧٫٩"])
def test_other_texts_are_none(land, text):
    assert read_coordinates(text, land) is None


@pytest.mark.parametrize("text", ["99.5, 200.5", "N47.9 N9.067", "N95.0 E9.0", "200.5, 200.5"])
def test_no_point_on_earth_is_refused_by_name(index, text):
    with pytest.raises(InvalidValueError, match=text):
        index.search(text)


def test_south_and_west_are_negative(land):
    assert read_coordinates("33.9S 18.4W", land) == Point(latitude=-33.9, longitude=-18.4)


def test_the_place_comes_first_then_what_it_belongs_to(index):
    found = index.search("47.9, 9.067")
    assert [(one.unit.id, one.match, one.distance_km) for one in found] == [
        ("08001001", Match.COORDINATES, 0.0), ("08001", Match.COORDINATES, 0.0),
    ]  # fmt: skip
    assert [one.unit.id for one in index.search("47.9, 9.067", levels=[Level.COUNTY])] == ["08001"]
    assert found[0].to_dict(index._units)["distance_km"] == 0.0


def test_coordinates_resolve_to_the_place(index):
    assert index.resolve("47.9, 9.2") == 1


def test_a_point_just_outside_is_told_with_its_distance(index):
    (first, *_) = index.search("47.8497, 9.067")
    assert first.unit.id == "08001001"
    assert 0 < first.distance_km < 1


@pytest.mark.parametrize(
    ("text", "id", "km"), [("47.7, 9.07", "08001001", "17.0"), ("-33.9, 151.2", "08001", "16,")]
)
def test_a_point_outside_names_the_nearest_and_the_distance(index, text, id, km):
    with pytest.raises(UnknownUnitError) as error:
        index.search(text)
    assert error.value.nearest[0].startswith(id)
    assert f" {km}" in str(error.value)


def test_without_a_ground_coordinates_are_a_text(land):
    assert NameIndex(land).search("47.9, 9.067x") == []


def test_the_ground_is_not_read_for_a_name(land):
    def unneeded(rows):
        raise AssertionError("the polygons are not needed")

    index = NameIndex(land, Sources(ground=Ground(units=land, geometry_of=unneeded, crs=ZONE_32)))
    assert index.resolve("Ostdorf") == 1
    assert index.search("Ostdorf", near="47.9, 9.0")
    with pytest.raises(AssertionError):
        index.resolve("47.9, 9.067")


def test_distances_are_those_on_the_sphere(land):
    assert distance_km(land, np.array([0]), Point(latitude=48.9, longitude=9.067)) == pytest.approx(
        111.2, abs=0.1
    )
