"""Whoever asks too often is told to wait, guesses at tokens sooner; nobody counts as somebody else."""

import pytest

from geoplan.plans import open_store
from geoplan.plans.tokens import Scope, WantedToken, create_token
from geoplan_api.app import create_app
from geoplan_api.guarding.rates import EXPENSIVE, FREE, TILES
from geoplan_api.protocol.methods import allowed_methods
from geoplan_api.settings import Settings

PLANS = "/api/v1/plans"
LIMITS = {"rate_limit": 5, "rate_limit_tiles": 4, "rate_limit_expensive": 2, "rate_limit_wrong_tokens": 3}


@pytest.fixture
def limited(answering):
    return lambda **more: answering(**{**LIMITS, **more})


def refused(answer):
    assert (answer.status_code, answer.json()["kind"]) == (429, "too-many-requests")
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert "content-security-policy" in answer.headers
    return True


def test_what_is_left_is_told(limited):
    headers = limited().get("/api/v1/services").headers
    assert headers["ratelimit-policy"] == '"default";q=5;w=60'
    assert headers["ratelimit"].startswith('"default";r=4;t=')


def test_asking_too_often(limited):
    client = limited()
    assert [client.get("/api/v1/services").status_code for _ in range(6)] == [200] * 5 + [429]
    assert refused(client.get("/nothing/here"))
    assert client.get("/health/ready").status_code == 200, "whoever watches the server is not counted"


def test_what_takes_long_is_counted_more_strictly(limited):
    client = limited()
    path = "/api/v1/units/01099001/white-spots?service=building-yard"
    assert [client.get(path).status_code for _ in range(3)][-1] == 429
    assert client.get(path).headers["ratelimit-policy"] == '"expensive";q=2;w=60'
    assert client.get("/api/v1/services").status_code == 200


@pytest.mark.parametrize(("pattern", "paths"), [
    (EXPENSIVE, ["/api/v1/networks/build", "/api/v1/dossier", "/api/v1/plans/x/dossier",
                 "/api/v1/units/01099001/white-spots", "/embed/white-spots/01"]),
    (TILES, ["/tiles/abc.pmtiles", "/download/abc/counties.fgb", "/map/abc/places.json"]),
    (FREE, ["/health/live", "/health/ready", "/static/v/1/planner/base.css"]),
])  # fmt: skip
def test_classes_name_routes_that_there_are(pattern, paths):
    app = create_app(Settings())
    for path in paths:
        assert pattern.fullmatch(path)
        asked = {"type": "http", "path": path, "root_path": "", "headers": [], "query_string": b""}
        assert allowed_methods(app, asked) != ["OPTIONS"], path


def test_guessing_tokens(limited):
    client = limited(rate_limit=1_000)
    made = create_token(open_store(), WantedToken(name="Bauamt", scope=Scope.READ)).text
    good, wrong = ({"Authorization": f"Bearer {text}"} for text in (made, made[:-1] + "x"))
    assert client.get(PLANS, headers=good).status_code == 200
    assert [client.get(PLANS, headers=wrong).status_code for _ in range(5)] == [401] * 3 + [429] * 2
    assert refused(client.get(PLANS, headers=good)), "an answer would tell that this one is good"
    assert client.get("/api/v1/services").status_code == 200


def test_good_tokens_are_not_guesses(limited):
    client = limited(rate_limit=1_000)
    made = create_token(open_store(), WantedToken(name="Bauamt", scope=Scope.READ)).text
    good = {"Authorization": f"Bearer {made}"}
    assert [client.get(PLANS, headers=good).status_code for _ in range(8)] == [200] * 8


def statuses(client, headers, count=7):
    return {client.get("/api/v1/services", headers=one).status_code for one in headers[:count]}


def forwarded():
    return [{"X-Forwarded-For": f"203.0.113.{number}"} for number in range(20)]


def test_nobody_counts_as_another_by_saying_so(limited):
    assert statuses(limited(), forwarded()) == {200, 429}


def test_readers_behind_a_trusted_proxy_are_told_apart(limited):
    assert statuses(limited(client="10.1.2.3", trusted_proxies="10.0.0.0/8"), forwarded()) == {200}


def test_what_a_reader_adds_before_the_proxy_does_not_count(limited):
    client = limited(client="10.1.2.3", trusted_proxies="10.0.0.0/8")
    lying = [{"X-Forwarded-For": f"203.0.113.{number}, 198.51.100.9"} for number in range(20)]
    assert statuses(client, lying) == {200, 429}


def test_a_network_of_ipv6_is_one_reader(limited):
    client = limited(client="10.1.2.3", trusted_proxies="10.0.0.0/8")
    moving = [{"X-Forwarded-For": f"2001:db8:0:1::{number:x}"} for number in range(1, 20)]
    assert statuses(client, moving) == {200, 429}


def test_the_desk_is_not_counted(limited):
    client = limited(desk=True, client="127.0.0.1")
    assert {client.get("/api/v1/services").status_code for _ in range(9)} == {200}


def test_zero_is_no_limit(answering):
    client = answering(rate_limit=0)
    answer = client.get("/api/v1/services")
    assert "ratelimit" not in answer.headers
