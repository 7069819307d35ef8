"""How the OGC API answers beyond the standard's own tests: tags, pages, people, plans, refusals."""

import gzip
import re

import pytest
from starlette.testclient import TestClient

from geoplan.plans import Plan, open_store
from geoplan.plans.model import PlannedNetwork
from geoplan.plans.states import Actor, Role
from geoplan_api import Settings, create_app
from tests.api.test_pages import Links

PAGES = [
    "", "/conformance", "/collections", "/collections/{}", "/collections/{}/queryables",
    "/collections/{}/items", "/collections/{}/items?filter=id+IS+NULL", "/api",
]  # fmt: skip


def test_strong_tag_saves_the_answer(collection):
    answer = collection.items(limit=1)
    tag = answer.headers["etag"]
    assert re.fullmatch(r'"[0-9a-f]+-gzip"', tag)
    assert answer.headers["cache-control"].startswith("public, max-age=")
    path = f"{collection.root.path}{collection.path}/items"
    again = collection.root.client.get(path, params={"limit": 1}, headers={"if-none-match": tag})
    assert again.status_code == 304
    assert again.content == b""
    assert again.headers["etag"] == tag


def test_tag_changes_with_what_is_asked(collection):
    asked = [
        {"limit": 1},
        {"limit": 2},
        {"lang": "en"},
        {"crs": "http://www.opengis.net/def/crs/EPSG/0/3857"},
    ]
    tags = {collection.items(**given).headers["etag"] for given in asked}
    plain = collection.root.client.get(
        f"{collection.root.path}{collection.path}/items?limit=1", headers={"accept-encoding": "identity"}
    )
    assert "content-encoding" not in plain.headers
    assert len(tags | {plain.headers["etag"]}) == len(asked) + 1


def test_compressed_and_plain_say_the_same(municipalities):
    path = "/ogc/collections/municipalities/items"
    with municipalities.root.client.stream("GET", path, headers={"accept-encoding": "gzip"}) as answer:
        packed = b"".join(answer.iter_raw())
    plain = municipalities.root.client.get(path, headers={"accept-encoding": "identity"})
    assert gzip.decompress(packed) == plain.content


def test_licence_and_vintage_stand_in_each_page_of_features(collection):
    data = collection.features(limit=1)["data"]
    assert (data["licence"], data["vintage"]) == ("CC0", "2026-01-01")


def test_pages_lead_forth_and_back(municipalities):
    seen, page = [], municipalities.features(limit=2)
    while True:
        seen += [one["id"] for one in page["features"]]
        links = {one["rel"]: one["href"] for one in page["links"]}
        if "prev" in links:
            assert municipalities.root.document(links["prev"])["features"]
        if "next" not in links:
            break
        page = municipalities.root.document(links["next"])
    assert len(seen) == len(set(seen)) == 5
    assert municipalities.features(offset=5)["features"] == []


def test_features_are_those_of_the_atlas(municipalities):
    feature = municipalities.root.document("/collections/municipalities/items/01099001")
    assert feature["properties"]["name"] == "Altdorf"
    assert feature["properties"]["population"] == 8000
    unknown = municipalities.root.document("/collections/municipalities/items/02099002")["properties"]
    assert unknown["population"] is None
    assert unknown["population_source"] is None


def test_borders_have_their_length_and_both_sides(village_client):
    page = village_client.get("/ogc/collections/borders/items", headers={"accept": "*/*"}).json()
    assert len(page["features"]) == 7
    for one in page["features"]:
        told = one["properties"]
        assert one["id"] == f"{told['one']}-{told['other']}"
        assert one["geometry"]["type"] == "MultiLineString"
        assert told["border_km"] == 5.0
        assert told["between_states"] == (told["one"][:2] != told["other"][:2])


def test_suggestions_are_those_of_the_api(village_client):
    features = village_client.get("/ogc/units/Altdorf/collections/suggestions/items?service=it").json()[
        "features"
    ]
    told = village_client.get("/api/v1/units/01099001/suggestions?service=it&limit=100").json()["suggestions"]
    assert [one["id"] for one in features] == [one["id"] for one in told]
    assert [one["properties"]["rank"] for one in features] == list(range(1, len(told) + 1))
    assert features[0]["properties"]["score"] == pytest.approx(told[0]["score"], abs=1e-6)
    assert features[0]["properties"]["reasons"]


@pytest.mark.parametrize("query", ["type=sideways", "service=nothing", "with=nobody"])
def test_a_wrong_question_is_refused(village_client, query):
    answer = village_client.get(f"/ogc/units/01099001/collections/suggestions/items?{query}")
    assert answer.status_code in (400, 404)
    assert answer.json()["detail"]


def test_no_such_unit(village_client):
    assert village_client.get("/ogc/units/Nirgendwo").status_code == 404
    assert village_client.get("/ogc/units/Neudorf").status_code == 409


@pytest.mark.parametrize("path", PAGES)
def test_pages_for_people_ask_nobody_else(collection, path):
    address = collection.root.path + path.format(collection.name)
    answer = collection.root.client.get(address, headers={"accept": "text/html,*/*;q=0.8"})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/html")
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    page = Links(answer.text)
    assert page.found
    assert all(link.startswith(("/", "?", "#", "http://testserver")) for link in page.asked)
    for link in page.found:
        if link.startswith("http://testserver/ogc") and "?" in link:
            assert collection.root.client.get(link).status_code == 200, link


def test_a_page_escapes_what_it_was_given(municipalities):
    answer = municipalities.root.get(
        "/collections/municipalities/items", accept="text/html", filter="name = '<script>alert(1)</script>'"
    )
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text


@pytest.fixture
def public(villages, tmp_path, monkeypatch):
    """A server with two plans, one of them public."""
    monkeypatch.setenv("GEOPLAN_PLANS_URL", f"sqlite:///{tmp_path / 'plans.db'}")
    store = open_store()
    for name in ("open", "secret"):
        network = PlannedNetwork(members=("01099001", "01099002"))
        store.create(
            Plan(id=name, title=f"Plan {name}", network=network), Actor(name="tests", role=Role.COORDINATOR)
        )
    store.close()
    settings = Settings(data=str(villages), public_plans=("open", "gone"))
    with TestClient(create_app(settings)) as client:
        yield client


def test_public_plans_are_features_and_no_others(public):
    assert "plans" in [one["id"] for one in public.get("/ogc/collections").json()["collections"]]
    (feature,) = public.get("/ogc/collections/plans/items").json()["features"]
    assert feature["properties"] == {
        "id": "open", "title": "Plan open", "state": "idea", "service": None,
        "members": "01099001,01099002", "member_names": "Altdorf, Neudorf", "member_count": 2,
    }  # fmt: skip
    assert feature["geometry"]["type"] == "MultiPolygon"
    assert public.get("/ogc/collections/plans/items/secret").status_code == 404


def test_without_public_plans_there_is_no_such_collection(village_client):
    assert village_client.get("/ogc/collections/plans").status_code == 404
