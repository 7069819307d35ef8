"""Core: what there is and how it is described, as the test suite of the OGC asks."""

import importlib

import pytest
import shapely
from openapi_spec_validator import validate

from tests.api.ogc.assertions import ASSERTIONS, CORE, PORTED, ets
from tests.api.ogc.conftest import ROOTS

OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
OTHER = {"application/json": "text/html", "application/geo+json": "text/html"}


def link(links, rel, media=None):
    found = [one for one in links if one["rel"] == rel and media in (None, one["type"])]
    assert found, (rel, media)
    return found[0]


def check_links(links):
    """A link to the document itself and to its other form; each says what it is."""
    itself = link(links, "self")
    assert link(links, "alternate", OTHER[itself["type"]])
    assert all(one["rel"] and one["type"] and one["href"].startswith("http") for one in links)


@ets("GeneralHttp#http", test="/conf/core/http")
def test_root_answers_over_http(root):
    assert root.get("/").status_code == 200


@ets("LandingPage#landingPageRetrieval", "LandingPage#landingPageValidation", test="/conf/core/root-success")
@pytest.mark.parametrize("path", ["", "/"])
def test_landing_page_leads_to_all(root, path):
    rels = {one["rel"] for one in root.document(path)["links"]}
    assert {"self", "alternate", "service-desc", "service-doc", "conformance", "data"} <= rels
    check_links(root.document(path)["links"])


@ets("ApiDefinition#openapiDocumentRetrieval", test="/conf/core/api-definition-op")
@ets("ApiDefinition#apiDefinitionValidation", test="/conf/core/api-definition-success")
def test_api_definition_is_valid(root):
    where = link(root.document()["links"], "service-desc", OPENAPI)
    answer = root.get(where["href"], accept=OPENAPI)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == OPENAPI
    assert answer.json()["openapi"].startswith("3.0")
    validate(answer.json())


@ets("Conformance#validateConformanceOperationAndResponse", test="/conf/core/conformance-success")
@ets("CrsRequirementClassPrecondition#verifyConformanceClass", test="/conf/crs")
def test_conformance_names_the_classes(root):
    where = link(root.document()["links"], "conformance")
    declared = root.document(where["href"])["conformsTo"]
    assert declared == root.document("/conformance")["conformsTo"]
    part = "http://www.opengis.net/spec/ogcapi-features-"
    assert {f"{part}1/1.0/conf/{one}" for one in ("core", "oas30", "html", "geojson")} <= set(declared)
    assert f"{part}2/1.0/conf/crs" in declared
    assert all(isinstance(one, str) for one in declared)


@ets("FeatureCollections#validateFeatureCollectionsMetadataOperation", test="/conf/core/fc-md-op")
@ets(
    "FeatureCollections#validateFeatureCollectionsMetadataOperationResponse_Content",
    test="/conf/core/fc-md-success",
)
def test_collections_are_listed(root):
    document = root.document("/collections")
    assert document["links"]
    assert [one["id"] for one in document["collections"]] == list(ROOTS[root.path])


@ets(
    "FeatureCollections#validateFeatureCollectionsMetadataOperationResponse_Links",
    "FeatureCollections#validateFeatureCollectionsMetadataOperationResponse_Links_v101",
    test="/conf/core/fc-md-links",
)
def test_collections_link_to_themselves_and_their_page(root):
    check_links(root.document("/collections")["links"])


@ets(
    "FeatureCollections#validateFeatureCollectionsMetadataOperationResponse_Items",
    "FeatureCollections#validateFeatureCollectionsMetadataOperationResponse_Items_v101",
    test="/conf/core/fc-md-items",
)
def test_listed_collections_have_an_id_and_features(root):
    for one in root.document("/collections")["collections"]:
        assert isinstance(one["id"], str)
        assert one["id"]
        assert one["itemType"] == "feature"
        items = link(one["links"], "items", "application/geo+json")
        assert root.document(items["href"], accept=items["type"])["type"] == "FeatureCollection"


@ets(
    "FeatureCollections#validateFeatureCollectionsMetadataOperationResponse_CrsProperty",
    test="/req/core/crs84",
)
def test_default_crs_stands_first(root):
    assert root.document("/collections")["crs"][0] == "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


@ets(
    "FeatureCollections#validateFeatureCollectionsMetadataOperationResponse_Items_Links_v101",
    test="/conf/core/fc-md-items-links",
)
def test_listed_collections_link_to_features_in_each_form(root):
    for one in root.document("/collections")["collections"]:
        assert {entry["type"] for entry in one["links"] if entry["rel"] == "items"} == {
            "application/geo+json",
            "text/html",
        }
        assert all(entry["rel"] and entry["type"] and entry["href"] for entry in one["links"])


@ets(
    "FeatureCollections#validateFeatureCollectionsMetadataOperationResponse_Extent_v101",
    test="/conf/core/fc-md-extent",
)
def test_extent_has_all_geometries(collection):
    (box,) = collection.describe()["extent"]["spatial"]["bbox"]
    shapes = [shapely.geometry.shape(one["geometry"]) for one in collection.features()["features"]]
    assert shapely.box(*box).contains(shapely.union_all(shapes))


@ets("FeatureCollection#validateFeatureCollectionMetadataOperation", test="/conf/core/sfc-md-op")
@ets("FeatureCollection#validateFeatureCollectionMetadataResponse", test="/conf/core/sfc-md-success")
def test_collection_says_what_the_list_says(collection):
    listed = {one["id"]: one for one in collection.root.document("/collections")["collections"]}
    alone, entry = collection.describe(), listed[collection.name]
    assert {key: alone[key] for key in ("id", "title", "description", "extent")} == {
        key: entry[key] for key in ("id", "title", "description", "extent")
    }
    check_links(alone["links"])


def test_every_assertion_of_the_suite_is_ported():
    for module in ("test_ets_crs", "test_ets_features"):
        importlib.import_module(f"tests.api.ogc.{module}")  # its tests note what they port
    assert set(PORTED) == ASSERTIONS
    assert len(ASSERTIONS) == 83
    assert sum(len(names) for names in CORE.values()) == 59
