"""Which addresses can be embedded, and how an embed is described (oEmbed 1.0, https://oembed.com)."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Literal
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from pydantic import Field, ValidationError

from geoplan.atlas import Atlas
from geoplan.messages import LANGUAGES, Localised, Message
from geoplan.services import find_service, load_services
from geoplan.suggestions.suggest import read_inquiry
from geoplan.units import titles_beside
from geoplan_api import labels
from geoplan_api.answers import MAX_TEXT
from geoplan_api.parameters import AnswerQuery, QuestionQuery
from geoplan_api.problems import NotFoundError
from geoplan_api.schemas import OEmbed
from geoplan_api.settings import Settings

WIDTH, HEIGHT = 640, 480
SMALLEST = 100
LAYERS = ("suggestions", "group", "gaps", "basemap")
"""What may be left out of the map of an embed (``layers=`` names what stays)."""
LOOK = ("lang", "theme", "background", "layers", "dataset")
"""Parameters that every embed knows."""
QUESTION = ("type", "service", "with", "as", "weights", "limit")
NAMES_TOLD = 3
"""So many members of a network stand in its title."""


class OEmbedQuery(AnswerQuery):
    """Which address is to be embedded, into how much room?"""

    url: str = Field(
        max_length=2000,
        pattern=r"^https?://[^\x00-\x20\x7f]+$",
        description="Address of an embed, of a unit's page or of the planner with a unit asking.",
    )
    maxwidth: int | None = Field(default=None, ge=SMALLEST, le=10_000, description="Pixels.")
    maxheight: int | None = Field(default=None, ge=SMALLEST, le=10_000, description="Pixels.")
    format: Literal["json"] | None = Field(default=None, description="JSON is the only form.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Embed:
    """A page for an iframe."""

    address: str
    """Path and query, after where the planner is reached."""
    title: Localised


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """The address that is to be embedded, after where the planner is reached."""

    last: str
    """The last part of the path."""
    query: dict[str, str]
    atlas: Atlas
    settings: Settings

    def kept(self, *names: str) -> str:
        """The parameters that the embed knows, as the query of an address."""
        said = [(name, self.query[name]) for name in (*names, *LOOK) if self.query.get(name)]
        return f"?{urlencode(said, safe=',:')}" if said else ""

    def question(self, *names: str) -> QuestionQuery:
        """What the address asks, as far as the embed knows it.

        Raises
        ------
        RequestValidationError, UnknownChoiceError
            The embed refuses it.
        """
        said = {name: self.query[name] for name in names if self.query.get(name)}
        if "service" in said:
            find_service(said["service"])
        try:
            return QuestionQuery.model_validate(said)
        except ValidationError as error:
            wrong = [{**one, "loc": ("query", *one["loc"])} for one in error.errors()]
            raise RequestValidationError(wrong) from error


def public_base(request: Request, settings: Settings) -> str:
    """Where the planner is reached from outside, without a slash at the end."""
    return (settings.public_url or str(request.base_url)).rstrip("/")


def oembed(atlas: Atlas, query: OEmbedQuery, base: str, lang: str, settings: Settings) -> OEmbed:
    """Describe the embed of an address.

    Raises
    ------
    NotFoundError
        The address is not a page of this planner that can be embedded.
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError
        It names no unit.
    UnknownChoiceError, InvalidValueError, RequestValidationError
        It asks for what the embed itself refuses.
    """
    embed = embed_of(atlas, query.url, base, settings)
    title = embed.title.text(lang if query.lang else _language_of(query.url) or lang)
    width, height = min(WIDTH, query.maxwidth or WIDTH), min(HEIGHT, query.maxheight or HEIGHT)
    return OEmbed(
        version="1.0", type="rich", provider_name="geoplan", provider_url=f"{base}/",
        title=title, html=snippet(base + embed.address, title, width=str(width), height=height),
        width=width, height=height,
    )  # fmt: skip


def snippet(source: str, title: str, *, width: str, height: int) -> str:
    """The frame that shows an embed, as it is pasted into another page."""
    return (
        f'<iframe src="{escape(source)}" title="{escape(title)}" width="{escape(width)}" height="{height}" '
        'style="border:0" loading="lazy"></iframe>'
    )


def dataset_of(url: str) -> str | None:
    """The dataset that an address names; ``None`` where it names none."""
    return _query_of(url).get("dataset")


def _language_of(url: str) -> str | None:
    """The language that an address names; ``None`` where it names none that there is."""
    lang = _query_of(url).get("lang")
    return lang if lang in LANGUAGES else None


def _query_of(url: str) -> dict[str, str]:
    return dict(parse_qsl(url.partition("?")[2].partition("#")[0]))


def embed_of(atlas: Atlas, url: str, base: str, settings: Settings) -> Embed:
    """The embed of a page; errors as in :func:`oembed`."""
    parts = urlsplit(url.removeprefix(base)) if url.startswith(f"{base}/") else urlsplit("")
    folder, _, last = parts.path.rpartition("/")
    page = folder if last and folder else parts.path
    find = _PAGES.get(page)
    name = unquote(last)
    if find is not None and len(name) <= MAX_TEXT:
        asked = _Asked(last=name, query=dict(parse_qsl(parts.query)), atlas=atlas, settings=settings)
        found = find(asked)
        if found is not None:
            return found
    message = Message("“{url}” is not a page of this planner that can be embedded.", url=url[:200])
    raise NotFoundError(message, value=url, nearest=[f"{base}/embed/units/05570044"])


def _unit(asked: _Asked, name: str, *, also: tuple[str, ...] = QUESTION) -> Embed:
    unit = asked.atlas.unit(name)
    read_inquiry(asked.atlas, unit.id, asked.question(*also).asked())
    title = _with_service(Message("Partners for {name}", name=labels.unit_name(unit)), asked)
    return Embed(address=f"/embed/units/{quote(unit.id, safe='')}{asked.kept(*also)}", title=title)


def _with_service(title: Message, asked: _Asked) -> Message:
    service = load_services().get(asked.query.get("service", ""))
    if service is None:
        return title
    return Message("{title}: {service}", title=title, service=service.label)


def _units_page(asked: _Asked) -> Embed | None:
    return _unit(asked, asked.last)


def _planner(asked: _Asked) -> Embed | None:
    name = asked.query.get("unit", "").strip()
    return _unit(asked, name) if name and len(name) <= MAX_TEXT else None


def _network(asked: _Asked) -> Embed | None:
    if asked.last != "networks":
        return None
    ids = [part.strip() for part in asked.query.get("members", "").split(",") if part.strip()]
    if not ids:
        return None
    asked.question("service")
    units = [asked.atlas.unit(one) for one in ids]
    title = _with_service(network_title(list(map(titles_beside(units), units))), asked)
    return Embed(address=f"/embed/networks{asked.kept('members', 'service', 'checks')}", title=title)


def network_title(names: list[str]) -> Message:
    """What a network is called by its members."""
    told, more = ", ".join(names[:NAMES_TOLD]), len(names) - NAMES_TOLD
    if more > 0:
        return Message("Network: {names} and {more} more", names=told, more=more)
    return Message("Network: {names}", names=told)


def _plan(asked: _Asked) -> Embed | None:
    if asked.last not in asked.settings.public_plans:
        return None
    title = Message("Plan of a network")
    return Embed(address=f"/embed/plans/{quote(asked.last, safe='')}{asked.kept('checks')}", title=title)


def _white_spots(asked: _Asked) -> Embed | None:
    if not asked.query.get("service"):
        return None
    unit = asked.atlas.unit(asked.last)
    read_inquiry(asked.atlas, unit.id, asked.question("service", "type").asked())
    title = _with_service(Message("White spots in {name}", name=labels.unit_name(unit)), asked)
    address = f"/embed/white-spots/{quote(unit.id, safe='')}{asked.kept('service', 'type')}"
    return Embed(address=address, title=title)


_PAGES: dict[str, Callable[[_Asked], Embed | None]] = {
    "/": _planner,
    "/units": _units_page,
    "/embed": _network,
    "/embed/units": _units_page,
    "/embed/plans": _plan,
    "/embed/white-spots": _white_spots,
}
"""By the folder of a page's path."""
