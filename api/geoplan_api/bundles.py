"""Scripts with all that they import as one module, and styles as one sheet: a browser asks once for each.

The modules below ``static`` stay what is written, read and tested, and are served one by one as well; a
bundle is made of them when it is first asked for. Each imported module becomes a function that is called once
and returns what the module exports; the first one stands at the end as it is.
"""

import posixpath
import re
from functools import cache

from geoplan_api.assets import asset_bytes, asset_names
from geoplan_api.leaflet import VENDORED, leaflet_bytes

FOLDER = "bundled/"
"""Before the name of a module in the address of its bundle: imports at run time lead to other bundles."""
STYLES = {
    "planner/page.css": (
        "leaflet.css",
        "planner/tokens.css", "planner/base.css", "planner/planner.css", "planner/panels.css", "map/map.css",
    ),
}  # fmt: skip
"""Style sheets that stand in one file, in this order; Leaflet's before ours, which know better."""
_IMPORT = re.compile(r'^import (?:\* as (?P<whole>\w+)|\{(?P<names>[^}]*)\}) from "(?P<path>[^"]+)";\n', re.M)
_EXPORT = re.compile(r"^export (?=(?:const|class|(?:async )?function\*?) (?P<name>\w+))", re.M)
_OTHER = re.compile(r"^(?:import|export) .*", re.M)


def is_bundle(name: str) -> bool:
    """Whether a path below ``static`` is that of a bundle."""
    module = name.removeprefix(FOLDER)
    is_module = module.endswith(".js") and module in asset_names()
    return name.startswith(FOLDER) and (is_module or module in STYLES)


@cache
def bundle(module: str) -> bytes:
    """A module (its path below ``static``) after all that it imports, or one of :data:`STYLES`.

    Raises
    ------
    ValueError
        A module is written in a way that is not known here, or modules import one another in a circle.
    """
    if module in STYLES:
        return b"\n".join(
            leaflet_bytes(one) if one in VENDORED else asset_bytes(one) for one in STYLES[module]
        )
    parts: dict[str, str] = {}
    entry = _inlined(module, parts, ())
    return "".join((*parts.values(), entry)).encode()


def _inlined(module: str, parts: dict[str, str], above: tuple[str, ...]) -> str:
    """The text of a module whose imports are constants of ``parts``, which is filled with them in order."""
    if module in above:
        raise ValueError(f"{' → '.join((*above, module))} is a circle")
    text = asset_bytes(module).decode()
    for found in _IMPORT.finditer(text):
        imported = _beside(module, found["path"])
        if imported not in parts:
            parts[imported] = _called(_inlined(imported, parts, (*above, module)), imported)
    text = _IMPORT.sub(lambda found: _constant(found, module), text)
    rest = _OTHER.search(_EXPORT.sub("", text))
    if rest:
        raise ValueError(f"{module}: {rest[0]!r} cannot be bundled")
    return text


def _called(text: str, module: str) -> str:
    exported = ", ".join(found["name"] for found in _EXPORT.finditer(text))
    return f"const {_variable(module)} = (() => {{\n{_EXPORT.sub('', text)}return {{ {exported} }};\n}})();\n"


def _constant(found: re.Match[str], module: str) -> str:
    value = _variable(_beside(module, found["path"]))
    if found["whole"]:
        return f"const {found['whole']} = {value};\n"
    return f"const {{{found['names'].replace(' as ', ': ')}}} = {value};\n"


def _beside(module: str, path: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(module), path))


def _variable(module: str) -> str:
    return "$" + re.sub(r"\W", "_", module.removesuffix(".js"))
