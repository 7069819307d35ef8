"""Help in the reader's language, without loading anything."""

import pytest

from geoplan_api.cli import session
from geoplan_api.cli.commands import COMMANDS


@pytest.fixture(autouse=True)
def _nothing_is_loaded(monkeypatch):
    monkeypatch.setattr(session, "load_atlas", pytest.fail)


@pytest.mark.parametrize(
    ("lang", "usage", "options"), [("de", "Aufruf:", "Optionen:"), ("en", "Usage:", "Options:")]
)
@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_a_command(run, command, lang, usage, options):
    done = run(command, "--help", "--lang", lang)
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith(f"{usage} geoplan {command}")
    assert options in done.out
    assert COMMANDS[command].summary.text(lang).split()[0] in done.out


@pytest.mark.parametrize("arguments", [(), ("--help",)])
def test_help_lists_all_commands(run, arguments):
    done = run(*arguments)
    assert done.code == 0
    assert [name for name in COMMANDS if f"  {name} " not in done.out] == []


def test_version(run):
    done = run("--version")
    assert (done.code, done.err) == (0, "")
    assert done.out.startswith("geoplan ")
