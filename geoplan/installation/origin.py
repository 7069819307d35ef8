"""Where the boundaries of an installation lie: on this machine, or fetched from an address."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from geoplan.boundaries.products import Edition
from geoplan.boundaries.store import home_folder
from geoplan.errors import DatasetError, InvalidValueError
from geoplan.installation.address import Address, is_address, parse_address
from geoplan.installation.download import Download, Patience, Progress, checksum, download
from geoplan.messages import Message

_ENDINGS = {b"PK\x03\x04": ".zip", b"SQLite format 3\x00": ".gpkg"}
"""How the files begin that can be read."""
_HEAD_BYTES = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """What is read."""

    path: Path
    source: Mapping[str, str]
    """For the source row: address or file, checksum, bytes."""
    fetched: Download | None = None

    def drop(self) -> None:
        """Delete what was fetched; what lay on this machine stays."""
        if self.fetched is not None:
            self.fetched.drop()


def downloads_folder() -> Path:
    """Where downloads lie until they are installed."""
    return home_folder() / "downloads"


def local_origin(path: Path) -> Origin:
    """A file or folder of this machine.

    Raises
    ------
    InvalidValueError
        There is none.
    """
    try:
        there = path.exists()
    except OSError:
        there = False
    if not there:
        raise InvalidValueError(Message("There is nothing at “{path}”.", path=path), value=str(path))
    if path.is_dir():
        return Origin(path=path, source={"file": path.name})
    size = path.stat().st_size
    return Origin(path=path, source={"file": path.name, "sha256": checksum(path), "bytes": str(size)})


def fetched_origin(address: Address, *, patience: Patience | None, progress: Progress) -> Origin:
    """A file that is fetched from an address.

    Raises
    ------
    DatasetError
        It cannot be fetched, or is neither a zip archive nor a GeoPackage.
    """
    fetched = download(address, downloads_folder(), patience=patience, progress=progress)
    path = _with_ending(fetched)
    source = {"url": fetched.url, "sha256": fetched.sha256, "bytes": str(fetched.size)}
    return Origin(path=path, source=source, fetched=fetched)


def _with_ending(fetched: Download) -> Path:
    with fetched.path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    ending = next((ending for mark, ending in _ENDINGS.items() if head.startswith(mark)), None)
    if ending is None:
        fetched.drop()
        message = Message(
            "What “{url}” sends is neither a zip archive nor a GeoPackage; it begins with “{head}”. A proxy"
            " or a sign-in page may have answered in its place.",
            url=fetched.url,
            head="".join(char if char.isprintable() else "·" for char in head[:30].decode("latin-1")),
        )
        raise DatasetError(message, value=fetched.url)
    if fetched.path.suffix.lower() == ending:
        return fetched.path
    return fetched.path.rename(fetched.path.with_name(fetched.path.name + ending))


def address_of(source: str | None, edition: Edition | None, *, form: str, crs: str) -> Address | Path:
    """Where to read from: what was said, else the publisher's address of the product.

    Raises
    ------
    InvalidValueError
        Neither a product nor a source was named, or no address.
    """
    if source is not None:
        return parse_address(source) if is_address(source) else Path(source)
    if edition is None:
        raise InvalidValueError(
            Message("Name a product (“geoplan data list” shows them), or a file or address with --from.")
        )
    return parse_address(edition.url(form=form, crs=crs))


@contextmanager
def dropped_when_done(origin: Origin) -> Iterator[Origin]:
    """Delete what was fetched as soon as it was used; where using it failed it stays for the next try."""
    yield origin
    origin.drop()
