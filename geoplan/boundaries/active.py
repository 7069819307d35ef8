"""Which dataset is used where none is asked for."""

import os
from pathlib import Path

from geoplan.boundaries.durable import write_durably
from geoplan.boundaries.store import home_folder

DATA_VARIABLE = "GEOPLAN_DATA"
_POINTER = "active"


def active_dataset() -> str | None:
    """The name that was chosen last; ``None`` where none was, or the embedded one."""
    try:
        return pointer().read_text(encoding="utf-8").strip() or None
    except (OSError, UnicodeDecodeError):
        return None


def default_dataset() -> str | None:
    """What is meant where no dataset is named: ``GEOPLAN_DATA``, else the active one; ``None``: embedded."""
    return os.environ.get(DATA_VARIABLE) or active_dataset()


def set_active(name: str | None) -> None:
    """Make ``name`` the dataset to use, in one step; ``None`` is the embedded one."""
    pointer().parent.mkdir(parents=True, exist_ok=True)
    write_durably(pointer(), f"{name or ''}\n")


def pointer() -> Path:
    """The file that holds the name."""
    return home_folder() / _POINTER
