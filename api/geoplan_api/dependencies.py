"""What routes are given: the atlas, the reader's language, the form of the answer."""

from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan_api.language import language_of
from geoplan_api.problems import NotReadyError
from geoplan_api.settings import Settings

GEOJSON = "application/geo+json"


class Format(StrEnum):
    """How an answer is written."""

    JSON = "json"
    GEOJSON = "geojson"


def loaded_atlas(request: Request) -> Atlas:
    """The atlas that was loaded when the application started.

    Raises
    ------
    NotReadyError
        It is not loaded (yet).
    """
    atlas: Atlas | None = request.app.state.atlas
    if atlas is None:
        raise NotReadyError(Message("The atlas is not loaded yet."))
    return atlas


def wanted_format(request: Request) -> Format:
    """GeoJSON where ``?format=`` or, without it, ``Accept`` asks for it; else JSON."""
    asked = request.query_params.get("format")
    if asked in list(Format):
        return Format(asked)
    return Format.GEOJSON if GEOJSON in request.headers.get("accept", "") else Format.JSON


def app_settings(request: Request) -> Settings:
    """The settings of the application."""
    settings: Settings = request.app.state.settings
    return settings


AtlasDep = Annotated[Atlas, Depends(loaded_atlas)]
LanguageDep = Annotated[str, Depends(language_of)]
FormatDep = Annotated[Format, Depends(wanted_format)]
SettingsDep = Annotated[Settings, Depends(app_settings)]
