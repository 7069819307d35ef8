"""What routes are given: the atlas, the reader's language, the form of the answer."""

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request

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


def loaded_atlas(request: Request) -> Atlas:
    """The atlas of ``?dataset=``; without it that which was loaded when the application started.

    Raises
    ------
    NotReadyError
        None is loaded (yet).
    NotFoundError
        There is no such dataset.
    """
    return all_atlases(request).of(request.query_params.get("dataset"))


def all_atlases(request: Request) -> Atlases:
    """The atlases of all datasets; errors as in :func:`loaded_atlas`."""
    # Kept with the request, so that all of its answer is from one state of the data.
    atlases: Atlases | None = request.scope.setdefault("geoplan.atlases", request.app.state.atlases)
    if atlases is None:
        raise NotReadyError(Message("The atlas is not loaded yet."))
    return atlases


def wanted_format(request: Request) -> Format:
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


AtlasDep = Annotated[Atlas, Depends(loaded_atlas)]
AtlasesDep = Annotated[Atlases, Depends(all_atlases)]
LanguageDep = Annotated[str, Depends(language_of)]
FormatDep = Annotated[Format, Depends(wanted_format)]
SettingsDep = Annotated[Settings, Depends(app_settings)]
