"""Styles, scripts and pictures of the pages: compressed once, kept by browsers for good under a version."""

import mimetypes
from functools import cache

from fastapi import APIRouter, Request, Response

from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan_api.assets import asset_bytes, asset_names, assets_version
from geoplan_api.bundles import FOLDER, bundle, is_bundle
from geoplan_api.packed import FOREVER, PackedFile
from geoplan_api.problems import NotFoundError

router = APIRouter(include_in_schema=False)


# From memory, so no thread is needed for it.
@router.get("/static/v/{version}/{path:path}")
async def kept_asset(request: Request, version: str, path: str) -> Response:
    """A file under the version of all of them; an older version gets the file of today, to be asked again."""
    return _asset(path).answer(request, FOREVER if version == assets_version() else "no-cache")


@router.get("/static/{path:path}")
async def asset(request: Request, path: str) -> Response:
    """A file under its lasting address; browsers ask whether theirs is still the one."""
    return _asset(path).answer(request, "no-cache")


@cache
def _packed(path: str) -> PackedFile:
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    content = bundle(path.removeprefix(FOLDER)) if is_bundle(path) else asset_bytes(path)
    return PackedFile.of(content, kind)


def _asset(path: str) -> PackedFile:
    if path not in asset_names() and not is_bundle(path):
        message = Message("There is nothing at {path}.", path=f"/static/{path[:200]}")
        raise NotFoundError(message, value=path[:200], nearest=nearest_values(path[:200], asset_names()))
    return _packed(path)
