"""Suggesting for one and for all: ``python -m benchmarks.suggestions``."""

import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import cache

import numpy as np

import geoplan

PROCESSES = 2
SAMPLE = 500
TYPES = ("any", "horizontal-rural", "urban-rural", "vertical")


@cache
def _atlas() -> geoplan.Atlas:
    return geoplan.load_atlas()


def _all_of(ids: list[str]) -> int:
    atlas = _atlas()
    return sum(len(geoplan.suggest(atlas, unit).suggestions) for unit in ids)


def main() -> int:
    """Print milliseconds for one municipality by type, and seconds for all of them on two processes."""
    atlas = _atlas()
    ids = [atlas.units.ids[row] for row in atlas.units.rows_of(geoplan.Level.MUNICIPALITY)]
    picked = np.random.default_rng(0).choice(ids, SAMPLE, replace=False).tolist()
    print("| type | p50 ms | p95 ms |\n| --- | --- | --- |")
    for kind in TYPES:
        geoplan.suggest(atlas, picked[0], type=kind)
        taken = []
        for unit in picked:
            start = time.perf_counter()
            geoplan.suggest(atlas, unit, type=kind)
            taken.append(1000 * (time.perf_counter() - start))
        print(f"| {kind} | {np.median(taken):.2f} | {np.quantile(taken, 0.95):.2f} |")
    start = time.perf_counter()
    with ProcessPoolExecutor(PROCESSES) as pool:
        found = sum(pool.map(_all_of, [ids[part::PROCESSES] for part in range(PROCESSES)]))
    taken_s = time.perf_counter() - start
    print(f"\nall {len(ids)} municipalities, {PROCESSES} processes: {taken_s:.1f} s, {found} suggestions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
