"""``geoplan serve`` as a process: ready when it says so, clear where it cannot, quiet when it is stopped."""

import json
import signal
import socket
import urllib.error
import urllib.request

import pytest

from geoplan_api import Settings
from geoplan_api.cli.serve import listen
from geoplan_api.serving.connections import server_options
from tests.api.serving import served

USUAL_OF_PROXIES_S = 60


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serves_until_stopped(villages, stop):
    with served(villages, "--port", "0", "--lang", "en") as process:
        said = process.stdout.readline()
        address = next(word for word in said.split() if word.startswith("http://127.0.0.1:"))
        with urllib.request.urlopen(f"{address}health/ready") as answer:
            assert json.load(answer)["dataset"] == "Villages"
        process.send_signal(stop)
        out, err = process.communicate(timeout=90)
        assert process.returncode == 0
        assert out == ""
        assert "Traceback" not in err


def test_port_in_use(villages):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with served(villages, "--port", port, "--lang", "en") as process:
            out, err = process.communicate(timeout=90)
    assert (process.returncode, out) == (1, "")
    assert port in err
    assert "in use" in err
    assert err.count("\n") == 1


def test_no_part_of_an_answer_is_held_back():
    with listen("127.0.0.1", 0) as listening, socket.create_connection(listening.getsockname()):
        taken, _ = listening.accept()
        with taken:
            assert taken.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)


def test_idle_connections_stay_longer_than_proxies_keep_theirs():
    assert server_options(Settings())["timeout_keep_alive"] > USUAL_OF_PROXIES_S


def test_address_of_nobody(run):
    done = run("serve", "--host", "no such host", "--port", "0")
    assert (done.code, done.out) == (1, "")
    assert "no such host" in done.err


def test_wrong_setting(run, monkeypatch):
    monkeypatch.setenv("GEOPLAN_PUBLIC_URL", "nowhere")
    done = run("serve", "--port", "0", "--lang", "en")
    assert (done.code, done.out) == (2, "")
    assert "GEOPLAN_PUBLIC_URL" in done.err
    assert "nowhere" in done.err


def test_wrong_file_of_settings(run, tmp_path):
    config = tmp_path / "geoplan.toml"
    config.write_text("worker = 2", encoding="utf-8")
    done = run("serve", "--port", "0", "--lang", "en", "--config", str(config))
    assert (done.code, done.out) == (2, "")
    assert "workers" in done.err


@pytest.mark.parametrize(
    ("url", "code"), [("postgresql://nobody@127.0.0.1:1/features", 1), ("sqlite:///features.db", 2)]
)
@pytest.mark.parametrize("workers", ["1", "2"])
def test_features_that_are_not_there_are_told_before_it_serves(run, monkeypatch, url, code, workers):
    monkeypatch.setenv("GEOPLAN_FEATURES_URL", url)
    done = run("--lang", "de", "serve", "--port", "0", "--workers", workers)
    assert (done.code, done.out) == (code, "")
    assert "Traceback" not in done.err
    told = done.err.splitlines()[-1]
    assert ("127.0.0.1:1" if code == 1 else "GEOPLAN_FEATURES_URL") in told
    assert "cannot" not in told


def asked(address, token=None):
    """The status of a request for the plans, and what was told."""
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    try:
        with urllib.request.urlopen(
            urllib.request.Request(f"{address}api/v1/plans", headers=headers)
        ) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


@pytest.mark.parametrize("host", ["0.0.0.0", "::"])
def test_nobody_else_is_served_without_a_token(villages, tmp_path, host):
    with served(
        villages, "--host", host, "--port", "0", "--lang", "en", GEOPLAN_HOME=str(tmp_path)
    ) as process:
        out, err = process.communicate(timeout=90)
    assert (process.returncode, out) == (2, "")
    assert host in err
    assert "geoplan plan token create" in err
    assert err.count("\n") == 1


def test_a_worthless_token_is_none(run, tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    token = run("plan", "token", "create", "Bauamt", "--scope", "write").out.strip()
    run("plan", "token", "revoke", token)
    done = run("serve", "--host", "0.0.0.0", "--port", "0")
    assert (done.code, done.out) == (2, "")


def test_others_are_served_with_a_token(run, villages, tmp_path, monkeypatch):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    token = run("plan", "token", "create", "Bauamt", "--scope", "read").out.strip()
    # The variable once made a desk of any server.
    variables = {"GEOPLAN_HOME": str(tmp_path), "GEOPLAN_DESK": "1"}
    with served(villages, "--host", "0.0.0.0", "--port", "0", "--lang", "en", **variables) as process:
        address = process.stdout.readline().split()[3].replace("0.0.0.0", "127.0.0.1")
        assert asked(address)[0] == 401
        assert asked(address, token[:-1])[0] == 401
        status, answer = asked(address, token)
        assert (status, json.loads(answer)["plans"]) == (200, [])
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=90)
    assert process.returncode == 0
    assert "token" in err
    assert token.split("_")[2][:10] not in out + err


@pytest.mark.parametrize(
    ("variables", "status", "said"),
    [({}, 200, "desk of one person"), ({"GEOPLAN_PUBLIC_URL": "https://plan.example"}, 401, "send a token")],
)
def test_loopback_is_a_desk_unless_others_get_there(villages, tmp_path, variables, status, said):
    variables = {**variables, "GEOPLAN_HOME": str(tmp_path)}
    with served(villages, "--port", "0", "--lang", "en", **variables) as process:
        address = process.stdout.readline().split()[3]
        assert asked(address)[0] == status
        process.send_signal(signal.SIGTERM)
        assert said in process.communicate(timeout=90)[1]
