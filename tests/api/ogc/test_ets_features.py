"""Core: features, page by page, as the test suite of the OGC asks."""

import pytest
import shapely

from tests.api.ogc.assertions import CORE, ets
from tests.api.ogc.test_ets_core import check_links, link

WORLD = shapely.box(-180, -90, 180, 90)
AROUND_THE_WORLD = [
    "-1.5,50.0,1.5,53.0", "-80.0,-5.0,-70.0,5.0", "177.0,65.0,-177.0,70.0", "-180.0,85.0,180.0,90.0",
    "-180.0,-90.0,180.0,-85.0",
]  # fmt: skip
"""Over the meridian, the equator and the antimeridian, at the poles."""
MOMENTS = [
    "2018-02-12T23:20:50Z", "2018-02-12T00:00:00Z/2018-03-18T12:31:12Z", "2018-02-12/2018-02-14",
    "../2018-03-18T12:31:12Z", "2018-02-12T00:00:00Z/..", "2018-02-12T00:00:00Z/",
]  # fmt: skip


def parameter(collection, name):
    definition = collection.root.document("/api")
    told = definition["paths"][f"{collection.path}/items"]["get"]["parameters"]
    (found,) = [one for one in told if one["name"] == name]
    told = (found["in"], found["required"], found["style"], found["explode"])
    assert told == ("query", False, "form", False)
    return found["schema"]


def all_pages(collection, page):
    """The features of a page and of all that follow it."""
    found = list(page["features"])
    while following := [one for one in page["links"] if one["rel"] == "next"]:
        page = collection.root.document(following[0]["href"])
        found += page["features"]
    return found


def check_page(collection, page):
    """What every page of features owes: type, features, links, numbers, geometry in CRS84."""
    assert page["type"] == "FeatureCollection"
    assert isinstance(page["features"], list)
    check_links(page["links"])
    # It would be the moment of the answer, and no two answers the same; strong tags say more.
    assert "timeStamp" not in page
    assert page["numberReturned"] == len(page["features"])
    everything = all_pages(collection, page)
    assert page["numberMatched"] == len(everything)
    assert len({one["id"] for one in everything}) == len(everything)
    for feature in page["features"]:
        assert WORLD.contains(shapely.geometry.shape(feature["geometry"]))


@ets(*(f"Features#{name}" for name in CORE["Features"]), test="/conf/core/fc-op, crs84, fc-response")
def test_features(collection):
    answer = collection.items()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/geo+json"
    assert answer.json()["features"]
    check_page(collection, answer.json())


@ets("FeaturesBBox#boundingBoxParameterDefinition", test="/conf/core/fc-bbox-definition")
def test_bbox_is_defined(collection):
    schema = parameter(collection, "bbox")
    assert (schema["type"], schema["items"]) == ("array", {"type": "number"})
    assert schema["oneOf"] == [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}]


@ets(*(f"FeaturesBBox#{name}" for name in CORE["FeaturesBBox"][1:]), test="/conf/core/fc-bbox-response")
@pytest.mark.parametrize("box", [None, "half", *AROUND_THE_WORLD])
def test_features_within_a_box(collection, box):
    west, south, east, north = collection.describe()["extent"]["spatial"]["bbox"][0]
    asked = {None: (west, south, east, north), "half": (west, south, (west + east) / 2, north)}.get(box)
    text = box if asked is None else ",".join(map(str, asked))
    page = collection.features(bbox=text)
    check_page(collection, page)
    if asked is None:
        assert page["features"] == []
        return
    shapes = {one["id"]: shapely.geometry.shape(one["geometry"]) for one in collection.features()["features"]}
    inside = {name for name, shape in shapes.items() if shape.intersects(shapely.box(*asked))}
    assert {one["id"] for one in page["features"]} == inside
    west, south, east, north = asked
    assert collection.features(bbox=f"{west},{south},-10,{east},{north},900")["features"] == page["features"]


@ets("FeaturesLimit#limitParameterDefinition", test="/conf/core/fc-limit-definition")
def test_limit_is_defined(collection):
    schema = parameter(collection, "limit")
    assert schema["type"] == "integer"
    assert 0 <= schema["minimum"] <= schema["default"] <= schema["maximum"]


@ets(*(f"FeaturesLimit#{name}" for name in CORE["FeaturesLimit"][1:]), test="/conf/core/fc-limit-response")
@pytest.mark.parametrize("limit", [1, 2, 100, 10_000_000])
def test_features_up_to_a_limit(collection, limit):
    page = collection.features(limit=limit)
    assert len(page["features"]) == min(limit, page["numberMatched"])
    check_page(collection, page)


@ets("FeaturesTime#timeParameterDefinition", test="/conf/core/fc-time-definition")
def test_datetime_is_defined(collection):
    assert parameter(collection, "datetime") == {"type": "string"}


@ets(*(f"FeaturesTime#{name}" for name in CORE["FeaturesTime"][1:]), test="/conf/core/fc-time-response")
@pytest.mark.parametrize("moment", MOMENTS)
def test_features_without_a_time_belong_to_every_time(collection, moment):
    page = collection.features(datetime=moment)
    assert page["numberMatched"] == collection.features()["numberMatched"]
    check_page(collection, page)


@pytest.mark.parametrize("moment", ["", "yesterday", "2018-02-12T23:20", "/", "2018/2019/2020", "1/2"])
def test_a_time_that_is_none_is_refused(collection, moment):
    assert collection.items(datetime=moment).status_code == 400


@ets(
    "FeaturesErrorConditions#validateFeaturesOperation_QueryParamInvalid",
    test="/conf/core/query-param-invalid",
)
@pytest.mark.parametrize(
    "given", [{"limit": "unlimited"}, {"limit": "0"}, {"limit": "-1"}, {"offset": "x"}, {"bbox": "1,2,3"},
    {"bbox": "1,2,3,nan"}, {"bbox": "3,2,1,1"}, {"bbox": ""}, {"f": "xml"}],
)  # fmt: skip
def test_a_wrong_parameter_is_refused(collection, given):
    answer = collection.items(**given)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@ets(
    "FeaturesErrorConditions#validateFeaturesOperation_QueryParamUnknown",
    test="/conf/core/query-param-unknown",
)
def test_an_unknown_parameter_is_refused(collection):
    assert collection.items(unknownQueryParameter10007=1).status_code == 400


@ets("Feature#featureOperation", test="/conf/core/f-op")
@ets("Feature#validateFeatureResponse", test="/conf/core/f-success, f-links")
def test_each_feature_alone(collection):
    for feature in collection.features()["features"]:
        path = f"{collection.path}/items/{feature['id']}"
        answer = collection.root.get(path, accept="application/geo+json")
        assert answer.status_code == 200
        assert answer.headers["content-type"] == "application/geo+json"
        alone = answer.json()
        assert {key: alone[key] for key in feature} == feature
        check_links(alone["links"])
        assert link(alone["links"], "collection")["href"].endswith(collection.path)


def test_no_such_feature_or_collection(collection):
    assert collection.root.get(f"{collection.path}/items/nobody").status_code == 404
    assert collection.root.get("/collections/nothing").status_code == 404
    assert collection.root.get("/collections/nothing/items").status_code == 404
