"""The spreadsheet holds numbers that are numbers and texts that are no formulas."""

import datetime
import io
import shutil
import subprocess

import openpyxl
import pytest

from geoplan_dossier import Format, render
from tests.dossier.conftest import NASTY


def book(dossier, lang="de"):
    return openpyxl.load_workbook(io.BytesIO(render(dossier, Format.XLSX, lang)))


def test_sheets(six):
    assert book(six).sheetnames == [
        "Überblick", "Mitglieder", "Prüfungen", "Rechtsformen", "Kosten", "Anteile", "Passung", "Quellen",
    ]  # fmt: skip


def test_a_plan_has_sheets_of_its_own(nasty):
    found = book(nasty, "en").sheetnames
    assert {"Goals and people", "Finance plan", "Meetings and risks"} <= set(found)


def test_numbers_are_numbers_with_a_format(six):
    sheet = book(six)["Anteile"]
    low = [row[4] for row in sheet.iter_rows(min_row=2, max_row=7)]
    assert all(isinstance(cell.value, int | float) and cell.number_format == "#,##0.00" for cell in low)
    assert sum(cell.value for cell in low) == pytest.approx(float(six.network.cost.total.low))
    assert sheet.cell(8, 5).value == pytest.approx(float(six.network.cost.total.low))


def test_keys_keep_their_zero(six):
    assert book(six)["Mitglieder"]["B2"].value == "05570012"


def test_days_are_days(six):
    sheet = book(six)["Prüfungen"]
    days = [cell.value for cell in sheet["F"][1:] if cell.value is not None]
    assert days
    assert all(isinstance(day, datetime.datetime) for day in days)


def test_headers_stay_in_view(six):
    for sheet in book(six):
        assert sheet.freeze_panes == "A2"
        assert sheet.column_dimensions["A"].width > 4


def test_no_text_is_a_formula(nasty):
    seen = []
    for sheet in book(nasty):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.value
                assert cell.hyperlink is None
                seen.append(cell.value)
    assert {NASTY[1], NASTY[0], NASTY[3], "=Bauamt", "@Ort", "-Austritt", "+Kosten"} <= set(seen)


@pytest.mark.slow
def test_libreoffice_opens_it(nasty, tmp_path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("needs LibreOffice (apt-get install libreoffice-calc-nogui)")
    path = tmp_path / "dossier.xlsx"
    path.write_bytes(render(nasty, Format.XLSX, "de"))
    home = f"-env:UserInstallation=file://{tmp_path / 'profile'}"
    command = [
        office,
        home,
        "--headless",
        "--convert-to",
        "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false,false,false,3",
    ]
    subprocess.run(
        [*command, "--outdir", str(tmp_path), str(path)], check=True, capture_output=True, timeout=60
    )
    said = "".join(one.read_text("utf-8") for one in tmp_path.glob("*.csv"))
    assert "Prüfung" in said
    assert "Err:" not in said
