"""Figures as markdown."""

import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from typing import Any

LIBRARIES = ("geoplan", "numpy", "shapely", "geopandas", "libpysal", "gerrychain", "networkx")


def machine() -> dict[str, str]:
    """Where the figures were measured, and with what."""
    return {
        "processor": f"{platform.machine()}, {os.cpu_count()} cores",
        "system": platform.system(),
        "python": platform.python_version(),
    } | {name: _version(name) for name in LIBRARIES}


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"


def table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A markdown table; all columns but the first are numbers."""
    lines = [header, ["---", *["---:"] * (len(header) - 1)], *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _or_dash(value: float | None, form: str) -> str:
    return "–" if value is None else format(value, form)


def adjacency(figures: dict[str, Any]) -> str:
    """The contest and the growth."""
    header = ("adjacency of VG250", "median s", "× geoplan", "peak MB", "build MB", "pairs", "km",
              "missing", "extra", "> 1 m off")  # fmt: skip
    rows = [
        [
            row["name"],
            f"{row['median_s']:.2f}",
            f"{row['times_ours']:.1f}",
            f"{row['peak_mb']:.0f}",
            f"{row['build_mb']:.0f}",
            f"{row['pairs']:,}",
            _or_dash(row["total_km"], ",.0f"),
            f"{row['missing']}",
            f"{row['extra']}",
            _or_dash(row["other_length"], "d"),
        ]
        for row in figures["contest"]
    ]
    steps = [
        [f"{step['vertices']:,}", f"{step['fastest_s']:.3f}", f"{step['build_mb']:.0f}"]
        for step in figures["growth"]["steps"]
    ]
    growth = table(("geoplan, vertices", "fastest s", "build MB"), steps)
    return (
        f"{table(header, rows)}\n\n{growth}\n\ntime grows with vertices^{figures['growth']['exponent']:.2f}"
    )


def startup(figures: dict[str, Any]) -> str:
    """Cold and warm."""
    warm = figures["warm_suggest"]
    rows = [
        ["cold `geoplan suggest`, s", f"{figures['cold_suggest_s']:.2f}"],
        ["`import geopandas, networkx`, s", f"{figures['import_geopandas_networkx_s']:.2f}"],
        ["ratio of the two, run by turns", f"{figures['cold_ratio']:.2f}"],
        ["`import geoplan`, s", f"{figures['import_geoplan_s']:.2f}"],
        ["`load_atlas()`, s", f"{figures['load_atlas_s']:.2f}"],
        ["peak after loading, MB", f"{figures['load_peak_mb']:.0f}"],
        ["warm suggestion, median ms", f"{warm['median_ms']:.1f}"],
        ["warm suggestion, p95 ms", f"{warm['p95_ms']:.1f}"],
        ["warm suggestion, slowest ms", f"{warm['max_ms']:.1f}"],
    ]
    return table(("waiting", "median"), rows)
