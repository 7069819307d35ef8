"""Tags, freshness and methods: what has not changed is not sent again, and not computed."""

import hashlib

import pytest
from starlette.testclient import TestClient

from geoplan_api import Settings, create_app
from geoplan_api.protocol import routes

READS = [
    "/api/v1/units?q=neudorf", "/api/v1/units/Altdorf", "/api/v1/units/Altdorf/neighbours",
    "/api/v1/units/Altdorf/suggestions", "/api/v1/units/Altdorf/suggestions/01099002",
    "/api/v1/units/01/white-spots?service=it", "/api/v1/services", "/api/v1/services/it",
    "/api/v1/levels/county/units",
]  # fmt: skip
CODINGS = ["identity", "gzip", "br", "zstd"]


@pytest.fixture
def server(village_atlas):
    with TestClient(create_app(Settings(), atlas=village_atlas)) as client:
        client.headers["accept-encoding"] = "identity"
        yield client


def tag_of(client, path, **headers):
    return client.get(path, headers=headers).headers["etag"]


@pytest.mark.parametrize("path", READS)
def test_what_is_known_is_not_sent_again(server, path):
    answer = server.get(path)
    assert answer.status_code == 200
    tag = answer.headers["etag"]
    assert tag.startswith('"')
    assert answer.headers["cache-control"] == "public, max-age=300, must-revalidate"
    assert answer.headers["vary"] == "Accept, Accept-Language, Accept-Encoding, Origin"
    for known in (tag, f'"other", W/{tag}', "*"):
        again = server.get(path, headers={"If-None-Match": known})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert again.headers["vary"] == answer.headers["vary"]
    assert server.get(path, headers={"If-None-Match": '"other"'}).content == answer.content


def test_nothing_is_computed_for_who_knows(server, monkeypatch):
    path = "/api/v1/units/Altdorf/suggestions"
    tag = tag_of(server, path)
    monkeypatch.setattr("geoplan_api.routes.units.suggest", pytest.fail)
    assert server.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_the_tag_follows_request_language_form_coding(server):
    path = "/api/v1/units/Altdorf/suggestions"
    tags = [
        tag_of(server, path),
        tag_of(server, f"{path}?limit=3"),
        tag_of(server, path, **{"Accept-Language": "en"}),
        tag_of(server, path, Accept="application/geo+json"),
        tag_of(server, path, **{"Accept-Encoding": "gzip"}),
        tag_of(server, "/api/v1/units/Bergheim/suggestions"),
    ]
    assert len(set(tags)) == len(tags)
    assert tag_of(server, f"{path}?limit=3&type=any") == tag_of(server, f"{path}?type=any&limit=3")


def test_requests_with_one_tag_have_one_answer(server):
    one, other = (
        server.get(f"/api/v1/units?{query}") for query in ("q=neudorf&limit=1", "limit=1&q=neudorf")
    )
    assert (one.headers["etag"], one.content) == (other.headers["etag"], other.content)


def test_the_tag_follows_data_settings_and_program(server, atlas, village_atlas, monkeypatch):
    tags = {tag_of(server, "/api/v1/services")}
    for loaded, settings in ((atlas, Settings()), (village_atlas, Settings(imprint_url="https://a.example"))):
        with TestClient(create_app(settings, atlas=loaded)) as client:
            tags.add(tag_of(client, "/api/v1/services", **{"Accept-Encoding": "identity"}))
    monkeypatch.setattr("geoplan_api.protocol.tags.version", lambda name: "99")
    with TestClient(create_app(Settings(), atlas=village_atlas, desk=True)) as client:
        tags.add(tag_of(client, "/api/v1/services", **{"Accept-Encoding": "identity"}))
    assert len(tags) == 4


def test_a_tag_does_not_hide_a_problem(server):
    assert server.get("/api/v1/units/Nirgendwo", headers={"If-None-Match": "*"}).status_code == 404
    assert server.get("/api/v1/units?dataset=x", headers={"If-None-Match": "*"}).status_code == 404


@pytest.mark.parametrize(
    "path", [*READS, "/", "/health/live", "/metrics", "/static/icon.svg", "/openapi.json"]
)
def test_head_is_get_without_a_body(server, path):
    get, head = server.get(path), server.head(path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers.get("etag") == get.headers.get("etag")
    # Nobody knows the length of a stream, or of figures that grow, before it has been made.
    if "levels" not in path and path != "/metrics":
        assert head.headers["content-length"] == get.headers["content-length"]


def test_head_is_counted_as_head(server):
    server.head("/api/v1/services")
    lines = server.get("/metrics").text.splitlines()
    assert 'geoplan_requests_total{method="HEAD",route="/api/v1/services",status="200"} 1.0' in lines


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/api/v1/units", "GET, HEAD, OPTIONS"),
        ("/api/v1/networks/check", "POST, OPTIONS"),
        ("/api/v1/plans/netz", "GET, HEAD, PUT, DELETE, OPTIONS"),
        ("/static/icon.svg", "GET, HEAD, OPTIONS"),
    ],
)
def test_options_says_what_is_allowed(server, path, allowed):
    answer = server.options(path)
    assert (answer.status_code, answer.content) == (204, b"")
    if not path.startswith("/static"):
        assert answer.headers["allow"] == allowed
        assert server.patch(path).headers["allow"] == allowed
    assert server.options("/nothing").status_code == 404


@pytest.mark.parametrize(
    ("path", "policy"),
    [
        ("/api/v1/plans", "private, no-store"), ("/plans", "private, no-store"),
        ("/api/v1/units/Nirgendwo", "no-store"), ("/health/ready", "no-store"), ("/metrics", "no-store"),
    ],
)  # fmt: skip
def test_what_must_not_be_kept(server, path, policy):
    assert server.get(path).headers["cache-control"] == policy


def test_files_of_one_version_are_kept_for_good(server, village_atlas):
    version = server.app.state.layers.of(village_atlas).version
    kept = server.get(f"/map/{version}/outline.json")
    assert kept.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert kept.headers["vary"] == "accept-encoding, Origin"


def test_the_version_of_the_data(village_atlas, atlas):
    register = atlas.register
    assert atlas.version != village_atlas.version
    assert atlas.with_register(register).version == atlas.version
    assert len(atlas.version) == 16


@pytest.mark.parametrize("coding", CODINGS)
def test_one_tag_one_sequence_of_bytes(server, coding):
    digests = set()
    for _ in range(2):
        answer = server.get("/api/v1/services", headers={"Accept-Encoding": coding})
        assert answer.headers.get("content-encoding", "identity") == coding
        digests.add((answer.headers["etag"], hashlib.sha256(answer.content).hexdigest()))
    assert len(digests) == 1


def test_only_success_has_a_tag(server):
    assert "etag" not in server.get("/api/v1/units/Nirgendwo").headers
    assert routes.ANY_ANSWER == "*"
