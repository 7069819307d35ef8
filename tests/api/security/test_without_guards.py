"""Every test of the table in SECURITY.md fails when its guard is taken out."""

import os
import subprocess
import sys

import pytest

from tests.api.security.guards import GUARDS
from tests.api.security.test_threats import ROOT, ROWS
from tests.api.security.unguarded import FILE_VARIABLE


def test_every_threat_has_a_guard_that_can_be_taken_out():
    assert {row["test"] for row in ROWS} == set(GUARDS)


@pytest.mark.slow
def test_without_its_guard_each_test_fails(tmp_path):
    noticed = tmp_path / "unnoticed"
    tests = [f"{row['path']}::{row['test']}" for row in ROWS]
    options = ["-q", "-p", "no:cacheprovider", "-p", "tests.api.security.unguarded"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *options, *tests], cwd=ROOT, capture_output=True, text=True,
        check=False, timeout=600, env={**os.environ, FILE_VARIABLE: str(noticed)},
    )  # fmt: skip
    assert noticed.exists(), done.stdout[-3000:] + done.stderr[-1000:]
    assert noticed.read_text("utf-8") == "", done.stdout[-3000:]
