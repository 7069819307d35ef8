"""Single tiles of a PMTiles file: where they lie is read once, not for each."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from pmtiles.tile import deserialize_directory, deserialize_header, find_tile, zxy_to_tileid

_HEADER_BYTES = 127
_DEPTH = 4
"""Directories within directories, at most (PMTiles 3)."""
_DIRECTORIES = 64
"""Kept at a time; each says of up to some 4,000 tiles where they lie, which takes Python 50 ms to read."""


def stored_tile(archive: Path, zoom: int, column: int, row: int) -> bytes | None:
    """A tile as it lies in the file; ``None`` where it has none."""
    tile_id, written = zxy_to_tileid(zoom, column, row), archive.stat().st_mtime_ns
    header = _header(archive, written)
    start, size = header["root_offset"], header["root_length"]
    for _ in range(_DEPTH):
        found = find_tile(_directory(archive, written, start, size), tile_id)
        if found is None:
            return None
        if found.run_length:
            return _read(archive, header["tile_data_offset"] + found.offset, found.length)
        start, size = header["leaf_directory_offset"] + found.offset, found.length
    return None


# A file that was made again is another one, though it has the same name.
@lru_cache(maxsize=_DIRECTORIES)
def _header(archive: Path, _written: int) -> Any:
    return deserialize_header(_read(archive, 0, _HEADER_BYTES))


@lru_cache(maxsize=_DIRECTORIES)
def _directory(archive: Path, _written: int, start: int, size: int) -> list[Any]:
    return list(deserialize_directory(_read(archive, start, size)))


def _read(archive: Path, start: int, size: int) -> bytes:
    with archive.open("rb") as file:
        file.seek(start)
        return file.read(size)
