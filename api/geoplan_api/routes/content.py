"""Pages to be read: help, method, accessibility, privacy."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response

from geoplan.provenance import source_name
from geoplan_api import labels
from geoplan_api.content_pages.method import method_values
from geoplan_api.dependencies import AtlasDep, LanguageDep, SettingsDep
from geoplan_api.embedding import public_base
from geoplan_api.html import page
from geoplan_api.settings import Settings

router = APIRouter(include_in_schema=False)


@router.get("/help")
def help_page(request: Request, atlas: AtlasDep, lang: LanguageDep, settings: SettingsDep) -> Response:
    """The keyboard, how to read list and map, where the data are from, how to embed."""
    data = atlas.provenance
    values: dict[str, Any] = {
        "source": labels.data_line(data.to_dict(), lang), "source_url": data.attribution_url,
        "population": source_name(data.population_source or "", lang), "base": public_base(request, settings),
    }  # fmt: skip
    return page(request, "content/help.html", **values)


@router.get("/method")
def method(request: Request, atlas: AtlasDep, lang: LanguageDep) -> Response:
    """How it is computed."""
    return page(request, "content/method.html", **method_values(atlas, lang))


@router.get("/accessibility")
def accessibility(request: Request, lang: LanguageDep, settings: SettingsDep) -> Response:
    """The statement on accessibility, as far as the operator has completed it."""
    checked = settings.accessibility_checked
    day = None if checked is None else labels.day(checked.isoformat(), lang)
    return page(request, "content/accessibility.html", settings=settings, day=day, **_contact(settings))


@router.get("/privacy")
def privacy(request: Request, settings: SettingsDep) -> Response:
    """What is kept of whoever uses the pages."""
    return page(request, "content/privacy.html", settings=settings, **_contact(settings))


def _contact(settings: Settings) -> dict[str, Any]:
    """Where the contact leads: an address of the web, or of mail; empty where it is neither."""
    contact = settings.operator_contact or ""
    if contact.startswith(("https://", "http://")):
        return {"contact_link": contact}
    return {"contact_link": f"mailto:{contact}" if "@" in contact and " " not in contact else ""}
