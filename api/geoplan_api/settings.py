"""What whoever runs the planner can set: in code, by environment variable (``GEOPLAN_…``) or in a file."""

import datetime
import os
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import NoDecode, SettingsConfigDict

from geoplan.errors import InvalidValueError, UnknownChoiceError, reason_of
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan_api.logs import without_secrets
from geoplan_api.operation_settings import OperationSettings
from geoplan_maps.tiles import Tiles, find_tiles

_TILES = re.compile(r"https://[A-Za-z0-9.-]+(:\d{1,5})?/[A-Za-z0-9._~%{}/?&=+@-]*")
"""Nothing in a template of tiles may end a directive of a Content-Security-Policy, or hide where it leads."""

_ORIGIN = re.compile(r"\*|https?://[a-z0-9.-]+(:\d{1,5})?")


PREFIX = "GEOPLAN_"
CONFIG_VARIABLE = "GEOPLAN_CONFIG"


class Settings(OperationSettings):
    """Settings of the web application."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, use_attribute_docstrings=True)

    data: str | None = None
    """Name or path of the dataset; ``None`` is the embedded one."""
    datasets: Annotated[tuple[str, ...] | None, NoDecode] = None
    """What ``?dataset=`` may choose, parted by commas: names, or ``name=path``; by default all installed."""
    cooperations: Path | None = None
    """Register of existing cooperations (JSON)."""
    lang: Literal["de", "en"] = "de"
    """The language of answers where the reader names none."""
    public_url: str | None = Field(default=None, pattern=r"^https?://[^/\s?#]+(/[^\s?#]*)?$")
    """Where the planner is reached from outside, for links in oEmbed answers; by default as it was asked."""
    frame_ancestors: str = Field(default="*", pattern=r"^[^;,\r\n]+$")
    """Which sites may show the embed pages in a frame (as in a Content-Security-Policy)."""
    operator: str | None = None
    """Who runs this server, as its statements name them: office, street, place."""
    operator_contact: str | None = None
    """Where a reader reports a barrier or asks about data: a mail address or a web address."""
    imprint_url: str | None = Field(default=None, pattern=r"^https?://[^\s]+$")
    """The imprint of the operator; the foot of every page links to it."""
    accessibility_checked: datetime.date | None = None
    """The day on which the operator had the accessibility of these pages examined."""
    accessibility_examiner: str | None = None
    """Who examined it, or how: a test centre, or the operator itself."""
    accessibility_enforcement: str | None = None
    """The enforcement or arbitration body that is in charge of the operator, with its address."""
    cors_origins: Annotated[tuple[str, ...], NoDecode] = ("*",)
    """Sites whose pages may use the API in the browser, by commas; `*` lets any read what is public."""
    public_plans: Annotated[tuple[str, ...], NoDecode] = ()
    """Ids of plans whose title, state and members anybody may see in an embed, parted by commas."""
    basemap_url: str | None = Field(default=None, max_length=500)
    """Background map that visitors may load by a click: a name (basemap.de …) or an address template."""
    basemap_attribution: str | None = Field(default=None, max_length=200)
    """The source note of the background map; by default that of the known map, else its host."""

    @field_validator("basemap_url")
    @classmethod
    def _known_basemap(cls, given: str | None) -> str | None:
        if given:
            basemap_tiles(given)
        return given or None

    @property
    def basemap(self) -> Tiles | None:
        """The background map that visitors may load; ``None`` where none is set."""
        return None if self.basemap_url is None else basemap_tiles(self.basemap_url, self.basemap_attribution)

    @field_validator("cors_origins")
    @classmethod
    def _known_origins(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for origin in given:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(Message("an origin is written https://name, without a path").text("en"))
        return given

    @field_validator("cors_origins", "datasets", "public_plans", "trusted_proxies", mode="before")
    @classmethod
    def _parted(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(part.strip() for part in given.split(",") if part.strip())


def basemap_tiles(name_or_url: str, attribution: str | None = None) -> Tiles:
    """The background map with this name or template.

    Raises
    ------
    ValueError
        No known name, and no ``https`` template with ``{z}``, ``{x}`` and ``{y}``.
    """
    try:
        found = find_tiles(name_or_url)
    except UnknownChoiceError as error:
        raise ValueError(str(error)) from error
    if not _TILES.fullmatch(found.url):
        raise ValueError(
            Message("an https address with {places} is needed", places="{z}, {x}, {y}").text("en")
        )
    return replace(found, attribution=attribution) if attribution else found


def read_settings(config: Path | None = None, **given: Any) -> Settings:
    """Read the settings.

    Parameters
    ----------
    config
        A TOML file of settings by their names; by default the one that ``GEOPLAN_CONFIG`` names, if any.
    given
        Settings that go before all others.

    Raises
    ------
    InvalidValueError
        The file cannot be read, or a setting cannot be what it is said to be.
    UnknownChoiceError
        The file names a setting that there is not.
    """
    named = config or _named_file()
    written = {} if named is None else _of_file(named)
    # What is written as empty in the environment is set, too.
    left = {name: value for name, value in written.items() if _variable(name) not in os.environ}
    try:
        return Settings(**{**left, **given})
    except ValidationError as error:
        wrong = error.errors()[0]
        name = str(wrong["loc"][0])
        message = Message(
            "The setting {name} cannot be “{value}”: {reason}.",
            name=name if name in left and named is not None else _variable(name),
            value=without_secrets(str(wrong["input"])), reason=without_secrets(wrong["msg"]),
        )  # fmt: skip
        raise InvalidValueError(message, value=without_secrets(str(wrong["input"]))) from error


def _named_file() -> Path | None:
    named = os.environ.get(CONFIG_VARIABLE)
    return Path(named) if named else None


def _variable(name: str) -> str:
    return f"{PREFIX}{name}".upper()


def _of_file(path: Path) -> dict[str, Any]:
    try:
        found = tomllib.loads(path.read_text("utf-8-sig"))
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else str(error)
        message = Message("The settings in “{path}” cannot be read: {reason}.", path=str(path), reason=reason)
        raise InvalidValueError(message, value=str(path)) from error
    for name in found:
        if name not in Settings.model_fields:
            message = Message(
                "“{path}” names a setting “{value}” that there is not.", path=str(path), value=name
            )
            raise UnknownChoiceError(message, value=name, nearest=nearest_values(name, Settings.model_fields))
    return found
