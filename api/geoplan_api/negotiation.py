"""Which of the forms and codings that there are a reader takes (RFC 9110, section 12)."""

from collections.abc import Sequence
from functools import lru_cache

from geoplan.errors import RequestError
from geoplan.messages import Message

JSON = "application/json"
GEOJSON = "application/geo+json"
CODINGS = ("zstd", "br", "gzip")
"""Ways to compress, the best first."""
UNCOMPRESSED = ""
NOT_MODIFIED = 304
REMEMBERED = 128
"""Programs send the same few headers with every request; so many are read once only."""


class NotAcceptableError(RequestError):
    """The reader takes none of the forms that there are; ``nearest`` lists them."""


def wishes(header: str) -> dict[str, float]:
    """What a header of the ``Accept`` family names, in small letters, each with its quality 0 … 1."""
    found = {}
    for part in header.split(","):
        name, *parameters = (piece.strip().lower() for piece in part.split(";"))
        if name:
            found[name] = _quality(parameters)
    return found


def _quality(parameters: Sequence[str]) -> float:
    for parameter in parameters:
        name, _, number = parameter.partition("=")
        if name.strip() == "q":
            try:
                return min(max(float(number), 0.0), 1.0)
            except ValueError:
                return 0.0
    return 1.0


@lru_cache(maxsize=REMEMBERED)
def media_type_for(accept: str, offered: tuple[str, ...]) -> str:
    """The form of ``offered`` that ``Accept`` wants most; the first of those it wants alike.

    Raises
    ------
    NotAcceptableError
        It wants none of them.
    """
    wanted = wishes(accept)
    if not wanted:
        return offered[0]
    ranked = [(_degree(media_type, wanted), media_type) for media_type in offered]
    degree, best = max(ranked, key=lambda entry: entry[0])
    if degree[0] <= 0:
        message = Message("There is no “{value}” here.", value=accept)
        raise NotAcceptableError(message, value=accept, nearest=offered)
    return best


def _degree(media_type: str, wanted: dict[str, float]) -> tuple[float, int]:
    """How much a form is wanted, and how exactly it is named."""
    ranges = (media_type, f"{media_type.partition('/')[0]}/*", "*/*")
    named = ((wanted[one], -place) for place, one in enumerate(ranges) if one in wanted)
    return next(named, (0.0, -len(ranges)))


def takes_coding(accept_encoding: str, coding: str) -> bool:
    """Whether a reader takes a way of compressing."""
    wanted = wishes(accept_encoding)
    return wanted.get(coding, wanted.get("*", 0.0)) > 0


@lru_cache(maxsize=REMEMBERED)
def coding_for(accept_encoding: str) -> str:
    """The best of :data:`CODINGS` that a reader takes; :data:`UNCOMPRESSED` where it takes none."""
    return next((one for one in CODINGS if takes_coding(accept_encoding, one)), UNCOMPRESSED)


def names_tag(if_none_match: str, tag: str) -> bool:
    """Whether ``If-None-Match`` names the tag of an answer, or any answer at all."""
    named = {one.strip().removeprefix("W/") for one in if_none_match.split(",")}
    return tag in named or "*" in named
