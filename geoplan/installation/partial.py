"""What is kept of a download that broke off, so that the next try goes on from there."""

import hashlib
import json
import re
import shutil
import time
from dataclasses import asdict, dataclass
from pathlib import Path

from geoplan.boundaries.durable import write_durably

KEPT_DAYS = 7
_NOTE = ".note.json"
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """What the server said of the file when the download began."""

    url: str
    validator: str | None
    """ETag or date of the last change: the rest must be of the same file."""
    total: int | None
    """Bytes of the whole file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Partial:
    """The file a download is written to."""

    path: Path
    url: str

    @classmethod
    def of(cls, url: str, file_name: str, folder: Path) -> "Partial":
        """The partial file of an address, in a folder of its own."""
        own = folder / hashlib.sha256(url.encode()).hexdigest()[:24]
        own.mkdir(parents=True, exist_ok=True)
        safe = _UNSAFE.sub("_", file_name)[-100:].lstrip(".-") or "download"
        return cls(path=own / safe, url=url)

    @property
    def size(self) -> int:
        """Bytes that are there already."""
        try:
            return self.path.stat().st_size
        except OSError:
            return 0

    def note(self) -> Note | None:
        """What was noted; ``None`` where nothing was, or it is of another address."""
        try:
            row = json.loads((self.path.parent / _NOTE).read_text(encoding="utf-8"))
            note = Note(**row)
        except (OSError, ValueError, TypeError):
            return None
        return note if note.url == self.url and self.size else None

    def write_note(self, note: Note) -> None:
        """Keep what the server said."""
        write_durably(self.path.parent / _NOTE, json.dumps(asdict(note)))

    def drop(self) -> None:
        """Forget the file."""
        (self.path.parent / _NOTE).unlink(missing_ok=True)
        self.path.unlink(missing_ok=True)

    def drop_folder(self) -> None:
        """Forget the file and its folder."""
        shutil.rmtree(self.path.parent, ignore_errors=True)


def drop_old(folder: Path) -> None:
    """Delete partial files that nobody went on with for a week."""
    oldest = time.time() - KEPT_DAYS * 86_400
    if folder.is_dir():
        for own in folder.iterdir():
            if own.is_dir() and own.stat().st_mtime < oldest:
                shutil.rmtree(own, ignore_errors=True)
