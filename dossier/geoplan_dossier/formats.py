"""The forms a dossier can be had in: which there are, how a file is named, what is written."""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from geoplan.messages import Message
from geoplan_dossier.dossier import Dossier
from geoplan_dossier.writers.comma_separated import excel_csv, plain_csv
from geoplan_dossier.writers.geographic import geojson, geopackage
from geoplan_dossier.writers.pdf import pdf
from geoplan_dossier.writers.spreadsheet import spreadsheet

MOST_NAME, NAMED = 80, 3
"""Characters, and members, in the name of a file."""
NAME = Message("Dossier network {about}")
MORE = Message("{names} and {count} more")
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


def file_name(dossier: Dossier, form: Format, lang: str = "de") -> str:
    """A name that says what it is, such as ``Dossier-Netzwerk-Telgte-Ostbevern-2026-11-30.pdf``.

    Letters of any language, digits and hyphens; :func:`plain_name` is the same in ASCII.
    """
    plan = dossier.request.plan
    about = _who(dossier, lang) if plan is None else plan.title
    said = NAME.filled(about=_cut(_words(about))).text(lang)
    return f"{_words(said)}-{dossier.network.on.isoformat()}.{form.suffix}"


def plain_name(name: str) -> str:
    """The name of a file in ASCII: umlauts are spelt, other letters lose their accents or are left out."""
    stem, point, ending = name.rpartition(".")
    plain = unicodedata.normalize("NFKD", stem.translate(_SPELT)).encode("ascii", "ignore").decode()
    return f"{_words(plain)}{point}{ending}"


def _who(dossier: Dossier, lang: str) -> str:
    """The first members; those that have asked stand before the others."""
    names = [one.title for one in sorted(dossier.members, key=lambda one: not one.seed)]
    shown, more = " ".join(names[:NAMED]), len(names) - NAMED
    return MORE.filled(names=shown, count=more).text(lang) if more > 0 else shown


def _words(text: str) -> str:
    """The letters and digits of a text, its words parted by hyphens."""
    return re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", text)).strip("-")


def _cut(words: str) -> str:
    """So many words that the name does not become too long, at least a part of the first."""
    shown = words[:MOST_NAME]
    return shown if shown == words or "-" not in shown else shown.rpartition("-")[0]
