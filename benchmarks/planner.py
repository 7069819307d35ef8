"""The planner in the browser: ``python -m benchmarks.planner`` (needs Playwright and Chromium)."""

import os
import sys

from benchmarks import planner_map, planner_weights, report

FIRST_VIEW_KB, LONGEST_TASK_MS, TIMES_FASTER, RANKED_MS = 400, 200, 10, 100


def main() -> int:
    """Print the figures beside their bounds; 1 where one is missed."""
    ranked = planner_weights.measure()
    figures = planner_map.measure()
    ours, theirs = figures["ours"], figures["folium"]
    rows = [
        ["usable map, ms", f"{ours['usable_ms']:.0f}", f"{theirs['usable_ms']:.0f}", ""],
        ["folium's time over ours", f"{figures['times_faster']:.1f}", "1", f"≥ {TIMES_FASTER}"],
        ["first view of the planner, kB compressed", f"{ours['first_view_kb']:.0f}",
         f"{1000 * theirs['page_mb']:.0f} (plain)", f"≤ {FIRST_VIEW_KB}"],
        ["all municipalities drawn, ms", f"{ours['all_places_ms']:.0f}", f"{theirs['usable_ms']:.0f}", ""],
        ["… kB compressed, once", f"{ours['all_places_kb']:.0f}", "", ""],
        ["longest task while panning, ms", f"{ours['longest_task_panning_ms']:.0f}",
         f"{theirs['longest_task_panning_ms']:.0f}", f"≤ {LONGEST_TASK_MS}"],
        [f"ranked again after a slider, ms, median of {ranked['moves']}", f"{ranked['median_ms']:.0f}", "",
         f"≤ {RANKED_MS}"],
        ["… 95 %, most", f"{ranked['p95_ms']:.0f}, {ranked['most_ms']:.0f}", "", f"≤ {RANKED_MS}"],
    ]  # fmt: skip
    print(report.table(("planner's map", "geoplan", "folium GeoJson", "bound"), rows))
    print(f"load of the machine (1, 5, 15 min): {', '.join(f'{one:.1f}' for one in os.getloadavg())}")
    kept = (
        figures["times_faster"] >= TIMES_FASTER
        and ours["first_view_kb"] <= FIRST_VIEW_KB
        and ranked["p95_ms"] <= RANKED_MS
        and ours["longest_task_panning_ms"] <= LONGEST_TASK_MS
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
