"""Vector tiles of the whole country: one file read by ranges, single tiles, a description and a style."""

import gzip
import re
from functools import partial
from http import HTTPStatus
from pathlib import Path as FilePath
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import JSONResponse

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan_api.dependencies import AtlasDep, SettingsDep
from geoplan_api.embedding import public_base
from geoplan_api.negotiation import takes_coding
from geoplan_api.packed import FOREVER
from geoplan_api.problems import NotFoundError
from geoplan_api.protocol.routes import ReadRoute
from geoplan_api.published import FileCache, file_answer
from geoplan_api.published.aside import aside
from geoplan_api.published.style import ARCHIVE, MEDIA_TYPE, TILE_TYPE, TileAddresses, map_style, tile_json
from geoplan_api.settings import Settings
from geoplan_maps.exchange import dataset_version, tile_archive
from geoplan_maps.exchange.tiles import cut_tiles, tile_bytes

router = APIRouter(include_in_schema=False)
descriptions = APIRouter(include_in_schema=False, route_class=ReadRoute)
Version = Annotated[str, Path(max_length=64)]
_DIGITS = re.compile(r"\d{1,7}", re.ASCII)


def file_cache(request: Request) -> FileCache:
    """The files that the application hands out."""
    cache: FileCache = request.app.state.files
    return cache


FilesDep = Annotated[FileCache, Depends(file_cache)]


@router.get("/tiles/{tile_version}.pmtiles")
def archive(request: Request, tile_version: Version, atlas: AtlasDep, files: FilesDep) -> Response:
    """All tiles; made when first asked for, which takes a minute."""
    path = _archive_file(tile_version, atlas, files)
    return file_answer(request, path, tag=f"{tile_version}-tiles", media_type=MEDIA_TYPE)


@router.get("/tiles/{tile_version}/{zoom}/{column}/{row}.pbf")
def tile(request: Request, tile_version: Version, atlas: AtlasDep, files: FilesDep) -> Response:
    """One tile, for programs that do not read the file by ranges; empty (204) where nothing is drawn."""
    place = [request.path_params[name] for name in ("zoom", "column", "row")]
    if not all(_DIGITS.fullmatch(part) for part in place):
        message = Message("There is no tile “{value}”.", value="/".join(place)[:100])
        raise NotFoundError(message, value="/".join(place)[:100])
    found = tile_bytes(_archive_file(tile_version, atlas, files), *map(int, place))
    headers = {"cache-control": FOREVER}
    if found is None:
        return Response(status_code=HTTPStatus.NO_CONTENT, headers=headers)
    headers |= {"vary": "Accept-Encoding"}
    if takes_coding(request.headers.get("accept-encoding", ""), "gzip"):
        return Response(found, media_type=TILE_TYPE, headers={**headers, "content-encoding": "gzip"})
    return Response(gzip.decompress(found), media_type=TILE_TYPE, headers=headers)


@descriptions.get("/tiles.json")
def description(request: Request, atlas: AtlasDep, settings: SettingsDep) -> JSONResponse:
    """The tiles as TileJSON."""
    return JSONResponse(tile_json(atlas, _addresses(request, atlas, settings)))


@descriptions.get("/tiles/style.json")
def style(request: Request, atlas: AtlasDep, settings: SettingsDep) -> JSONResponse:
    """A style for MapLibre; ``?source=xyz`` for programs that do not know PMTiles."""
    single = request.query_params.get("source") == "xyz"
    return JSONResponse(map_style(atlas, _addresses(request, atlas, settings), single=single))


router.include_router(descriptions)


def _archive_file(tile_version: str, atlas: Atlas, files: FileCache) -> FilePath:
    current = dataset_version(atlas)
    if tile_version != current:
        message = Message("There are no tiles “{value}”: the data have changed.", value=tile_version)
        raise NotFoundError(message, value=tile_version, nearest=[current])
    return files.get_later(current, ARCHIVE, lambda: aside(cut_tiles, partial(tile_archive, atlas)))


def _addresses(request: Request, atlas: Atlas, settings: Settings) -> TileAddresses:
    root = f"{public_base(request, settings)}/tiles/{dataset_version(atlas)}"
    dataset = request.query_params.get("dataset")
    query = f"?{urlencode({'dataset': dataset})}" if dataset else ""
    return TileAddresses(archive=f"{root}.pmtiles{query}", single=f"{root}/{{z}}/{{x}}/{{y}}.pbf{query}")
