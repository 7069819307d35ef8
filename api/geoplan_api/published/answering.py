"""A file as an answer: whole or in ranges, never sent to whom has it."""

from pathlib import Path

from fastapi import Request, Response
from fastapi.responses import FileResponse

from geoplan_api.negotiation import NOT_MODIFIED, names_tag
from geoplan_api.packed import FOREVER


def file_answer(
    request: Request, path: Path, *, tag: str, media_type: str, download: str | None = None
) -> Response:
    """Answer with a file whose content never changes under its address.

    ``Range`` and ``If-Range`` are answered by parts (206), a range outside the file with 416.

    Parameters
    ----------
    tag
        Strong: stands for exactly these bytes.
    download
        The name under which a browser keeps the file; by default it may show it.
    """
    headers = {"cache-control": FOREVER, "etag": f'"{tag}"', "accept-ranges": "bytes"}
    if names_tag(request.headers.get("if-none-match", ""), f'"{tag}"'):
        return Response(status_code=NOT_MODIFIED, headers=headers)
    return FileResponse(path, headers=headers, media_type=media_type, filename=download)
