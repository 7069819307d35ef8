"""Standards side by side: ``python -m benchmarks.ogc`` (see README.md: needs pygeoapi, gunicorn and PostGIS).

``items`` requests to geoplan and to a plain pygeoapi that reads the GeoPackage which geoplan wrote, each a
server with one worker on loopback, asked by turns; and neighbours with lengths beside PostGIS.
"""

import argparse
import contextlib
import gzip
import http.client
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

import geoplan
from benchmarks import postgis
from benchmarks.report import table
from geoplan_maps.exchange import Table, file_bytes, level_table
from geoplan_maps.wgs84 import to_wgs84

HERE = Path(__file__).resolve().parent
ROUNDS = 30
SEED = 0
COLLECTION = "municipalities"
Request = Callable[[int], str]
Ask = Callable[[str], object]


def requests() -> dict[str, Request]:
    """What is asked: each round another box or page, so that no server answers from memory."""
    random = np.random.default_rng(SEED)
    west, south = random.uniform(7, 13, ROUNDS + 1), random.uniform(48, 53, ROUNDS + 1)
    offsets = random.integers(0, 10_000, ROUNDS + 1)
    items = f"/collections/{COLLECTION}/items?f=json"

    def box(round_: int, side: float, limit: int) -> str:
        x, y = west[round_], south[round_]
        return f"{items}&limit={limit}&bbox={x:.4f},{y:.4f},{x + side:.4f},{y + side:.4f}"

    return {
        "10 features, a page": lambda round_: f"{items}&limit=10&offset={offsets[round_]}",
        "100 features, a page": lambda round_: f"{items}&limit=100&offset={offsets[round_]}",
        "1,000 features, a page": lambda round_: f"{items}&limit=1000&offset={offsets[round_]}",
        "a box of 0.2°": lambda round_: box(round_, 0.2, 100),
        "a box of 1°": lambda round_: box(round_, 1.0, 1000),
    }


def main() -> None:
    """Measure, and print a table for each contest."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ogc", description=__doc__)
    parser.add_argument(
        "--pygeoapi", type=Path, help="the Python of an environment with pygeoapi and gunicorn"
    )
    parser.add_argument("--postgis", action="store_true", help="compare neighbours with PostGIS")
    options = parser.parse_args()
    atlas = geoplan.load_atlas()
    with tempfile.TemporaryDirectory(prefix="geoplan-bench-") as folder:
        package = Path(folder) / "units.gpkg"
        units = level_table(atlas, geoplan.Level.MUNICIPALITY)
        # In degrees, so that neither has to project what it reads.
        degrees = replace(units, crs="EPSG:4326", read_geometry=lambda: to_wgs84(units.geometry, units.crs))
        package.write_bytes(file_bytes("gpkg", COLLECTION, degrees, atlas.provenance))
        if options.pygeoapi:
            _items(Path(folder), package, options.pygeoapi)
        if options.postgis:
            _neighbours(atlas, units)


def _items(folder: Path, package: Path, python: Path) -> None:
    with geoplan_server() as ours, pygeoapi_server(folder, package, python) as theirs:
        rows = []
        for name, path in requests().items():
            times: dict[str, list[float]] = {"ours": [], "theirs": []}
            counts: set[tuple[int, int]] = set()
            for round_ in range(ROUNDS + 1):
                mine, one = _timed(ours, "/ogc" + path(round_))
                other, two = _timed(theirs, path(round_))
                counts.add((len(one["features"]), len(two["features"])))
                if round_:  # the first one pays for what is made once
                    times["ours"].append(mine)
                    times["theirs"].append(other)
            rows.append([name, *_figures(times), "yes" if all(a == b for a, b in counts) else "no"])
    header = ("items", "geoplan ms", "p95", "pygeoapi ms", "p95", "ratio", "same count")
    print(table(header, rows), flush=True)


def _figures(times: dict[str, list[float]]) -> list[str]:
    median = {name: statistics.median(taken) for name, taken in times.items()}
    p95 = {name: float(np.quantile(taken, 0.95)) for name, taken in times.items()}
    said = [
        f"{1000 * value:.1f}" for pair in zip(median.values(), p95.values(), strict=True) for value in pair
    ]
    return [*said, f"{median['theirs'] / median['ours']:.1f}"]


def _neighbours(atlas: geoplan.Atlas, units: Table) -> None:
    asked = np.random.default_rng(SEED).choice(units.ids, 200, replace=False).tolist()
    with (
        geoplan_server() as ours,
        postgis.database(units) as url,
        postgis.query(url) as query,
        postgis_server(url) as theirs,
    ):
        over_http = partial(_answer, ours)
        contests: dict[str, tuple[Ask, Ask]] = {
            "in the process, beside a query": (atlas.neighbours, query),
            "over HTTP, beside a query over HTTP": (over_http, lambda unit: _timed(theirs, f"/{unit}")),
            "over HTTP, beside a query": (over_http, query),
        }
        rows = [[name, *_figures(_by_turns(asked, *pair))] for name, pair in contests.items()]
    header = ("neighbours of 200 municipalities", "geoplan ms", "p95", "PostGIS ms", "p95", "ratio")
    print(table(header, rows), flush=True)


def _answer(port: int, unit: str) -> object:
    return _timed(port, f"/api/v1/units/{unit}/neighbours")


def _by_turns(asked: list[str], ours: Ask, theirs: Ask) -> dict[str, list[float]]:
    times: dict[str, list[float]] = {"ours": [], "theirs": []}
    for place, unit in enumerate(asked):
        for who, call in (("ours", ours), ("theirs", theirs)):
            begin = time.perf_counter()
            call(unit)
            if place:  # the first one pays for what is made once
                times[who].append(time.perf_counter() - begin)
    return times


def _timed(port: int, path: str) -> tuple[float, dict]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    begin = time.perf_counter()
    connection.request("GET", path, headers={"accept": "application/json"})
    answer = connection.getresponse()
    content = answer.read()
    taken = time.perf_counter() - begin
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status} {content[:300]!r}")
    zipped = answer.headers.get("content-encoding") == "gzip"
    return taken, json.loads(gzip.decompress(content) if zipped else content)


@contextlib.contextmanager
def geoplan_server() -> Iterator[int]:
    """Geoplan with one worker."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "--factory", "geoplan_api:create_app", "--port", str(port)]
    with _running([*command, "--log-level", "warning"], port, "/health/ready"):
        yield port


@contextlib.contextmanager
def pygeoapi_server(folder: Path, package: Path, python: Path) -> Iterator[int]:
    """A plain pygeoapi with one worker, as its own documentation runs it."""
    port = _free_port()
    config = (HERE / "pygeoapi.yml").read_text(encoding="utf-8")
    (folder / "config.yml").write_text(config.format(port=port, data=package), encoding="utf-8")
    environment = {
        **os.environ, "PYGEOAPI_CONFIG": str(folder / "config.yml"),
        "PYGEOAPI_OPENAPI": str(folder / "api.yml"),
    }  # fmt: skip
    made = [python.parent / "pygeoapi", "openapi", "generate", folder / "config.yml", "--output-file"]
    subprocess.run([*made, folder / "api.yml"], env=environment, check=True)
    command = [str(python), "-m", "gunicorn", "pygeoapi.flask_app:APP", "-w", "1", "-b", f"127.0.0.1:{port}"]
    with _running([*command, "--log-level", "warning"], port, "/conformance?f=json", environment):
        yield port


@contextlib.contextmanager
def postgis_server(url: str) -> Iterator[int]:
    """The query behind the plainest server that there is, with one worker, run as geoplan is."""
    port = _free_port()
    command = [sys.executable, "-m", "uvicorn", "benchmarks.postgis:app", "--port", str(port)]
    with _running([*command, "--log-level", "warning"], port, "/0", {**os.environ, postgis.URL: url}):
        yield port


@contextlib.contextmanager
def _running(
    command: list[str], port: int, ready: str, environment: dict[str, str] | None = None
) -> Iterator[None]:
    server = subprocess.Popen(command, env=environment)
    try:
        for _ in range(600):
            with contextlib.suppress(OSError, SystemExit, ValueError):
                _timed(port, ready)
                break
            time.sleep(0.1)
        yield
    finally:
        server.terminate()
        server.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    main()
