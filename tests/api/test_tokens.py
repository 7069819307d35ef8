"""Who reaches the plans over HTTP: those with a token of the right scope, and whoever sits at the desk."""

import datetime
import importlib
import logging
import pkgutil
import re

import pytest
from starlette.testclient import TestClient

from geoplan.plans import Actor, Role, open_store, read_plan, tokens
from geoplan.plans.tokens import Scope, WantedToken, create_token, list_tokens, revoke_token
from geoplan_api import Settings, create_app, routes

PLANS = "/api/v1/plans"
BODY = {
    "id": "netz",
    "title": "Netz",
    "network": {"members": ["01099001", "01099002"], "service": "building-yard"},
    "meetings": [{"title": "Treffen", "starts": "2027-01-04T10:00"}],
}
CHIEF = Actor(name="Chef", role=Role.COORDINATOR)
NEEDED = {
    ("GET", PLANS): Scope.READ,
    ("POST", PLANS): Scope.WRITE,
    ("GET", f"{PLANS}/{{plan_id}}"): Scope.READ,
    ("PUT", f"{PLANS}/{{plan_id}}"): Scope.WRITE,
    ("DELETE", f"{PLANS}/{{plan_id}}"): Scope.WRITE,
    ("POST", f"{PLANS}/{{plan_id}}/restore"): Scope.ADMIN,
    ("GET", f"{PLANS}/{{plan_id}}/history"): Scope.READ,
    ("GET", f"{PLANS}/{{plan_id}}/calendar.ics"): Scope.READ,
    ("GET", f"{PLANS}/{{plan_id}}/dossier"): Scope.READ,
}
"""Whoever adds a route says here what it needs."""


@pytest.fixture
def store(tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    store = open_store()
    yield store
    store.close()


@pytest.fixture
def server(store, village_atlas):
    with TestClient(create_app(Settings(), atlas=village_atlas)) as client:
        yield client


@pytest.fixture
def desk(store, village_atlas):
    application = create_app(Settings(), atlas=village_atlas, desk=True)
    with TestClient(application, base_url="http://127.0.0.1:8000") as client:
        yield client


@pytest.fixture
def token(store):
    def made(scope=Scope.WRITE, name="Bauamt", **given):
        return create_token(store, WantedToken(name=name, scope=scope, **given))

    return made


def bearer(made):
    return {"Authorization": f"Bearer {made.text}"}


def refused(answer, status=401, kind="not-authenticated"):
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["kind"] == kind
    if status == 401:
        assert answer.headers["www-authenticate"].startswith("Bearer")
    return answer.json()


def plan_routes(client):
    """The operations on plans as the application describes them."""
    return {
        (method.upper(), path): operation
        for path, operations in client.app.openapi()["paths"].items()
        if path.startswith(PLANS)
        for method, operation in operations.items()
    }


def ask(client, method, path, headers, version=1):
    body = {"json": BODY if "{" in path else {**BODY, "id": "neu"}} if method in ("POST", "PUT") else {}
    sent = {"If-Match": f'"{version}"', **headers}
    query = {"format": "json"} if path.endswith("/dossier") else {}
    return client.request(method, path.format(plan_id="netz"), headers=sent, params=query, **body)


def test_every_route_says_what_it_needs(server):
    routes = plan_routes(server)
    assert {key: [{"token": [scope.value]}] for key, scope in NEEDED.items()} == {
        key: operation["security"] for key, operation in routes.items()
    }
    for operation in routes.values():
        assert {"401", "403"} <= set(operation["responses"])
        assert "WWW-Authenticate" in operation["responses"]["401"]["headers"]
    scheme = server.app.openapi()["components"]["securitySchemes"]["token"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")


def _routes_of(router):
    for route in router.routes:
        included = getattr(route, "original_router", None)
        yield from [route] if included is None else _routes_of(included)


def written_routes():
    """Path and methods of every route that is written in the package, whether it is described or not."""
    for one in pkgutil.iter_modules(routes.__path__):
        module = importlib.import_module(f"{routes.__name__}.{one.name}")
        # Modules without a router of their own hold parts of another.
        for route in _routes_of(module.router) if hasattr(module, "router") else ():
            yield from ((method, route.path) for method in route.methods - {"HEAD", "OPTIONS"})


def test_no_other_route_reaches_the_plans(server, store):
    of_plans = {route for route in written_routes() if "plan" in route[1]}
    assert set(NEEDED) <= of_plans
    store.create(read_plan({**BODY, "title": "Noch vertraulich"}), CHIEF)
    for method, path in of_plans:
        address = re.sub(r"{\w+}", "x", path.replace("{plan_id}", "netz"))
        answer = server.request(method, address, headers={"If-Match": '"1"'})
        assert "vertraulich" not in answer.text, path
        assert method == "GET" or answer.status_code >= 400, path
    assert [one.version for one in store.list()] == [1]


@pytest.mark.parametrize("scope", Scope)
@pytest.mark.parametrize("route", NEEDED, ids=" ".join)
def test_scopes(server, store, token, route, scope):
    made = store.create(read_plan(BODY), CHIEF)
    if route[1].endswith("/restore"):
        made = store.delete("netz", 1, CHIEF)
    answer = ask(server, *route, bearer(token(scope)), made.version)
    if scope.allows(NEEDED[route]):
        assert answer.status_code < 300, answer.text
        if route[0] != "GET":
            assert (store.audit()[-1].actor, store.audit()[-1].role) == ("Bauamt", "coordinator")
    else:
        assert refused(answer, 403, "not-permitted")["nearest"] == [NEEDED[route].value]
        assert len(store.audit()) == made.version, "something was written"


@pytest.mark.parametrize("route", NEEDED, ids=" ".join)
def test_without_a_good_token_nothing_is_shown_or_changed(server, store, token, route):
    made = store.create(read_plan(BODY), CHIEF)
    good, other = token(Scope.ADMIN), token(Scope.ADMIN, "Hauptamt")
    revoked = token(Scope.ADMIN, "Weg")
    revoke_token(store, revoked.token.id)
    _, token_id, secret = good.text.split("_")
    start = f"Bearer geoplan_{token_id}_"
    headers = [
        [], [""], ["Bearer"], ["Bearer "], [good.text], [f"Basic {good.text}"], [f"Bearer {secret}"],
        [f"Bearer geoplan_{'0' * 12}_{secret}"], [start + other.text.split("_")[2]], [start + secret[:-1]],
        [f"{start}{secret}{'0' * 10_000}"], [f"{start}{secret}é"], [start + "ÿ" * 64],
        [f"{start}{secret}, Bearer {other.text}"], [f"Bearer {revoked.text}"],
        [start + secret, f"Bearer {other.text}"],
    ]  # fmt: skip
    for given in headers:
        sent = [(b"if-match", b'"1"'), *((b"authorization", one.encode()) for one in given)]
        body = {"json": BODY} if route[0] in ("POST", "PUT") else {}
        answer = server.request(route[0], route[1].format(plan_id="netz"), headers=sent, **body)
        refused(answer)
        for text in (secret, good.text, other.text.split("_")[2], revoked.text.split("_")[2]):
            assert text not in answer.text + str(answer.headers)
    assert [(one.plan, one.version) for one in store.list()] == [(made.plan, 1)]
    assert {one.last_used for one in list_tokens(store)} == {None}


def test_an_expired_one_is_refused(server, token, monkeypatch):
    made = token(expires=tokens.today())
    assert server.get(PLANS, headers=bearer(made)).status_code == 200
    tomorrow = tokens.today() + datetime.timedelta(days=1)
    monkeypatch.setattr(tokens, "today", lambda: tomorrow)
    assert (
        "expired" in refused(server.get(PLANS, headers={**bearer(made), "Accept-Language": "en"}))["detail"]
    )


def test_a_revoked_one_is_refused_at_once(server, store, token):
    made = token()
    assert server.get(PLANS, headers=bearer(made)).status_code == 200
    revoke_token(store, made.token.id)
    refused(server.get(PLANS, headers=bearer(made)))


def test_a_token_works_from_other_sites_and_through_proxies(server, desk, token):
    headers = {**bearer(token()), "Host": "plan.example", "Origin": "https://plan.example",
               "X-Forwarded-For": "192.0.2.1"}  # fmt: skip
    for client in (server, desk):
        assert client.get(PLANS, headers=headers).status_code == 200


@pytest.mark.parametrize("header", ["Forwarded", "Via", "X-Forwarded-For", "X-Real-IP"])
def test_a_proxy_makes_nobody_the_person_at_the_desk(desk, header):
    assert desk.get(PLANS).status_code == 200
    refused(desk.get(PLANS, headers={header: "for=127.0.0.1"}), 403, "not-permitted")


def test_at_the_desk_a_token_says_who_it_is(desk, store, token):
    assert desk.post(PLANS, json=BODY).json()["actor"] == "desk"
    changed = desk.put(f"{PLANS}/netz", json=BODY, headers={"If-Match": '"1"', **bearer(token())})
    assert changed.json()["actor"] == "Bauamt"
    refused(desk.delete(f"{PLANS}/netz", headers={"If-Match": '"2"', "Authorization": "Bearer wrong"}))
    refused(desk.put(f"{PLANS}/netz", json=BODY, headers={"If-Match": '"2"', "Authorization": ""}))
    reading = {"If-Match": '"2"', **bearer(token(Scope.READ))}
    refused(desk.put(f"{PLANS}/netz", json=BODY, headers=reading), 403, "not-permitted")
    assert [one.actor for one in store.history("netz")] == ["desk", "Bauamt"]


def test_a_desk_describes_itself_as_one(desk):
    assert all({} in operation["security"] for operation in plan_routes(desk).values())


def test_no_variable_makes_a_desk(store, village_atlas, monkeypatch):
    for name in ("GEOPLAN_DESK", "DESK"):
        monkeypatch.setenv(name, "true")
    with TestClient(create_app(atlas=village_atlas), base_url="http://127.0.0.1") as client:
        refused(client.get(PLANS))


def test_no_token_is_repeated_or_logged(server, token, caplog):
    caplog.set_level(logging.DEBUG)
    made = token()
    secret = made.text.split("_")[2]
    headers = bearer(made)
    for answer in (
        server.get(PLANS, params={"access_token": made.text}),
        server.get(PLANS, params={"access_token": made.text}, headers=headers),
        server.get(f"{PLANS}/{made.text}", headers=headers),
        server.get(f"{PLANS}/x", params={"lang": made.text}, headers=headers),
        server.get(f"/api/v1/units/{made.text}"),
        server.get(f"/{made.text}"),
        server.post(PLANS, json={"title": "x", made.text: 1}, headers=headers),
        server.post(PLANS, json={"title": "x", "state": made.text}, headers=headers),
        server.put(f"{PLANS}/x", json=BODY, headers={**headers, "If-Match": made.text[:40]}),
    ):
        assert answer.status_code >= 400
        assert secret[:15] not in answer.text
    ours = [
        one.getMessage() for one in caplog.records if one.name.partition(".")[0] in ("geoplan", "geoplan_api")
    ]
    assert not any(secret in one for one in ours)
