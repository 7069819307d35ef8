"""Pages of other sites read what is public, and touch plans only where they are listed."""

import pytest
from pydantic import ValidationError
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.settings import read_settings

ANYBODY, PORTAL = "https://anybody.example", "https://portal.example"
ALLOWED = "access-control-allow-origin"
PATHS = [
    "/api/v1/units",
    "/api/v1/units/Nirgendwo",
    "/api/v1/levels/state/units",
    "/openapi.json",
    "/health/live",
]


@pytest.fixture
def server(village_atlas):
    def server(*origins):
        settings = Settings(cors_origins=origins) if origins else Settings()
        return TestClient(create_app(settings, atlas=village_atlas))

    return server


def preflight(client, path, method, origin, headers=""):
    asked = {"Origin": origin, "Access-Control-Request-Method": method}
    if headers:
        asked["Access-Control-Request-Headers"] = headers
    return client.options(path, headers=asked)


def never_with_credentials(answer):
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("path", PATHS)
def test_anybody_reads_what_is_public(server, path):
    with server() as client:
        for answer in (
            client.get(path, headers={"Origin": ANYBODY}),
            preflight(client, path, "GET", ANYBODY),
        ):
            assert answer.headers[ALLOWED] == "*"
            never_with_credentials(answer)
        assert (
            "ETag" in client.get(path, headers={"Origin": ANYBODY}).headers["access-control-expose-headers"]
        )


@pytest.mark.parametrize(
    "path", ["/api/v1/plans", "/api/v1/plans/netz", "/api/v1/plans/netz/dossier", "/", "/plans"]
)
@pytest.mark.parametrize("origins", [(), ("*",)])
def test_nobody_unlisted_reads_plans_or_pages(server, path, origins):
    with server(*origins) as client:
        for answer in (
            client.get(path, headers={"Origin": ANYBODY}),
            preflight(client, path, "GET", ANYBODY),
        ):
            assert ALLOWED not in answer.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nobody_unlisted_sends(server, method):
    with server() as client:
        answer = preflight(client, "/api/v1/networks/check", method, ANYBODY, "content-type")
        assert method not in answer.headers.get("access-control-allow-methods", "")
        sent = client.post("/api/v1/networks/check", json={}, headers={"Origin": ANYBODY})
        assert ALLOWED not in sent.headers


def test_who_is_listed_uses_everything(server):
    with server("*", PORTAL) as client:
        for path, method in (("/api/v1/plans/netz", "PUT"), ("/api/v1/networks/check", "POST")):
            answer = preflight(client, path, method, PORTAL, "authorization, if-match, content-type")
            assert (answer.status_code, answer.headers[ALLOWED]) == (200, PORTAL)
            never_with_credentials(answer)
        assert client.get("/api/v1/plans", headers={"Origin": PORTAL}).headers[ALLOWED] == PORTAL
        assert client.get("/api/v1/units", headers={"Origin": ANYBODY}).headers[ALLOWED] == "*"
        assert ALLOWED not in client.get("/api/v1/plans", headers={"Origin": ANYBODY}).headers
        near = client.get("/api/v1/plans", headers={"Origin": f"{PORTAL}.evil.example"})
        assert ALLOWED not in near.headers


def test_a_closed_server(server, village_atlas):
    with TestClient(create_app(Settings(cors_origins=()), atlas=village_atlas)) as client:
        assert ALLOWED not in client.get("/api/v1/units", headers={"Origin": ANYBODY}).headers
    with server(PORTAL) as client:
        assert ALLOWED not in client.get("/api/v1/units", headers={"Origin": ANYBODY}).headers
        assert client.get("/api/v1/units", headers={"Origin": PORTAL}).headers[ALLOWED] == PORTAL


def test_origins_come_from_the_environment(monkeypatch):
    monkeypatch.setenv("GEOPLAN_CORS_ORIGINS", f"*, {PORTAL}")
    assert read_settings().cors_origins == ("*", PORTAL)
    monkeypatch.setenv("GEOPLAN_CORS_ORIGINS", "")
    assert read_settings().cors_origins == ()


@pytest.mark.parametrize(
    "origin", ["portal.example", "https://portal.example/", "null", "https://*.example", "file://x"]
)
def test_what_is_no_origin(origin):
    with pytest.raises(ValidationError):
        Settings(cors_origins=(origin,))
