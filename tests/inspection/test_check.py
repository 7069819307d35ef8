"""What the check finds in boundaries, whom it names, and what it says is to be done."""

import numpy as np
import pytest
import shapely

from geoplan.errors import InvalidValueError
from geoplan.inspection import Severity, check
from geoplan.messages import LANGUAGES
from tests.archives import cells, sketch, write_folder, zipped


@pytest.fixture
def report_of(tmp_path):
    """Write a sketch in the publisher's layout and check it."""

    def report_of(drawn, *, form="shape", without=(), **options):
        return check(zipped(write_folder(drawn, tmp_path, form=form), without=without), **options)

    return report_of


def found(report, code):
    return [finding for finding in report.findings if finding.code == code]


def only(report, code):
    (finding,) = found(report, code)
    return finding


def names(finding):
    return [str(place) for place in finding.places]


@pytest.mark.parametrize("form", ["shape", "gpkg"])
def test_good_boundaries_have_nothing_to_mend(report_of, form):
    report = report_of(sketch(), form=form)
    assert report.usable
    assert (report.product, report.vintage, report.municipalities) == ("VG250", "2023-12-31", 10)
    assert {finding.severity for finding in report.findings} == {Severity.INFO}
    assert names(only(report, "parts")) == ["Bedorf (051115001002)"]


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("05111500100", "11 digits"),
        ("05111500100X", "0 to 9 only"),
        ("775115001001", "starts with 77"),
        ("0511 5001001", "digits"),
        ("", "0 to 9 only"),
    ],
)
def test_a_key_that_is_none_is_told_with_its_municipality(report_of, key, words):
    drawn = sketch()
    drawn.columns["ARS"][0] = key
    finding = only(report_of(drawn), "key")
    assert finding.severity == Severity.ERROR
    assert "Aburg" in str(finding.text)
    assert words in str(finding.text)


def test_an_ags_that_is_not_that_of_the_ars_is_told(report_of):
    drawn = sketch()
    drawn.columns["AGS"][4] = "05112009"
    finding = only(report_of(drawn), "key-mismatch")
    assert "Dören (051120000004)" in str(finding.text)
    assert "05112004" in str(finding.text)


def test_two_municipalities_with_one_key_are_an_error(report_of):
    drawn = sketch()
    for column in ("ARS", "AGS"):
        drawn.columns[column][5] = drawn.columns[column][6]
    report = report_of(drawn)
    assert not report.usable
    assert names(only(report, "key-duplicate")) == ["Eßlach (051120000006)", "Fühl (051120000006)"]


@pytest.mark.parametrize("level", ["KRS", "LAN"])
def test_a_county_or_state_that_is_not_there_is_an_error(report_of, level):
    drawn = sketch()
    drawn.parents[level].pop()
    finding = only(report_of(drawn), "parent-missing")
    assert finding.severity == Severity.ERROR
    assert names(finding) == ["Iwald (062010000001)", "Jetal (062010000002)"]


def test_an_association_that_is_not_there_is_a_warning(report_of):
    drawn = sketch()
    drawn.parents["VWG"].pop(0)
    finding = only(report_of(drawn), "parent-missing")
    assert finding.severity == Severity.WARNING
    assert len(set(names(finding))) == 3


def test_a_unit_above_without_municipalities_says_that_some_are_missing(report_of):
    drawn = sketch()
    drawn.columns = {name: values[:10] for name, values in drawn.columns.items()}
    drawn.geometry = drawn.geometry[:10]
    report = report_of(drawn)
    assert names(only(report, "parent-empty")) == ["Uhwald (051129999)"]
    assert only(report, "gap").area_m2 == pytest.approx(1e6)


def test_a_ring_that_crosses_itself_is_repaired_and_listed(report_of):
    drawn = sketch()
    west, south, east, north = drawn.geometry[7].bounds
    drawn.geometry[7] = shapely.Polygon([(west, south), (east, south), (west, north), (east, north)])
    finding = only(report_of(drawn), "ring")
    assert finding.severity == Severity.WARNING
    assert names(finding) == ["Hastadt (051130000000)"]
    assert "crosses itself" in str(finding.text)


def test_an_overlap_names_both_and_its_area(tmp_path):
    drawn = sketch()
    drawn.geometry[5] = shapely.union(drawn.geometry[5], shapely.box(502_000, 5_701_000, 502_020, 5_702_000))
    archive = zipped(write_folder(drawn, tmp_path))
    finding = only(check(archive), "overlap")
    assert finding.severity == Severity.WARNING
    assert finding.area_m2 == pytest.approx(20_000, rel=1e-6)
    assert names(finding) == ["Eßlach (051120000005)", "Fühl (051120000006)"]
    assert not found(check(archive, tolerance_m2=30_000), "overlap")


def test_one_municipality_over_another_is_an_error(report_of):
    drawn = sketch()
    drawn.geometry[5] = cells([(1, 1), (2, 1)])
    assert only(report_of(drawn), "overlap").severity == Severity.ERROR


def test_land_that_belongs_to_nobody_is_told_with_those_around_it(report_of):
    drawn = sketch()
    drawn.geometry[10] = shapely.difference(
        drawn.geometry[10], shapely.box(502_400, 5_702_400, 502_450, 5_702_450)
    )
    drawn.geometry[5] = shapely.difference(
        drawn.geometry[5], shapely.box(501_990, 5_701_400, 502_000, 5_701_600)
    )
    report = report_of(drawn)
    assert [finding.area_m2 for finding in found(report, "gap")] == pytest.approx([2500, 2000])
    assert "Fühl" in str(found(report, "gap")[1].text)


def test_missing_crs_names_the_one_it_looks_like(report_of):
    finding = only(report_of(sketch(), without=["_GEM.prj"]), "crs-missing")
    assert finding.severity == Severity.ERROR
    assert "EPSG:25832" in str(finding.mend)


def test_metres_that_are_said_to_be_degrees_are_told_from_degrees(tmp_path):
    metres = write_folder(sketch(crs="EPSG:25832"), tmp_path / "metres")
    degrees = write_folder(sketch(crs="EPSG:4326"), tmp_path / "degrees")
    one, other = (next(folder.rglob("*_GEM.prj")) for folder in (metres, degrees))
    said = one.read_bytes(), other.read_bytes()
    one.write_bytes(said[1])
    other.write_bytes(said[0])
    for folder, crs in ((metres, "EPSG:25832"), (degrees, "EPSG:4326")):
        (finding,) = [finding for finding in check(folder).findings if finding.code == "crs-wrong"]
        assert finding.severity == Severity.ERROR
        assert crs in str(finding.mend)


def test_one_municipality_elsewhere_is_named(report_of):
    drawn = sketch()
    drawn.geometry[0] = shapely.transform(drawn.geometry[0], lambda xy: xy - [4e5, 2e6])
    finding = only(report_of(drawn), "place-outside")
    assert names(finding) == ["Aburg (051115001001)"]


def test_coordinates_that_are_no_numbers_are_named(report_of):
    drawn = sketch()
    drawn.geometry[0] = shapely.transform(
        drawn.geometry[0], lambda xy: np.where(np.arange(len(xy))[:, None] == 1, np.nan, xy)
    )
    finding = only(report_of(drawn, form="gpkg"), "coordinates")
    assert names(finding) == ["Aburg (051115001001)"]


def test_names_in_another_encoding_are_read_and_told(report_of):
    report = report_of(sketch(), without=["_GEM.cpg"])
    finding = only(report, "encoding")
    assert finding.severity == Severity.WARNING
    assert report.usable


def test_names_whose_umlauts_are_lost_are_named(report_of):
    drawn = sketch()
    drawn.columns["GEN"][4] = "D÷ren"
    finding = only(report_of(drawn), "encoding")
    assert names(finding) == ["D÷ren (051120000004)"]


@pytest.mark.parametrize("column", ["GEN", "BEZ", "GF", "ARS"])
def test_a_column_that_was_renamed_is_found(report_of, column):
    drawn = sketch()
    drawn.columns[f"{column}_X"] = drawn.columns.pop(column)
    finding = only(report_of(drawn), "column-missing")
    assert f"{column}_X" in str(finding.mend)


def test_columns_nobody_expects_are_told(report_of):
    drawn = sketch()
    drawn.columns["Farbe"] = ["grün"] * 11
    assert "Farbe" in str(only(report_of(drawn), "columns-unexpected").text)


def test_an_empty_layer_is_an_error(report_of):
    drawn = sketch()
    drawn.columns = {name: values[:0] for name, values in drawn.columns.items()}
    drawn.geometry = drawn.geometry[:0]
    assert only(report_of(drawn, form="gpkg"), "layer-empty").severity == Severity.ERROR


def test_inhabitants_that_are_unknown_are_counted(report_of):
    drawn = sketch()
    drawn.columns["EWZ"][0] = -9999
    assert names(only(report_of(drawn), "population-unknown")) == ["Aburg (051115001001)"]


def test_boundaries_without_a_date_are_told(report_of):
    assert found(report_of(sketch(status=None, folder="boundaries")), "vintage-unknown")


def test_an_archive_within_an_archive_is_named(tmp_path, report_of):
    inner = zipped(write_folder(sketch(), tmp_path / "inner"))
    outer = zipped(inner.parent, tmp_path / "outer.zip", without=[".shp", ".dbf", ".shx", ".prj", ".cpg"])
    assert "unpack it" in str(only(check(outer), "layer-missing").mend)


def test_every_finding_is_said_in_both_languages_with_its_mend(report_of):
    drawn = sketch()
    drawn.columns["ARS"][0] = "77"
    drawn.geometry[5] = cells([(1, 1), (2, 1)])
    report = report_of(drawn)
    for lang in LANGUAGES:
        said = report.to_dict(lang)
        assert said["usable"] is False
        assert sum(said["counts"].values()) == len(said["findings"])
        for finding in said["findings"]:
            assert finding["text"]
            assert finding["mend"]
        order = [finding["severity"] for finding in said["findings"]]
        assert order == sorted(order, key=["error", "warning", "info"].index)


@pytest.mark.parametrize("name", ["notes.txt", "broken.zip", "broken.gpkg", "broken.toml", "folder"])
def test_what_is_no_dataset_is_an_error_and_no_traceback(tmp_path, name):
    path = tmp_path / name
    if "." in name:
        path.write_text("not at all")
    else:
        path.mkdir()
    report = check(path)
    assert not report.usable
    assert only(report, "unreadable").severity == Severity.ERROR


def test_nothing_there_is_a_wrong_request(tmp_path):
    with pytest.raises(InvalidValueError, match="There is nothing"):
        check(tmp_path / "nothing")


def test_the_real_archive_is_usable_and_its_rings_are_named(shared_data):
    report = check(shared_data / "bkg" / "vg5000_01-01.gk3.shape.ebenen.zip")
    assert report.usable
    assert report.municipalities == 10_997
    rings = found(report, "ring")
    assert [place.name for finding in rings for place in finding.places] == [
        "Burgjoß", "Bad Sulza", "Langenwetzendorf",
    ]  # fmt: skip
    assert "Jungholz" in str(only(report, "enclave").text)
    assert not found(report, "overlap")
    assert not found(report, "gap")
