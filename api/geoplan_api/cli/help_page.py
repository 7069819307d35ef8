"""How a command is used, in the reader's language.

typer writes its help in English whatever the language of the texts it is given, so the pages are laid out
here: the same parts in the same order, every word from the catalogue.
"""

from collections.abc import Mapping
from typing import Any

from typer.core import TyperCommand

from geoplan.messages import Message, translated

USAGE = Message("Usage:")
COMMAND = Message("COMMAND …")
OPTIONS = Message("[OPTIONS]")
GLOBAL_OPTIONS = (
    ("--data NAME|PATH", Message("Dataset, by name or path; by default the embedded one. [GEOPLAN_DATA]")),
    ("--lang de|en", Message("Language of answers and messages. [GEOPLAN_LANG]")),
    ("--help", Message("Show this help.")),
)


class HelpfulCommand(TyperCommand):
    """A command whose help speaks the reader's language."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the help."""
        write_help(self, ctx, formatter)


def write_help(
    command: Any, ctx: Any, formatter: Any, *, commands: Mapping[str, Message] | None = None
) -> None:
    """Write usage, purpose, arguments, options and, of a group, its ``commands`` with what they do."""
    lang: str = ctx.obj.lang
    arguments = [
        (_metavar(param, lang), translated(param.help or "", lang))
        for param in command.params if param.param_type_name == "argument"
    ]  # fmt: skip
    options = [
        (_option(param, lang), translated(param.help or "", lang))
        for param in command.params if param.param_type_name == "option"
    ]  # fmt: skip
    placeholders = [name for name, _ in arguments] + ([COMMAND.text(lang)] if commands else [])
    usage = " ".join([*placeholders, OPTIONS.text(lang)])
    formatter.write_usage(ctx.command_path, usage, prefix=f"{USAGE.text(lang)} ")
    formatter.write_paragraph()
    formatter.write_text(translated(command.help or "", lang))
    sections = (
        (Message("Commands"), [(name, summary.text(lang)) for name, summary in (commands or {}).items()]),
        (Message("Arguments"), arguments),
        (Message("Options"), [*options, *((name, text.text(lang)) for name, text in GLOBAL_OPTIONS)]),
    )
    for title, rows in sections:
        if rows:
            with formatter.section(title.text(lang)):
                formatter.write_dl(rows)


def _metavar(param: Any, lang: str) -> str:
    return translated(param.metavar or param.name.upper(), lang)


def _option(param: Any, lang: str) -> str:
    names = ", ".join(param.opts)
    return names if param.is_flag else f"{names} {_metavar(param, lang)}"
