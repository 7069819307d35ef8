"""Which answers are compressed, and how: zstd, Brotli or gzip, and nothing that is confidential."""

from starlette.datastructures import Headers
from starlette.middleware.gzip import DEFAULT_EXCLUDED_CONTENT_TYPES, GZipMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette_compress import CompressMiddleware, add_compress_type

from geoplan_api.negotiation import UNCOMPRESSED, coding_for
from geoplan_api.protocol.caching import PLAN_PATHS, below

LEAST_BYTES = 1000
"""What fits into one packet is not made quicker."""
GZIP_LEVEL = 5
TEXTS = (
    "application/geo+json-seq", "application/problem+json", "application/schema+json",
    "application/vnd.oai.openapi+json", "application/x-ndjson",
)  # fmt: skip
"""What the library does not know for text."""
PACKED = (
    *DEFAULT_EXCLUDED_CONTENT_TYPES, "application/flatgeobuf", "application/geopackage+sqlite3",
    "application/octet-stream", "application/pdf", "application/vnd.pmtiles",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
)  # fmt: skip
"""What is compressed already, or is read by ranges."""


class Compression:
    """Compresses what is large enough, of a kind that shrinks, and not packed already.

    Plans are left alone: the length of a compressed answer tells what its parts have in common, and beside a
    text of somebody else that betrays a secret letter by letter (BREACH).
    """

    def __init__(self, app: ASGIApp) -> None:
        for media_type in TEXTS:
            add_compress_type(media_type)
        self._by_coding: dict[str, ASGIApp] = {
            UNCOMPRESSED: app,
            "zstd": CompressMiddleware(app, minimum_size=LEAST_BYTES, brotli=False, gzip=False),
            "br": CompressMiddleware(app, minimum_size=LEAST_BYTES, zstd=False, gzip=False),
            # Starlette's own writes no time of day into its head, so that a strong tag is true.
            "gzip": GZipMiddleware(app, LEAST_BYTES, GZIP_LEVEL, exclude_content_types=PACKED),
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, compressed."""
        coding = UNCOMPRESSED
        if scope["type"] == "http" and not below(scope["path"], PLAN_PATHS):
            coding = coding_for(",".join(Headers(scope=scope).getlist("accept-encoding")))
        await self._by_coding[coding](scope, receive, send)
