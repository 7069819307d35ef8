"""Which commands there are, and where each one is written."""

import importlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import typer
from typer.core import TyperGroup
from typer.main import get_command

from geoplan.errors import UnknownChoiceError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan_api.cli.failures import SystemFailedError
from geoplan_api.cli.help_page import HelpfulCommand, write_help


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a command is written, and what it does in a line."""

    module: str
    function: str
    summary: Message
    extra: str | None = None
    """The extra that the command needs."""


def _place(module: str, summary: Message) -> Place:
    return Place(module=f"geoplan_api.cli.{module}", function=module, summary=summary)


def _data_place(module: str, summary: Message) -> Place:
    return Place(module=f"geoplan_api.cli.data.{module}", function=module, summary=summary)


def _network_place(module: str, summary: Message) -> Place:
    return Place(module=f"geoplan_api.cli.network.{module}", function=module, summary=summary)


def _plan_place(module: str, summary: Message) -> Place:
    return Place(module=f"geoplan_api.cli.plan.{module}", function=module, summary=summary)


def _plans_place(module: str, summary: Message) -> Place:
    return Place(module=f"geoplan_api.cli.{module}", function=module, summary=summary, extra="plans")


def _token_place(module: str, summary: Message) -> Place:
    return Place(module=f"geoplan_api.cli.plan.token.{module}", function=module, summary=summary)


def _export_place(module: str, summary: Message, extra: str = "api") -> Place:
    return Place(module=f"geoplan_api.cli.export.{module}", function=module, summary=summary, extra=extra)


def _dossier_place(module: str, summary: Message) -> Place:
    return Place(module=f"geoplan_api.cli.{module}", function=module, summary=summary, extra="dossier")


def _group(name: str, summary: Message) -> Place:
    return Place(module=__name__, function=name, summary=summary)


COMMANDS = {
    "info": _place("info", Message("What the dataset holds: units, borders, vintage, licence.")),
    "search": _place("search", Message("Find a unit by name or key; typos are forgiven.")),
    "neighbours": _place("neighbours", Message("Who borders a unit, along how many kilometres.")),
    "suggest": _place("suggest", Message("Who fits as a partner, and why.")),
    "explain": _place("explain", Message("Why a candidate fits, how sure that is, what would change it.")),
    "white-spots": _place("white_spots", Message("Municipalities without good partners for a service.")),
    "map": _place("map", Message("Write the suggestions as a map, one HTML file that needs no network.")),
    "services": _place("services", Message("The service fields to cooperate in.")),
    "backtest": _place("backtest", Message("How well suggestions find partners that were really chosen.")),
    "network": _group("NetworkGroup", Message("Networks of partners: build them, check them, cost them.")),
    "dossier": _dossier_place("dossier", Message("Write a network as PDF, spreadsheet, GIS file or record.")),
    "verify": _dossier_place("verify", Message("Compute a dossier once more and compare every field.")),
    "plan": _group("PlanGroup", Message("Plans: what was agreed, what is missing, every version.")),
    "data": _group("DataGroup", Message("Datasets: which there are, and what changes between them.")),
    "export": _group("ExportGroup", Message("Maps and tables for any web server, without a program there.")),
    "serve": _place("serve", Message("Start the planner in the browser and the API.")),
    "backup": _plans_place("backup", Message("Write all plans and tokens to a file, while the server runs.")),
    "restore": _plans_place("restore", Message("Put a backup into an empty store.")),
}
DATA_COMMANDS = {
    "list": _data_place("list", Message("Which datasets there are here, and which can be fetched.")),
    "install": _data_place("install", Message("Fetch boundaries, check them and put them in place.")),
    "use": _data_place("use", Message("Choose the dataset that is used where none is named.")),
    "remove": _data_place("remove", Message("Delete a dataset of this machine.")),
    "check": _data_place("check", Message("Whether boundaries can be used, and what is to be mended.")),
    "enrich": _data_place("enrich", Message("Join population, jobs, commuters and more to a dataset.")),
    "crosswalk": _data_place("crosswalk", Message("What became of the units of one vintage in another.")),
    "build-borders": _data_place("build_borders", Message("Who borders whom among polygons, however many.")),
}
"""The commands of ``geoplan data``."""
NETWORK_COMMANDS = {
    "build": _network_place("build", Message("Build the best network around units, with proof.")),
    "cover": _network_place("cover", Message("Divide a county or a state into networks, nobody left over.")),
    "check": _network_place("check", Message("How a network stands: map, law, funding, legal form, cost.")),
    "compare": _network_place("compare", Message("Two to four groups side by side.")),
}
"""The commands of ``geoplan network``."""
PLAN_COMMANDS = {
    "create": _plan_place("create", Message("Begin a plan.")),
    "list": _plan_place("list", Message("The plans of this machine.")),
    "show": _plan_place("show", Message("A plan, and what is missing at its stage.")),
    "edit": _plan_place("edit", Message("Change fields of a plan.")),
    "advance": _plan_place("advance", Message("Take a plan to another state.")),
    "compare": _plan_place("compare", Message("The networks of plans side by side.")),
    "migrate": _plan_place("migrate", Message("Bring a plan to another dataset, with what changes.")),
    "history": _plan_place("history", Message("Every version of a plan.")),
    "export": _plan_place("export", Message("Everything as JSON, or the meetings as a calendar.")),
    "import": _plan_place("bring_in", Message("Add plans of another store, with their history.")),
    "delete": _plan_place("delete", Message("Put a plan out of sight, or bring it back.")),
    "token": _group("TokenGroup", Message("Tokens: who may reach the plans over HTTP.")),
}
"""The commands of ``geoplan plan``."""
TOKEN_COMMANDS = {
    "create": _token_place("create", Message("Make a token; it is shown once.")),
    "list": _token_place("list", Message("The tokens of this store, without their secrets.")),
    "revoke": _token_place("revoke", Message("Make a token worthless from now on.")),
}
"""The commands of ``geoplan plan token``."""


EXPORT_COMMANDS = {
    "site": _export_place("site", Message("Write a county as a folder that any web server can host.")),
    "data": _export_place("data", Message("Write units or borders as a file for GIS programs.")),
    "tiles": _export_place("tiles", Message("Write the whole country as vector tiles.")),
    "postgis": _export_place("postgis", Message("Load all units and borders into PostGIS."), "api,postgres"),
}
"""The commands of ``geoplan export``."""


class CommandGroup(TyperGroup):
    """The commands of :data:`COMMANDS`, each imported when it is called.

    This is the one place of the command line that imports by name: ``geoplan suggest`` must start
    without the web and map libraries that ``geoplan serve`` and ``geoplan map`` need.
    """

    places: ClassVar[Mapping[str, Place]] = COMMANDS

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - typer's signature
        """The names of the commands, in the order they are read in the help."""
        return list(self.places)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - typer's signature
        """Import the module of a command and make the command of its function.

        Raises
        ------
        SystemFailedError
            The command needs an extra whose libraries are missing.
        """
        if cmd_name not in self.places:
            return None
        place = self.places[cmd_name]
        try:
            found = getattr(importlib.import_module(place.module), place.function)
        except ModuleNotFoundError as error:
            if place.extra is None:
                raise
            message = Message(
                "“{value}” needs more than is installed: pip install “geoplan[{extra}]”.",
                value=cmd_name, extra=place.extra,
            )  # fmt: skip
            raise SystemFailedError(message, value=error.name) from error
        if isinstance(found, type):
            app = typer.Typer(cls=found, add_completion=False, help=place.summary.template)
            app.callback(invoke_without_command=True)(_show_help)
        else:
            app = typer.Typer(add_completion=False)
            app.command(cmd_name, cls=HelpfulCommand, help=place.summary.template)(found)
        return get_command(app)

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command that ``args`` begin with; a misspelt one is named with the nearest."""
        name = args[0]
        if name not in self.places and not name.startswith("-"):
            nearest = nearest_values(name, self.places) or list(self.places)
            message = Message("There is no command “{value}”.", value=name)
            raise UnknownChoiceError(message, value=name, nearest=nearest)
        return super().resolve_command(ctx, args)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help in the reader's language."""
        write_help(
            self, ctx, formatter, commands={name: place.summary for name, place in self.places.items()}
        )


class DataGroup(CommandGroup):
    """The commands of ``geoplan data``."""

    places: ClassVar[Mapping[str, Place]] = DATA_COMMANDS


class ExportGroup(CommandGroup):
    """The commands of ``geoplan export``."""

    places: ClassVar[Mapping[str, Place]] = EXPORT_COMMANDS


class NetworkGroup(CommandGroup):
    """The commands of ``geoplan network``."""

    places: ClassVar[Mapping[str, Place]] = NETWORK_COMMANDS


class PlanGroup(CommandGroup):
    """The commands of ``geoplan plan``."""

    places: ClassVar[Mapping[str, Place]] = PLAN_COMMANDS

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        """Import a command; where the extra of the plans is not installed, say so.

        Raises
        ------
        SystemFailedError
            A library is missing.
        """
        try:
            return super().get_command(ctx, cmd_name)
        except ModuleNotFoundError as error:
            message = Message("Plans need more than is installed: pip install “geoplan[plans]”.")
            raise SystemFailedError(message, value=error.name) from error


class TokenGroup(PlanGroup):
    """The commands of ``geoplan plan token``."""

    places: ClassVar[Mapping[str, Place]] = TOKEN_COMMANDS


def _show_help(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
