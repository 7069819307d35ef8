"""Files have clean names and the media types they are known by."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan_dossier import Format, file_name, make_dossier, plain_name
from geoplan_dossier.formats import _cut, _words
from tests.dossier.conftest import DAY


def test_names(six, nasty):
    assert file_name(six, Format.PDF) == (
        "Dossier-Netzwerk-Beelen-Everswinkel-Ostbevern-und-3-weitere-2026-11-22.pdf"
    )
    assert file_name(nasty, Format.CSV_EXCEL, "en") == "Dossier-network-Bauhof-1-gemeinsam-2026-11-22.csv"


def test_who_asks_stands_first(atlas):
    group = ["Telgte", "Kreis Warendorf"]
    made = make_dossier(atlas, group, service="it", on=DAY, seeds=["Telgte"])
    assert file_name(made, Format.XLSX) == "Dossier-Netzwerk-Telgte-Kreis-Warendorf-2026-11-22.xlsx"


@pytest.mark.property
@given(st.text())
def test_every_text_becomes_a_clean_name(text):
    words = _cut(_words(text))
    assert len(words) <= 80
    assert re.fullmatch(r"([^\W_]+(-[^\W_]+)*)?", words)
    assert re.fullmatch(r"([A-Za-z0-9]+(-[A-Za-z0-9]+)*)?[.]pdf", plain_name(f"{words}.pdf"))


def test_umlauts_stay_and_are_spelt_where_they_cannot():
    name = f"{_words('Städte „Öhringen“ & Weißenfels/Łódź')}.pdf"
    assert name == "Städte-Öhringen-Weißenfels-Łódź.pdf"
    assert plain_name(name) == "Staedte-Oehringen-Weissenfels-odz.pdf"


def test_a_long_name_ends_with_a_whole_word():
    assert _cut("Wärmeplanung-" * 9) == "-".join(["Wärmeplanung"] * 6)
    assert _cut("x" * 99) == "x" * 80


def test_every_form_has_a_media_type():
    assert {form.suffix for form in Format} == {"pdf", "xlsx", "gpkg", "geojson", "csv", "json"}
    assert all("/" in form.media_type for form in Format)
