"""Try both doors and print the counts: ``python -m benchmarks.fuzzing --cases 20000``.

A finding is printed with what led to it, and the exit code is 1.
"""

import argparse
import sys
import time

from benchmarks.fuzzing import Tally, fuzz_command_lines, fuzz_requests
from geoplan import load_atlas

CASES = 20_000
COMMAND_LINES = 5_000


def main() -> int:
    """Send requests, run command lines."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzzing", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES, help="requests")
    parser.add_argument("--command-lines", type=int, default=COMMAND_LINES, help="command lines")
    parser.add_argument("--data", help="dataset, name or path; by default the embedded one")
    options = parser.parse_args()
    atlas, found = load_atlas(options.data), 0
    doors = {
        "requests": (fuzz_requests, options.cases),
        "command lines": (fuzz_command_lines, options.command_lines),
    }
    for name, (fuzz, cases) in doors.items():
        start = time.perf_counter()
        tally = fuzz(atlas, cases) if cases else Tally()
        print(f"{name}: {tally.report(time.perf_counter() - start)}\n", flush=True)
        found += len(tally.findings)
    return min(found, 1)


if __name__ == "__main__":
    sys.exit(main())
