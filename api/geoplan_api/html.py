"""Pages made on the server: templates with every text from the catalogue, escaped."""

import re
from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from geoplan.messages import LANGUAGES, Localised, Message, format_number
from geoplan_api.assets import assets_version
from geoplan_api.language import language_of
from geoplan_api.security import PAGE_POLICY

THEMES = ("light", "dark")


UNIT_OF_NUMBER = re.compile(r"(?<=\d) (?=(?:€|%|km²|km|m²|ha|Einwohner\w*|inhabitants)(?!\w))")


LONG_WORD = re.compile(r"[^\W\d_]{14,}")
JOINTS = re.compile(
    r"(?<=[^\W\d_]{4})(?=(?:vertrag|vereinbarung|gemeinschaft|gesellschaft|verband|netzwerk|planung|förderung"
    r"|richtlinie|gemeinde|einheit|genossenschaft|kooperation|zusammenschluss|unternehmen|anstalt|aufgabe"
    r"|teilnehmer|mindest|zahl|zuwendung|prüfung|grenze|schutz|verwaltung|beschaffung|abrechnung|partnerschaft|erklärung|schaft)[^\W\d_]*)"
)


def hyphenated(text: str) -> str:
    """The text with its long German compounds made to break at their joints, where a column is narrow.

    Few browsers on desktops have a German dictionary of their own (``hyphens: auto``).
    """
    return LONG_WORD.sub(lambda word: JOINTS.sub("\N{SOFT HYPHEN}", word[0]), text)


def unbroken(text: str) -> str:
    """The text with no break of a line between a number and its unit."""
    return UNIT_OF_NUMBER.sub("\u00a0", text)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("geoplan_api", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["unbroken"] = unbroken
    environment.filters["hyphenated"] = hyphenated
    return environment


def rendered(template: str, *, lang: str, root: str, **values: Any) -> str:
    """A template filled in.

    Templates call ``say(template, **fields)`` for a sentence and ``number(value, digits)`` for a number.

    Parameters
    ----------
    root
        What stands before ``/static/…`` in addresses, without a slash at its end; may be relative.
    """

    def say(sentence: str | Localised, **fields: Any) -> str:
        return unbroken((Message(sentence, **fields) if isinstance(sentence, str) else sentence).text(lang))

    def number(value: float | None, digits: int = 0) -> str:
        return "–" if value is None else format_number(value, digits, lang)

    words = {"lang": lang, "root": root, "static": f"{root}/static"}
    return _environment().get_template(template).render(**{**words, "say": say, "number": number, **values})


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a page in the reader's language."""
    lang = language_of(request)
    # The address as the browser sees it, so that the other language is the same page.
    others = [one for one in LANGUAGES if one != lang] if request.method == "GET" else []
    other = {one: request.url.include_query_params(lang=one).query for one in others}
    themes = {one: request.url.include_query_params(theme=one).query for one in THEMES if others}
    theme = request.query_params.get("theme", "")
    kept = {"lang": lang} | ({"theme": theme} if theme in THEMES else {})
    if status < HTTPStatus.BAD_REQUEST and request.query_params.get("dataset"):
        kept["dataset"] = request.query_params["dataset"]
    shared = {
        "kept": kept,
        "kept_query": urlencode(kept),
        "other_languages": other,
        "themes": themes,
        "desk": request.app.state.desk,
        "imprint_url": request.app.state.settings.imprint_url,
        "theme": theme if theme in THEMES else "",
    }
    html = rendered(template, lang=lang, **served(request), **{**shared, **values})
    headers = {"content-security-policy": PAGE_POLICY, "content-language": lang, "vary": "accept-language"}
    return HTMLResponse(html, status_code=status, headers=headers)


def served(request: Request) -> dict[str, str]:
    """Where a page of this server finds itself and its files, as :func:`rendered` takes it."""
    root = root_path(request)
    return {"root": root, "static": f"{root}/static/v/{assets_version()}"}


def root_path(request: Request) -> str:
    """The path under which a proxy has mounted the planner, without a slash at the end."""
    root: str = request.scope.get("root_path", "")
    return root.rstrip("/")
