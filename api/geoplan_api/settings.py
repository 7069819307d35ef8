"""What whoever runs the planner can set, by environment variable (``GEOPLAN_…``) or in code."""

from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from geoplan.errors import InvalidValueError
from geoplan.messages import Message


class Settings(BaseSettings):
    """Settings of the web application."""

    model_config = SettingsConfigDict(env_prefix="GEOPLAN_", frozen=True)

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
    desk: bool = False
    """Whether plans are shown and changed without asking who it is: a server for one person on loopback."""
    frame_ancestors: str = Field(default="*", pattern=r"^[^;,\r\n]+$")
    """Which sites may show the embed pages in a frame (as in a Content-Security-Policy)."""

    @field_validator("datasets", mode="before")
    @classmethod
    def _parted(cls, given: object) -> object:
        if not isinstance(given, str):
            return given
        return tuple(part.strip() for part in given.split(",") if part.strip())


def read_settings(**given: Any) -> Settings:
    """Read the settings from the environment; what is ``given`` goes before it.

    Raises
    ------
    InvalidValueError
        A variable holds what the setting cannot be.
    """
    try:
        return Settings(**given)
    except ValidationError as error:
        wrong = error.errors()[0]
        message = Message(
            "The setting {name} cannot be “{value}”: {reason}.",
            name=f"GEOPLAN_{wrong['loc'][0]}".upper(), value=str(wrong["input"]), reason=wrong["msg"],
        )  # fmt: skip
        raise InvalidValueError(message, value=wrong["input"]) from error
