"""Work that would hold up everybody else is done by a process of its own."""

import multiprocessing
import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")
Made = TypeVar("Made")
LESS_URGENT = 10
"""How much those who answer go before (nice)."""


def aside(work: Callable[[Job], Result], use: Callable[[Callable[[Job], Result]], Made]) -> Made:
    """Call ``use`` with a function that does ``work`` in another process, the same one each time.

    Raises
    ------
    ChildProcessError
        The process has ended before its work was done.
    """
    # A copy of this process (fork) would take its threads' locks with it.
    processes = multiprocessing.get_context("spawn")
    ours, theirs = processes.Pipe()
    # A daemon does not outlive who is stopped, and ends by itself where nobody is left to listen; the
    # processes of an executor would wait for ever where this one is killed.
    process = processes.Process(target=_do, args=(work, theirs), daemon=True)
    process.start()
    theirs.close()

    def done(job: Job) -> Result:
        try:
            ours.send(job)
            result, error = ours.recv()
        except (EOFError, OSError) as gone:
            process.join()
            message = f"The process for {work.__name__} has ended with code {process.exitcode}."
            raise ChildProcessError(message) from gone
        if error is not None:
            raise error
        made: Result = result
        return made

    try:
        return use(done)
    finally:
        ours.close()
        process.join()


def _do(work: Callable[[Any], Any], line: Connection) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(os, "nice"):
        os.nice(max(0, LESS_URGENT - os.nice(0)))
    while True:
        try:
            job = line.recv()
        except EOFError:
            return
        try:
            answer: tuple[Any, Exception | None] = work(job), None
        except Exception as error:
            answer = None, error
        line.send(answer)
