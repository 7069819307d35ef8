"""Dask finds what `build_adjacency` finds: in several processes and networks, and with losses."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoplan.adjacency import build_adjacency
from geoplan.adjacency.dask import Part, connected, dask_adjacency
from geoplan.errors import InvalidValueError
from tests.tessellations import (
    POINTS,
    SEEDS,
    WORLDS,
    merged_cells,
    merged_triangles,
    noisy,
    sheared_cells,
    slowly,
)

dask = pytest.importorskip("dask", reason="needs the extra: pip install 'geoplan[scale]'")
# Workers are forked from one process that has imported all they need: three times as quick as starting each.
dask.config.set({"distributed.worker.multiprocessing-method": "forkserver"})
distributed = pytest.importorskip("distributed", reason="needs the extra: pip install 'geoplan[scale]'")

ROOT = Path(__file__).resolve().parents[2]
BUCKETS = st.integers(1, 4)
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
LABELS = np.random.default_rng(8).integers(0, 12, (30, 30))
NETWORK = "10.213.77"


class InThisProcess:
    """What `dask_adjacency` asks of a client, without a scheduler."""

    def compute(self, task):
        (self.answer,) = dask.compute(task, scheduler="sync")
        return self

    def result(self):
        return self.answer


def itself(units):
    return units


def parts_of(units, count, load=itself, *more):
    chunks = np.array_split(units, count)
    first = np.cumsum([0, *(len(chunk) for chunk in chunks)]).tolist()
    return [
        Part(load=partial(load, chunk, *more), first_unit=start, count=len(chunk))
        for chunk, start in zip(chunks, first, strict=False)
    ]


def assert_same(found, expected):
    assert found.count == expected.count
    assert found.pairs.tolist() == expected.pairs.tolist()
    assert found.border_m == pytest.approx(expected.border_m, abs=1e-3)
    assert found.point_pairs.tolist() == expected.point_pairs.tolist()


@pytest.mark.property
@FEW
@given(drawn=WORLDS, seed=SEEDS, shift=st.sampled_from([0, 5e-4]), buckets=BUCKETS)
def test_vertices_in_two_cells_of_the_grid(drawn, seed, shift, buckets):
    units = noisy(sheared_cells(drawn), seed, shift)
    found = dask_adjacency(parts_of(units, 3), InThisProcess(), buckets=buckets)
    assert_same(found, build_adjacency(units))


@pytest.mark.property
@FEW
@given(drawn=WORLDS, seed=SEEDS, buckets=BUCKETS)
def test_vertices_on_one_side_only(drawn, seed, buckets):
    units = sheared_cells(drawn)
    some = np.random.default_rng(seed).random(len(units)) < 0.5
    units = np.where(some, shapely.segmentize(units, 40.0), units)
    assert_same(dask_adjacency(parts_of(units, 2), InThisProcess(), buckets=buckets), build_adjacency(units))


@pytest.mark.property
@FEW
@given(points=POINTS, seed=SEEDS, buckets=BUCKETS)
def test_merged_triangles(points, seed, buckets):
    units = merged_triangles(points, seed)
    assert_same(dask_adjacency(parts_of(units, 2), InThisProcess(), buckets=buckets), build_adjacency(units))


def test_a_strip_that_sees_only_some_of_the_vertices_that_become_one():
    """At the far end of a segment that reaches out; what it says of their keys is not the last word."""
    labels = np.array([[4, 1, 3, 1], [2, 4, 0, 2]])
    units = noisy(sheared_cells((labels, (1, 0, 0, 1), False)), 338449, 5e-4)
    expected = build_adjacency(units)
    assert expected.point_pairs.tolist() == [[1, 2], [2, 3]]
    assert_same(dask_adjacency(parts_of(units, 2), InThisProcess(), buckets=3), expected)


def test_no_parts_no_borders():
    assert dask_adjacency([], InThisProcess()).pairs.shape == (0, 2)


def test_nobody_answers():
    with pytest.raises(InvalidValueError, match="No Dask scheduler answers at “nowhere”"):
        connected("nowhere")


@contextlib.contextmanager
def cluster(workers):
    """Processes of this machine, each watched by one that starts it again when it is gone."""
    with distributed.LocalCluster(
        n_workers=workers,
        threads_per_worker=1,
        processes=True,
        dashboard_address=None,
    ) as started:
        yield started  # fmt: skip


@pytest.mark.slow
def test_a_worker_that_is_killed_in_the_middle_changes_nothing(tmp_path):
    units = merged_cells(LABELS, keep_vertices=False)
    with (
        cluster(2) as started,
        connected(started.scheduler_address) as client,
        ThreadPoolExecutor(1) as thread,
    ):
        asked = thread.submit(dask_adjacency, parts_of(units, 6, slowly, str(tmp_path)), client)
        wait_for(lambda: len(at_work(tmp_path)) >= 3)
        os.kill(at_work(tmp_path)[0], signal.SIGKILL)
        found = asked.result(timeout=60)
    assert_same(found, build_adjacency(units))
    assert len(list(tmp_path.iterdir())) > 6  # what the killed one had was computed again


def at_work(marks):
    """The process that has begun each part so far."""
    return [int(mark.name.partition("-")[0]) for mark in marks.iterdir()]


def wait_for(condition, seconds=30.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def ip(*arguments):
    return subprocess.run(["ip", *arguments], capture_output=True, check=False, text=True)


@pytest.fixture
def networks():
    """Three network namespaces on one bridge: of the scheduler and of two workers."""
    if shutil.which("ip") is None or os.geteuid() != 0:
        pytest.skip("network namespaces need iproute2 and root")
    mark = f"gp{os.getpid() % 100000}"
    names = [f"{mark}n{number}" for number in range(3)]
    commands = [["link", "add", mark, "type", "bridge"], ["addr", "add", f"{NETWORK}.1/24", "dev", mark]]
    commands += [["link", "set", mark, "up"]]
    for number, name in enumerate(names):
        commands += [
            ["netns", "add", name],
            ["link", "add", f"{mark}v{number}", "type", "veth", "peer", "name", "eth0", "netns", name],
            ["link", "set", f"{mark}v{number}", "master", mark, "up"],
            ["-n", name, "addr", "add", f"{NETWORK}.{number + 2}/24", "dev", "eth0"],
            ["-n", name, "link", "set", "eth0", "up"],
            ["-n", name, "link", "set", "lo", "up"],
        ]
    try:
        for command in commands:
            done = ip(*command)
            if done.returncode:
                pytest.skip(f"network namespaces are not permitted here: {done.stderr.strip()}")
        yield names
    finally:
        for name in names:
            ip("netns", "delete", name)
        ip("link", "delete", mark)


@contextlib.contextmanager
def inside(network, *arguments):
    """A process of Dask in a network namespace."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "ignore"}
    process = subprocess.Popen(
        ["ip", "netns", "exec", network, sys.executable, "-m", *arguments],
        env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.mark.slow
def test_workers_in_networks_of_their_own_and_one_of_them_killed(networks, tmp_path):
    units = merged_cells(LABELS)
    address = f"tcp://{NETWORK}.2:8786"
    scheduler = [
        "distributed.cli.dask_scheduler",
        "--host",
        f"{NETWORK}.2",
        "--port",
        "8786",
        "--no-dashboard",
    ]
    worker = ["distributed.cli.dask_worker", address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
    worker += ["--local-directory", str(tmp_path / "dask")]
    marks = tmp_path / "marks"
    marks.mkdir()
    with contextlib.ExitStack() as running:
        running.enter_context(inside(networks[0], *scheduler))
        lost, _ = (running.enter_context(inside(name, *worker)) for name in networks[1:])
        client = running.enter_context(connected(address))
        client.wait_for_workers(2, timeout=30)
        hosts = {name.split(":")[1] for name in client.scheduler_info()["workers"]}
        assert hosts == {f"//{NETWORK}.3", f"//{NETWORK}.4"}
        thread = running.enter_context(ThreadPoolExecutor(1))
        asked = thread.submit(dask_adjacency, parts_of(units, 6, slowly, str(marks)), client)
        wait_for(lambda: lost.pid in at_work(marks) and len(at_work(marks)) >= 3)
        lost.send_signal(signal.SIGKILL)
        found = asked.result(timeout=60)
    assert_same(found, build_adjacency(units))
