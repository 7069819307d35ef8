"""The console script as a process: streams, closed pipes, terminals of another code page."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

MAIN = "from geoplan_api.cli import main; main()"


def start(villages, *arguments, **environment):
    return subprocess.Popen(
        [sys.executable, "-c", MAIN, "--data", str(villages), *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, env={"PYTHONPATH": ":".join(sys.path), **environment},
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_json_is_utf8_whatever_the_terminal(villages, encoding):
    out, err = start(
        villages, "search", "Köthel", "--format", "json", PYTHONIOENCODING=encoding
    ).communicate()
    assert json.loads(out.decode("utf-8"))["results"][0]["name"] == "Köthel"
    assert err == b""


def test_reader_that_has_seen_enough(villages):
    process = start(villages, "services", "--format", "json")
    process.stdout.read(10)
    process.stdout.close()
    assert process.wait(timeout=90) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


def test_messages_go_to_stderr(villages):
    process = start(villages, "suggest", "Nirgendwo")
    out, err = process.communicate()
    assert (process.returncode, out) == (2, b"")
    assert "Nirgendwo" in err.decode("utf-8")


def test_device_that_is_full(villages):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [sys.executable, "-c", MAIN, "--data", str(villages), "--lang", "en", "info", "--format", "json"],
            stdout=full, stderr=subprocess.PIPE, env={"PYTHONPATH": ":".join(sys.path)}, check=False,
        )  # fmt: skip
    assert done.returncode == 1
    assert b"no space left" in done.stderr
    assert b"Traceback" not in done.stderr
