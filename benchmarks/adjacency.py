"""Adjacency at full resolution: time, memory and answers, side by side in one run."""

import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.contestants import CONTESTANTS, Borders
from benchmarks.fresh import ask

OURS = "geoplan"
SHARES = (0.25, 0.5, 1.0)
"""Of the units, by key: growth with size."""
GROWTH_ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one contestant needed and found."""

    name: str
    median_s: float
    fastest_s: float
    times_ours: float
    """Median time divided by that of geoplan, over all its processes in this run."""
    peak_mb: float
    """Of the whole process, polygons and libraries included."""
    build_mb: float
    """Of it, above what the process had before it began to build."""
    pairs: int
    total_km: float | None
    missing: int
    """Pairs of geoplan that it lacks."""
    extra: int
    """Pairs that geoplan lacks."""
    other_length: int | None
    """Common pairs whose length differs by more than a metre."""


def measure() -> dict[str, Any]:
    """Run all contestants, geoplan again before each, and geoplan on parts of the source."""
    with TemporaryDirectory() as folder:
        polygons = Path(folder) / "polygons.parquet"
        print("  reading the source …", file=sys.stderr)
        ask("source", str(polygons))
        runs: dict[str, list[dict[str, Any]]] = {key: [] for key in CONTESTANTS}
        for key in CONTESTANTS:
            for contestant in {OURS: None, key: None}:
                runs[contestant].append(_run(contestant, polygons, _answer(folder, contestant)))
        own_s = median(second for run in runs[OURS] for second in run["seconds"])
        own = _borders(_answer(folder, OURS))
        results = [
            _result(key, runs[key], own_s, (_borders(_answer(folder, key)), own)) for key in CONTESTANTS
        ]
        return {"contest": [asdict(result) for result in results], "growth": _growth(polygons, folder)}


def _answer(folder: str, key: str) -> Path:
    return Path(folder) / f"{key}.npz"


def _run(key: str, polygons: Path, answer: Path, *units: str) -> dict[str, Any]:
    print(f"  {CONTESTANTS[key].name} …", file=sys.stderr)
    return ask("contest", key, str(polygons), str(answer), *units)


def _borders(answer: Path) -> Borders:
    with np.load(answer) as kept:
        return kept["pairs"], kept["metres"] if len(kept["metres"]) else None


def _result(key: str, runs: list[dict[str, Any]], own_s: float, answers: tuple[Borders, Borders]) -> Result:
    theirs, ours = (_by_pair(*answer) for answer in answers)
    has_lengths = answers[0][1] is not None
    common = theirs.keys() & ours.keys()
    seconds = [second for run in runs for second in run["seconds"]]
    return Result(
        name=CONTESTANTS[key].name,
        median_s=median(seconds),
        fastest_s=min(seconds),
        times_ours=median(seconds) / own_s,
        peak_mb=max(run["peak_mb"] for run in runs),
        build_mb=max(run["peak_mb"] - run["before_mb"] for run in runs),
        pairs=len(theirs),
        total_km=sum(theirs.values()) / 1000 if has_lengths else None,
        missing=len(ours.keys() - theirs.keys()),
        extra=len(theirs.keys() - ours.keys()),
        other_length=sum(abs(theirs[pair] - ours[pair]) > 1 for pair in common) if has_lengths else None,
    )


def _by_pair(pairs: NDArray[np.int64], metres: NDArray[np.float64] | None) -> dict[tuple[int, ...], float]:
    lengths = [0.0] * len(pairs) if metres is None else metres.tolist()
    return dict(zip(map(tuple, pairs.tolist()), lengths, strict=True))


def _growth(polygons: Path, folder: str) -> dict[str, Any]:
    """Time of geoplan on the first quarter, half and all of the units, and its exponent over vertices."""
    answer = _answer(folder, "growth")
    units = _run(OURS, polygons, answer)["units"]
    rounds = [
        [_run(OURS, polygons, answer, str(round(units * share))) for share in SHARES]
        for _ in range(GROWTH_ROUNDS)
    ]
    steps = [
        {
            "vertices": runs[0]["vertices"],
            "fastest_s": min(second for run in runs for second in run["seconds"]),
            "build_mb": max(run["peak_mb"] - run["before_mb"] for run in runs),
        }
        for runs in zip(*rounds, strict=True)
    ]
    vertices, times = (np.log([step[name] for step in steps]) for name in ("vertices", "fastest_s"))
    return {"steps": steps, "exponent": float(np.polyfit(vertices, times, 1)[0])}
