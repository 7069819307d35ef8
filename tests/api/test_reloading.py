"""New data take the place of the old ones under load; stopping is told before it happens."""

import gc
import json
import os
import shutil
import signal
import threading
import time
import urllib.error
import urllib.request
import weakref
from pathlib import Path
from types import SimpleNamespace

import pytest
from fastapi import Request
from starlette.testclient import TestClient

from geoplan.errors import GeoplanError
from geoplan_api import Settings, create_app, reloading
from geoplan_api.dependencies import all_atlases
from geoplan_api.rehearsal import FIRST_LAYERS
from geoplan_api.serving import crew
from tests.api.serving import served


@pytest.fixture
def folder(villages, tmp_path):
    """A dataset that may be changed."""
    return shutil.copytree(villages, tmp_path / "villages")


@pytest.fixture
def app(folder):
    return create_app(Settings(data=str(folder)))


def change(folder):
    """Another attribution: other data, of which everything else is alike."""
    source = folder / "source.json"
    source.write_text(source.read_text("utf-8").replace("© nobody", "© somebody"), "utf-8")


def attribution(client):
    return client.get("/api/v1/units/01099001").json()["data"]["attribution"]


def test_new_data_take_the_place_of_old_ones(app, folder):
    with TestClient(app) as client:
        before = client.get("/api/v1/units/01099001").headers["etag"]
        change(folder)
        app.state.keeper.prepare()
        assert attribution(client) == "© nobody", "prepared is not switched"
        app.state.keeper.switch()
        assert attribution(client) == "© somebody"
        assert client.get("/api/v1/units/01099001").headers["etag"] != before
        assert "geoplan_reloads_total 1.0" in client.get("/metrics").text


def test_data_that_cannot_be_read_leave_the_old_ones(app, folder):
    with TestClient(app) as client:
        (folder / "source.json").write_text("{", "utf-8")
        with pytest.raises(GeoplanError):
            app.state.keeper.prepare()
        app.state.keeper.switch()
        assert attribution(client) == "© nobody"


def test_a_request_under_way_ends_with_the_data_it_began_with(app, folder):
    seen, begun, go_on = [], threading.Event(), threading.Event()

    @app.get("/held")
    def held(request: Request):
        seen.append(all_atlases(request))
        begun.set()
        assert go_on.wait(5)
        seen.append(all_atlases(request))
        return {}

    with TestClient(app) as client:
        asking = threading.Thread(target=client.get, args=("/held",))
        asking.start()
        assert begun.wait(5)
        change(folder)
        app.state.keeper.prepare()
        app.state.keeper.switch()
        go_on.set()
        asking.join(5)
        assert seen[0] is seen[1]
        assert seen[0] is not app.state.atlases


def test_maps_of_pages_from_before_stay_for_a_while(app, folder, monkeypatch):
    monkeypatch.setattr(reloading, "KEPT_SECONDS", 0.2)
    with TestClient(app) as client:
        address = f"/map/{app.state.layers.of(app.state.atlas).version}/outline.json"
        assert client.get(address).status_code == 200
        old = weakref.ref(app.state.atlas)
        change(folder)
        app.state.keeper.prepare()
        app.state.keeper.switch()
        assert client.get(address).status_code == 200
        until = time.monotonic() + 10
        while old() is not None and time.monotonic() < until:
            time.sleep(0.1)
            gc.collect()
        assert old() is None, "the data of before are let go"


@pytest.mark.parametrize("drawn_of", ["these", "other"])
def test_nobody_waits_where_all_is_made_beforehand(app, monkeypatch, drawn_of):
    asked = []

    def aside(work, use):
        def draw(settings):
            asked.append(settings)
            version, drawn = work(settings)
            return (version if drawn_of == "these" else "other"), drawn

        return use(draw)

    monkeypatch.setattr(reloading, "aside", aside)
    rehearsed = []
    rehearse = reloading.rehearse
    monkeypatch.setattr(reloading, "rehearse", lambda *given: rehearsed.append(given) or rehearse(*given))
    app.state.keeper.beforehand = True
    with TestClient(app) as client:
        assert [given[0] for given in rehearsed] == [app.state.atlas], "before anybody asks"
        app.state.keeper.warm()
        assert asked == [app.state.settings]
        layers, atlas = app.state.layers, app.state.atlas
        monkeypatch.setattr(layers, "_made", lambda *_: pytest.fail("a reader has to wait"))
        for name in FIRST_LAYERS:
            assert client.get(f"/map/{layers.of(atlas).version}/{name}.json").status_code == 200
        app.state.keeper.warm()
        assert len(asked) == 1, "what is there is not drawn again"
        app.state.keeper.prepare()
        assert len(rehearsed) == 2, "and new data before they are switched to"


def status(address):
    try:
        with urllib.request.urlopen(address, timeout=20) as answer:
            return answer.status, answer.headers.get("connection"), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.headers.get("connection"), error.read()


def test_a_server_tells_that_it_stops_before_it_does(villages, tmp_path):
    variables = {"GEOPLAN_HOME": str(tmp_path), "GEOPLAN_DRAIN_SECONDS": "2"}
    with served(villages, "--port", "0", "--lang", "en", **variables) as process:
        address = process.stdout.readline().split()[3]
        assert status(f"{address}health/ready")[0] == 200
        process.send_signal(signal.SIGTERM)
        time.sleep(0.5)
        code, connection, said = status(f"{address}health/ready")
        assert (code, connection) == (503, "close")
        assert b"about to stop" in said or b"stop" in said
        assert status(f"{address}api/v1/units/01099001")[0] == 200
        process.communicate(timeout=20)
        assert process.returncode == 0


@pytest.mark.slow
def test_workers_that_stop_together_say_so_and_answer_to_the_end(villages, tmp_path):
    variables = {"GEOPLAN_HOME": str(tmp_path), "GEOPLAN_DRAIN_SECONDS": "2"}
    with served(villages, "--port", "0", "--workers", "2", "--lang", "en", **variables) as process:
        address = process.stdout.readline().split()[3]
        process.send_signal(signal.SIGTERM)
        seen, ended = [], None
        while ended is None:
            try:
                seen.append(status(f"{address}health/ready")[0])
                assert status(f"{address}api/v1/units/01099001")[0] == 200
            except OSError as error:
                ended = error
        assert seen.count(503) > 2
        assert seen == sorted(seen), "once it stops, no worker says that it is ready"
        reason = getattr(ended, "reason", ended)
        assert isinstance(reason, ConnectionError), "nobody waits for an answer that does not come"
        process.communicate(timeout=40)
        assert process.returncode == 0


@pytest.mark.parametrize(
    ("word", "said"), [("late", "not ready within 120 s"), (crew.GONE, "ended with code 3")]
)
def test_the_log_says_why_workers_are_not_renewed(word, said, caplog, monkeypatch):
    process = SimpleNamespace(exitcode=3, join=lambda seconds: None)
    workers_of = crew.Crew(post=None, count=1, listening=None)
    workers_of._members = [SimpleNamespace(process=process)]
    monkeypatch.setattr(workers_of, "_start", lambda: SimpleNamespace(process=process))
    monkeypatch.setattr(workers_of, "_hear", lambda member, seconds: (word, ""))
    monkeypatch.setattr(workers_of, "_retire", lambda member: None)
    workers_of.renew()
    assert "not renewed: a new worker" in caplog.text
    assert said in caplog.text
    assert len(workers_of._members) == 1


def test_hangup_loads_the_data_again(folder, tmp_path):
    with served(folder, "--port", "0", "--lang", "en", GEOPLAN_HOME=str(tmp_path)) as process:
        address = process.stdout.readline().split()[3]
        change(folder)
        process.send_signal(signal.SIGHUP)
        assert eventually(lambda: b"somebody" in status(f"{address}api/v1/units/01099001")[2])
        (folder / "source.json").write_text("{", "utf-8")
        process.send_signal(signal.SIGHUP)
        time.sleep(1)
        assert b"somebody" in status(f"{address}api/v1/units/01099001")[2]
        process.send_signal(signal.SIGTERM)
        assert "not reloaded" in process.communicate(timeout=20)[1]


def eventually(holds, seconds=20):
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.1)
    return True


@pytest.mark.slow
def test_workers_are_renewed_and_reloaded_without_losing_a_request(folder, tmp_path):
    variables = {"GEOPLAN_HOME": str(tmp_path), "GEOPLAN_DRAIN_SECONDS": "1"}
    with served(folder, "--port", "0", "--workers", "2", "--lang", "en", **variables) as process:
        address = process.stdout.readline().split()[3]
        answers, stop = [], threading.Event()

        def ask():
            while not stop.is_set():
                answers.append(status(f"{address}api/v1/units/01099001/neighbours"))

        asking = [threading.Thread(target=ask) for _ in range(3)]
        for one in asking:
            one.start()
        try:
            change(folder)
            process.send_signal(signal.SIGHUP)
            assert eventually(lambda: answers and b"somebody" in answers[-1][2], 40)
            since, before = len(answers), workers(process.pid)
            process.send_signal(signal.SIGUSR2)
            assert eventually(lambda: all(one not in before for one in workers(process.pid)), 60)
            time.sleep(1)
        finally:
            stop.set()
            for one in asking:
                one.join()
        assert {code for code, _, _ in answers} == {200}
        assert all(b"somebody" in said for _, _, said in answers[since + 20 :]), "all have the new data"
        figures = status(f"{address}metrics")[2].decode()
        total = sum(
            float(line.split()[-1])
            for line in figures.splitlines()
            if line.startswith("geoplan_requests_total") and "neighbours" in line
        )
        assert total == len(answers), "the figures are those of all workers, of those that have ended too"
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=40)
        assert process.returncode == 0


@pytest.mark.slow
def test_workers_have_tiles_cut_by_a_process_of_its_own(villages, tmp_path):
    asked = ("--port", "0", "--workers", "2", "--lang", "en")
    with served(villages, *asked, GEOPLAN_HOME=str(tmp_path)) as process:
        address = process.stdout.readline().split()[3]
        archive = json.loads(status(f"{address}tiles.json")[2])["pmtiles"]
        assert eventually(lambda: status(archive)[0] == 200, 60)
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=40)


@pytest.mark.slow
def test_a_worker_that_dies_is_replaced(villages, tmp_path):
    asked = ("--port", "0", "--workers", "2", "--lang", "en")
    with served(villages, *asked, GEOPLAN_HOME=str(tmp_path)) as process:
        address = process.stdout.readline().split()[3]
        before = workers(process.pid)
        assert len(before) == 2
        before[0].send_signal(signal.SIGKILL)
        assert eventually(lambda: before[0] not in (now := workers(process.pid)) and len(now) == 2, 40)
        assert status(f"{address}health/ready")[0] == 200
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=40)


class Child:
    """A process by its number."""

    def __init__(self, pid):
        self.pid = pid

    def __eq__(self, other):
        return self.pid == other.pid

    __hash__ = None

    def send_signal(self, sent):
        os.kill(self.pid, sent)


def workers(parent):
    """The workers of a server."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    if not listed.exists():
        pytest.skip("needs /proc to see which processes there are")
    lines = {int(pid): Path(f"/proc/{pid}/cmdline").read_bytes() for pid in listed.read_text().split()}
    return [Child(pid) for pid, line in lines.items() if b"spawn_main" in line]
