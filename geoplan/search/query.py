"""What a text that was typed may mean: its readings, and what is refused."""

import unicodedata
from dataclasses import dataclass

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.search.designations import Wish, without_wish
from geoplan.search.spelling import folded, forms, spoken_forms, with_umlauts_written_out, without_umlauts
from geoplan.units import Level

MAX_LENGTH = 200
"""Characters; the longest official name has fewer than 60."""
SHOWN_LENGTH = 40

_REFUSED_CATEGORIES = {"Cc", "Cs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One way to read what was typed."""

    text: str
    """A form with umlauts written out."""
    dotless: str
    """The same with umlauts left out."""
    wish: Wish | None = None
    """The kind of unit that is asked for, where one is named."""


def checked(text: str) -> str:
    """Return ``text`` without blanks around it.

    Raises
    ------
    InvalidValueError
        Empty, over-long, nothing but punctuation, or with control characters.
    """
    stripped = text.strip()
    if not stripped:
        raise InvalidValueError(Message("The name or key is empty."), value=text)
    if len(stripped) > MAX_LENGTH:
        message = Message(
            "“{start}…” has {count} characters; a name or key has at most {limit}.",
            start=_printable(stripped[:SHOWN_LENGTH]), count=len(stripped), limit=MAX_LENGTH,
        )  # fmt: skip
        raise InvalidValueError(message, value=text)
    if any(unicodedata.category(character) in _REFUSED_CATEGORIES for character in stripped):
        message = Message("“{value}” has a control character in it.", value=_printable(stripped))
        raise InvalidValueError(message, value=text)
    if not any(folded([stripped])):
        message = Message("“{value}” has neither a letter nor a digit in it.", value=stripped)
        raise InvalidValueError(message, value=text)
    return stripped


def readings(text: str) -> list[Reading]:
    """The ways to read a checked text: as an official name is read, as it is spoken; then without a wish."""
    found: dict[tuple[str, Wish | None], Reading] = {}
    lower = folded([text])
    written = [*forms(lower), *spoken_forms(lower)]
    for one in written:
        found.setdefault((one, None), _reading(one))
    for one in written:
        parted = without_wish(one)
        if parted is not None:
            found.setdefault(parted, _reading(*parted))
    return list(found.values())


def wished_levels(text: str) -> frozenset[Level]:
    """The levels of the kind of unit that a text names beside a name ("Kreis Warendorf"); empty: none."""
    lower = folded([text.strip()])
    wishes = (without_wish(one) for one in [*forms(lower), *spoken_forms(lower)])
    return frozenset().union(*(parted[1].levels for parted in wishes if parted is not None))


def _reading(text: str, wish: Wish | None = None) -> Reading:
    return Reading(text=with_umlauts_written_out(text), dotless=without_umlauts(text), wish=wish)


def _printable(text: str) -> str:
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in text)
