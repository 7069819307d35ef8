"""Work that a process of its own does."""

import os

import pytest

from geoplan_api.published.aside import LESS_URGENT, aside


def test_another_process_does_it_and_gives_way():
    mine = os.getpid()
    assert aside(os.getpgid, lambda group: group(0)) == os.getpgid(0)
    assert aside(os.nice, lambda nice: nice(0)) >= min(LESS_URGENT, os.nice(0) + LESS_URGENT)
    assert os.getpid() == mine


def test_one_process_does_all_jobs_and_its_errors_come_back():
    def use(number):
        with pytest.raises(ValueError, match="twelve"):
            number("twelve")
        return number("12")

    assert aside(int, use) == 12


def test_a_process_that_ends_is_told():
    with pytest.raises(ChildProcessError, match="_exit has ended with code 3"):
        aside(os._exit, lambda end: end(3))
