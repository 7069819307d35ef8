"""Which styles and scripts a map carries within itself, so that it opens without any network."""

import base64
import re
from functools import cache
from importlib import resources

from geoplan_maps.style import ramp_variables

_LEAFLET = "xstatic.pkg.leaflet"
_IMAGE = re.compile(r"url\(images/([\w.-]+)\)")
_SOURCE_MAP = re.compile(r"\n//# sourceMappingURL=\S+\s*$")
_VML = re.compile(r"[ \t]*behavior: url\(#default#VML\);\n")


def _leaflet_file(name: str) -> bytes:
    return (resources.files(_LEAFLET) / "data" / name).read_bytes()


def _leaflet_text(name: str) -> str:
    # Browsers read every line end as one character; a hash of the page's blocks must see the same.
    return _leaflet_file(name).decode("utf-8").replace("\r\n", "\n")


@cache
def asset(name: str) -> str:
    """A file of the package's ``assets`` folder."""
    return (resources.files("geoplan_maps") / "assets" / name).read_text(encoding="utf-8")


def _data_uri(name: str) -> str:
    return "data:image/png;base64," + base64.b64encode(_leaflet_file(f"images/{name}")).decode("ascii")


@cache
def styles() -> str:
    """Leaflet's style sheet with its images, the ramp, then the map's own style sheet."""
    leaflet = _VML.sub("", _leaflet_text("leaflet.css"))
    inlined = _IMAGE.sub(lambda found: f"url({_data_uri(found[1])})", leaflet)
    return "\n".join([inlined, ramp_variables(), asset("map.css")])


@cache
def scripts() -> str:
    """Leaflet, then the map's own script; without source maps, which a browser would look for."""
    leaflet = _SOURCE_MAP.sub("\n", _leaflet_text("leaflet.js"))
    return "\n".join([leaflet, asset("map.js")])
