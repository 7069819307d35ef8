"""A process that is killed at any moment loses nothing that it has acknowledged."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from geoplan.plans import open_store

KILLS = 100
WRITERS_A_PLAN = 10
LONGEST_STREAM_S = 0.15
LEAST_WRITES = 2 * KILLS
PROGRAM = """
import os, sys
from dataclasses import replace
from geoplan.plans import Actor, Plan, Role, open_store

def write(url, plan_id, writer):
    store, actor = open_store(url), Actor(name=writer, role=Role.COORDINATOR)
    known = [one for one in store.list() if one.plan.id == plan_id]
    done = known[0] if known else store.create(Plan(id=plan_id, title=f"{writer} 1"), actor)
    while True:
        title = f"{writer} {done.version + 1}"
        done = store.replace(replace(done.plan, title=title), done.version, actor)
        os.write(1, f"kept {plan_id} {done.version} {title}\\n".encode())

# The slow part, the imports, is done once; each writer is a process of its own with connections of its own.
open_store(sys.argv[1]).close()
for line in sys.stdin:
    writer = os.fork()
    if not writer:
        os.write(1, f"writer {os.getpid()}\\n".encode())
        write(sys.argv[1], *line.split())
    _, status = os.waitpid(writer, 0)
    os.write(1, f"ended {os.waitstatus_to_exitcode(status)}\\n".encode())
"""
"""Reads a line "plan writer" for each writer to start; what is acknowledged goes through a pipe."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system does not know SIGKILL"),
]


def test_kills_lose_no_acknowledged_write(url):
    rng = np.random.default_rng(20261122)
    acknowledged = {}
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, url], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
    ) as writers:  # fmt: skip
        for number in range(KILLS):
            for plan_id, version, title in _killed(writers, number, rng.uniform(0, LONGEST_STREAM_S)):
                assert (plan_id, version) not in acknowledged  # an acknowledged version is not given again
                acknowledged[plan_id, version] = title
        writers.stdin.close()
    assert writers.returncode == 0
    assert len(acknowledged) > LEAST_WRITES
    _check_kept(url, acknowledged)


def _killed(writers, number, seconds):
    """Let a writer write for a while, kill it, and tell what it has acknowledged."""
    writers.stdin.write(f"plan-{number // WRITERS_A_PLAN} writer-{number}\n")
    writers.stdin.flush()
    word, process = writers.stdout.readline().split()
    assert word == "writer"
    acknowledged = []
    # Most are killed amidst their writes, every tenth while it may still be opening the store.
    if number % WRITERS_A_PLAN:
        acknowledged.append(writers.stdout.readline())
    time.sleep(seconds)
    os.kill(int(process), signal.SIGKILL)
    while not (line := writers.stdout.readline()).startswith("ended"):
        acknowledged.append(line)
    assert line == f"ended {-signal.SIGKILL}\n"
    assert all(one.startswith(f"kept plan-{number // WRITERS_A_PLAN} ") for one in acknowledged)
    return [(plan_id, int(version), title.rstrip("\n")) for _, plan_id, version, title in
            (one.split(" ", 3) for one in acknowledged)]  # fmt: skip


def _check_kept(url, acknowledged):
    store = open_store(url)
    for plan_id in {plan_id for plan_id, _ in acknowledged}:
        kept = {one.version: one.plan.title for one in store.history(plan_id)}
        assert list(kept) == list(range(1, len(kept) + 1))
        told = {version: title for (one, version), title in acknowledged.items() if one == plan_id}
        assert told.items() <= kept.items()
        # Killed between the commit and its word for it: at most one a writer.
        assert len(kept) - len(told) <= 1 + WRITERS_A_PLAN
        assert len(store.audit(plan_id)) == len(kept)
    store.close()
