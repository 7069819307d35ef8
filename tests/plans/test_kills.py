"""A process that is killed at any moment loses nothing that it has acknowledged."""

import os
import signal
import subprocess
import sys
import time

import numpy as np
import pytest

from geoplan.plans import open_store

KILLS = 20
LONGEST_WAIT_S = 30.0
PROGRAM = """
import sys
from dataclasses import replace
from geoplan.plans import Actor, Plan, Role, open_store
store, plan_id = open_store(sys.argv[1]), sys.argv[2]
actor = Actor(name="writer", role=Role.COORDINATOR)
done = store.create(Plan(id=plan_id, title="1"), actor)
while True:
    print(plan_id, done.version, flush=True)
    done = store.replace(replace(done.plan, title=str(done.version + 1)), done.version, actor)
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system does not know SIGKILL"),
]


def test_kills_lose_no_acknowledged_write(url):
    rng = np.random.default_rng(20261122)
    acknowledged = {}
    for number in range(KILLS):
        plan_id = f"plan-{number}"
        writer = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, url, plan_id],
            stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": ":".join(sys.path)},
        )  # fmt: skip
        assert writer.stdout is not None
        first = writer.stdout.readline()
        assert first == f"{plan_id} 1\n"
        time.sleep(rng.uniform(0, 0.15))
        writer.kill()
        told = [
            line for line in (first + writer.stdout.read()).splitlines(keepends=True) if line.endswith("\n")
        ]
        writer.stdout.close()
        assert writer.wait(LONGEST_WAIT_S) == -signal.SIGKILL
        acknowledged[plan_id] = int(told[-1].split()[1])
    store = open_store(url)
    for plan_id, version in acknowledged.items():
        kept = store.history(plan_id)
        assert version <= len(kept) <= version + 1
        assert [one.plan.title for one in kept] == [str(number + 1) for number in range(len(kept))]
        assert len(store.audit(plan_id)) == len(kept)
    store.close()
    assert sum(acknowledged.values()) > KILLS
