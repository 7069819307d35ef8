"""A PostgreSQL that is killed under the writer loses nothing that it has acknowledged."""

import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import NullPool

from geoplan.errors import PlanStoreError, UnknownPlanError
from geoplan.plans import Actor, Plan, Role, open_store

KILLS_OF_BACKENDS = 10
KILLS_OF_SERVERS = 4
LONGEST_STREAM_S = 0.3
LONGEST_WAIT_S = 60.0
PAUSE_S = 0.02
SCRIPT = Path(__file__).resolve().parents[2] / ".ci" / "postgres"
ACTOR = Actor(name="writer", role=Role.COORDINATOR)
BACKENDS = text(
    "SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
)

pytestmark = pytest.mark.slow


class Cluster:
    """A server of our own, which may be killed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start()

    def start(self) -> None:
        # To a file and not a pipe: the server inherits it, and a pipe would stay open as long as it runs.
        with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
            done = subprocess.run(
                [SCRIPT, "start", self.folder], stdout=said, stderr=subprocess.STDOUT, check=False
            )
            said.seek(0)
            lines = said.read().strip().splitlines()
        if done.returncode:
            pytest.skip(f"no PostgreSQL server can be started here: {lines[-1:]}")
        self.url = lines[-1]

    def stop(self) -> None:
        subprocess.run([SCRIPT, "stop", self.folder], check=True)

    def kill_backends(self) -> None:
        place = make_url(self.url).set(drivername="postgresql+psycopg")
        engine = create_engine(place, poolclass=NullPool)
        with engine.connect() as connection:
            backends = connection.scalars(BACKENDS).all()
        for backend in backends:
            os.kill(backend, signal.SIGKILL)

    def kill_server(self) -> None:
        postmaster = int((self.folder / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
        os.kill(postmaster, signal.SIGKILL)
        while Path(f"/proc/{postmaster}").exists():
            time.sleep(PAUSE_S)
        self.start()


@pytest.fixture
def cluster():
    if not SCRIPT.is_file() or shutil.which("bash") is None:
        pytest.skip("the script that starts a server of our own (.ci/postgres) is not here")
    made = Cluster(Path(tempfile.mkdtemp(prefix="geoplan-pg-")))
    yield made
    made.stop()


class Stream(threading.Thread):
    """Writes versions of a plan without end; goes on wherever the store stands after a failure."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.store = open_store(url)
        self.acknowledged: dict[int, str] = {}
        self.failures = 0
        self.ended = threading.Event()

    def run(self) -> None:
        done, number = self.store.create(Plan(id="a", title="0"), ACTOR), 0
        while not self.ended.is_set():
            number += 1
            try:
                done = done or self.store.get("a")
                done = self.store.replace(replace(done.plan, title=str(number)), done.version, ACTOR)
            except (PlanStoreError, UnknownPlanError):
                self.failures += 1
                done = None
                time.sleep(PAUSE_S)
            else:
                assert done.version not in self.acknowledged
                self.acknowledged[done.version] = done.plan.title


def test_kills_of_the_server_lose_no_acknowledged_write(cluster):
    rng, stream = np.random.default_rng(20261122), Stream(cluster.url)
    stream.start()
    try:
        for number in range(KILLS_OF_BACKENDS + KILLS_OF_SERVERS):
            _wait_for_writes(stream)
            time.sleep(rng.uniform(0, LONGEST_STREAM_S))
            kill = cluster.kill_server if number < KILLS_OF_SERVERS else cluster.kill_backends
            _when_it_answers(kill)
        _wait_for_writes(stream)
    finally:
        stream.ended.set()
        stream.join(LONGEST_WAIT_S)
    kept = {one.version: one.plan.title for one in stream.store.history("a")}
    assert list(kept) == list(range(1, len(kept) + 1))
    assert stream.acknowledged.items() <= kept.items()
    # Committed, but killed before it could be told: at most one a kill.
    assert len(kept) - len(stream.acknowledged) <= 1 + KILLS_OF_BACKENDS + KILLS_OF_SERVERS
    assert len(stream.store.audit("a")) == len(kept)
    assert stream.failures >= KILLS_OF_BACKENDS
    stream.store.close()


def _wait_for_writes(stream):
    before, until = len(stream.acknowledged), time.monotonic() + LONGEST_WAIT_S
    while len(stream.acknowledged) < before + 3:
        assert stream.is_alive()
        assert time.monotonic() < until, "the store does not come back"
        time.sleep(PAUSE_S)


def _when_it_answers(kill):
    until = time.monotonic() + LONGEST_WAIT_S
    while True:
        try:
            return kill()
        except OperationalError:
            assert time.monotonic() < until
            time.sleep(PAUSE_S)
