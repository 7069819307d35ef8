"""Every reader reads its form, and names sheet or line, column and value of what is wrong."""

import io
import json
import zipfile

import numpy as np
import pytest

from geoplan.enrichment.readers.commuters import read_commuters
from geoplan.enrichment.readers.content import read_content, vintage_in
from geoplan.enrichment.readers.fixed_width import is_fixed_width, read_fixed_width
from geoplan.enrichment.readers.gazetteer import read_gazetteer
from geoplan.enrichment.readers.municipal_csv import read_bbsr, read_jobs, read_population
from geoplan.enrichment.readers.postcodes import read_postcodes
from geoplan.enrichment.readers.profiles import read_profiles
from geoplan.errors import EnrichmentError, MissingFileError


def read_text(file, reader, text, name="some.csv"):
    return reader(read_content(file(name, text)), german=True)


def message(file, reader, text, name="some.csv"):
    with pytest.raises(EnrichmentError) as caught:
        read_text(file, reader, text, name)
    return str(caught.value)


class TestGazetteer:
    def read(self, file, rows, make_gazetteer):
        return read_gazetteer(read_content(file("gv.xlsx", make_gazetteer(rows))))

    def test_reads_all_columns(self, gazetteer_file):
        figures = read_gazetteer(read_content(gazetteer_file))
        assert figures.ids == ["01001000", "01002001", "01002002", "01002003", "01002004"]
        assert figures.names[0] == "Astadt, Stadt"
        assert figures.area_km2.tolist() == [2, 1, 1, 2, 1]
        assert figures.numbers["population"].tolist() == [9000, 100, 200, 300, 400]
        assert figures.numbers["degurba"].tolist() == [1, 2, 2, 3, 2]
        assert figures.numbers["centre_longitude"][0] == 9.5
        assert figures.texts["postcode"][0] == "01001"

    def test_says_where_it_comes_from(self, gazetteer_file):
        note = read_gazetteer(read_content(gazetteer_file)).note
        assert note.vintage == "2021-12-31"
        assert note.publisher == "Statistisches Bundesamt (Destatis)"
        assert note.attribution == "© Statistisches Bundesamt (Destatis), 2022"
        assert len(note.sha256) == 64

    def test_unknown_figures_stay_unknown(self, file, make_row, make_gazetteer):
        row = make_row("010020001001", "Adorf", ".", "", postcode="", degurba="x")
        figures = self.read(file, [row], make_gazetteer)
        assert np.isnan(figures.area_km2[0])
        assert np.isnan(figures.numbers["population"][0])
        assert np.isnan(figures.numbers["degurba"][0])
        assert figures.texts["postcode"] == [None]

    @pytest.mark.parametrize(
        ("area", "people", "said"),
        [
            ("viel", 5, "sheet Gemeinden, row 9, column area: “viel” is no number from 0 on"),
            (1.0, -3, "row 9, column population: “-3” is no number from 0 on"),
            (1.0, 9e9, "column population: “9000000000” is more than 50,000,000"),
        ],
    )
    def test_a_wrong_cell_is_named(self, file, make_row, make_gazetteer, *, area, people, said):
        with pytest.raises(EnrichmentError, match="row 9") as caught:
            self.read(file, [make_row("010020001001", "Adorf", area, people)], make_gazetteer)
        assert said in str(caught.value)

    def test_a_key_that_stands_twice_is_named(self, file, gazetteer_rows, make_gazetteer):
        with pytest.raises(EnrichmentError, match="has the key 01001000 of row 9 again"):
            self.read(file, [*gazetteer_rows, gazetteer_rows[0]], make_gazetteer)

    def test_a_broken_key_is_named(self, file, make_row, make_gazetteer):
        row = make_row("010020001001", "Adorf", 1, 1)
        row[6] = "00A"
        with pytest.raises(EnrichmentError, match="column gem: “00A” has not the 3 digits"):
            self.read(file, [row], make_gazetteer)

    def test_another_workbook_is_refused_with_its_sheets(self, file, make_workbook):
        path = file("other.xlsx", make_workbook([["Name", "Umsatz"], ["Adorf", 5]], sheet="Bilanz"))
        with pytest.raises(EnrichmentError, match="its sheets are Bilanz"):
            read_gazetteer(read_content(path))

    def test_a_missing_column_is_named(self, file, make_gazetteer, make_workbook, gazetteer_rows):
        heading = ["Satz-art", "Land", "RB", "Kreis", "VB", "Gem", "Gemeindename", "Fläche km2"]
        path = file("gv.xlsx", make_workbook([heading, ["60", "01", "0", "02", "0001", "001", "Adorf", 1]]))
        with pytest.raises(EnrichmentError, match="lacks the column insgesamt"):
            read_gazetteer(read_content(path))

    def test_a_cell_far_out_does_not_fill_the_memory(self, file, make_workbook):
        content, target = make_workbook([["a"]]), io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
            for name in source.namelist():
                archive.writestr(name, source.read(name).replace(b'="A1"', b'="XFD1048576"'))
        with pytest.raises(EnrichmentError):
            read_gazetteer(read_content(file("far.xlsx", target.getvalue())))

    def test_a_workbook_that_unpacks_to_too_much_is_refused(self, file):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for number in range(6):
                archive.writestr(f"xl/{number}.xml", bytes(100 * 10**6))
        with pytest.raises(EnrichmentError, match="unpacked it has 600 MB"):
            read_gazetteer(read_content(file("bomb.xlsx", target.getvalue())))

    def test_the_old_binary_form_is_named(self, file):
        with pytest.raises(EnrichmentError, match="save it as XLSX"):
            read_gazetteer(read_content(file("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))))


def record(kind="60", *, key="01002001", name="Adorf", area="100", people="123", postcode="01234"):
    """A line of GV100AD, 220 signs long."""
    line = f"{kind}20211231{key:<8}{'0001':<4}{name:<50}{'':<50}64{'':<4}{area:>11}{people:>11}{'0':>11}"
    return f"{line:<165}{postcode:<5}*****".ljust(220)


class TestFixedWidth:
    LAND = record("10", key="01", name="Musterland", area="", people="", postcode="")

    def test_reads_municipalities(self, file):
        content = read_content(file("GV100AD.txt", "\r\n".join([self.LAND, record(), ""])))
        assert is_fixed_width(content)
        figures = read_fixed_width(content)
        assert figures.ids == ["01002001"]
        assert figures.names == ["Adorf"]
        assert figures.area_km2.tolist() == [1.0]
        assert figures.numbers["population"].tolist() == [123]
        assert figures.texts["postcode"] == ["01234"]
        assert figures.note.vintage == "2021-12-31"

    def test_reads_the_code_page_of_windows(self, file):
        content = read_content(file("gv.asc", record(name="Üdorf").encode("cp1252")))
        assert read_fixed_width(content).names == ["Üdorf"]

    @pytest.mark.parametrize(
        ("lines", "said"),
        [
            (["10 no", record(), "99" + record()[2:]], "line 3 is no record of GV100AD"),
            ([record()[:160]], "line 1 is cut off"),
            ([record(people="12x")], "row 1, column population: “12x” is no number from 0 on"),
            ([record(), record()], "row 2, column ags: “01002001” stands in the file twice"),
            ([LAND], "it has no municipality"),
        ],
    )
    def test_a_wrong_line_is_named(self, file, lines, said):
        with pytest.raises(EnrichmentError) as caught:
            read_fixed_width(read_content(file("gv.txt", "\n".join(lines))))
        assert said in str(caught.value)

    def test_a_csv_is_not_taken_for_it(self, file):
        assert not is_fixed_width(read_content(file("a.csv", "ags,jobs\n01002001,5\n")))


class TestCsv:
    @pytest.mark.parametrize(
        "text",
        [
            "ags,jobs\n01002001,10\n01002002,20.4\n",
            "AGS;Jobs\r\n1002001;10\r\n1002002;20,4\r\n",
            "\ufeffags\tjobs\n010020001001\t10\n010020001002\t20.4\n",
            '"ags","jobs"\n"01 0 02 001","10"\n\n"01002002.0","20.4"\n',
        ],
    )
    def test_reads_it_as_offices_write_it(self, file, text):
        figures = read_text(file, read_jobs, text)
        assert figures.ids == ["01002001", "01002002"]
        assert figures.numbers["jobs"].tolist() == [10, 20]

    def test_rows_of_one_municipality_are_added_up(self, file):
        figures = read_text(
            file, read_jobs, "ags,name,jobs,area_km2\n01002001,A,10,1\n01002001,A,5,2\n01002002,B,7,3\n"
        )
        assert figures.ids == ["01002001", "01002002"]
        assert figures.numbers["jobs"].tolist() == [15, 7]
        assert figures.area_km2.tolist() == [3, 3]

    def test_a_sum_with_an_unknown_part_is_unknown(self, file):
        figures = read_text(file, read_population, "ags,einwohner\n01002001,10\n01002001,.\n")
        assert np.isnan(figures.numbers["population"][0])

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ("ags,jobs\n01002001,zehn\n", "row 2, column jobs: “zehn” is no number from 0 on"),
            ("ags,jobs\n01002001,1\n01002,3,4\n", "row 3 has 3 cells, the heading has 2"),
            ("ags,name\n01002001,A\n", "the column jobs / svb_ao"),
            ("ags,jobs\nAdorf,5\n", "row 2, column ags: “Adorf” is neither an AGS"),
            ("ags,jobs\n", "it has no rows below its heading"),
            ("ags,ags,jobs\n1,1,1\n", "it has the column ags twice"),
            ("ags,jobs\n01002001,1e5\n", "“1e5” is no number"),
            ("", "it is empty"),
        ],
    )
    def test_what_is_wrong_is_named(self, file, text, said):
        assert said in message(file, read_jobs, text)

    def test_a_file_that_is_not_there_is_named(self, tmp_path):
        with pytest.raises(MissingFileError, match=r"There is no file “no\.csv”"):
            read_content(tmp_path / "no.csv")

    def test_no_text_is_refused(self, file):
        assert "it is no text file" in message(file, read_jobs, b"ags,jobs\n\x00\x01\x02")

    def test_a_note_beside_the_file_says_where_it_comes_from(self, file):
        file(
            "some.csv.source.json",
            json.dumps({"publisher": "Amt", "vintage": "2020-06-30", "licence": "frei"}),
        )
        note = read_text(file, read_jobs, "ags,jobs\n01002001,1\n").note
        assert (note.publisher, note.vintage, note.licence) == ("Amt", "2020-06-30", "frei")

    def test_a_bad_note_is_refused(self, file):
        file("some.csv.source.json", '{"vintage": "gestern"}')
        assert "is no date" in message(file, read_jobs, "ags,jobs\n01002001,1\n")


class TestBbsr:
    HEADING = "ags,name,sgtyp,sgtyp_name,mb,mb_name\n"

    def test_reads_types_and_regions(self, file):
        figures = read_text(file, read_bbsr, self.HEADING + "01002001,A,50,Landgemeinde,7,Bedorf\n")
        assert figures.texts["city_type"] == ["50"]
        assert figures.texts["mittelbereich_name"] == ["Bedorf"]
        assert "BBSR" in figures.note.publisher

    def test_rows_that_differ_are_refused(self, file):
        text = self.HEADING + "01002001,A,50,L,7,B\n01002001,A,40,K,7,B\n"
        assert "row 3, column sgtyp: “40” is not what another row" in message(file, read_bbsr, text)


class TestCommuters:
    def test_reads_counties(self, file):
        text = (
            "origin_kreis,origin_name,dest_kreis,dest_name,commuters\n01001,A,01002,B,12\n1002,B,1001,A,*\n"
        )
        figures = read_text(file, read_commuters, text, "kreis_2022.csv")
        assert figures.origins == ["01001", "01002"]
        assert figures.destinations == ["01002", "01001"]
        assert figures.commuters[0] == 12
        assert np.isnan(figures.commuters[1])
        assert figures.names == {"01001": "A", "01002": "B"}
        assert figures.note.vintage == "2022"

    def test_reads_municipalities_and_adds_up(self, file):
        text = "origin;destination;pendler\n01002001;01001000;3\n01002001;01001000;4\n"
        figures = read_text(file, read_commuters, text)
        assert figures.origins == ["01002001"]
        assert figures.commuters.tolist() == [7]


class TestPostcodes:
    def test_many_to_many_with_shares(self, file):
        figures = read_text(file, read_postcodes, "ags,plz,share\n01002001,1234,0.25\n01002001,12345,\n")
        assert figures.postcodes == ["1234", "12345"]
        assert figures.shares[0] == 0.25
        assert np.isnan(figures.shares[1])

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ("01002001,12345,1.5\n", "column share: “1.5” is more than 1"),
            ("01002001,abc,1\n", "column plz: “abc” is no postcode"),
            ("01002001,12345,1\n01002001,12345,0\n", "stands in the file twice"),
        ],
    )
    def test_what_is_wrong_is_named(self, file, rows, said):
        assert said in message(file, read_postcodes, "ags,plz,share\n" + rows)


class TestProfiles:
    def test_reads_csv(self, file):
        figures = read_text(
            file, read_profiles, "ags,service,has,needs\n01002001,it,ja,\n01002001,waste,0,1\n"
        )
        assert figures.has == [True, False]
        assert figures.needs == [None, True]
        assert figures.offers == [None, None]

    def test_reads_json(self, file):
        entry = {"id": "01002001", "service": "it", "has": False, "offers": True}
        figures = read_text(file, read_profiles, json.dumps({"profiles": [entry]}), "profiles.json")
        assert (figures.has, figures.needs, figures.offers) == ([False], [None], [True])

    def test_a_misspelt_service_names_the_nearest(self, file):
        with pytest.raises(EnrichmentError) as caught:
            read_text(file, read_profiles, "ags,service,has\n01002001,wast,1\n")
        assert "waste" in caught.value.nearest

    @pytest.mark.parametrize(
        ("text", "said"),
        [
            ('{"profiles": [{"id": "01002001"}]}', "profiles[0].service"),
            ('{"profiles": []}', "it has no profiles"),
            ("{", "it is no JSON text"),
            ("ags,service,has\n01002001,it,vielleicht\n", "“vielleicht” is neither yes nor no"),
            ("ags,service\n01002001,it\n", "the column has / needs / offers is missing"),
        ],
    )
    def test_what_is_wrong_is_named(self, file, text, said):
        assert said in message(file, read_profiles, text)


@pytest.mark.parametrize(
    ("name", "vintage"),
    [
        ("31122021_Auszug_GV", "2021-12-31"),
        ("jobs-2020-06-30", "2020-06-30"),
        ("kreis_to_kreis_2022", "2022"),
        ("jobs", None),
        ("99992021", None),
    ],
)
def test_date_in_the_name_of_a_file(name, vintage):
    assert vintage_in(name) == vintage
