"""What a command works with: the atlas, loaded once, and where tables and progress go."""

from pathlib import Path

from rich.console import Console

from geoplan.atlas import Atlas, load_atlas
from geoplan.messages import Message
from geoplan.services import read_register
from geoplan_api.cli.global_options import GlobalOptions

WIDTH_OF_FILES = 140
"""Columns of a table that is written to a file or a pipe."""


def open_atlas(options: GlobalOptions, cooperations: Path | None = None) -> Atlas:
    """Load the atlas that was asked for, telling on stderr what takes its time.

    Raises
    ------
    UnknownChoiceError, DatasetError
        No such dataset, or it is none.
    RegisterError
        The register of cooperations cannot be read.
    """
    register = None if cooperations is None else read_register(cooperations)
    said = Message("Reading {dataset} …", dataset=options.data or Message("the boundaries"))
    with Console(stderr=True).status(said.text(options.lang)):
        atlas = load_atlas(options.data)
    return atlas if register is None else atlas.with_register(register)


def table_console() -> Console:
    """Where tables are printed: as wide as the terminal, with a width of their own where there is none."""
    console = Console(highlight=False, markup=False, emoji=False)
    return (
        console
        if console.is_terminal
        else Console(highlight=False, markup=False, emoji=False, width=WIDTH_OF_FILES)
    )
