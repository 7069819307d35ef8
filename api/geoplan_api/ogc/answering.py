"""How a document leaves the server: negotiated, tagged, compressed, not made twice."""

import gzip
import hashlib
import json
from collections.abc import Callable
from functools import cache
from importlib.metadata import version
from typing import Any

from fastapi import Request, Response

from geoplan_api.negotiation import (
    NOT_MODIFIED,
    NotAcceptableError,
    media_type_for,
    names_tag,
    takes_coding,
)
from geoplan_api.ogc.answer_cache import AnswerCache
from geoplan_api.ogc.api import HTML, JSON

CACHE = "public, max-age=300, must-revalidate"
VARY = "Accept, Accept-Language, Accept-Encoding"
_LEVEL = 5


def wanted(request: Request, media: str = JSON) -> str:
    """The media type of the answer: ``media``, or a page where ``f=html`` or a browser asks for it.

    Whoever wants neither gets ``media``: programs ask for forms that there are not, too. A wrong ``f`` is
    left to whoever checks the parameters.
    """
    asked = request.query_params.get("f")
    if asked is not None:
        return HTML if asked == "html" else media
    try:
        best = media_type_for(request.headers.get("accept", ""), tuple(dict.fromkeys((media, JSON, HTML))))
    except NotAcceptableError:
        return media
    return HTML if best == HTML else media


def tag_of(*parts: object) -> str:
    """What stands for exactly this answer: data, address, parameters, language, form."""
    return hashlib.sha256(repr((_version(), *parts)).encode()).hexdigest()[:24]


@cache
def _version() -> str:
    """Of the program; the library reads it from a file each time."""
    return version("geoplan")


def json_bytes(document: Any) -> bytes:
    """A document as JSON."""
    return json.dumps(document, ensure_ascii=False, allow_nan=False).encode()


def answered(
    request: Request, make: Callable[[], bytes], tag: str, cache: AnswerCache, *, media: str, **headers: str
) -> Response:
    """Answer with what ``make`` makes, unless the client or the cache has it.

    Parameters
    ----------
    tag
        Changes with the content, whatever it is compressed by.
    """
    zipped = takes_coding(request.headers.get("accept-encoding", ""), "gzip")
    # A strong tag stands for exact bytes, so each encoding has its own.
    name = f'"{tag}-gzip"' if zipped else f'"{tag}"'
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    sent = {"cache-control": CACHE, "etag": name, "vary": VARY, **named}
    if names_tag(request.headers.get("if-none-match", ""), name):
        return Response(status_code=NOT_MODIFIED, headers=sent)
    content = cache.get(name)
    if content is None:
        content = gzip.compress(make(), _LEVEL, mtime=0) if zipped else make()
        cache.put(name, content)
    if zipped:
        sent["content-encoding"] = "gzip"
    return Response(content, media_type=media, headers=sent)
