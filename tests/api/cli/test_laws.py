"""Whatever is typed: an exit code of the contract, one message, never a traceback."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geoplan_api.cli.commands import COMMANDS
from geoplan_api.cli.failures import MAX_MESSAGE, shown
from geoplan_api.cli.global_options import split_arguments

pytestmark = pytest.mark.property

WORDS = st.one_of(
    st.sampled_from(
        [
            *("Altdorf", "Neudorf", "01099001", "--limit", "3", "-1", "--format", "json", "csv", "table"),
            *("--with", "--type", "any", "vertical", "--service", "it", "--weight", "closeness=2"),
            *("--order", "2", "--", "--help", "--version", "--lang", "en", "-h", "--limit=1"),
        ]
    ),
    st.text(max_size=12),
)  # fmt: skip
ASKED = [name for name in COMMANDS if name not in ("serve", "map", "backtest")]
ONCE = {"suppress_health_check": [HealthCheck.function_scoped_fixture]}


@settings(max_examples=80, **ONCE)
@given(
    command=st.sampled_from([name for name in COMMANDS if name not in ("serve", "map")]),
    rest=st.lists(WORDS, max_size=6),
)
def test_any_arguments(run, command, rest):
    if "--data" in rest or any(word.startswith("--data=") for word in rest):
        return
    done = run(command, *rest)
    assert done.code in (0, 1, 2)
    assert "Traceback" not in done.err
    assert done.code == 0 or (done.out == "" and done.err)


@settings(max_examples=30, **ONCE)
@given(text=st.text(min_size=1, max_size=200))
def test_any_search(run, text):
    done = run("search", "--format", "json", "--", text)
    assert done.code in (0, 2)
    if done.code == 0:
        assert isinstance(json.loads(done.out)["results"], list)


@given(arguments=st.lists(st.text(max_size=8), max_size=8))
def test_global_options_leave_the_rest_as_it_is(arguments):
    if any(word.partition("=")[0] in ("--data", "--lang") for word in arguments):
        return
    options, rest = split_arguments(arguments, {})
    assert rest == arguments
    assert (options.data, options.lang) == (None, "de")


@given(before=st.lists(st.sampled_from(["a", "b"])), after=st.lists(st.sampled_from(["c", "--data"])))
def test_nothing_is_taken_behind_two_hyphens(before, after):
    _, rest = split_arguments([*before, "--", *after], {})
    assert rest == [*before, "--", *after]


@given(text=st.text(max_size=3000))
def test_shown_text_is_short_and_printable(text):
    seen = shown(text)
    assert len(seen) <= MAX_MESSAGE + 3
    assert all(char.isprintable() or char == "\n" for char in seen)
