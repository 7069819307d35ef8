"""Two made-up counties, drawn in kilometres, and files of figures for them.

::

    1   A  A  c  d       A    Astadt, a county of its own (01001)
    0   a  b  c  W       a, b, c, d   municipalities of the county Beland (01002)
        0  1  2  3       W    an unincorporated area of it
"""

import io
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pytest
import shapely

from geoplan.boundaries.assemble import assemble
from geoplan.boundaries.dataset import BoundaryDataset
from geoplan.boundaries.german import METRIC_CRS, KeyedFeatures, german_names, german_places
from geoplan.boundaries.raw import RawBoundaries
from geoplan.provenance import Provenance
from geoplan.units import Level

EAST, NORTH, CELL_M = 500_000, 5_900_000, 1000
PLACES = [  # name, ARS, designation, cells (column, row)
    ("Astadt", "010010000000", "Stadt", [(0, 1), (1, 1)]),
    ("Adorf", "010020001001", "Gemeinde", [(0, 0)]),
    ("Bedorf", "010020001002", "Gemeinde", [(1, 0)]),
    ("Ceheim", "010020003003", "Gemeinde", [(2, 0), (2, 1)]),
    ("Deburg", "010020004004", "Stadt", [(3, 1)]),
    ("Weihewald", "010029999999", "Gemeindefreies Gebiet", [(3, 0)]),
]
IDS = {name: ars[:5] + ars[9:] for name, ars, _, _ in PLACES}
PARENTS = {
    Level.COUNTY: [("01001", "Astadt", "Kreisfreie Stadt"), ("01002", "Beland", "Kreis")],
    Level.STATE: [("01", "Musterland", "Land")],
}

GAZETTEER_HEADING = [
    ["Gemeinden in Deutschland am 31.12.2021 (Jahr)"],
    [],
    [
        "Satz-art", "Text-kenn-zeichen", "Amtlicher Regionalschlüssel (ARS)", "", "", "", "", "Gemeindename",
        "Fläche km2 1)", "Bevölkerung2)", "", "", "", "Postleit-zahl3)",
        "Geografische Mittelpunktkoordinaten", "", "Reisegebiete", "", "Grad der Verstädterung", "",
    ],
    [
        "", "", "Land", "RB", "Kreis", "VB", "Gem", "", "", "insgesamt", "männlich", "weiblich", "je km2", "",
        "Längengrad", "Breitengrad", "", "", "", "",
    ],
    ["", "", "Gebietsstand am 31.12.2021"],
    [],
    ["10", "", "01", "", "", "", "", "Musterland"],
    ["40", "41", "01", "0", "01", "", "", "Astadt, Stadt"],
]  # fmt: skip
GAZETTEER_FOOT = [[], ["© Daten"], ["     Statistisches Bundesamt (Destatis), 2022"]]


def gazetteer_row(ars: str, name: str, area: object, people: object, **more: object) -> list[object]:
    """A municipality as the workbook of Destatis has it."""
    return [
        "60", "64", ars[:2], ars[2], ars[3:5], ars[5:9], ars[9:], name, area, people, 0, 0, 0,
        more.get("postcode", "01234"), more.get("longitude", "9,5"), more.get("latitude", "53,2"), "", "",
        more.get("degurba", "02"), "",
    ]  # fmt: skip


GAZETTEER_ROWS = [
    gazetteer_row("010010000000", "Astadt, Stadt", 2.0, 9000, degurba="01", postcode="01001"),
    gazetteer_row("010020001001", "Adorf", 1.0, 100),
    gazetteer_row("010020001002", "Bedorf", 1.0, 200),
    gazetteer_row("010020003003", "Ceheim", 2.0, 300, degurba="03"),
    gazetteer_row("010020004004", "Deburg, Stadt", 1.0, 400),
]


def workbook(rows: Sequence[Sequence[object]], sheet: str = "Gemeinden") -> bytes:
    """The smallest XLSX file with these rows: numbers as numbers, all else as texts in the cells."""
    lines = []
    for number, row in enumerate(rows, start=1):
        cells = []
        for column, value in enumerate(row):
            place = f"{chr(ord('A') + column)}{number}"
            if isinstance(value, int | float):
                cells.append(f'<c r="{place}"><v>{value}</v></c>')
            elif value:
                cells.append(f'<c r="{place}" t="inlineStr"><is><t>{escape(str(value))}</t></is></c>')
        lines.append(f'<row r="{number}">{"".join(cells)}</row>')
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="rId1"'
        f' Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        f'<sheet name="{sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships">'
        f'<Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{"".join(lines)}</sheetData>'
        "</worksheet>",
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return file.getvalue()


def gazetteer(rows: Sequence[Sequence[object]] = GAZETTEER_ROWS) -> bytes:
    return workbook([*GAZETTEER_HEADING, *rows, *GAZETTEER_FOOT])


def draw(population: dict[str, float]) -> BoundaryDataset:
    shapes = [
        shapely.union_all(
            [
                shapely.box(
                    EAST + CELL_M * x, NORTH + CELL_M * y, EAST + CELL_M * (x + 1), NORTH + CELL_M * (y + 1)
                )
                for x, y in cells
            ]
        )
        for *_, cells in PLACES
    ]

    def keyed(rows: Sequence[tuple[str, str, str]]) -> KeyedFeatures:
        return KeyedFeatures(
            keys=[row[0] for row in rows], names=[row[1] for row in rows],
            designations=[row[2] for row in rows], area_codes=np.full(len(rows), 4),
        )  # fmt: skip

    return assemble(
        RawBoundaries(
            places=german_places(
                keyed([(ars, name, designation) for name, ars, designation, _ in PLACES]),
                np.array(shapes, dtype=object),
                np.array([population.get(name, np.nan) for name, *_ in PLACES]),
            ),
            parents={level: german_names(level, keyed(rows)) for level, rows in PARENTS.items()},
            crs=METRIC_CRS,
        ),
        Provenance(
            dataset="Made up", vintage="2021-01-01", licence="CC0-1.0", attribution="nobody",
            attribution_url="https://example.org",
            population_source="counted by hand" if population else None, publisher="nobody", country="DE",
            crs=METRIC_CRS,
        ),
    )  # fmt: skip


@pytest.fixture(scope="session")
def world() -> BoundaryDataset:
    """The world without any figure."""
    return draw({})


@pytest.fixture(scope="session")
def counted_world() -> BoundaryDataset:
    """The world with inhabitants of another source."""
    return draw({"Astadt": 8000, "Adorf": 90, "Bedorf": 190, "Ceheim": 290, "Deburg": 390})


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Write a file of figures: ``file("jobs_2021.csv", "ags,jobs\\n…")``."""

    def write(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write


@pytest.fixture
def gazetteer_file(file: Callable[[str, str | bytes], Path]) -> Path:
    return file("31122021_Auszug_GV.xlsx", gazetteer())


@pytest.fixture(scope="session")
def make_gazetteer() -> Callable[..., bytes]:
    return gazetteer


@pytest.fixture(scope="session")
def make_row() -> Callable[..., list[object]]:
    return gazetteer_row


@pytest.fixture(scope="session")
def gazetteer_rows() -> list[list[object]]:
    return GAZETTEER_ROWS


@pytest.fixture(scope="session")
def gazetteer_sheet() -> list[list[object]]:
    """All rows of the workbook, heading and foot too."""
    return [*GAZETTEER_HEADING, *GAZETTEER_ROWS, *GAZETTEER_FOOT]


@pytest.fixture(scope="session")
def make_workbook() -> Callable[..., bytes]:
    return workbook
