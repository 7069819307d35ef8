"""Where datasets lie that were installed or made on this machine, and what they are called.

::

    datasets/NAME/20261122T091500.123456/source.json …    the newest whole one is the dataset
    datasets/NAME/source.json …                           also a dataset: put there by hand
    datasets/NAME/.draft-…                                not finished, or on its way out
    active                                                the name of the dataset to use by default

A dataset is replaced by a newer generation beside it, so that whoever reads the old one can go on.
"""

import os
import re
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_data_path

from geoplan.boundaries.source import SOURCE_FILE
from geoplan.errors import InvalidValueError
from geoplan.messages import Message

HOME_VARIABLE = "GEOPLAN_HOME"
_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")
_GENERATION = re.compile(r"\d{8}T\d{6}\.\d{6}")


def home_folder() -> Path:
    """``GEOPLAN_HOME``, or where this system keeps the data of its users."""
    home = os.environ.get(HOME_VARIABLE)
    return Path(home).expanduser() if home else user_data_path("geoplan", appauthor=False)


def store_folder() -> Path:
    """The folder of the datasets."""
    return home_folder() / "datasets"


def stored_datasets() -> Mapping[str, Path]:
    """The folders of the datasets in the store, by name."""
    try:
        named = sorted(path for path in store_folder().iterdir() if _NAME.fullmatch(path.name))
    except OSError:  # there is no store yet, or it may not be looked into
        return {}
    found = {path.name: current_folder(path) for path in named}
    return {name: folder for name, folder in found.items() if folder is not None}


def current_folder(path: Path) -> Path | None:
    """The files of the dataset whose place in the store is ``path``: its newest generation."""
    newest = generations(path)[-1:]
    if newest:
        return newest[0]
    return path if (path / SOURCE_FILE).is_file() else None


def generations(path: Path) -> list[Path]:
    """The whole generations of a dataset, oldest first."""
    try:
        found = sorted(folder for folder in path.iterdir() if _GENERATION.fullmatch(folder.name))
        return [folder for folder in found if (folder / SOURCE_FILE).is_file()]
    except OSError:
        return []


def stored_path(name: str) -> Path:
    """The place of the dataset ``name`` in the store, whether there is one or not.

    Raises
    ------
    InvalidValueError
        No name of a folder: only small letters, digits, dots, hyphens and underscores are allowed.
    """
    if not _NAME.fullmatch(name):
        message = Message(
            "“{value}” is no name of a dataset: it has small letters, digits, hyphens, dots and underscores,"
            " 64 at most, and begins with a letter or a digit.",
            value=name[:80],
        )
        raise InvalidValueError(message, value=name)
    return store_folder() / name
