"""Files have clean names and the media types they are known by."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geoplan_dossier import Format, file_name
from geoplan_dossier.formats import _clean


def test_names(six, nasty):
    assert file_name(six, Format.PDF) == "dossier-heat-planning-beelen.pdf"
    assert file_name(nasty, Format.CSV_EXCEL) == "dossier-building-yard-bauhof-1-gemeinsam.csv"


@pytest.mark.property
@given(st.text())
def test_every_text_becomes_a_clean_name(text):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", _clean(text))


def test_umlauts_are_spelt():
    assert _clean("Städte „Öhringen“ & Weißenfels") == "staedte-oehringen-weissenfels"


def test_every_form_has_a_media_type():
    assert {form.suffix for form in Format} == {"pdf", "xlsx", "gpkg", "geojson", "csv", "json"}
    assert all("/" in form.media_type for form in Format)
