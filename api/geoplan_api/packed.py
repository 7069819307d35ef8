"""Files that never change under their address: compressed once, cached by browsers for good."""

import gzip
import hashlib
from dataclasses import dataclass

from fastapi import Request, Response

from geoplan_api.negotiation import NOT_MODIFIED, names_tag, takes_coding

FOREVER = "public, max-age=31536000, immutable"


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """The bytes of an answer, compressed."""

    compressed: bytes
    media_type: str
    digest: str
    """Of the plain bytes."""

    @classmethod
    def of(cls, plain: bytes, media_type: str) -> "PackedFile":
        """Compress ``plain``; the same bytes give the same answer."""
        return cls(
            compressed=gzip.compress(plain, compresslevel=9, mtime=0),
            media_type=media_type,
            digest=hashlib.sha256(plain).hexdigest()[:20],
        )

    def answer(self, request: Request, cache: str = FOREVER) -> Response:
        """The file as the browser takes it; only a header where it has the file already."""
        zipped = takes_coding(request.headers.get("accept-encoding", ""), "gzip")
        # A strong tag stands for exact bytes, so each encoding has its own.
        tag = f'"{self.digest}{"-gzip" if zipped else ""}"'
        headers = {"cache-control": cache, "etag": tag, "vary": "accept-encoding"}
        if names_tag(request.headers.get("if-none-match", ""), tag):
            return Response(status_code=NOT_MODIFIED, headers=headers)
        if zipped:
            headers["content-encoding"] = "gzip"
        content = self.compressed if zipped else gzip.decompress(self.compressed)
        return Response(content, media_type=self.media_type, headers=headers)
