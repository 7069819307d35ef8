"""Building networks and covering areas on real data: ``python -m benchmarks.networks``."""

import sys
import time
from statistics import median
from typing import Any

import geoplan
from benchmarks.report import table
from geoplan.networks import cover

SEEDS = ("05570044", "09679147", "08336050", "06534016", "16070029")
BUILD_CASES: tuple[tuple[str, int, int, int, str], ...] = (
    ("climate-network", 6, 12, 40, "auto"),
    ("climate-network", 12, 12, 40, "auto"),
    ("mobility-concept", 6, 12, 40, "auto"),
    ("mobility-concept", 12, 12, 100, "auto"),
    ("climate-network", 6, 12, 100, "auto"),
)
"""Service, least and most members, candidates, contiguity."""
AREAS = ("09679", "05166", "08336", "10", "01", "07", "09")
COVER_CASES = (("heat-planning", 3, 6), ("climate-network", 6, 12))


def main() -> int:
    """Print two markdown tables: seconds and proof of builds, seconds and left-overs of covers."""
    atlas = geoplan.load_atlas()
    header = ("build, five municipalities", "members", "candidates", "proven", "median s", "worst s")
    print(table(header, [_build_row(atlas, case) for case in BUILD_CASES]))
    header = ("cover", "service", "covered", "left over", "networks", "fit", "gap", "s")
    print("\n" + table(header, [_cover_row(atlas, area, case) for area in AREAS for case in COVER_CASES]))
    return 0


def _build_row(atlas: geoplan.Atlas, case: tuple[str, int, int, int, str]) -> list[str]:
    service, low, high, candidates, contiguity = case
    taken, proven = [], 0
    for seed in SEEDS:
        start = time.perf_counter()
        found = geoplan.build_network(
            atlas, [seed], service=service, min_members=low, max_members=high, candidates=candidates,
            contiguity=contiguity, alternatives=3,
        )  # fmt: skip
        taken.append(time.perf_counter() - start)
        proven += found.status == "optimal"
    shown = [f"{proven}/{len(SEEDS)}", f"{median(taken):.2f}", f"{max(taken):.2f}"]
    return [service, f"{low}–{high}", str(candidates), *shown]


def _cover_row(atlas: geoplan.Atlas, area: str, case: tuple[str, int, int]) -> list[str]:
    service, low, high = case
    start = time.perf_counter()
    found: Any = cover(
        atlas, area, service=service, min_members=low, max_members=high, contiguity=True, time_limit=None
    )
    seconds = time.perf_counter() - start
    fit = "–" if found.score is None else f"{found.score:.3f}"
    return [
        found.unit.name, f"{service} {low}–{high}", str(found.covered), str(len(found.left_over)),
        str(len(found.networks)), fit, f"{found.gap:.3f}", f"{seconds:.1f}",
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
