"""The members as CSV, for programs and for a German Excel."""

import csv
import io
import os
from pathlib import Path

import pytest

from geoplan_dossier import Format, make_dossier, render
from geoplan_dossier.writers.comma_separated import FORMULA_SIGNS

GOLDEN = Path(__file__).with_name("golden")


def rows(dossier, form, delimiter, lang="de"):
    text = render(dossier, form, lang).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


@pytest.mark.parametrize(
    ("form", "name"), [(Format.CSV_PLAIN, "telgte.csv"), (Format.CSV_EXCEL, "telgte-excel.csv")]
)
def test_the_file_is_that_which_was_read(six, form, name):
    if os.environ.get("GEOPLAN_GOLDEN") == "write":
        (GOLDEN / name).write_bytes(render(six, form, "de"))
        return
    assert render(six, form, "de") == (GOLDEN / name).read_bytes()


def test_plain_is_the_standard(six):
    raw = render(six, Format.CSV_PLAIN, "de")
    assert not raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 7
    header, first, *_ = rows(six, Format.CSV_PLAIN, ",")
    assert header[:3] == ["number", "id", "name"]
    assert dict(zip(header, first, strict=True))["share_low_eur"] == "9625.00"


def test_excel_has_semicolons_commas_and_a_mark(six):
    assert render(six, Format.CSV_EXCEL, "de").startswith(b"\xef\xbb\xbf")
    header, first, *_ = rows(six, Format.CSV_EXCEL, ";")
    assert header[2] == "Mitglied"
    assert "9625,00" in first


def test_csv_is_that_of_the_language(six):
    assert render(six, Format.CSV, "de") == render(six, Format.CSV_EXCEL, "de")
    assert render(six, Format.CSV, "en") == render(six, Format.CSV_PLAIN, "en")


@pytest.mark.parametrize(("form", "delimiter"), [(Format.CSV_PLAIN, ","), (Format.CSV_EXCEL, ";")])
def test_no_cell_begins_as_a_formula(nasty, form, delimiter):
    found = rows(nasty, form, delimiter)
    assert all(not cell.startswith(FORMULA_SIGNS) for row in found for cell in row)
    assert "'=1+1" in {cell for row in found for cell in row}
    assert len({len(row) for row in found}) == 1


def test_unknown_is_empty(apart, grid):
    dossier = make_dossier(grid, ["m30", "m31"], service="it")
    header, *found = rows(dossier, Format.CSV_PLAIN, ",")
    assert [row[header.index("population")] for row in found] == ["9000", ""]
