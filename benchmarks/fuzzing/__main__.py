"""Try both doors and print the counts: ``python -m benchmarks.fuzzing --cases 20000``.

A finding is printed with what led to it, and the exit code is 1. Several processes share the work; each has
a server, plans and a seed of its own, so that ``--seed`` and ``--processes`` make the same cases again.
"""

import argparse
import os
import sys
import time

from benchmarks.fuzzing.sharing import DOORS, Share, shared_out

CASES = 20_000
COMMAND_LINES = 5_000


def main() -> int:
    """Send requests, run command lines."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzzing", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES, help="requests")
    parser.add_argument("--command-lines", type=int, default=COMMAND_LINES, help="command lines")
    parser.add_argument("--data", help="dataset, name or path; by default the embedded one")
    parser.add_argument("--processes", type=int, default=os.cpu_count() or 1, help="by default one a core")
    parser.add_argument("--seed", type=int, default=0, help="other cases for another number")
    options = parser.parse_args()
    found = 0
    for door, cases in zip(DOORS, (options.cases, options.command_lines), strict=True):
        begin = time.perf_counter()
        whole = Share(door=door, cases=cases, start=options.seed, data=options.data)
        tally = shared_out(whole, max(1, options.processes))
        print(f"{door}: {tally.report(time.perf_counter() - begin)}\n", flush=True)
        found += len(tally.findings)
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
