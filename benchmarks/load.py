"""How the server holds under load on this machine: errors, times, memory, a reload and a rolling stop.

``python -m benchmarks.load --minutes 10`` runs all of it; the generator is bounded in requests and time, and
asks loopback only.
"""

import argparse
import asyncio
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import numpy as np

import geoplan
from geoplan import Level

MOST_MINUTES = 60.0
MOST_PER_SECOND = 1_000
CONNECTIONS = 32
SECONDS_TO_START = 180.0
MEMORY_FROM_S = 120.0
"""Memory is compared with that at minute two, when every cache has been used."""
SERVICES = ("building-yard", "waste", "heat-planning", "tourism")
MAIN = "from geoplan_api.cli import main; main()"


@dataclass(slots=True, kw_only=True)
class Tally:
    """What was answered."""

    seconds: list[float] = field(default_factory=list)
    statuses: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def p(self, share: float) -> float:
        """Milliseconds within which this share was answered."""
        return float(np.percentile(self.seconds, share * 100)) * 1e3 if self.seconds else float("nan")

    def told(self, name: str) -> str:
        """A line of the report."""
        return (
            f"{name}: {len(self.seconds)} answers, p50 {self.p(0.5):.1f} ms, p95 {self.p(0.95):.1f} ms, "
            f"p99 {self.p(0.99):.1f} ms, most {self.p(1.0):.0f} ms; {dict(self.statuses)}, "
            f"failed {len(self.failures)}"
        )


class Server:
    """``geoplan serve`` with some workers, as a process of its own."""

    def __init__(self, workers: int, home: str) -> None:
        variables = {
            **os.environ, "GEOPLAN_HOME": home, "GEOPLAN_LOG_LEVEL": "warning", "GEOPLAN_DRAIN_SECONDS": "3",
        }  # fmt: skip
        asked = ["--port", "0", "--lang", "en", "--workers", str(workers)]
        self.process = subprocess.Popen(
            [sys.executable, "-c", MAIN, "serve", *asked], stdout=subprocess.PIPE, text=True, env=variables
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.address = next((word for word in line.split() if word.startswith("http://127.0.0.1:")), "")
        if not self.address:
            self.stop()
            raise SystemExit("The server did not start.")

    def send(self, name: str) -> None:
        """Send a signal by its name."""
        self.process.send_signal(getattr(signal, name))

    def memory_mb(self) -> float:
        """Resident memory of the server and its workers."""
        pids = [self.process.pid, *_children(self.process.pid)]
        return sum(_resident_mb(pid) for pid in pids)

    def stop(self) -> None:
        """End it; only this process and its workers."""
        self.process.terminate()
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.process.kill()


def _children(pid: int) -> list[int]:
    listed = Path(f"/proc/{pid}/task/{pid}/children")
    return [int(one) for one in listed.read_text().split()] if listed.exists() else []


def _resident_mb(pid: int) -> float:
    try:
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def mixed_reads(ids: list[str], seed: int) -> Iterator[str]:
    """Paths as portals and people ask for them, over all municipalities."""
    chance = random.Random(seed)
    kinds: list[tuple[float, Callable[[str], str]]] = [
        (0.35, lambda one: f"/api/v1/units/{one}"),
        (0.35, lambda one: f"/api/v1/units/{one}/neighbours"),
        (0.10, lambda one: f"/api/v1/units?q={one}"),
        (0.15, lambda one: f"/api/v1/units/{one}/suggestions?service={chance.choice(SERVICES)}&limit=10"),
        (0.05, lambda one: f"/ogc/collections/municipalities/items/{one}?f=json"),
    ]
    weights = [weight for weight, _ in kinds]
    while True:
        make = chance.choices(kinds, weights)[0][1]
        yield make(chance.choice(ids))


async def ask(client: httpx2.AsyncClient, path: str, tally: Tally) -> None:
    """Ask once, and note how it went."""
    start = time.perf_counter()
    try:
        answer = await client.get(path)
    except httpx2.HTTPError as error:
        tally.failures.append(f"{path}: {type(error).__name__} {error}")
        return
    tally.seconds.append(time.perf_counter() - start)
    tally.statuses[str(answer.status_code)] += 1
    if answer.status_code != 200:
        tally.failures.append(f"{path}: {answer.status_code}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How often, and how long."""

    per_second: float
    seconds: float
    watch: Callable[[float], None] = lambda _at: None
    """Told about once a second how many have gone by."""


async def at_rate(client: httpx2.AsyncClient, paths: Iterator[str], pace: Pace, tally: Tally) -> None:
    """Ask so many a second, whether or not the answers keep up: a slow server is not asked less."""
    asked: set[asyncio.Task[None]] = set()
    start = time.perf_counter()
    for number in range(int(pace.per_second * pace.seconds)):
        wait = start + number / pace.per_second - time.perf_counter()
        if wait > 0:
            await asyncio.sleep(wait)
        task = asyncio.create_task(ask(client, next(paths), tally))
        asked.add(task)
        task.add_done_callback(asked.discard)
        if number % int(pace.per_second) == 0:
            pace.watch(time.perf_counter() - start)
    await asyncio.gather(*asked)


async def every_neighbour(client: httpx2.AsyncClient, ids: list[str], tally: Tally) -> None:
    """The neighbours of every unit, a few at a time."""
    left = iter(ids)

    async def worker() -> None:
        for one in left:
            await ask(client, f"/api/v1/units/{one}/neighbours", tally)

    await asyncio.gather(*(worker() for _ in range(2)))


class Events:
    """A reload and a rolling stop while it runs, and memory by the second."""

    def __init__(self, server: Server, seconds: float) -> None:
        self._server = server
        self._due = [(seconds * 0.4, "SIGHUP"), (seconds * 0.65, "SIGUSR2")]
        self.memory: list[tuple[float, float]] = []

    def __call__(self, at: float) -> None:
        """Do what is due."""
        self.memory.append((at, self._server.memory_mb()))
        while self._due and at >= self._due[0][0]:
            _, name = self._due.pop(0)
            print(f"  {at:.0f} s: {name}", file=sys.stderr)
            self._server.send(name)


async def run(arguments: argparse.Namespace) -> bool:
    """Run all parts; whether no request failed."""
    ids = _ids()
    with tempfile.TemporaryDirectory(prefix="geoplan-load-") as home:
        server = Server(arguments.workers, home)
        try:
            limits = httpx2.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
            async with httpx2.AsyncClient(base_url=server.address, limits=limits, timeout=30) as client:
                return await _parts(server, client, ids, arguments)
        finally:
            server.stop()


async def _parts(
    server: Server, client: httpx2.AsyncClient, ids: list[str], arguments: argparse.Namespace
) -> bool:
    seconds, paths = arguments.minutes * 60, mixed_reads(ids, arguments.seed)
    warm = Tally()
    await at_rate(client, paths, Pace(per_second=50, seconds=arguments.warm_seconds), warm)
    neighbours = Tally()
    await every_neighbour(client, ids[: arguments.most_ids], neighbours)
    print(neighbours.told("neighbours of every id"))
    calm, memory = Tally(), Events(server, float("inf"))
    await at_rate(client, paths, Pace(per_second=arguments.rate, seconds=seconds, watch=memory), calm)
    print(calm.told(f"mixed reads, {arguments.rate} a second, {arguments.minutes:g} min"))
    _tell_memory(memory.memory)
    moved, length = Tally(), max(arguments.event_seconds, 20.0)
    events = Events(server, length)
    await at_rate(client, paths, Pace(per_second=arguments.rate, seconds=length, watch=events), moved)
    print(moved.told("the same with a reload and every worker renewed"))
    failed = [*neighbours.failures, *calm.failures, *moved.failures]
    for one in failed[:10]:
        print(f"  failed: {one}")
    return not failed


def _tell_memory(seen: list[tuple[float, float]]) -> None:
    early = [mb for at, mb in seen if at >= MEMORY_FROM_S] or [mb for _, mb in seen]
    print(
        f"memory: {early[0]:.0f} MB at {'minute two' if seen[-1][0] >= MEMORY_FROM_S else 'the start'}, "
        f"{seen[-1][1]:.0f} MB at the end ({(seen[-1][1] / early[0] - 1) * 100:+.1f} %), "
        f"most {max(mb for _, mb in seen):.0f} MB"
    )


def _ids() -> list[str]:
    units = geoplan.load_atlas().units
    return [one for one, level in zip(units.ids, units.level, strict=True) if level == Level.MUNICIPALITY]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--minutes", type=float, default=1.0, help="of mixed reads")
    parser.add_argument("--rate", type=int, default=200, help="requests a second")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="by default one a core")
    parser.add_argument("--event-seconds", type=float, default=120.0, help="of the part with a reload")
    parser.add_argument("--warm-seconds", type=float, default=20.0, help="before anything is measured")
    parser.add_argument("--most-ids", type=int, default=None, help="of which neighbours are asked for")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    if not 0 < given.minutes <= MOST_MINUTES or not 0 < given.rate <= MOST_PER_SECOND:
        parser.error(f"at most {MOST_MINUTES:g} minutes and {MOST_PER_SECOND} requests a second")
    return given


def main() -> None:
    """Run, and fail where a request did."""
    # Whoever ends this program ends the server that it has started, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    sys.exit(0 if asyncio.run(run(_arguments())) else 1)


if __name__ == "__main__":
    main()
