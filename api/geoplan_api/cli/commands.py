"""Which commands there are, and where each one is written."""

import importlib
from dataclasses import dataclass
from typing import Any

import typer
from typer.core import TyperGroup
from typer.main import get_command

from geoplan.errors import UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan_api.cli.help_page import HelpfulCommand, write_help


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a command is written, and what it does in a line."""

    module: str
    function: str
    summary: Message


def _place(module: str, summary: Message) -> Place:
    return Place(module=f"geoplan_api.cli.{module}", function=module, summary=summary)


COMMANDS = {
    "info": _place("info", Message("What the dataset holds: units, borders, vintage, licence.")),
    "search": _place("search", Message("Find a unit by name or key; typos are forgiven.")),
    "neighbours": _place("neighbours", Message("Who borders a unit, along how many kilometres.")),
    "suggest": _place("suggest", Message("Who fits as a partner, and why.")),
    "map": _place("map", Message("Write the suggestions as a map, one HTML file that needs no network.")),
    "services": _place("services", Message("The service fields to cooperate in.")),
    "backtest": _place("backtest", Message("How well suggestions find partners that were really chosen.")),
    "serve": _place("serve", Message("Start the planner in the browser and the API.")),
}


class CommandGroup(TyperGroup):
    """The commands of :data:`COMMANDS`, each imported when it is called.

    This is the one place of the command line that imports by name: ``geoplan suggest`` must start
    without the web and map libraries that ``geoplan serve`` and ``geoplan map`` need.
    """

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """The names of the commands, in the order they are read in the help."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - typer's signature
        """Import the module of a command and make the command of its function."""
        if cmd_name not in COMMANDS:
            return None
        place = COMMANDS[cmd_name]
        function = getattr(importlib.import_module(place.module), place.function)
        app = typer.Typer(add_completion=False)
        app.command(cmd_name, cls=HelpfulCommand, help=place.summary.template)(function)
        return get_command(app)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that ``args`` begin with; a misspelt one is named with the nearest."""
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            nearest = nearest_values(name, COMMANDS) or list(COMMANDS)
            message = Message("There is no command “{value}”.", value=name)
            raise UnknownChoiceError(message, value=name, nearest=nearest)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help in the reader's language."""
        write_help(self, ctx, formatter, commands={name: place.summary for name, place in COMMANDS.items()})
