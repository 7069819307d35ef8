import numpy as np
import pytest
import shapely

from geoplan.boundaries.german import KeyedFeatures, german_names, german_places
from geoplan.errors import DatasetError
from geoplan.units import Level


def features(*keys: str, area_code: int = 4) -> KeyedFeatures:
    return KeyedFeatures(
        keys=keys,
        names=[f"name {key}" for key in keys],
        designations=["Stadt"] * len(keys),
        area_codes=np.full(len(keys), area_code),
    )


def boxes(count: int) -> np.ndarray:
    return np.array([shapely.box(number, 0, number + 1, 1) for number in range(count)], dtype=object)


def test_level_and_parents_follow_from_the_key():
    places = german_places(features("055700044044", "073375005012", "031539504504"), boxes(3))
    assert places.ids == ["05570044", "07337012", "03153504"]
    assert places.levels == [Level.MUNICIPALITY, Level.MUNICIPALITY, Level.UNINCORPORATED_AREA]
    assert places.parent_ids == {
        Level.ASSOCIATION: [None, "073375005", None],
        Level.COUNTY: ["05570", "07337", "03153"],
        Level.GOVERNMENT_REGION: ["055", "073", "031"],
        Level.STATE: ["05", "07", "03"],
    }
    assert np.isnan(places.population).all()


@pytest.mark.parametrize(("area_code", "on_land"), [(4, True), (9, True), (2, False), (0, False)])
def test_the_area_code_tells_land_from_water(area_code, on_land):
    assert german_places(features("055700044044", area_code=area_code), boxes(1)).on_land.tolist() == [
        on_land
    ]


@pytest.mark.parametrize("key", ["5570044044", "05570004404x", "", "05570044", "０55700044044"])
def test_a_key_that_is_none_is_named(key):
    with pytest.raises(DatasetError, match=f"“{key}”"):
        german_places(features("055700044044", key), boxes(2))


def test_only_real_associations_are_units():
    names = german_names(Level.ASSOCIATION, features("055700044", "073375005", "031539504"))
    assert names.ids == ["073375005"]
    assert names.names == ["name 073375005"]


def test_longer_keys_are_cut_to_the_level_and_parts_counted_once():
    names = german_names(Level.COUNTY, features("073370000000", "055700000000", "073370000000"))
    assert names.ids == names.ars == ["05570", "07337"]


def test_a_state_at_sea_is_left_out():
    assert german_names(Level.STATE, features("01", area_code=1)).ids == []


def test_a_county_key_too_short_is_named():
    with pytest.raises(DatasetError, match="“0557” does not have 5 digits"):
        german_names(Level.COUNTY, features("0557"))
