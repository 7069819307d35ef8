"""``geoplan serve`` as a process: ready when it says so, clear where it cannot, quiet when it is stopped."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import contextmanager

import pytest

MAIN = "from geoplan_api.cli import main; main()"


@contextmanager
def served(villages, *arguments):
    process = subprocess.Popen(
        [sys.executable, "-c", MAIN, "serve", "--data", str(villages), *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
        env={"PYTHONPATH": ":".join(sys.path), "PYTHONIOENCODING": "utf-8", "PATH": os.environ["PATH"]},
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_serves_until_stopped(villages, stop):
    with served(villages, "--port", "0", "--lang", "en") as process:
        said = process.stdout.readline()
        address = next(word for word in said.split() if word.startswith("http://127.0.0.1:"))
        with urllib.request.urlopen(f"{address}health/ready") as answer:
            assert json.load(answer)["dataset"] == "Villages"
        process.send_signal(stop)
        out, err = process.communicate(timeout=20)
        assert process.returncode == 0
        assert out == ""
        assert "Traceback" not in err


def test_port_in_use(villages):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with served(villages, "--port", port, "--lang", "en") as process:
            out, err = process.communicate(timeout=30)
    assert (process.returncode, out) == (1, "")
    assert port in err
    assert "in use" in err
    assert err.count("\n") == 1


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
