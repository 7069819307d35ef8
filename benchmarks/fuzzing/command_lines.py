"""Command lines made at random: one message and an exit code, never a traceback (hypothesis)."""

import contextlib
import io
import os
import time
from collections.abc import Sequence
from functools import partial
from itertools import count
from pathlib import Path

from hypothesis import given, seed
from hypothesis import strategies as st

from benchmarks.fuzzing.tally import Tally, budget, own_home
from geoplan import Atlas, Level
from geoplan.services import load_services
from geoplan_api.cli import session
from geoplan_api.cli.commands import (
    COMMANDS,
    DATA_COMMANDS,
    EXPORT_COMMANDS,
    NETWORK_COMMANDS,
    PLAN_COMMANDS,
    TOKEN_COMMANDS,
)
from geoplan_api.cli.program import run

AT_ONCE = 1000
LEFT_OUT = ("serve", "install", "remove", "use")
"""These wait for visitors, fetch from a publisher, or change what later cases rest on."""
FAILED = ("Traceback", "Unexpected failure", "Unerwarteter Fehler")
GROUPS = {
    (): COMMANDS, ("data",): DATA_COMMANDS, ("network",): NETWORK_COMMANDS, ("plan",): PLAN_COMMANDS,
    ("plan", "token"): TOKEN_COMMANDS, ("export",): EXPORT_COMMANDS,
}  # fmt: skip
WORDS = st.sampled_from(
    [
        "01099001", "Altdorf", "Neudorf", "01", "02099", "it", "building-yard", "heat-planning", "x", "",
        "--service", "--format", "json", "geojson", "csv", "table", "--limit", "3", "-1", "--type", "any",
        "--with", "--weight", "closeness=2", "closeness=nan", "--order", "2", "--min", "--max", "--within",
        "county", "--lang", "de", "fr", "--help", "--data", "--out", "--title", "--members", "--state",
        "idea", "--version", "--k", "5,10", "\x00", "\udcff", "ä" * 300, "../..", "/dev/null", "{}", "[]",
        "-", "--", "=",
    ]
)  # fmt: skip
"""What commands know, and what nobody does."""


GOOD = [
    line.split()
    for line in (
        "info --format {format}", "services", "services {service} --format {format}",
        "search {unit} --limit {number}", "search {text}", "neighbours {unit} --order {order}",
        "suggest {unit} --service {service} --limit {number} --format {format}",
        "suggest {unit} --with {other} --format {format}", "suggest {unit} --weight closeness={number}",
        "explain {unit} {other}", "white-spots {county} --service {service}",
        "network check {unit} {other} --service {service}",
        "network compare {unit},{other} {other},{third} --service {service}",
        "network build {unit} --service {service} --min 2 --max {order} --time-limit 1",
        "network cover {county} --service {service} --time-limit 1", "plan list",
        "plan create {text} --service {service}", "plan show netz",
        "plan history netz", "plan export netz", "plan token list", "data list",
        "map {unit} --out map.html",
    )
]  # fmt: skip
"""Lines that are right; in the place of the words in braces stands what the dataset knows."""
FORMATS = ("table", "json")
LISTED = 200
"""Units that the lines name."""


def good(units: Sequence[str], counties: Sequence[str]) -> st.SearchStrategy[list[str]]:
    """A line that is right but for what only a look at the map tells: whether units may go together."""
    unit = st.sampled_from(units)
    words = st.fixed_dictionaries(
        {
            "unit": unit, "other": unit, "third": unit, "county": st.sampled_from(counties),
            "service": st.sampled_from(sorted(load_services())), "format": st.sampled_from(FORMATS),
            "number": st.integers(1, 20), "order": st.integers(2, 4),
            "text": st.text("abcdefghiklmnoprstuäöü", min_size=3, max_size=9),
        }
    )  # fmt: skip
    return st.builds(
        lambda line, named: [word.format(**named) for word in line], st.sampled_from(GOOD), words
    )


_EDIT = st.tuples(st.integers(0, 8), st.sampled_from("-+="), WORDS | st.text(max_size=12))


def nearly_good(right: st.SearchStrategy[list[str]]) -> st.SearchStrategy[list[str]]:
    """A line that is right, but for a few words that are left out, put in or exchanged."""
    return st.tuples(right, st.lists(_EDIT, min_size=1, max_size=2)).map(_edited)


def _edited(parts: tuple[list[str], list[tuple[int, str, str]]]) -> list[str]:
    line, edits = list(parts[0]), parts[1]
    for place, kind, word in edits:
        # The command itself stays, so that its arguments are tried.
        after = 1 + place % len(line)
        line[after : after + (kind != "+")] = [] if kind == "-" else [word]
    return [word for word in line if word not in LEFT_OUT]


def command_lines(atlas: Atlas) -> st.SearchStrategy[list[str]]:
    """Arguments: lines that are right, lines that are nearly right, and a command with anything after it."""
    places, counties = (
        [atlas.units.ids[row] for row in atlas.units.rows_of(level)[:LISTED].tolist()]
        for level in (Level.MUNICIPALITY, Level.COUNTY)
    )
    right = good(places, counties)
    commands = [[*group, name] for group, places in GROUPS.items() for name in places if name not in LEFT_OUT]
    rest = st.lists(WORDS | st.text(max_size=12), max_size=7)
    anything = st.tuples(st.sampled_from([*commands, []]), rest).map(
        lambda parts: [*parts[0], *(word for word in parts[1] if word not in LEFT_OUT)]
    )
    return st.one_of(right, nearly_good(right), anything)


def fuzz_command_lines(atlas: Atlas, cases: int, *, start: int = 0) -> Tally:
    """Run at least ``cases`` command lines in this process, in a folder of their own, until one fails.

    The same ``start`` makes the same lines.
    """
    tally, seeds = Tally(), count(start * cases)
    before, loader = Path.cwd(), session.load_atlas
    with own_home() as home:
        os.chdir(home)
        session.load_atlas = lambda dataset: atlas if dataset is None else loader(dataset)
        try:
            while tally.tried.total() < cases and not tally.findings:
                rest = min(cases - tally.tried.total(), AT_ONCE)
                trial = partial(_run_some, atlas, rest, next(seeds), tally)
                tally.attempt("command lines", trial)
        finally:
            session.load_atlas = loader
            os.chdir(before)
    return tally


def _run_some(atlas: Atlas, cases: int, first: int, tally: Tally) -> None:
    @seed(first)
    @budget(cases)
    @given(arguments=command_lines(atlas))
    def try_command(arguments: list[str]) -> None:
        known = arguments[:1] if arguments and arguments[0] in COMMANDS else []
        command = " ".join(["geoplan", *known])
        tally.tried[command] += 1
        begin = time.perf_counter()
        code, told = _run_quietly(arguments)
        tally.seconds[command] += time.perf_counter() - begin
        tally.answers[f"exit code {code}"] += 1
        if code not in (0, 1, 2) or any(word in told for word in FAILED):
            raise AssertionError(f"geoplan {arguments}: {code} {told}")

    try_command()


def _run_quietly(arguments: list[str]) -> tuple[int, str]:
    """Run a command line: its exit code, and what it told on stderr."""
    told = io.StringIO()
    out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", errors="backslashreplace")
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
        code = run(arguments)
    return code, told.getvalue()
