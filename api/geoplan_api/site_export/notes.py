"""What whoever hosts a site should know: headers for the server, a note to read, where the data are from."""

import json
from collections.abc import Iterator, Sequence
from importlib.metadata import version

from geoplan.atlas import Atlas
from geoplan.units import AdministrativeUnit
from geoplan_api.html import rendered
from geoplan_api.labels import data_line
from geoplan_api.security import embed_policy
from geoplan_maps.wording import unit_title

POLICY = embed_policy("*")
"""What a browser needs to be allowed, and nothing else; who may frame the pages is for the host to say."""
HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "strict-origin-when-cross-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)
MADE_BY = "geoplan export site"


def note_files(
    atlas: Atlas, *, county: AdministrativeUnit, services: Sequence[str], langs: Sequence[str],
    planner: str | None,
) -> Iterator[tuple[str, bytes]]:  # fmt: skip
    """``_headers`` (as several hosts read it), ``README.txt`` and ``provenance.json``."""
    data = atlas.provenance.to_dict()
    lines = [f"  {name}: {value}" for name, value in HEADERS]
    yield "_headers", ("/*\n" + "\n".join(lines) + "\n").encode()
    note = rendered(
        "site/readme.html", lang=langs[0], root=".", county=unit_title(county), headers=HEADERS,
        source=data_line(data, langs[0]),
    )  # fmt: skip
    yield "README.txt", (note.strip() + "\n").encode()
    about = {
        "made_by": MADE_BY, "geoplan_version": version("geoplan"), "county": county.id,
        "services": list(services), "languages": list(langs), "planner": planner, "data": data,
    }  # fmt: skip
    yield "provenance.json", (json.dumps(about, ensure_ascii=False, indent=2) + "\n").encode()
