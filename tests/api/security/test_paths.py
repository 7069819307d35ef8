"""No address and no name leads to a file that is not meant to be read, or to another site."""

import re
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest

from geoplan.boundaries.store import stored_path
from geoplan.errors import GeoplanError
from geoplan.plans import open_store

CLIMBING = [
    "../../../../../../etc/passwd", "..%2f..%2f..%2f..%2fetc%2fpasswd", "%2e%2e/%2e%2e/etc/passwd",
    "....//....//etc/passwd", "..\\..\\etc\\passwd", "/etc/passwd", "%00/etc/passwd", "file:///etc/passwd",
    "..%252f..%252fetc%252fpasswd", "%c0%ae%c0%ae/etc/passwd",
]  # fmt: skip
PLACES = [
    "/static/{}", "/static/v/1/{}", "/docs/assets/{}", "/vendor/leaflet/{}", "/tiles/{}", "/tiles/{}.pmtiles",
    "/download/{}", "/download/x/{}.fgb", "/map/x/places/{}.json", "/api/v1/plans/{}", "/plans/{}",
    "/embed/plans/{}",
    "/api/v1/units/{}", "/api/v1/services/{}", "/ogc/collections/{}", "/ogc/collections/{}/items",
]  # fmt: skip
SECRET = re.compile(r"root:.*:0:0:")


@pytest.fixture(scope="module")
def secret_is_there():
    path = Path("/etc/passwd")
    if not path.exists() or not SECRET.search(path.read_text("utf-8")):
        pytest.skip("needs /etc/passwd as most systems have it")


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("climbing", CLIMBING)
def test_an_address_leads_nowhere_else(village_client, secret_is_there, place, climbing):
    answer = village_client.get(place.format(climbing), follow_redirects=False)
    assert answer.status_code in (307, 400, 401, 403, 404, 406, 422), answer.text[:200]
    assert not SECRET.search(answer.text)


@pytest.mark.parametrize("name", ["../x", "/etc", "a/b", "..", ".", "", "a\x00b", "C:\\x", "~root"])
def test_a_name_of_a_dataset_is_no_path(village_client, name):
    with pytest.raises(GeoplanError):
        stored_path(name)
    answer = village_client.get("/api/v1/units", params={"dataset": name or "/"})
    assert (answer.status_code, answer.json()["kind"]) in ((404, "not-found"), (422, "invalid-value"))
    assert "passwd" not in answer.text


@pytest.mark.parametrize("plan_id", ["x' OR '1'='1", "x'; DROP TABLE plans; --", "../x", "%", "_", "*"])
def test_an_id_of_a_plan_is_no_sql_and_no_path(answering, plan_id):
    client = answering(desk=True, client="127.0.0.1")
    body = {"id": "netz", "title": "Netz", "network": {"members": ["01099001"], "service": "building-yard"}}
    assert client.post("/api/v1/plans", json=body).status_code == 201
    answer = client.get(f"/api/v1/plans/{quote(plan_id, safe='')}")
    assert answer.status_code in (404, 422)
    assert client.post("/api/v1/plans", json=body | {"id": plan_id}).status_code == 422
    assert [one.plan.id for one in open_store().list()] == ["netz"]


@pytest.mark.parametrize("path", [
    "//evil.example", "//evil.example/", "/%2f%2fevil.example", "/\\evil.example", "/units///evil.example",
    "/units/%2F%2Fevil.example", "/?unit=//evil.example", "/plans//evil.example/", "/static//evil.example/",
    "/download///evil.example/x.fgb", "/?with=//evil.example&unit=01099001&next=//evil.example",
    "/units/01099001?next=https://evil.example", "/download/counties.fgb?//evil.example",
])  # fmt: skip
def test_no_address_leads_to_another_site(village_client, path):
    answer = village_client.get(f"http://testserver{path}", follow_redirects=False)
    target = urlsplit(answer.headers.get("location", "/"))
    assert target.netloc in ("", "testserver")
    assert not target.path.startswith(("//", "/\\"))
