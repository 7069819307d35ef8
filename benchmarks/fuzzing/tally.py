"""What was tried, what came back, what was found; and a place where cases do no harm."""

import contextlib
import os
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, settings

HOME = "GEOPLAN_HOME"
SLOWEST = 5


@dataclass(slots=True)
class Tally:
    """The counts of one run."""

    tried: Counter[str] = field(default_factory=Counter)
    answers: Counter[str] = field(default_factory=Counter)
    findings: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=partial(defaultdict, float))

    def attempt(self, name: str, trial: Callable[[], None]) -> None:
        """Try, and note what was found; how far it is goes to stderr."""
        print(f"{self.tried.total():6d} {name}", file=sys.stderr, flush=True)
        start = time.perf_counter()
        try:
            trial()
        except BaseExceptionGroup as found:
            self._note(f"{name}: " + "\n".join(str(one) for one in found.exceptions))
        except Exception as found:
            self._note(f"{name}: {type(found).__name__}: {found}")
        self.seconds[name] += time.perf_counter() - start

    def _note(self, finding: str) -> None:
        # At once: whoever stops a long run has seen it.
        print(f"FOUND {finding}", file=sys.stderr, flush=True)
        self.findings.append(finding)

    def add(self, other: "Tally") -> None:
        """Count in what another process has tried."""
        self.tried.update(other.tried)
        self.answers.update(other.answers)
        self.findings += other.findings
        for name, taken in other.seconds.items():
            self.seconds[name] += taken

    def report(self, seconds: float) -> str:
        """The figures as text."""
        lines = [f"{self.tried.total()} cases in {seconds:.0f} s, {len(self.findings)} findings"]
        lines += [f"  {name}: {count}" for name, count in sorted(self.tried.items())]
        lines.append(f"  answers: {dict(sorted(self.answers.items()))}")
        slowest = sorted(self.seconds.items(), key=lambda one: -one[1])[:SLOWEST]
        lines.append(f"  most time: {', '.join(f'{name} {taken:.0f} s' for name, taken in slowest)}")
        return "\n".join([*lines, *self.findings])


def budget(examples: int, **more: Any) -> settings:
    """So many examples, however long they take; nothing is kept for the next run."""
    return settings(
        max_examples=examples, database=None, deadline=None, suppress_health_check=list(HealthCheck), **more
    )


@contextlib.contextmanager
def own_home() -> Iterator[Path]:
    """A folder for plans and datasets of the cases alone."""
    before = os.environ.get(HOME)
    with tempfile.TemporaryDirectory() as home:
        os.environ[HOME] = home
        try:
            yield Path(home)
        finally:
            os.environ.pop(HOME)
            if before is not None:
                os.environ[HOME] = before
