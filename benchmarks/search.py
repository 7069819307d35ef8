"""How long a search takes over all names of the embedded dataset: a new index, and each kind of query."""

import csv
from collections.abc import Callable
from pathlib import Path
from time import perf_counter

import numpy as np

from geoplan.boundaries.catalogue import load_dataset
from geoplan.errors import RequestError
from geoplan.search import NameIndex
from geoplan.units import UnitTable

QUERIES = Path(__file__).resolve().parents[1] / "tests" / "search" / "queries.csv"
ROUNDS = 5


def main() -> None:
    """Print milliseconds: first questions to a new index, then the distribution over the labelled queries."""
    units = load_dataset().units
    queries = _queries()
    print(f"{len(units):,} units, {len(set(units.names)):,} names, {len(queries)} queries; milliseconds\n")
    print(f"{'first question to a new index':<32}{'best of ' + str(ROUNDS):>10}")
    for title, ask in _first_questions(units).items():
        print(f"{title:<32}{min(_milliseconds(ask) for _ in range(ROUNDS)):>10.1f}")
    index = NameIndex(units)
    index.search("Neustadt Hessen")
    print(f"\n{'search, by kind of query':<32}{'median':>10}{'p95':>10}{'max':>10}{'in first 5':>12}")
    times = {kind: [] for kind, _, _ in queries} | {"all": []}
    hits = {kind: [] for kind in times}
    for kind, query, expected in queries * ROUNDS:
        taken = _milliseconds(lambda query=query: index.search(query, limit=5))
        hit = expected in [result.unit.id for result in index.search(query, limit=5)]
        for group in (kind, "all"):
            times[group].append(taken)
            hits[group].append(hit)
    for kind, taken in times.items():
        median, p95 = np.percentile(taken, [50, 95])
        print(f"{kind:<32}{median:>10.2f}{p95:>10.2f}{max(taken):>10.2f}{np.mean(hits[kind]):>12.1%}")
    resolving = [
        _milliseconds(lambda query=query: _resolve(index, query)) for _, query, _ in queries * ROUNDS
    ]
    median, p95 = np.percentile(resolving, [50, 95])
    print(f"\n{'resolve':<32}{median:>10.2f}{p95:>10.2f}{max(resolving):>10.2f}")


def _queries() -> list[tuple[str, str, str]]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return [(row["kind"], row["query"], row["id"]) for row in csv.DictReader(file)]


def _first_questions(units: UnitTable) -> dict[str, Callable[[], object]]:
    return {
        "resolve 05570044": lambda: NameIndex(units).resolve("05570044"),
        "resolve Telgte": lambda: NameIndex(units).resolve("Telgte"),
        "search Telgte": lambda: NameIndex(units).search("Telgte"),
        "search Neustadt Hessen": lambda: NameIndex(units).search("Neustadt Hessen"),
    }


def _milliseconds(ask: Callable[[], object]) -> float:
    start = perf_counter()
    ask()
    return 1000 * (perf_counter() - start)


def _resolve(index: NameIndex, text: str) -> int | None:
    try:
        return index.resolve(text)
    except RequestError:
        return None


if __name__ == "__main__":
    main()
