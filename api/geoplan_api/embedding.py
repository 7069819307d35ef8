"""Which addresses can be embedded, and how an embed is described (oEmbed 1.0, https://oembed.com)."""

from html import escape
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

from fastapi import Request
from pydantic import Field

from geoplan.atlas import Atlas
from geoplan.messages import Message
from geoplan_api.parameters import AnswerQuery
from geoplan_api.problems import NotFoundError
from geoplan_api.schemas import OEmbed
from geoplan_api.settings import Settings

WIDTH, HEIGHT = 640, 480
SMALLEST = 100
PAGES = ("/embed/units/", "/units/")
"""Paths whose unit can be embedded."""


class OEmbedQuery(AnswerQuery):
    """Which address is to be embedded, into how much room?"""

    url: str = Field(
        max_length=2000,
        pattern=r"^https?://[^\x00-\x20\x7f]+$",
        description="Address of a unit's page or map.",
    )
    maxwidth: int | None = Field(default=None, ge=SMALLEST, le=10_000, description="Pixels.")
    maxheight: int | None = Field(default=None, ge=SMALLEST, le=10_000, description="Pixels.")
    format: Literal["json"] | None = Field(default=None, description="JSON is the only form.")


def public_base(request: Request, settings: Settings) -> str:
    """Where the planner is reached from outside, without a slash at the end."""
    return (settings.public_url or str(request.base_url)).rstrip("/")


def oembed(atlas: Atlas, query: OEmbedQuery, base: str, lang: str) -> OEmbed:
    """Describe the embed of an address.

    Raises
    ------
    NotFoundError
        The address is not a page of this planner that can be embedded.
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError
        It names no unit.
    """
    text, parameters = _asked_unit(query.url, base)
    unit = atlas.unit(text)
    title = Message("Partners for {name}", name=unit.name).text(lang)
    width, height = min(WIDTH, query.maxwidth or WIDTH), min(HEIGHT, query.maxheight or HEIGHT)
    source = f"{base}/embed/units/{unit.id}{parameters}"
    html = (
        f'<iframe src="{escape(source)}" title="{escape(title)}" width="{width}" height="{height}" '
        'style="border:0" loading="lazy"></iframe>'
    )
    return OEmbed(
        version="1.0", type="rich", provider_name="geoplan", provider_url=f"{base}/",
        title=title, html=html, width=width, height=height,
    )  # fmt: skip


def dataset_of(url: str) -> str | None:
    """The dataset that an address names; ``None`` where it names none."""
    named = parse_qs(url.partition("?")[2].partition("#")[0]).get("dataset")
    return named[-1] if named else None


def _asked_unit(url: str, base: str) -> tuple[str, str]:
    """The unit that an address names, and its parameters as they stand there."""
    for page in PAGES:
        if url.startswith(base + page):
            parts = urlsplit(url.removeprefix(base + page))
            unit = unquote(parts.path).strip("/")
            if unit and "/" not in unit:
                return unit, f"?{parts.query}" if parts.query else ""
    message = Message("“{url}” is not a page of this planner that can be embedded.", url=url[:200])
    raise NotFoundError(message, value=url, nearest=[f"{base}{PAGES[0]}05570044"])
