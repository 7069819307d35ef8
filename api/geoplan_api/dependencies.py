"""What routes are given: the atlas, the reader's language, the form of the answer.

All are coroutines: what is found at once needs no thread, and to change threads takes longer than to find it.
"""

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan_api.atlases import Atlases
from geoplan_api.language import language_of
from geoplan_api.negotiation import GEOJSON, JSON, media_type_for
from geoplan_api.problems import NotReadyError
from geoplan_api.settings import Settings


class Format(StrEnum):
    """How an answer is written."""

    JSON = "json"
    GEOJSON = "geojson"


async def loaded_atlas(request: Request) -> Atlas:
    """The atlas of ``?dataset=``; without it that which was loaded when the application started.

    Raises
    ------
    NotReadyError
        None is loaded (yet).
    NotFoundError
        There is no such dataset.
    """
    atlases, dataset = all_atlases(request), request.query_params.get("dataset")
    # Another dataset may have to be loaded first, and others are not to wait for that.
    return await run_in_threadpool(atlases.of, dataset) if dataset else atlases.of(None)


def all_atlases(request: Request) -> Atlases:
    """The atlases of all datasets; errors as in :func:`loaded_atlas`."""
    # Kept with the request, so that all of its answer is from one state of the data.
    atlases: Atlases | None = request.scope.setdefault("geoplan.atlases", request.app.state.atlases)
    if atlases is None:
        raise NotReadyError(Message("The atlas is not loaded yet."))
    return atlases


async def wanted_format(request: Request) -> Format:
    """GeoJSON where ``?format=`` or, without it, ``Accept`` asks for it; else JSON.

    Raises
    ------
    NotAcceptableError
        ``Accept`` wants neither.
    """
    asked = request.query_params.get("format")
    if asked in list(Format):
        return Format(asked)
    wanted = media_type_for(request.headers.get("accept", ""), (JSON, GEOJSON))
    return Format.GEOJSON if wanted == GEOJSON else Format.JSON


def app_settings(request: Request) -> Settings:
    """The settings of the application."""
    settings: Settings = request.app.state.settings
    return settings


async def _atlases(request: Request) -> Atlases:
    return all_atlases(request)


async def _language(request: Request) -> str:
    return language_of(request)


async def _settings(request: Request) -> Settings:
    return app_settings(request)


AtlasDep = Annotated[Atlas, Depends(loaded_atlas)]
AtlasesDep = Annotated[Atlases, Depends(_atlases)]
LanguageDep = Annotated[str, Depends(_language)]
FormatDep = Annotated[Format, Depends(wanted_format)]
SettingsDep = Annotated[Settings, Depends(_settings)]
