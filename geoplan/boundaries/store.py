"""Where datasets lie that were installed or made on this machine, and what they are called."""

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


def store_folder() -> Path:
    """The folder of the datasets: in ``GEOPLAN_HOME``, or where this system keeps the data of its users."""
    home = os.environ.get(HOME_VARIABLE)
    base = Path(home).expanduser() if home else user_data_path("geoplan", appauthor=False)
    return base / "datasets"


def stored_datasets() -> Mapping[str, Path]:
    """The folders of the datasets in the store, by name."""
    folder = store_folder()
    try:
        found = sorted(path for path in folder.iterdir() if _NAME.fullmatch(path.name))
        return {path.name: path for path in found if (path / SOURCE_FILE).is_file()}
    except OSError:  # there is no store yet, or it may not be looked into
        return {}


def stored_path(name: str) -> Path:
    """Where the dataset ``name`` lies, or would lie.

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
