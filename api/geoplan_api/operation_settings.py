"""What whoever runs the planner can set about its operation: bounds, rates, logs, processes."""

from ipaddress import ip_network
from typing import Annotated, Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Rate = Annotated[int, Field(ge=0, le=1_000_000)]
Seconds = Annotated[float, Field(gt=0, le=3600)]


class OperationSettings(BaseSettings):
    """Settings that say how the server runs, not what it answers."""

    model_config = SettingsConfigDict(use_attribute_docstrings=True)

    workers: int = Field(default=1, ge=1, le=64)
    """Processes that answer side by side, each with the dataset; one a core is enough."""
    max_body_bytes: int = Field(default=2_000_000, ge=1_000, le=100_000_000)
    """The largest body of a request; a larger one is refused (413) before it is read."""
    max_url_bytes: int = Field(default=8_000, ge=200, le=60_000)
    """The longest address with its query; a longer one is refused (414)."""
    max_json_depth: int = Field(default=32, ge=4, le=200)
    """How deeply lists and tables of a JSON body may lie inside one another."""
    body_seconds: Seconds = 15.0
    """How long a body may take to arrive; a slower one is refused (408)."""
    head_seconds: Seconds = 10.0
    """How long the first line and the headers may take to arrive; then the connection is closed."""
    request_seconds: Seconds = 30.0
    """How long an answer may take to begin; then the reader gets 503 and may ask again."""
    send_seconds: Seconds = 60.0
    """How long a reader may take for the next part of an answer; then the connection is closed."""
    max_connections: int = Field(default=1_000, ge=10, le=100_000)
    """Connections and requests at once in each process; more are refused (503)."""
    rate_limit: Rate = 1_200
    """Requests a minute from one address; 0 for any number. Each process counts for itself."""
    rate_limit_tiles: Rate = 600
    """As `rate_limit`, for vector tiles and downloads."""
    rate_limit_expensive: Rate = 60
    """As `rate_limit`, for what takes long: building networks, dossiers, explanations, white spots."""
    rate_limit_wrong_tokens: Rate = 10
    """Wrong tokens a minute from one address; after that even a good one is refused for a while."""
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = ("127.0.0.1", "::1")
    """Addresses or networks of proxies whose `X-Forwarded-For` and `-Proto` count, parted by commas."""
    log_format: Literal["text", "json"] | None = None
    """How the log is written to stderr; by default text at the desk, else JSON, an object a line."""
    log_level: Literal["debug", "info", "warning", "error"] | None = None
    """What is logged; by default every request (info), at the desk only what went wrong (warning)."""
    log_addresses: bool = False
    """Whether the log names the addresses of readers: personal data, to be told in the privacy statement."""
    drain_seconds: float | None = Field(default=None, ge=0, le=600)
    """How long the server says that it is not ready before it stops; by default 5, at the desk 0."""

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, given: tuple[str, ...]) -> tuple[str, ...]:
        for one in given:
            ip_network(one)
        return given
