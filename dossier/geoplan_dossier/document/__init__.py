"""The text of a dossier, section by section, ready to be laid out."""

from typing import Any

from geoplan.messages import Message
from geoplan.services import find_service
from geoplan_dossier.document.advice import cost_section, forms_section, shares_section
from geoplan_dossier.document.closing import closing_section
from geoplan_dossier.document.cover import cover, heading_of, names_of, subtitle_of, title_of
from geoplan_dossier.document.findings import checks_section, member_section, reasons_section
from geoplan_dossier.document.steps import steps_section
from geoplan_dossier.dossier import Dossier, checksum
from geoplan_dossier.sheets.sources import references

__all__ = ["document", "title_of"]

PAGE = Message("Page {page} of {pages}")
FOOTER = Message("{title} · {attribution}")
MOST_TITLE = 60


def document(dossier: Dossier, lang: str) -> dict[str, Any]:
    """Everything the template lays out, as JSON."""
    day, title = dossier.network.on, title_of(dossier, lang)
    service = find_service(dossier.network.service).label(lang)
    return {
        "lang": lang, "title": title, "heading": heading_of(dossier, lang), "names": names_of(dossier, lang),
        "subtitle": subtitle_of(dossier, lang),
        "description": f"{service}: {names_of(dossier, lang)}", "keywords": [service],
        "day": [day.year, day.month, day.day],
        "footer": FOOTER.filled(
            title=_short(title), attribution=dossier.network.data["attribution"]
        ).text(lang),
        "page": PAGE.filled(page="{page}", pages="{pages}").text(lang),
        "parts": _parts(dossier, lang),
    }  # fmt: skip


def _parts(dossier: Dossier, lang: str) -> list[dict[str, Any]]:
    numbers = {source: number for number, (source, _) in enumerate(references(dossier, lang), start=1)}
    return [
        *cover(dossier, lang),
        *member_section(dossier, lang),
        *reasons_section(dossier, lang),
        *checks_section(dossier, lang, numbers),
        *forms_section(dossier, lang, numbers),
        *cost_section(dossier, lang, numbers),
        *shares_section(dossier, lang),
        *steps_section(dossier, lang),
        *closing_section(dossier, lang, checksum(dossier.results(lang))),
    ]


def _short(title: str) -> str:
    return title if len(title) <= MOST_TITLE else title[: MOST_TITLE - 1].rstrip() + "…"
