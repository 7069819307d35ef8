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
GROWTH_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one contestant needed and found."""

    name: str
    median_s: float
    fastest_s: float
    times_ours: float
    """Median time divided by that of geoplan in the process before."""
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
    """Run all contestants, each after a run of geoplan, and geoplan on parts of the source."""
    with TemporaryDirectory() as folder:
        polygons, ours = Path(folder) / "polygons.npz", Path(folder) / f"{OURS}.npz"
        print("  reading the source …", file=sys.stderr)
        ask("source", str(polygons))
        results, own_runs = [], []
        for key in [key for key in CONTESTANTS if key != OURS]:
            own_runs.append(_run(OURS, polygons, ours))
            answer = Path(folder) / f"{key}.npz"
            figures = _run(key, polygons, answer)
            results.append(_result(key, figures, own_runs[-1], (_borders(answer), _borders(ours))))
        together = own_runs[0] | {"seconds": [second for run in own_runs for second in run["seconds"]]}
        results.insert(0, _result(OURS, together, together, (_borders(ours), _borders(ours))))
        return {"contest": [asdict(result) for result in results], "growth": _growth(polygons, ours)}


def _run(key: str, polygons: Path, answer: Path, *units: str) -> dict[str, Any]:
    print(f"  {CONTESTANTS[key].name} …", file=sys.stderr)
    return ask("contest", key, str(polygons), str(answer), *units)


def _borders(answer: Path) -> Borders:
    with np.load(answer) as kept:
        return kept["pairs"], kept["metres"] if len(kept["metres"]) else None


def _result(
    key: str, figures: dict[str, Any], geoplan_figures: dict[str, Any], answers: tuple[Borders, Borders]
) -> Result:
    theirs, ours = (_by_pair(*answer) for answer in answers)
    has_lengths = answers[0][1] is not None
    common = theirs.keys() & ours.keys()
    return Result(
        name=CONTESTANTS[key].name,
        median_s=median(figures["seconds"]),
        fastest_s=min(figures["seconds"]),
        times_ours=median(figures["seconds"]) / median(geoplan_figures["seconds"]),
        peak_mb=figures["peak_mb"],
        build_mb=figures["peak_mb"] - figures["before_mb"],
        pairs=len(theirs),
        total_km=sum(theirs.values()) / 1000 if has_lengths else None,
        missing=len(ours.keys() - theirs.keys()),
        extra=len(theirs.keys() - ours.keys()),
        other_length=sum(abs(theirs[pair] - ours[pair]) > 1 for pair in common) if has_lengths else None,
    )


def _by_pair(pairs: NDArray[np.int64], metres: NDArray[np.float64] | None) -> dict[tuple[int, ...], float]:
    lengths = [0.0] * len(pairs) if metres is None else metres.tolist()
    return dict(zip(map(tuple, pairs.tolist()), lengths, strict=True))


def _growth(polygons: Path, answer: Path) -> dict[str, Any]:
    """Time of geoplan on the first quarter, half and all of the units, and its exponent over vertices."""
    whole = _run(OURS, polygons, answer)
    steps = []
    for share in SHARES:
        units = str(round(whole["units"] * share))
        runs = [_run(OURS, polygons, answer, units) for _ in range(GROWTH_ROUNDS)]
        fastest = min(second for run in runs for second in run["seconds"])
        build_mb = max(run["peak_mb"] - run["before_mb"] for run in runs)
        steps.append({"vertices": runs[0]["vertices"], "fastest_s": fastest, "build_mb": build_mb})
    vertices, times = (np.log([step[name] for step in steps]) for name in ("vertices", "fastest_s"))
    return {"steps": steps, "exponent": float(np.polyfit(vertices, times, 1)[0])}
