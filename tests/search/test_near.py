from dataclasses import replace

import pytest

from geoplan.errors import AmbiguousUnitError, InvalidValueError, UnknownUnitError
from geoplan.search import Match, NameIndex

WHERE = {  # latitude, longitude
    "06534016": (50.85, 9.11), "07316000": (49.35, 8.14), "09575153": (49.58, 10.61),
    "16062036": (51.56, 10.84), "06531005": (50.58, 8.68), "09663000": (49.79, 9.94),
}  # fmt: skip


@pytest.fixture(scope="module")
def index(country):
    longitude, latitude = country.longitude.copy(), country.latitude.copy()
    for unit_id, (north, east) in WHERE.items():
        latitude[country.row(unit_id)], longitude[country.row(unit_id)] = north, east
    return NameIndex(replace(country, longitude=longitude, latitude=latitude))


@pytest.mark.parametrize(
    ("near", "order"),
    [
        ("Gießen", ["06534016", "16062036", "07316000", "09575153"]),
        ("06531005", ["06534016", "16062036", "07316000", "09575153"]),
        ("49.79, 9.94", ["09575153", "06534016", "07316000", "16062036"]),
        ("Stadt Würzburg", ["09575153", "06534016", "07316000", "16062036"]),
    ],
)
def test_of_one_name_the_near_come_first(index, near, order):
    found = index.search("Neustadt", near=near)
    by_distance = [one.distance_km for one in found]
    assert by_distance == sorted(by_distance)
    assert found[0].unit.id == order[0]
    assert {one.unit.id for one in found} == set(order)


def test_a_better_match_stays_before_a_nearer_one(index):
    assert index.search("Neustadt Hessen", near="Würzburg, Stadt")[0].match == Match.EXACT


def test_a_shortened_name_is_as_good_as_a_full_one(index):
    assert index.search("Neustadt a.d. Aisch", near="Gießen")[0].unit.id == "09575153"


def test_the_point_may_lie_anywhere(index):
    assert index.search("Neustadt", near="48.5734, 7.7521")[0].unit.id == "07316000"


@pytest.mark.parametrize(
    ("near", "error"),
    [
        ("Neustadt", AmbiguousUnitError),
        ("Nirgendwo", UnknownUnitError),
        ("", InvalidValueError),
        ("95.5, 200.5", InvalidValueError),
    ],
)
def test_where_is_refused_by_name(index, near, error):
    with pytest.raises(error):
        index.search("Neustadt", near=near)


def test_the_distance_is_written_only_where_it_was_asked_for(index, country):
    assert "distance_km" not in index.search("Neustadt")[0].to_dict(country)
    assert index.search("Neustadt", near="Gießen")[0].to_dict(country)["distance_km"] > 1
