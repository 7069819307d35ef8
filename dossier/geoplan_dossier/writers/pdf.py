"""The dossier as a tagged PDF (PDF/UA-1), laid out by Typst with its own fonts.

The template reads the files that are given with it and nothing else: its root is an empty folder.
"""

import datetime
import json
import tempfile
from functools import cache
from importlib import resources

import typst

from geoplan_dossier.document import document
from geoplan_dossier.dossier import Dossier
from geoplan_dossier.drawing import build_ground, draw
from geoplan_dossier.writers.glyphs import displayable

STANDARD = "ua-1"
"""Accessible: tagged, with title, language and texts for what is drawn."""


def pdf(dossier: Dossier, lang: str) -> bytes:
    """Lay the dossier out; the same dossier gives the same bytes."""
    files = {
        "main.typ": _template(),
        "data.json": json.dumps(displayable(document(dossier, lang)), ensure_ascii=False).encode(),
        "map.svg": displayable(draw(dossier, build_ground(dossier), lang)).encode(),
    }
    midnight = datetime.datetime.combine(dossier.network.on, datetime.time(), datetime.UTC)
    with tempfile.TemporaryDirectory(prefix="geoplan-dossier-") as nothing:
        # Files by name are read from memory; the stubs of the package do not know of it.
        made = typst.compile(  # type: ignore[call-overload]
            files, root=nothing, package_path=nothing, package_cache_path=nothing, font_paths=_fonts(),
            format="pdf", pdf_standards=[STANDARD], timestamp=midnight,
        )  # fmt: skip
    return bytes(made)


@cache
def _fonts() -> typst.Fonts:
    """The fonts within Typst: the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


@cache
def _template() -> bytes:
    return resources.files("geoplan_dossier").joinpath("template", "dossier.typ").read_bytes()
