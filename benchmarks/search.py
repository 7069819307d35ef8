"""How long a search takes over all names of the embedded dataset: a new index, and each kind of query."""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

from geoplan.atlas import Atlas, load_atlas
from geoplan.enrichment.postcodes import Postcode, Postcodes
from geoplan.errors import RequestError
from geoplan.search import Ground, NameIndex, Sources
from geoplan.units import UnitTable

LABELLED = Path(__file__).resolve().parents[1] / "tests" / "search"
QUERIES, POSTCODES = LABELLED / "queries.csv", LABELLED / "postcodes.csv"
ROUNDS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What was typed, and which unit it means."""

    kind: str
    text: str
    expected: str
    near: str | None


def main() -> None:
    """Print milliseconds: first questions to a new index, then the distribution over the labelled queries."""
    atlas, queries = load_atlas(), _queries()
    units = atlas.units
    print(f"{len(units):,} units, {len(set(units.names)):,} names, {len(queries)} queries; milliseconds\n")
    print(f"{'first question to a new index':<32}{'best of ' + str(ROUNDS):>10}")
    for title, ask in _first_questions(units).items():
        print(f"{title:<32}{min(_milliseconds(ask) for _ in range(ROUNDS)):>10.1f}")
    index = _index(atlas)
    for warming in ("Neustadt Hessen", "51.98, 7.79", "Garmsich-Part"):
        index.search(warming)
    _by_kind(index, queries)
    print(f"\n{'resolve':<32}", end="")
    _distribution([_taken(lambda query=query: _resolve(index, query.text)) for query in queries * ROUNDS])
    print()


def _by_kind(index: NameIndex, queries: list[Query]) -> None:
    """Wall-clock and CPU time of searches: the first is what a reader waits, the second free of others."""
    print(f"\n{'search, by kind of query':<32}{'median':>10}{'p95':>10}{'max':>10}", end="")
    print(f"{'CPU median':>12}{'CPU p95':>10}{'CPU max':>10}{'in first 5':>12}")
    times: dict[str, list[tuple[float, float]]] = {query.kind: [] for query in queries} | {"all": []}
    hits: dict[str, list[bool]] = {kind: [] for kind in times}
    for query in queries * ROUNDS:
        taken = _taken(lambda query=query: index.search(query.text, limit=5, near=query.near))
        found = index.search(query.text, limit=5, near=query.near)
        for group in (query.kind, "all"):
            times[group].append(taken)
            hits[group].append(query.expected in [result.unit.id for result in found])
    for kind, taken in times.items():
        print(f"{kind:<32}", end="")
        _distribution(taken)
        print(f"{np.mean(hits[kind]):>12.1%}")


def _distribution(taken: list[tuple[float, float]]) -> None:
    for times, width in zip(zip(*taken, strict=True), (10, 12), strict=True):
        median, p95 = np.percentile(times, [50, 95])
        print(f"{median:>{width}.2f}{p95:>10.2f}{max(times):>10.2f}", end="")


def _queries() -> list[Query]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return [
            Query(kind=row["kind"], text=row["query"], expected=row["id"], near=row["near"] or None)
            for row in csv.DictReader(file)
        ]


def _index(atlas: Atlas) -> NameIndex:
    """The names of the dataset, with postcodes of some, for the embedded one has none."""
    with POSTCODES.open(encoding="utf-8", newline="") as file:
        entries = tuple(
            Postcode(row=atlas.units.row(row["id"]), postcode=row["postcode"], share=None, seat=True)
            for row in csv.DictReader(file)
        )
    ground = Ground(units=atlas.units, geometry_of=atlas.geometry, crs=atlas.provenance.crs)
    return NameIndex(atlas.units, Sources(postcodes=lambda: Postcodes(entries), ground=ground))


def _first_questions(units: UnitTable) -> dict[str, Callable[[], object]]:
    return {
        "resolve 05570044": lambda: NameIndex(units).resolve("05570044"),
        "resolve Telgte": lambda: NameIndex(units).resolve("Telgte"),
        "search Telgte": lambda: NameIndex(units).search("Telgte"),
        "search Neustadt Hessen": lambda: NameIndex(units).search("Neustadt Hessen"),
    }


def _milliseconds(ask: Callable[[], object]) -> float:
    return _taken(ask)[0]


def _taken(ask: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of the processor."""
    start, start_cpu = perf_counter(), process_time()
    ask()
    return 1000 * (perf_counter() - start), 1000 * (process_time() - start_cpu)


def _resolve(index: NameIndex, text: str) -> int | None:
    try:
        return index.resolve(text)
    except RequestError:
        return None


if __name__ == "__main__":
    main()
