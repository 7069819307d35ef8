"""Which styles, scripts and pictures the pages have, and the version of them all and of Leaflet."""

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from geoplan_api.leaflet import VENDORED, leaflet_bytes

_VERSION_CHARACTERS = 12


@cache
def asset_names() -> frozenset[str]:
    """Paths below ``static``."""
    return frozenset(name for name, _ in _files(resources.files("geoplan_api") / "static", ""))


def asset_bytes(name: str) -> bytes:
    """One of :func:`asset_names`."""
    return (resources.files("geoplan_api") / "static" / name).read_bytes()


@cache
def assets_version() -> str:
    """A hash of all files: under it a browser may keep them for good."""
    digest = hashlib.sha256()
    for name in sorted(asset_names()):
        digest.update(name.encode() + b"\0" + asset_bytes(name) + b"\0")
    for name in sorted(VENDORED):
        # Its style sheet stands in a bundle.
        digest.update(name.encode() + b"\0" + leaflet_bytes(name) + b"\0")
    return digest.hexdigest()[:_VERSION_CHARACTERS]


def _files(folder: Traversable, path: str) -> Iterator[tuple[str, Traversable]]:
    for one in folder.iterdir():
        if one.name.startswith("."):
            continue
        if one.is_dir():
            yield from _files(one, f"{path}{one.name}/")
        else:
            yield f"{path}{one.name}", one
