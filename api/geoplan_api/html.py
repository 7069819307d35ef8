"""Pages made on the server: templates with every text from the catalogue, escaped."""

from functools import cache
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, PackageLoader, StrictUndefined

from geoplan.messages import LANGUAGES, Localised, Message, format_number
from geoplan_api.language import language_of
from geoplan_api.security import PAGE_POLICY


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("geoplan_api", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Answer with a page in the reader's language.

    Templates call ``say(template, **fields)`` for a sentence and ``number(value, digits)`` for a number.
    """
    lang = language_of(request)

    def say(sentence: str | Localised, **fields: Any) -> str:
        return (Message(sentence, **fields) if isinstance(sentence, str) else sentence).text(lang)

    def number(value: float | None, digits: int = 0) -> str:
        return "–" if value is None else format_number(value, digits, lang)

    # The address as the browser sees it, so that the other language is the same page.
    other = {one: str(request.url.include_query_params(lang=one).query) for one in LANGUAGES if one != lang}
    kept = {"lang": lang}
    if status < HTTPStatus.BAD_REQUEST and request.query_params.get("dataset"):
        kept["dataset"] = request.query_params["dataset"]
    shared = {
        "kept": kept,
        "kept_query": urlencode(kept),
        "lang": lang,
        "other_languages": other,
        "say": say,
        "number": number,
        "root": _root(request),
    }
    html = _environment().get_template(template).render(**shared, **values)
    headers = {"content-security-policy": PAGE_POLICY, "content-language": lang, "vary": "accept-language"}
    return HTMLResponse(html, status_code=status, headers=headers)


def _root(request: Request) -> str:
    """The path under which a proxy has mounted the planner, without a slash at the end."""
    root: str = request.scope.get("root_path", "")
    return root.rstrip("/")
