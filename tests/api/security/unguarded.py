"""A plugin of pytest: takes out the guard of each test while it runs, and notes which tests go on passing.

``python -m pytest -p tests.api.security.unguarded TEST …``; with one failure a test has shown that it can
fail, and the rest of its cases are left out.
"""

import os
from collections.abc import Generator
from pathlib import Path

import pytest

from tests.api.security.guards import GUARDS

FILE_VARIABLE = "GEOPLAN_UNNOTICED"
"""Names the file that the names of the tests are written to which notice nothing."""
_failed: set[str] = set()
_ran: set[str] = set()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Function) -> Generator[None, object, object]:
    """Run a test without its guard."""
    with pytest.MonkeyPatch.context() as patch:
        GUARDS[item.originalname](patch)
        return (yield)


def pytest_runtest_setup(item: pytest.Function) -> None:
    """One failure is enough."""
    if item.originalname in _failed:
        pytest.skip("has failed already")


def pytest_runtest_makereport(item: pytest.Function, call: pytest.CallInfo[None]) -> None:
    """Note what has failed in the test itself: a fixture that breaks shows nothing."""
    if call.when == "call":
        _ran.add(item.originalname)
        if call.excinfo is not None and not call.excinfo.errisinstance(pytest.skip.Exception):
            _failed.add(item.originalname)


def pytest_sessionfinish() -> None:
    """Tell."""
    unnoticed = sorted({*GUARDS} - _failed) if _ran else ["nothing ran"]
    Path(os.environ[FILE_VARIABLE]).write_text("\n".join(unnoticed), encoding="utf-8")
