"""What a command works with: the atlas, loaded once, and where tables and progress go."""

import os
import sys
from pathlib import Path

from rich.console import Console

from geoplan.atlas import Atlas, load_atlas
from geoplan.messages import Message
from geoplan.services import read_register
from geoplan_api.cli.failures import shown
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
    progress = Console(stderr=True)
    said = Message("Reading {dataset} …", dataset=options.data or Message("the boundaries"))
    with progress.status(said.text(options.lang)):
        atlas = load_atlas(options.data)
    if register is None:
        return atlas
    known = register.known(atlas.units)
    for warning in known.warnings:
        progress.print(shown(warning.text(options.lang)), markup=False, highlight=False)
    return atlas.with_register(known)


def table_console() -> Console:
    """Where tables are printed: as wide as the terminal (or ``COLUMNS``), else as a page in landscape."""
    free = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(highlight=False, markup=False, emoji=False, width=WIDTH_OF_FILES if free else None)
