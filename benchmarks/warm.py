"""The atlas in a process of its own: ``python -m benchmarks.warm load`` or ``… suggest``."""

import json
import sys
import time

import numpy as np

from benchmarks.fresh import peak_memory_mb

QUESTIONS = 500
SEED = 20


def load() -> dict[str, float]:
    """Seconds to import geoplan and to load the embedded dataset."""
    start = time.perf_counter()
    import geoplan  # noqa: PLC0415

    imported = time.perf_counter()
    geoplan.load_atlas()
    return {
        "import_s": imported - start,
        "load_s": time.perf_counter() - imported,
        "peak_mb": peak_memory_mb(),
    }


def suggest() -> dict[str, float]:
    """Milliseconds of a suggestion for municipalities picked at random, after one question to warm up."""
    import geoplan  # noqa: PLC0415

    atlas = geoplan.load_atlas()
    rows = atlas.units.rows_of(geoplan.Level.MUNICIPALITY)
    picked = np.random.default_rng(SEED).choice(rows, QUESTIONS, replace=False)
    geoplan.suggest(atlas, atlas.units.ids[picked[0]])
    taken = []
    for row in picked:
        start = time.perf_counter()
        geoplan.suggest(atlas, atlas.units.ids[row])
        taken.append(1000 * (time.perf_counter() - start))
    median, p95 = np.percentile(taken, [50, 95])
    return {"questions": QUESTIONS, "median_ms": median, "p95_ms": p95, "max_ms": max(taken)}


if __name__ == "__main__":
    print(json.dumps({"load": load, "suggest": suggest}[sys.argv[1]]()))
