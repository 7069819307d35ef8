"""Part 2: coordinate systems, as the test suite of the OGC asks."""

import re

import numpy as np
import pyproj
import pytest
import shapely

from tests.api.ogc.assertions import ets

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
ALL = [CRS84, *(f"{EPSG}{code}" for code in (4326, 4258, 25832, 25833, 3857))]
UNSUPPORTED = "http://www.opengis.net/def/crs/0/unsupported"
IDENTIFIER = re.compile(r"http://www\.opengis\.net/def/crs/[A-Za-z]+/[0-9.]+/[A-Za-z0-9]+")


def turned(shape, crs):
    """A geometry in ``crs``, in its order of axes, as CRS84."""
    name = "OGC:CRS84" if crs == CRS84 else f"EPSG:{crs.rpartition('/')[2]}"
    there = pyproj.Transformer.from_crs(name, "OGC:CRS84")  # axes as the authority has them
    return shapely.transform(shape, lambda xy: np.column_stack(there.transform(xy[:, 0], xy[:, 1])))


def in_crs(box, crs):
    """A box in CRS84 as one of ``crs``, in its order of axes."""
    name = "OGC:CRS84" if crs == CRS84 else f"EPSG:{crs.rpartition('/')[2]}"
    there = pyproj.Transformer.from_crs("OGC:CRS84", name)
    west, south, east, north = there.transform_bounds(*box, densify_pts=21)
    return ",".join(map(repr, (west, south, east, north)))


@ets(
    "DiscoveryCollectionsCrsUri#verifyCollectionsCrsIdentifierOfCrsProperty",
    "DiscoveryCollectionsCrsUri#verifyCollectionsCrsIdentifierOfStorageCrs",
    "DiscoveryCollectionsCrsUri#verifyCollectionsCollectionCrsIdentifierOfCrsProperty",
    "DiscoveryCollectionsCrsUri#verifyCollectionsCollectionCrsIdentifierOfStorageCrs",
    "DiscoveryCollectionCrsUri#verifyCollectionCrsIdentifierOfCrsProperty",
    "DiscoveryCollectionCrsUri#verifyCollectionCrsIdentifierOfStorageCrsProperty",
    test="/conf/crs/crs-uri",
)
def test_identifiers_are_valid(collection):
    listed = collection.root.document("/collections")
    told = [collection.describe(), *listed["collections"]]
    identifiers = [*listed["crs"], *(one for entry in told for one in [*entry["crs"], entry["storageCrs"]])]
    assert "storageCrs" not in listed
    assert all(IDENTIFIER.fullmatch(one) for one in identifiers)


@ets(
    "DiscoveryCollectionsDefaultCrs#verifyCollectionsPathCollectionCrsPropertyContainsDefaultCrs",
    "DiscoveryCollectionDefaultCrs#verifyCollectionCrsIdentifierOfCrsProperty",
    test="/conf/crs/default-crs",
)
@ets(
    "DiscoveryCollectionsStorageCrs#verifyCollectionsPathCollectionCrsPropertyContainsStorageCrs",
    "DiscoveryCollectionStorageCrs#verifyCollectionCrsIdentifierOfCrsProperty",
    test="/conf/crs/storageCrs",
)
def test_default_and_storage_crs_are_offered(collection):
    listed = collection.root.document("/collections")["collections"]
    for entry in [collection.describe(), *listed]:
        assert entry["crs"] == ALL
        assert entry["storageCrs"] == f"{EPSG}25832"
        assert entry["storageCrs"] in entry["crs"]


@ets("FeaturesCrsParameter#verifyFeaturesCrsParameter", test="/conf/crs/crs-parameter")
@ets(
    "FeaturesCrsParameterTransform#verifyFeaturesPathGeometriesDefaultCrs",
    "FeaturesCrsParameterTransform#verifyFeaturesPathTransformedGeometries",
    test="/conf/crs/crs-parameter-transform",
)
@pytest.mark.parametrize("crs", ALL)
def test_features_in_each_crs(collection, crs):
    answer = collection.items(crs=crs)
    assert answer.status_code == 200
    assert answer.headers["content-crs"] == f"<{crs}>"
    plain = {one["id"]: shapely.geometry.shape(one["geometry"]) for one in collection.features()["features"]}
    for feature in answer.json()["features"]:
        there = turned(shapely.geometry.shape(feature["geometry"]), crs)
        assert shapely.hausdorff_distance(there, plain[feature["id"]]) < 2e-5


@ets("FeatureCrsParameter#verifyFeatureCrsParameter", test="/conf/crs/crs-parameter")
@ets(
    "FeatureCrsParameterTransform#verifyFeatureCrsParameterTransformWithCrsParameter",
    "FeatureCrsParameterTransform#verifyFeatureCrsParameterTransformWithoutCrsParameter",
    test="/conf/crs/crs-parameter-transform",
)
@pytest.mark.parametrize("crs", ALL)
def test_one_feature_in_each_crs(collection, crs):
    first = collection.features(limit=1)["features"][0]
    path = f"{collection.path}/items/{first['id']}"
    answer = collection.root.get(path, accept="application/geo+json", crs=crs)
    assert answer.status_code == 200
    assert answer.headers["content-crs"] == f"<{crs}>"
    there = turned(shapely.geometry.shape(answer.json()["geometry"]), crs)
    assert shapely.hausdorff_distance(there, shapely.geometry.shape(first["geometry"])) < 2e-5


@ets("FeaturesCrsParameterDefault#verifyFeaturesCrsParameterDefault", test="/conf/crs/crs-parameter-default")
@ets("FeatureCrsParameterDefault#verifyFeatureCrsParameterDefault", test="/conf/crs/crs-parameter-default")
def test_default_crs_is_told(collection):
    page = collection.items()
    assert page.headers["content-crs"] == f"<{CRS84}>"
    first = page.json()["features"][0]["id"]
    assert collection.root.get(f"{collection.path}/items/{first}").headers["content-crs"] == f"<{CRS84}>"


@ets("FeaturesCrsParameterInvalid#verifyFeaturesCrsParameterInvalid", test="/conf/crs/crs-parameter-invalid")
@ets("FeatureCrsParameterInvalid#verifyFeatureCrsParameterInvalid", test="/conf/crs/crs-parameter-invalid")
def test_another_crs_is_refused(collection):
    first = collection.features(limit=1)["features"][0]["id"]
    assert collection.items(crs=UNSUPPORTED).status_code == 400
    assert collection.root.get(f"{collection.path}/items/{first}", crs=UNSUPPORTED).status_code == 400


@ets("BBoxCrsParameter#verifyBboxCrsParameter", test="/conf/crs/bbox-crs-parameter")
@ets("BBoxCrsParameterDefault#verifyBboxCrsParameterDefault", test="/conf/crs/bbox-crs-parameter-default")
@pytest.mark.parametrize("crs", ALL)
def test_a_box_in_each_crs(collection, crs):
    west, south, east, north = collection.describe()["extent"]["spatial"]["bbox"][0]
    # A part of the extent that no feature ends at: boxes of two systems never cover the very same ground.
    box = (west, south, west + (east - west) * 0.81, south + (north - south) * 0.73)
    plain = collection.features(bbox=",".join(map(repr, box)))["features"]
    there = collection.features(bbox=in_crs(box, crs), bbox_crs=crs)["features"]
    assert plain
    assert {one["id"] for one in there} == {one["id"] for one in plain}


@ets("BBoxCrsParameterInvalid#verifyBboxCrsParameterInvalid", test="/conf/crs/bbox-crs-parameter-invalid")
def test_a_box_in_another_crs_is_refused(collection):
    assert collection.items(bbox="5,49,6,50", bbox_crs=UNSUPPORTED).status_code == 400
