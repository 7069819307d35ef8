"""An installation that is killed at any moment: what was there works on, and the next one clears up."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from geoplan.boundaries.catalogue import load_dataset
from geoplan.installation import Order, install
from tests.archives import sketch, tiny_zip, write_folder, zipped

KILLS = 50
LONGEST_START_S = 30.0
PROGRAM = """
import sys
from geoplan_api.cli import main
from geoplan_api.cli.data import install  # what takes long to import is no part of the moment that is drawn
sys.argv = ["geoplan", "data", "install", *sys.argv[1:]]
print("ready", flush=True)
sys.stdout = sys.stderr
main()
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system does not know SIGKILL"),
]


def start(*arguments: str) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    process.stdout.close()
    return process


@pytest.fixture
def home(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_fifty_kills_leave_a_dataset_that_works(home, tmp_path):
    old = tiny_zip(tmp_path / "old")
    drawn = sketch()
    drawn.columns["GEN"][0] = "Aneuburg"
    new = zipped(write_folder(drawn, tmp_path / "new"))
    install(Order(source=str(old), name="tiny", activate=True))

    began = time.monotonic()
    process = start("--from", str(new), "--name", "tiny")
    assert process.wait(LONGEST_START_S) == 0
    whole_s = time.monotonic() - began
    assert load_dataset().units["05111001"].name == "Aneuburg"

    rng = np.random.default_rng(20261122)
    finished = 0
    for number in range(KILLS):
        wanted, source = ("Aburg", old) if number % 2 == 0 else ("Aneuburg", new)
        before = load_dataset().units["05111001"].name
        process = start("--from", str(source), "--name", "tiny", "--use")
        time.sleep(rng.uniform(0, whole_s))
        process.kill()
        finished += process.wait() == 0
        dataset = load_dataset()
        assert dataset.units["05111001"].name in (before, wanted)
        assert len(dataset.read_geometry("municipality")) == 10
    assert finished < KILLS

    installed = install(Order(source=str(old), name="tiny"))
    assert not [path for path in home.rglob("*") if "draft" in path.name]
    assert len(list(installed.folder.parent.iterdir())) <= 2
    assert load_dataset().units["05111001"].name == "Aburg"


def test_a_killed_first_installation_leaves_the_embedded_dataset(home, tmp_path):
    archive = tiny_zip(tmp_path)
    rng = np.random.default_rng(7)
    for _ in range(5):
        process = start("--from", str(archive), "--use")
        time.sleep(rng.uniform(0, 0.5))
        process.kill()
        process.wait()
        assert load_dataset().provenance.vintage in ("2016-01-01", "2023-12-31")
