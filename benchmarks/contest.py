"""One contestant in a process of its own: ``python -m benchmarks.contest KEY POLYGONS ANSWER [UNITS]``."""

import gc
import json
import sys
import time
import warnings
from pathlib import Path

import numpy as np
import shapely

from benchmarks.contestants import CONTESTANTS
from benchmarks.fresh import peak_memory_mb
from benchmarks.source import read


def main() -> None:
    """Time the contestant on the first UNITS polygons, keep its answer, print the figures as JSON."""
    key, polygons_path, answer_path, *units = sys.argv[1:]
    contestant = CONTESTANTS[key]
    polygons = read(Path(polygons_path))[: int(units[0]) if units else None]
    warnings.simplefilter("ignore")
    build, answer = contestant.prepare(polygons)
    gc.collect()
    before_mb = peak_memory_mb()
    seconds = []
    for _ in range(contestant.repeats):
        start = time.perf_counter()
        found = build()
        seconds.append(time.perf_counter() - start)
    peak_mb = peak_memory_mb()
    pairs, metres = answer(found)
    np.savez(answer_path, pairs=pairs, metres=np.empty(0) if metres is None else metres)
    figures = {
        "seconds": seconds,
        "peak_mb": peak_mb,
        "before_mb": before_mb,
        "units": len(polygons),
        "vertices": int(shapely.get_num_coordinates(polygons).sum()),
    }
    print(json.dumps(figures))


if __name__ == "__main__":
    main()
