"""The same work in several processes: each makes its share of the cases, other ones than the others."""

import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

from benchmarks.fuzzing.command_lines import fuzz_command_lines
from benchmarks.fuzzing.requests import fuzz_requests
from benchmarks.fuzzing.tally import Tally
from geoplan import load_atlas

DOORS = {"requests": fuzz_requests, "command lines": fuzz_command_lines}


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one process is to do."""

    door: str
    cases: int
    start: int
    """Shares with other numbers have other cases."""
    data: str | None


def shared_out(whole: Share, processes: int) -> Tally:
    """The counts of all processes."""
    total, cases, first = Tally(), -(-whole.cases // processes), whole.start * processes
    shares = [replace(whole, cases=cases, start=first + one) for one in range(processes)] if cases else []
    # Fresh processes: a copy would take along the locks of threads.
    with ProcessPoolExecutor(processes, multiprocessing.get_context("spawn")) as pool:
        for tally in pool.map(_done, shares):
            total.add(tally)
    return total


def _done(share: Share) -> Tally:
    return DOORS[share.door](load_atlas(share.data), share.cases, start=share.start)
