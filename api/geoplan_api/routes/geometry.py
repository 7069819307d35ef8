"""The geometry that the map in the browser draws, and the library that it moves with."""

from functools import cache
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Response
from starlette.concurrency import run_in_threadpool

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan_api.dependencies import AtlasDep
from geoplan_api.leaflet import VENDORED, VENDORED_VERSION, leaflet_bytes
from geoplan_api.map_layers import LayerStore
from geoplan_api.packed import FOREVER, PackedFile
from geoplan_api.parameters import UnitId
from geoplan_api.problems import NotFoundError

router = APIRouter(include_in_schema=False)

Version = Annotated[str, Path(max_length=64)]


async def layer_store(request: Request) -> LayerStore:
    """The layers that the application keeps."""
    store: LayerStore = request.app.state.layers
    return store


StoreDep = Annotated[LayerStore, Depends(layer_store)]


@router.get("/map/{map_version}/outline.json")
async def outline(request: Request, map_version: Version, atlas: AtlasDep, store: StoreDep) -> Response:
    """All counties of the country."""
    return await _layer(request, atlas, store, (map_version, "outline"))


@router.get("/map/{map_version}/places.json")
async def places(request: Request, map_version: Version, atlas: AtlasDep, store: StoreDep) -> Response:
    """All municipalities and unincorporated areas, coarse."""
    return await _layer(request, atlas, store, (map_version, "places"))


@router.get("/map/{map_version}/around/{county_id}.json")
async def around(
    request: Request, map_version: Version, county_id: UnitId, atlas: AtlasDep, store: StoreDep
) -> Response:
    """The municipalities and unincorporated areas of a county and of those around it, coarse."""
    return await _layer(request, atlas, store, (map_version, f"around/{county_id}"))


@router.get("/map/{map_version}/places/{county_id}.json")
async def county(
    request: Request, map_version: Version, county_id: UnitId, atlas: AtlasDep, store: StoreDep
) -> Response:
    """The municipalities and unincorporated areas of a county, fine."""
    return await _layer(request, atlas, store, (map_version, f"places/{county_id}"))


async def _layer(request: Request, atlas: Atlas, store: LayerStore, asked: tuple[str, str]) -> Response:
    """A layer by version and name: from memory at once, made in a thread the first time."""
    layer = store.kept(atlas, *asked)
    if layer is None:
        layer = await run_in_threadpool(store.packed, atlas, *asked)
    return layer.answer(request)


@router.get("/vendor/leaflet/{name}")
async def leaflet(request: Request, name: str, v: str = "") -> Response:
    """A file of Leaflet, as installed; with its version (``?v=``) browsers keep it for good."""
    if name not in VENDORED:
        raise NotFoundError(
            Message("There is nothing at {path}.", path=request.url.path), value=name, nearest=list(VENDORED)
        )
    return leaflet_file(name).answer(request, cache=FOREVER if v == VENDORED_VERSION else "no-cache")


@cache
def leaflet_file(name: str) -> PackedFile:
    """One of :data:`VENDORED`, compressed."""
    return PackedFile.of(leaflet_bytes(name), VENDORED[name])
