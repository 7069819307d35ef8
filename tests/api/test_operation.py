"""What those need who run the server: health, metrics, headers."""

from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.security import HEADERS


def test_alive_and_ready(village_client):
    assert village_client.get("/health/live").json() == {"status": "ok"}
    ready = village_client.get("/health/ready").json()
    assert (ready["status"], ready["dataset"], ready["vintage"]) == ("ok", "Villages", "2026-01-01")


def test_alive_but_not_ready():
    client = TestClient(create_app(Settings()))
    assert client.get("/health/live").status_code == 200
    assert client.get("/health/ready").status_code == 503


def test_not_ready_after_the_end(village_atlas):
    application = create_app(Settings(), atlas=village_atlas)
    with TestClient(application) as client:
        assert client.get("/health/ready").status_code == 200
    assert TestClient(application).get("/health/ready").status_code == 503


def test_metrics_count_by_route(village_atlas):
    with TestClient(create_app(Settings(), atlas=village_atlas)) as client:
        for unit in ("Altdorf", "Bergheim", "Nirgendwo"):
            client.get(f"/api/v1/units/{unit}")
        client.get("/nothing/here")
        client.request("BREW", "/nothing")
        lines = client.get("/metrics").text.splitlines()
    route = 'method="GET",route="/api/v1/units/{unit_id}"'
    assert f'geoplan_requests_total{{{route},status="200"}} 2.0' in lines
    assert f'geoplan_requests_total{{{route},status="404"}} 1.0' in lines
    assert 'geoplan_requests_total{method="GET",route="unmatched",status="404"} 1.0' in lines
    assert any(line.startswith('geoplan_requests_total{method="other"') for line in lines)
    assert f"geoplan_units {float(len(village_atlas.units))}" in lines
    assert not any("Altdorf" in line or "Nirgendwo" in line for line in lines)


def test_headers_on_every_answer(village_client):
    for path in ("/", "/api/v1/units", "/nothing", "/metrics", "/static/planner.css", "/embed/units/Altdorf"):
        headers = village_client.get(path).headers
        assert [name for name in HEADERS if name not in headers] == []
        assert headers["x-content-type-options"] == "nosniff"


def test_two_applications_do_not_meet(village_atlas):
    with TestClient(create_app(Settings(), atlas=village_atlas)) as one:
        one.get("/api/v1/units")
        with TestClient(create_app(Settings(), atlas=village_atlas)) as other:
            assert 'route="/api/v1/units"' not in other.get("/metrics").text
