"""Command lines made at random: one message and an exit code, never a traceback (hypothesis)."""

import contextlib
import io
import os
from functools import partial
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from benchmarks.fuzzing.tally import Tally, budget, own_home
from geoplan import Atlas
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
        "info", "services", "services it", "search alt --limit 3", "neighbours Altdorf --order 2",
        "suggest Altdorf --service it --limit 2", "suggest Altdorf --with 01099002 --format geojson",
        "explain Altdorf 01099002", "white-spots 01099 --service it",
        "network check 01099001 01099002 --service it", "network build Altdorf --service it --min 2 --max 3",
        "network cover 01099 --service it", "plan list", "plan create Netz --service it", "plan show netz",
        "plan history netz", "plan export netz", "plan token list", "data list", "map Altdorf --out map.html",
    )
]  # fmt: skip
"""Lines that are right, where the dataset is that of the tests."""


_EDIT = st.tuples(st.integers(0, 8), st.sampled_from("-+="), WORDS | st.text(max_size=12))


def nearly_good() -> st.SearchStrategy[list[str]]:
    """A line that is right, but for a few words that are left out, put in or exchanged."""
    edits = st.lists(_EDIT, max_size=2)
    return st.tuples(st.sampled_from(GOOD), edits).map(_edited)


def _edited(parts: tuple[list[str], list[tuple[int, str, str]]]) -> list[str]:
    line, edits = list(parts[0]), parts[1]
    for place, kind, word in edits:
        # The command itself stays, so that its arguments are tried.
        after = 1 + place % len(line)
        line[after : after + (kind != "+")] = [] if kind == "-" else [word]
    return [word for word in line if word not in LEFT_OUT]


def command_lines() -> st.SearchStrategy[list[str]]:
    """Arguments: lines that are nearly right, or a command (mostly) and anything after it."""
    commands = [[*group, name] for group, places in GROUPS.items() for name in places if name not in LEFT_OUT]
    rest = st.lists(WORDS | st.text(max_size=12), max_size=7)
    anything = st.tuples(st.sampled_from([*commands, []]), rest).map(
        lambda parts: [*parts[0], *(word for word in parts[1] if word not in LEFT_OUT)]
    )
    return nearly_good() | anything


def fuzz_command_lines(atlas: Atlas, cases: int) -> Tally:
    """Run at least ``cases`` command lines in this process, in a folder of their own, until one fails."""
    tally = Tally()
    before, loader = Path.cwd(), session.load_atlas
    with own_home() as home:
        os.chdir(home)
        session.load_atlas = lambda dataset: atlas if dataset is None else loader(dataset)
        try:
            while tally.tried.total() < cases and not tally.findings:
                tally.attempt("command lines", partial(_run_some, min(cases, AT_ONCE), tally))
        finally:
            session.load_atlas = loader
            os.chdir(before)
    return tally


def _run_some(cases: int, tally: Tally) -> None:
    @budget(cases)
    @given(arguments=command_lines())
    def try_command(arguments: list[str]) -> None:
        known = arguments[:1] if arguments and arguments[0] in COMMANDS else []
        tally.tried[" ".join(["geoplan", *known])] += 1
        code, told = _run_quietly(arguments)
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
