"""The library that the map in the browser moves with, as installed from the package XStatic-Leaflet."""

import re
from importlib import resources
from importlib.metadata import version

VENDORED = {"leaflet.js": "text/javascript", "leaflet.css": "text/css"}
"""Files that the map needs, and their kinds; the images belong to parts that are not used."""
VENDORED_VERSION = version("XStatic-Leaflet")

_SOURCE_MAP = re.compile(rb"\n//# sourceMappingURL=\S+\s*$")


def leaflet_bytes(name: str) -> bytes:
    """One of :data:`VENDORED`, without the note on a source map that is not served."""
    plain = (resources.files("xstatic.pkg.leaflet") / "data" / name).read_bytes()
    return _SOURCE_MAP.sub(b"\n", plain)
