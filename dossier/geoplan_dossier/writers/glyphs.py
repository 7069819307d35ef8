"""Which characters the fonts of the PDF have: others would make PDF/UA refuse the whole document."""

import re
import unicodedata
from typing import Any

RANGES = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x24F), (0x384, 0x38A), (0x38E, 0x3A1), (0x3A3, 0x482), (0x48A, 0x4FF),
    (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x2030, 0x2040), (0x2070, 0x2071), (0x2074, 0x208E),
    (0x20A0, 0x20BF), (0x2100, 0x211E), (0x2122, 0x2122), (0x2190, 0x22FF), (0x2500, 0x2606),
    (0x270C, 0x2714), (0x2717, 0x2726),
)  # fmt: skip
"""Latin, Greek and Cyrillic letters, punctuation, signs; first and last of each."""
MISSING = "□"
LINE_ENDS = {"\n": "\n", "\u2028": "\n", "\u2029": "\n", "\t": " "}
BEFORE_UNIT = re.compile(
    r"(?<=[\d,]) (?=€)|(?<=\d) (?=(?:%|km²?|ha|Uhr|Monate|Jahren?|h|months|years)(?!\w))"
)
"""The blank between a number and its unit, which stay on one line."""
UNSEEN = ("Cf", "Mn", "Me", "Mc")
"""Marks that nothing is left of when their letter cannot be composed."""


def displayable(value: Any) -> Any:
    """The same JSON with texts that the fonts can show: composed, unseen marks dropped, others as a box.

    A number stays on the line of its unit.
    """
    match value:
        case str():
            shown = "".join(map(_shown, unicodedata.normalize("NFC", value)))
            shown = BEFORE_UNIT.sub("\N{NO-BREAK SPACE}", shown)
            # A title of nothing but unseen marks must not become none: PDF/UA asks for one.
            return shown if shown.strip() or not value.strip() else MISSING
        case dict():
            return {key: displayable(part) for key, part in value.items()}
        case list() | tuple():
            return [displayable(part) for part in value]
    return value


def _shown(sign: str) -> str:
    if sign in LINE_ENDS:
        return LINE_ENDS[sign]
    if any(first <= ord(sign) <= last for first, last in RANGES):
        return sign
    return "" if unicodedata.category(sign) in UNSEEN else MISSING
