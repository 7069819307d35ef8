"""What a command works with: the atlas, loaded once, and where tables and progress go."""

import os
import sys
from pathlib import Path
from typing import Any

from rich.console import Console

from geoplan.atlas import Atlas, load_atlas
from geoplan.boundaries.canonical import is_canonical
from geoplan.boundaries.catalogue import dataset_path
from geoplan.boundaries.source import read_source
from geoplan.errors import DatasetError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.provenance import Provenance
from geoplan.services import CooperationRegister, read_register
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
    return atlas.with_register(known_to(atlas, register, options.lang))


def known_to(atlas: Atlas, register: CooperationRegister, lang: str) -> CooperationRegister:
    """The register as far as the atlas knows its members; on stderr, what it does not know."""
    known = register.known(atlas.units)
    for warning in known.warnings:
        Console(stderr=True).print(shown(warning.text(lang)), markup=False, highlight=False)
    return known


def provenance_in_use(options: GlobalOptions) -> Provenance:
    """Where the dataset comes from; of a canonical one without reading all of it.

    Raises
    ------
    UnknownChoiceError, DatasetError
        No such dataset, or it is none.
    """
    path = dataset_path(options.data)
    try:
        canonical = is_canonical(path)
    except OSError:  # a name too long to be one
        canonical = False
    return read_source(path).provenance if canonical else open_atlas(options).provenance


def data_in_use(options: GlobalOptions) -> dict[str, Any] | None:
    """The same as answers carry it; ``None`` where it cannot be read: plans and lists do not need it."""
    try:
        return provenance_in_use(options).to_dict()
    except (DatasetError, UnknownChoiceError):
        return None


def table_console() -> Console:
    """Where tables are printed: as wide as the terminal (or ``COLUMNS``), else as a page in landscape."""
    free = not sys.stdout.isatty() and "COLUMNS" not in os.environ
    return Console(highlight=False, markup=False, emoji=False, width=WIDTH_OF_FILES if free else None)
