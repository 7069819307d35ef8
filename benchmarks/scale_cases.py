"""One case of growth in a process of its own: ``python -m benchmarks.scale_cases CASE FOLDER …``."""

import json
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from benchmarks.contestants import CONTESTANTS
from benchmarks.fresh import peak_memory_mb
from benchmarks.tessellation import Geometries, write
from geoplan.boundaries.partitions import Partition, partitions

QUESTIONS = 500
ALL_UP_TO = 20_000
"""Up to so many municipalities all are suggested for; beyond, a sample says how long it would take."""
SEED = 20
REPEAT_SECONDS = 60.0
"""What takes less than this in all is timed again, and the fastest counts."""
REPEATS = 5
GERMANY_CRS = "EPSG:25832"
GAP_M = 10_000.0


def timed(run: Callable[[], Any], repeats: int = 1) -> tuple[dict[str, float], Any]:
    """What ``run`` needs at best, by the clock and of processors, and what it returns."""
    best: dict[str, float] = {}
    begun = time.perf_counter()
    for _ in range(repeats):
        wall, processor = time.perf_counter(), time.process_time()
        answer = run()
        taken = {"seconds": time.perf_counter() - wall, "cpu_s": time.process_time() - processor}
        best = {name: min(taken[name], best.get(name, np.inf)) for name in taken}
        if time.perf_counter() - begun > REPEAT_SECONDS:
            break
    return best | {"peak_mb": peak_memory_mb()}, answer


def _read(parts: list[Partition]) -> Geometries:
    return np.concatenate([part.polygons() for part in parts])


def adjacency(folder: str) -> dict[str, Any]:
    """All at once in memory; reading is not timed."""
    from geoplan.adjacency import build_adjacency  # noqa: PLC0415 - each case loads what it needs

    polygons = _read(partitions(Path(folder)))
    before_mb = peak_memory_mb()
    figures, found = timed(lambda: build_adjacency(polygons), REPEATS)
    return figures | {"before_mb": before_mb, "borders": len(found.pairs), "contacts": len(found.point_pairs)}


def stream(folder: str, memory_mb: str) -> dict[str, Any]:
    """Streamed from disk within a budget, reading included."""
    from geoplan.adjacency.streaming import Budget, stream_adjacency  # noqa: PLC0415 - as above

    def batches() -> Iterator[Geometries]:
        for part in partitions(Path(folder)):
            yield from part.batches()

    budget = Budget(memory_bytes=int(memory_mb) * 10**6)
    figures, found = timed(lambda: stream_adjacency(batches(), budget))
    return figures | {"borders": len(found.pairs), "contacts": len(found.point_pairs)}


def other(folder: str, key: str) -> dict[str, Any]:
    """Another library; reading is not timed."""
    polygons = _read(partitions(Path(folder)))
    before_mb = peak_memory_mb()
    warnings.simplefilter("ignore")
    build, answer = CONTESTANTS[key].prepare(polygons)
    figures, found = timed(build)
    return figures | {"before_mb": before_mb, "borders": len(answer(found)[0])}


def load(folder: str) -> dict[str, Any]:
    """Loading the atlas."""
    import geoplan  # noqa: PLC0415 - as above

    figures, _ = timed(lambda: geoplan.load_atlas(folder), REPEATS)
    return figures


def suggest(folder: str) -> dict[str, Any]:
    """Suggesting for one, many times; and for all, one after another."""
    import geoplan  # noqa: PLC0415 - as above

    atlas = geoplan.load_atlas(folder)
    rows = atlas.units.rows_of(geoplan.Level.MUNICIPALITY)
    picked = np.random.default_rng(SEED).choice(rows, QUESTIONS, replace=False)
    first, _ = timed(lambda: geoplan.suggest(atlas, atlas.units.ids[picked[0]]))
    figures = _asked(lambda row: geoplan.suggest(atlas, atlas.units.ids[row]), picked, len(rows))
    if len(rows) <= ALL_UP_TO:
        figures |= timed(lambda: [geoplan.suggest(atlas, atlas.units.ids[row]) for row in rows])[0]
    return figures | {"first_s": first["seconds"]}


def neighbours(folder: str) -> dict[str, Any]:
    """The neighbours of one with their borders, many times."""
    import geoplan  # noqa: PLC0415 - as above

    atlas = geoplan.load_atlas(folder)
    rows = atlas.units.rows_of(geoplan.Level.MUNICIPALITY)
    picked = np.random.default_rng(SEED).choice(rows, QUESTIONS, replace=False)
    atlas.neighbours(atlas.units.ids[picked[0]])
    return _asked(lambda row: atlas.neighbours(atlas.units.ids[row]), picked, len(rows))


def _asked(question: Callable[[int], Any], rows: NDArray[np.int64], count: int) -> dict[str, Any]:
    """What a question about one takes, asked of ``rows``, and what it would take for ``count``."""
    taken = [timed(lambda row=row: question(row))[0] for row in rows]
    wall, processor = (np.array([one[name] for one in taken]) for name in ("seconds", "cpu_s"))
    return {
        "seconds": float(wall.mean() * count), "cpu_s": float(processor.mean() * count),
        "peak_mb": peak_memory_mb(),
        "p50_ms": 1000 * float(np.median(wall)), "p95_ms": 1000 * float(np.quantile(wall, 0.95)),
        "p95_cpu_ms": 1000 * float(np.quantile(processor, 0.95)),
    }  # fmt: skip


def tiles() -> dict[str, Any]:
    """Cutting the embedded dataset into vector tiles, once; and reading single tiles of the finest zoom."""
    import geoplan  # noqa: PLC0415 - as above
    from geoplan_maps.exchange.tiles import (  # noqa: PLC0415 - as above
        MAX_ZOOM,
        bounds_of,
        tile_archive,
        tile_bytes,
    )

    atlas = geoplan.load_atlas()
    figures, archive = timed(lambda: tile_archive(atlas))
    west, south, east, north = bounds_of(atlas)
    draw = np.random.default_rng(SEED)
    x = (draw.uniform(west, east, QUESTIONS) + 180) / 360
    y = 0.5 - np.arcsinh(np.tan(np.radians(draw.uniform(south, north, QUESTIONS)))) / (2 * np.pi)
    places = (np.column_stack([x, y]) * 2**MAX_ZOOM).astype(int).tolist()
    with NamedTemporaryFile(suffix=".pmtiles") as file:
        file.write(archive)
        file.flush()
        path = Path(file.name)
        asked = _asked(lambda place: tile_bytes(path, MAX_ZOOM, *places[place]), np.arange(QUESTIONS), 1)
    return asked | figures | {"units": len(atlas.units), "megabytes": len(archive) / 1e6}


def cover(folder: str) -> dict[str, Any]:
    """Dividing the county in the middle into networks, after one question to warm up."""
    import geoplan  # noqa: PLC0415 - as above
    from geoplan.networks import cover as cover_area  # noqa: PLC0415 - as above

    atlas = geoplan.load_atlas(folder)
    rows = atlas.units.rows_of(geoplan.Level.COUNTY)
    county = int(rows[len(rows) // 2])
    geoplan.suggest(atlas, atlas.units.ids[atlas.hierarchy.members(county, geoplan.Level.MUNICIPALITY)[0]])
    figures, found = timed(
        lambda: cover_area(
            atlas, atlas.units.ids[county], service="heat-planning", min_members=3, max_members=6
        )
    )
    return figures | {"covered": found.covered, "left_over": len(found.left_over)}


def germany(folder: str, units: str) -> dict[str, Any]:
    """Write the embedded municipalities of Germany side by side until there are so many units."""
    import geoplan  # noqa: PLC0415 - as above

    atlas = geoplan.load_atlas()
    rows = np.concatenate(
        [atlas.units.rows_of(geoplan.Level.MUNICIPALITY, geoplan.Level.UNINCORPORATED_AREA)]
    )
    land = atlas.geometry(rows)
    step = np.diff(shapely.total_bounds(land).reshape(2, 2), axis=0)[0] + GAP_M
    copies = max(round(int(units) / len(land)), 1)
    side = int(np.ceil(np.sqrt(copies)))
    places = [np.array(divmod(number, side)[::-1]) * step for number in range(copies)]
    moved = (shapely.transform(land, lambda xy, place=place: xy + place) for place in places)
    return dict(write(Path(folder), moved, GERMANY_CRS))


CASES: dict[str, Callable[..., dict[str, Any]]] = {
    "adjacency": adjacency, "stream": stream, "other": other, "load": load, "suggest": suggest,
    "cover": cover, "germany": germany, "neighbours": neighbours, "tiles": tiles,
}  # fmt: skip


if __name__ == "__main__":
    print(json.dumps(CASES[sys.argv[1]](*sys.argv[2:])))
