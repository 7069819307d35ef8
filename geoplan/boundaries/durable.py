"""How files get to the disk whole: written aside, forced out, then moved into place in one step."""

import os
import tempfile
from pathlib import Path


def write_durably(path: Path, text: str) -> None:
    """Write ``text`` to ``path``; whoever reads sees all of it or the old one, even after a loss of power."""
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(path)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_tree(folder: Path) -> None:
    """Force all files below ``folder`` out to the disk."""
    for path in folder.rglob("*"):
        if path.is_file():
            with path.open("rb+") as file:
                os.fsync(file.fileno())
        elif path.is_dir():
            sync_folder(path)
    sync_folder(folder)


def sync_folder(folder: Path) -> None:
    """Force the names in ``folder`` out to the disk, where the system can."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:  # Windows opens no folders, and needs it not
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
