"""The forms a dossier can be had in: which there are, how a file is named, what is written."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from geoplan_dossier.dossier import Dossier
from geoplan_dossier.writers.comma_separated import excel_csv, plain_csv
from geoplan_dossier.writers.geographic import geojson, geopackage
from geoplan_dossier.writers.pdf import pdf
from geoplan_dossier.writers.spreadsheet import spreadsheet

MOST_NAME = 60
_SPELT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue"})


class Format(StrEnum):
    """A form; the values are the words of the public surface."""

    PDF = "pdf"
    XLSX = "xlsx"
    GPKG = "gpkg"
    GEOJSON = "geojson"
    CSV = "csv"
    """As the spreadsheet of the reader's language opens it: in German that of ``CSV_EXCEL``, else plain."""
    CSV_EXCEL = "csv-excel"
    CSV_PLAIN = "csv-plain"
    """For programs, whatever the language: RFC 4180, decimal points, names that stay the same."""
    JSON = "json"

    @property
    def suffix(self) -> str:
        """How a file of this form ends."""
        return self.value.partition("-")[0]

    @property
    def media_type(self) -> str:
        """What HTTP calls it."""
        return _WRITERS[self].media_type


@dataclass(frozen=True, slots=True)
class _Writer:
    media_type: str
    write: Callable[[Dossier, str], bytes]


def _record(dossier: Dossier, lang: str) -> bytes:
    text = json.dumps(dossier.to_dict(lang), ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode()


def _csv_of(lang: str) -> Callable[[Dossier, str], str]:
    """A German spreadsheet parts cells by semicolons, as commas stand in its numbers."""
    return excel_csv if lang == "de" else plain_csv


CSV_TYPE = "text/csv; charset=utf-8"
_WRITERS = {
    Format.PDF: _Writer("application/pdf", pdf),
    Format.XLSX: _Writer("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", spreadsheet),
    Format.GPKG: _Writer("application/geopackage+sqlite3", geopackage),
    Format.GEOJSON: _Writer("application/geo+json", lambda dossier, lang: geojson(dossier, lang).encode()),
    Format.CSV: _Writer(CSV_TYPE, lambda dossier, lang: _csv_of(lang)(dossier, lang).encode()),
    Format.CSV_EXCEL: _Writer(CSV_TYPE, lambda dossier, lang: excel_csv(dossier, lang).encode()),
    Format.CSV_PLAIN: _Writer(CSV_TYPE, lambda dossier, lang: plain_csv(dossier, lang).encode()),
    Format.JSON: _Writer("application/json", _record),
}


def render(dossier: Dossier, form: Format, lang: str = "de") -> bytes:
    """Write a dossier in a form."""
    return _WRITERS[form].write(dossier, lang)


def file_name(dossier: Dossier, form: Format) -> str:
    """A clean name: ASCII letters, digits and hyphens, such as ``dossier-heat-planning-telgte.pdf``."""
    plan = dossier.request.plan
    about = plan.title if plan is not None else dossier.members[0].unit.name
    return f"dossier-{_clean(dossier.request.service)}-{_clean(about)}.{form.suffix}"


def _clean(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.translate(_SPELT)).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain)[:MOST_NAME].strip("-") or "network"
