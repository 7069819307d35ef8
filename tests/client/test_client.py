"""The client against the real server: the same answers and errors as the library gives."""

import socket
import threading
import time

import pytest
import uvicorn
from starlette.testclient import TestClient

import geoplan
from geoplan.client import Answer, Client, Patience, ProblemError, Request
from geoplan.client.transport import UrllibTransport
from geoplan.errors import (
    AmbiguousUnitError,
    DataError,
    InvalidValueError,
    NotAuthenticatedError,
    RequestError,
    StaleVersionError,
    UnknownChoiceError,
    UnknownPlanError,
    UnknownUnitError,
)
from geoplan_api import Settings, create_app
from tests.client.client_types import FILE, text

BASE = "http://127.0.0.1:8000"
PLAN = {"id": "netz", "title": "Netz", "network": {"members": ["05570044"], "service": "building-yard"}}


class InProcess:
    """Sends to the application in this process, and notes what came back."""

    def __init__(self, client: TestClient) -> None:
        self.client = client
        self.seen: list[tuple[Request, int]] = []

    def send(self, request: Request) -> Answer:
        answer = self.client.request(
            request.method, request.url, headers=dict(request.headers), content=request.body
        )
        self.seen.append((request, answer.status_code))
        return Answer(status=answer.status_code, headers=dict(answer.headers), body=answer.content)


class Scripted:
    """Gives prepared answers."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.requests: list[Request] = []

    def send(self, request: Request) -> Answer:
        self.requests.append(request)
        return self.answers.pop(0)


@pytest.fixture(scope="module")
def server(atlas, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GEOPLAN_HOME", str(tmp_path_factory.mktemp("plans")))
        application = create_app(Settings(), atlas=atlas, desk=True)
        with TestClient(application, base_url=BASE, raise_server_exceptions=False) as client:
            yield client


@pytest.fixture
def transport(server):
    return InProcess(server)


@pytest.fixture
def client(transport):
    return Client(BASE, transport=transport, lang="en")


def answer(status=200, body=b"{}", **headers):
    return Answer(status=status, headers=headers, body=body)


def scripted(*answers, **options):
    waited: list[float] = []
    script = Scripted(*answers)
    patience = Patience(sleep=waited.append, **options)
    return Client(BASE, transport=script, patience=patience), script, waited


def test_the_types_are_those_of_the_description():
    assert FILE.read_text(encoding="utf-8") == text(), "write them: python -m tests.client.client_types"


def test_search_and_units(client, atlas):
    assert client.search("Telgte", limit=1)["results"][0]["id"] == "05570044"
    named = client.units(["05570044", "1"])
    assert ([one["name"] for one in named["results"]], named["unknown"]) == (["Telgte"], ["1"])
    assert client.unit("Telgte")["county_name"] == "Warendorf"
    assert len(list(client.every_unit("municipality"))) == atlas.counts()["municipality"]
    second = client.search("Neuenkirchen", limit=2, offset=2)["results"]
    assert second == client.search("Neuenkirchen", limit=4)["results"][2:]


def test_the_same_as_the_library(client, atlas):
    borders = [one.to_dict() for one in atlas.neighbours("05570044")]
    assert client.neighbours("Telgte")["neighbours"] == borders
    told = client.suggestions(
        "05570044", partners=["05570008"], service="it", limit=3, weights={"closeness": 2.5}
    )
    asked = geoplan.suggest(
        atlas, "05570044", partners=["05570008"], service="it", limit=3, weights={"closeness": 2.5}
    )
    assert told["suggestions"] == asked.to_dict("en")["suggestions"]
    assert told["with"] == ["05570008"]


def test_explanation_and_services(client):
    why = client.explanation("05570044", "05570016", service="heat-planning")
    assert (why["unit"], why["candidate"]) == ("05570044", "05570016")
    assert client.service("it")["key"] == "it"
    assert "it" in {one["key"] for one in client.services()["services"]}


def test_networks(client):
    members = ["05570044", "05570040"]
    assert client.check(members, service="building-yard")["network"]["members"] == sorted(members)
    built = client.build(
        ["05570044"], service="climate-network", min_members=3, max_members=4, within="county"
    )
    assert 3 <= len(built["networks"][0]["members"]) <= 4
    scenarios = [{"name": name, "members": members, "service": "it"} for name in ("a", "b")]
    assert client.compare(scenarios, on="2026-11-22")["in_all"] == sorted(members)


def test_the_life_of_a_plan(client):
    made = client.plans.create(PLAN)
    changed = client.plans.change(made.id, made.changed(title="Neu"), made.tag)
    assert client.plans.get(made.id) == changed
    with pytest.raises(StaleVersionError) as stale:
        client.plans.change(made.id, made.changed(title="Zu spät"), made.tag)
    assert stale.value.nearest == ("2",)
    gone = client.plans.delete(made.id, changed.tag)
    with pytest.raises(UnknownPlanError):
        client.plans.get(made.id)
    assert client.plans.list()["plans"] == []
    assert [one["id"] for one in client.plans.list(deleted=True)["plans"]] == ["netz"]
    assert client.plans.restore(made.id, gone).answer["plan"]["title"] == "Neu"
    actions = [one["action"] for one in client.plans.history(made.id)["versions"]]
    assert actions == ["create", "edit", "delete", "restore"]


def test_errors_are_those_of_the_library(client, atlas):
    for name, kind in (("Telgtee", UnknownUnitError), ("Neuenkirchen", AmbiguousUnitError)):
        with pytest.raises(kind) as told:
            client.unit(name)
        with pytest.raises(kind) as own:
            atlas.unit(name)
        assert (told.value.nearest, str(told.value)) == (own.value.nearest, str(own.value))
        problem = told.value.__cause__
        assert isinstance(problem, ProblemError)
        assert problem.problem["instance"] == f"/api/v1/units/{name}"
    with pytest.raises(UnknownChoiceError, match="heat-planning"):
        client.service("heat-plannin")
    with pytest.raises(RequestError):
        client.search("x", limit=0)


def test_another_dataset_is_named(server):
    with pytest.raises(UnknownChoiceError, match="nowhere"):
        Client(BASE, transport=InProcess(server), dataset="nowhere").unit("Telgte")
    with pytest.raises(UnknownChoiceError, match="nowhere"):
        Client(BASE, transport=InProcess(server), dataset="nowhere").check(["05570044"], service="it")


def test_a_wrong_token_is_told(server):
    with pytest.raises(NotAuthenticatedError) as told:
        Client(BASE, transport=InProcess(server), token="geoplan_a_b").plans.list()
    assert "geoplan_a_b" not in str(told.value)


def test_what_is_known_is_asked_for_by_its_tag(client, transport):
    first = client.services()
    assert client.services() == first
    assert [status for _, status in transport.seen] == [200, 304]
    client.plans.list()
    client.plans.list()
    assert [status for _, status in transport.seen[2:]] == [200, 200]


def test_few_answers_are_kept(server):
    client = Client(BASE, transport=InProcess(server))
    client._calls.kept_answers = 2
    for key in ("it", "waste", "payroll"):
        client.service(key)
    assert len(client._calls._kept) == 2


@pytest.mark.parametrize(("told", "seconds"), [("7", 7.0), ("", 1.0), ("soon", 1.0)])
@pytest.mark.parametrize("status", [429, 503])
def test_a_busy_server_is_waited_for(status, told, seconds):
    client, script, waited = scripted(
        answer(status, **{"retry-after": told}), answer(body=b'{"services": []}')
    )
    assert client.services() == {"services": []}
    assert (waited, len(script.requests)) == ([seconds], 2)


def test_a_day_in_retry_after():
    past = answer(503, **{"retry-after": "Wed, 21 Oct 2015 07:28:00 GMT"})
    client, _, waited = scripted(past, answer())
    client.services()
    assert waited == [0.0]


def test_patience_ends():
    client, script, waited = scripted(*[answer(503)] * 3, attempts=3)
    with pytest.raises(DataError):
        client.services()
    assert (waited, len(script.requests)) == ([1.0, 2.0], 3)
    client, script, waited = scripted(answer(429, **{"retry-after": "3600"}))
    with pytest.raises(RequestError):
        client.services()
    assert waited == []


def test_a_change_is_not_sent_twice_blindly():
    client, script, _ = scripted(answer(503))
    with pytest.raises(DataError):
        client.plans.create(PLAN)
    assert len(script.requests) == 1
    client, script, _ = scripted(answer(503), answer())
    client.check(["05570044"], service="it")
    assert len(script.requests) == 2


@pytest.mark.parametrize(("status", "kind"), [(418, RequestError), (500, DataError), (404, RequestError)])
def test_an_answer_that_is_no_problem(status, kind):
    client, _, _ = scripted(answer(status, b"<html>"))
    with pytest.raises(kind, match=str(status)):
        client.services()


def test_a_redirect_gets_no_token():
    client, script, _ = scripted(answer(302, location="https://elsewhere.example"))
    with pytest.raises(RequestError):
        client.services()
    assert len(script.requests) == 1


@pytest.mark.parametrize("base", ["ftp://x", "file:///etc/passwd", "planer.example", ""])
def test_what_is_no_server(base):
    with pytest.raises(InvalidValueError):
        Client(base)


def test_names_stay_in_their_place():
    client, script, _ = scripted(answer())
    client.unit("../../plans?x=1#y")
    assert script.requests[0].url == f"{BASE}/api/v1/units/..%2F..%2Fplans%3Fx%3D1%23y"


def test_nobody_is_there():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(DataError, match="cannot be reached"):
        Client(f"http://127.0.0.1:{port}").services()


def test_over_a_real_connection(atlas):
    config = uvicorn.Config(create_app(Settings(), atlas=atlas), port=0, log_level="warning")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        client = Client(f"http://127.0.0.1:{port}", transport=UrllibTransport(seconds=20), lang="en")
        assert client.unit("Telgte")["id"] == "05570044"
        assert client.unit("Telgte")["id"] == "05570044"
        with pytest.raises(UnknownUnitError, match="Nirgendwo"):
            client.unit("Nirgendwo")
        with pytest.raises(NotAuthenticatedError):
            client.plans.list()
    finally:
        server.should_exit = True
        thread.join()


def test_an_error_is_told_in_one_language(transport):
    with pytest.raises(UnknownUnitError) as caught:
        Client(BASE, transport=transport, lang="de").unit("Telgtte")
    detail = caught.value.__cause__.problem["detail"]
    assert str(caught.value) == caught.value.text("de") == detail
    assert caught.value.nearest
    assert caught.value.nearest[0] in detail
    assert "Nearest" not in detail
