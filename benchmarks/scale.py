"""How time and memory grow with the country: ``python -m benchmarks.scale`` (``make bench-scale``)."""

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

from benchmarks.fresh import ROOT, python
from benchmarks.report import machine, table

SIZES = (11_000, 100_000, 1_000_000)
ADJACENCY = {
    "adjacency": "adjacency, in memory",
    "stream": "adjacency, streamed from disk",
    "geos": "GEOS STRtree + intersection",
    "libpysal-strict": "libpysal rook (strict)",
}
ATLAS = {
    "load": "load_atlas",
    "suggest": "suggest for all (beyond 20,000 from a sample of 500)",
    "neighbours": "neighbours for all, from a sample of 500",
    "cover": "network cover of one county",
}
EMBEDDED = {"tiles": "vector tiles of Germany"}
"""What is measured on the embedded dataset only."""
SOURCES = {"made-up": "made up", "germany": "Germany, tiled"}
PATIENCE_S = 900
"""Who is not done by then is not waited for."""


def run(module: str, *arguments: str, patience_s: float | None = None) -> dict[str, Any] | None:
    """Run a module in a process of its own; ``None`` where it gives up or takes too long."""
    print(f"  {module} {' '.join(arguments)} …", file=sys.stderr)
    try:
        done = subprocess.run(
            python("-m", f"benchmarks.{module}", *arguments),
            cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True, timeout=patience_s,
        )  # fmt: skip
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        print(f"  not finished: {type(error).__name__}", file=sys.stderr)
        return None
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


def polygons_of(source: str, units: int, folder: Path) -> dict[str, Any]:
    """Write the polygons of a source; how many units and vertices they are."""
    made = (
        run("tessellation", str(units), str(folder)) if source == "made-up"
        else run("scale_cases", "germany", str(folder), str(units))
    )  # fmt: skip
    if made is None:
        raise SystemExit("the polygons could not be made")
    return made


def adjacency_figures(
    source: str, units: int, folder: Path, options: argparse.Namespace
) -> list[dict[str, Any]]:
    """All ways to an adjacency on one source."""
    polygons = folder / f"{source}-{units}"
    size = polygons_of(source, units, polygons)
    rows = []
    for case in [case for case in ADJACENCY if case in options.cases]:
        arguments = {"adjacency": ("adjacency",), "stream": ("stream", str(options.memory))}.get(
            case, ("other", case)
        )
        name, *more = arguments
        figures = run("scale_cases", name, str(polygons), *more, patience_s=options.patience)
        rows.append({"case": case, "source": source, **size, **(figures or {})})
    return rows


def atlas_figures(units: int, folder: Path, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Loading, suggesting and covering on one made-up country."""
    asked = [case for case in ATLAS if case in options.cases]
    dataset = folder / f"country-{units}"
    if not asked or run("country", str(units), str(dataset)) is None:
        return []
    return [
        {"case": case, "source": "made-up", "units": units}
        | (run("scale_cases", case, str(dataset), patience_s=options.patience) or {})
        for case in asked
    ]


def exponent(rows: Sequence[dict[str, Any]], name: str) -> float | None:
    """The slope of log time over log units between the smallest and the largest that finished."""
    done = sorted((row["units"], row[name]) for row in rows if name in row)
    if not done or done[0][0] == done[-1][0]:
        return None
    (few, short), (many, long) = done[0], done[-1]
    return float(np.log(long / short) / np.log(many / few))


def markdown(rows: Sequence[dict[str, Any]]) -> str:
    """Two tables: every run, and the exponents."""
    names = ADJACENCY | ATLAS | EMBEDDED
    header = ("case", "source", "units", "vertices", "s", "processor s", "peak MB", "borders", "p95 ms",
              "p95 ms of processors")  # fmt: skip
    lines = [
        [
            names[row["case"]], SOURCES[row["source"]], f"{row['units']:,}", _shown(row, "vertices", ",d"),
            _shown(row, "seconds", ".2f"), _shown(row, "cpu_s", ".2f"), _shown(row, "peak_mb", ",.0f"),
            _shown(row, "borders", ",d"), _shown(row, "p95_ms", ".1f"), _shown(row, "p95_cpu_ms", ".1f"),
        ]
        for row in rows
    ]  # fmt: skip
    groups = dict.fromkeys((row["case"], row["source"]) for row in rows)
    growth = []
    for case, source in groups:
        same = [row for row in rows if (row["case"], row["source"]) == (case, source)]
        slopes = [exponent(same, name) for name in ("seconds", "cpu_s")]
        growth.append(
            [names[case], SOURCES[source], *("–" if one is None else f"{one:.2f}" for one in slopes)]
        )
    exponents = table(
        ("time grows with units to the power of", "source", "by the clock", "of processors"), growth
    )
    return f"{table(header, lines)}\n\n{exponents}"


def _shown(row: dict[str, Any], name: str, form: str) -> str:
    return format(row[name], form) if name in row else "–"


def main() -> None:
    """Measure, print markdown, and write the figures as JSON."""
    every = [*ADJACENCY, *ATLAS, *EMBEDDED]
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument("--units", type=int, nargs="+", default=SIZES, help="sizes of the countries")
    parser.add_argument("--cases", nargs="+", choices=every, default=every, help="what to measure")
    parser.add_argument("--sources", nargs="+", choices=list(SOURCES), default=list(SOURCES))
    parser.add_argument(
        "--memory", type=int, default=4000, metavar="MB", help="budget of the streaming engine"
    )
    parser.add_argument("--patience", type=float, default=PATIENCE_S, metavar="S", help="for one case")
    parser.add_argument("--folder", type=Path, help="where polygons are written (default: a temporary one)")
    parser.add_argument("--json", type=Path, default=Path("out/scale.json"), help="file for the figures")
    options = parser.parse_args()
    rows: list[dict[str, Any]] = []
    for units in options.units:
        with TemporaryDirectory(dir=options.folder) as folder:
            for source in options.sources if set(options.cases) & set(ADJACENCY) else []:
                rows += adjacency_figures(source, units, Path(folder), options)
            rows += atlas_figures(units, Path(folder), options)
    for case in [case for case in EMBEDDED if case in options.cases]:
        figures = run("scale_cases", case, patience_s=options.patience) or {}
        rows.append({"case": case, "source": "germany", "units": 0} | figures)
    print(markdown(rows))
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(
        json.dumps({"machine": machine(), "rows": rows}, indent=2) + "\n", encoding="utf-8"
    )
    print(f"figures: {options.json}", file=sys.stderr)


if __name__ == "__main__":
    main()
