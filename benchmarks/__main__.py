"""Run the benchmarks: ``python -m benchmarks [adjacency] [startup] [--json FILE]``."""

import argparse
import json
import sys
from pathlib import Path

from benchmarks import adjacency, report, startup

PARTS = {"adjacency": (adjacency.measure, report.adjacency), "startup": (startup.measure, report.startup)}


def main() -> None:
    """Measure the parts that are asked for, print markdown, and write the figures as JSON."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"{' or '.join(PARTS)}; default: all")
    parser.add_argument("--json", type=Path, default=Path("out/benchmarks.json"), help="file for the figures")
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        parser.error(f"no such part: {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    figures: dict[str, object] = {"machine": report.machine()}
    for name in options.parts or PARTS:
        print(f"measuring {name} …", file=sys.stderr)
        measure, markdown = PARTS[name]
        measured = measure()
        print(f"{markdown(measured)}\n", flush=True)
        figures[name] = measured
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    print(f"figures: {options.json}", file=sys.stderr)


if __name__ == "__main__":
    main()
