"""Whole tables as files for GIS programs."""

from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import RedirectResponse

from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan_api.dependencies import AtlasDep
from geoplan_api.html import root_path
from geoplan_api.problems import NotFoundError
from geoplan_api.published import file_answer
from geoplan_api.routes.ogc_apis import StoreDep
from geoplan_api.routes.tiles import FilesDep, Version
from geoplan_maps.exchange import FORMATS, dataset_version, file_bytes

router = APIRouter(include_in_schema=False)
OFFERED = ("fgb", "gpkg")
"""Files that are made in a moment; the other formats come from ``geoplan export data``."""
PATIENCE_S = 10.0
"""So long whoever asks first waits for the file, well within what an answer may take."""
Name = Annotated[str, Path(max_length=64)]


@router.get("/download/{table}.{form}")
def newest(request: Request, table: Name, form: Name, atlas: AtlasDep, store: StoreDep) -> Response:
    """Where the file of the data of today lies."""
    _check(table, store.names(atlas))
    _check(form, OFFERED)
    query = f"?{request.url.query}" if request.url.query else ""
    address = f"{root_path(request)}/download/{dataset_version(atlas)}/{table}.{form}{query}"
    return RedirectResponse(address, status_code=307, headers={"cache-control": "no-cache"})


@router.get("/download/{data_version}/{table}.{form}")
def download(  # noqa: PLR0913, PLR0917 - the parts of a request are its parameters
    request: Request, data_version: Version, table: Name, form: Name, atlas: AtlasDep, store: StoreDep,
    files: FilesDep,
) -> Response:  # fmt: skip
    """A table as a file; it never changes under this address."""
    current = dataset_version(atlas)
    _check(data_version, [current])
    _check(table, store.names(atlas))
    _check(form, OFFERED)

    def make() -> bytes:
        return file_bytes(form, table, store.of(atlas, table).table, atlas.provenance)

    path = files.get_later(current, f"{table}.{form}", make, patience_s=PATIENCE_S)
    name = f"{table}-{atlas.provenance.vintage}.{form}"
    tag = f"{current}-{table}-{form}"
    return file_answer(request, path, tag=tag, media_type=FORMATS[form].media_type, download=name)


def _check(value: str, known: Collection[str]) -> None:
    if value not in known:
        message = Message("There is no download “{value}” here.", value=value)
        raise NotFoundError(message, value=value, nearest=nearest_values(value, known) or list(known))
