"""Work that would hold up everybody else is done by a process of its own."""

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from typing import TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")
Made = TypeVar("Made")


def aside(work: Callable[[Job], Result], use: Callable[[Callable[[Job], Result]], Made]) -> Made:
    """Call ``use`` with a function that does ``work`` in another process, the same one each time."""
    # A copy of this process (fork) would take its threads' locks with it.
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return use(lambda job: pool.submit(work, job).result())
