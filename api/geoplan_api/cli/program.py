"""What happens between the arguments and the exit code."""

import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from io import TextIOWrapper
from typing import Annotated, NoReturn

import typer
from typer.main import get_command

from geoplan_api.cli.commands import CommandGroup
from geoplan_api.cli.failures import report
from geoplan_api.cli.global_options import language_of, split_arguments

app = typer.Typer(cls=CommandGroup, add_completion=False)


@app.callback(
    invoke_without_command=True, help="Finds partners for inter-municipal cooperation, and says why."
)
def geoplan(
    context: typer.Context,
    show_version: Annotated[bool, typer.Option("--version", help="Show the version of geoplan.")] = False,
) -> None:
    """Show the version, or the help where no command is given."""
    if show_version:
        typer.echo(f"geoplan {version('geoplan')}")
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


def run(arguments: Sequence[str]) -> int:
    """Run the command line.

    Returns
    -------
    int
        0 done · 1 the data or the system failed · 2 the request was wrong (130 and 141 when it was
        interrupted or nobody reads on).
    """
    lang = language_of(os.environ)
    command = get_command(app)
    try:
        options, rest = split_arguments(arguments, os.environ)
        lang = options.lang
        with command.make_context("geoplan", rest, obj=options) as context:
            command.invoke(context)
        sys.stdout.flush()
    except typer.Exit as done:
        return done.exit_code
    except (Exception, KeyboardInterrupt) as error:
        return report(error, lang)
    return 0


def main() -> NoReturn:
    """The console script ``geoplan``."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # JSON is UTF-8 wherever it is written, and a name must not fail on a terminal's code page.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(run(sys.argv[1:]))
