"""Reads the Gemeindeverzeichnis of Destatis as a workbook: people, area, seat's postcode, centre, DEGURBA.

The workbook has one sheet of municipalities. Its heading takes several rows: groups above, parts below. Rows
are told apart by their kind (Satzart): 10 state … 60 municipality.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from geoplan.enrichment.figures import Figures
from geoplan.enrichment.readers.cells import Cells
from geoplan.enrichment.readers.content import Content
from geoplan.enrichment.readers.workbook import Sheet, read_workbook
from geoplan.messages import Message

MUNICIPALITY_RECORD = "60"
PUBLISHER = "Statistisches Bundesamt (Destatis)"
LICENCE = "Vervielfältigung und Verbreitung mit Quellenangabe gestattet"
MOST_INHABITANTS = 50_000_000
LARGEST_KM2 = 100_000

_HEADING_ROWS = 3
_SEARCHED_ROWS = 20
_KEY_PARTS = {"land": 2, "rb": 1, "kreis": 2, "vb": 4, "gem": 3}
_COLUMNS: Mapping[str, Sequence[str]] = {
    "satzart": ("satzart",),
    **{part: (part,) for part in _KEY_PARTS},
    "name": ("gemeindename",),
    "area": ("flächekm2", "fläche"),
    "population": ("insgesamt",),
    "postcode": ("postleitzahl",),
    "longitude": ("längengrad",),
    "latitude": ("breitengrad",),
    "degurba": ("gradderverstädterung",),
}
"""What a column is called in any row of the heading, without blanks, hyphens and numbers of footnotes."""
_OPTIONAL = ("longitude", "latitude", "degurba", "postcode")
_DATE = re.compile(r"\b(\d{2})\.(\d{2})\.(\d{4})\b")
_PUBLISHED = re.compile(r"Statistisches Bundesamt \(Destatis\),\s*(\d{4})")
_NOISE = re.compile(r"[\s\u00ad-]|\d+\)")


def read_gazetteer(content: Content) -> Figures:
    """Read the workbook.

    Raises
    ------
    EnrichmentError
        No sheet has the columns expected, or a cell is wrong; the message names sheet, row and column.
    """
    sheets = read_workbook(content)
    for sheet in sheets:
        heading = _heading(sheet)
        if heading is not None:
            return _figures(content, sheet, heading)
    problem = Message(
        "no sheet has the columns of the Gemeindeverzeichnis (Satzart, ARS, Gemeindename, Bevölkerung); its"
        " sheets are {sheets}",
        sheets=", ".join(sheet.name for sheet in sheets) or "–",
    )
    raise content.fail(problem)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heading:
    row: int
    places: dict[str, int]


def _plain(text: str) -> str:
    return _NOISE.sub("", text).casefold()


def _heading(sheet: Sheet) -> _Heading | None:
    """Where the heading begins and in which place each column is; ``None`` for a sheet of something else."""
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        words = [_plain(cell) for cell in row]
        if "satzart" in words and "gemeindename" in words:
            rows = [[_plain(cell) for cell in line] for line in sheet.rows[number : number + _HEADING_ROWS]]
            return _Heading(row=number, places=_places(rows))
    return None


def _places(rows: list[list[str]]) -> dict[str, int]:
    places: dict[str, int] = {}
    for column, names in _COLUMNS.items():
        for row in rows:
            found = [place for place, word in enumerate(row) if word in names]
            if found:
                places.setdefault(column, found[0])
    return places


def _figures(content: Content, sheet: Sheet, heading: _Heading) -> Figures:
    missing = [names[0] for column, names in _COLUMNS.items() if column not in heading.places]
    needed = [name for name in missing if name not in {_COLUMNS[column][0] for column in _OPTIONAL}]
    if needed:
        problem = Message(
            "the sheet {sheet} lacks the column {column}", sheet=sheet.name, column=", ".join(needed)
        )
        raise content.fail(problem)
    cells = _cells(content, sheet, heading)
    if not len(cells):
        raise content.fail(Message("the sheet {sheet} has no municipality (Satzart 60)", sheet=sheet.name))
    texts: dict[str, Sequence[str | None]] = {"postcode": cells.postcodes("postcode")}
    return Figures(
        note=content.note("population", _found(sheet, heading)),
        ids=_distinct_keys(cells),
        names=cells.columns["name"],
        area_km2=cells.numbers("area", most=LARGEST_KM2),
        numbers={
            "population": cells.numbers("population", most=MOST_INHABITANTS),
            "degurba": cells.numbers("degurba", most=3),
            "centre_longitude": cells.numbers("longitude", most=180),
            "centre_latitude": cells.numbers("latitude", most=90),
        },
        texts=texts,
    )


def _cells(content: Content, sheet: Sheet, heading: _Heading) -> Cells:
    """The rows of municipalities under the names of :data:`_COLUMNS`; a column that is missing is empty."""
    kind = heading.places["satzart"]
    numbers = [
        number
        for number, row in enumerate(sheet.rows)
        if len(row) > kind and row[kind] == MUNICIPALITY_RECORD
    ]

    def column(name: str) -> list[str]:
        place = heading.places.get(name)
        return [
            "" if place is None or place >= len(sheet.rows[number]) else sheet.rows[number][place]
            for number in numbers
        ]

    return Cells(
        content=content,
        sheet=sheet.name,
        columns={name: column(name) for name in _COLUMNS},
        row_numbers=[number + 1 for number in numbers],
    )


def _distinct_keys(cells: Cells) -> list[str]:
    """The AGS of each row, from the parts of its ARS."""
    for part, digits in _KEY_PARTS.items():
        padded = [text.zfill(digits) if text else text for text in cells.columns[part]]
        for row, text in enumerate(padded):
            if len(text) != digits or not (text.isascii() and text.isdecimal()):
                raise cells.fail(
                    row, part, Message("has not the {digits} digits of this part of the ARS", digits=digits)
                )
        cells.columns[part][:] = padded
    parts = (cells.columns[part] for part in ("land", "rb", "kreis", "gem"))
    keys = ["".join(key) for key in zip(*parts, strict=True)]
    _check_distinct(cells, keys)
    return keys


def _check_distinct(cells: Cells, keys: Sequence[str]) -> None:
    seen: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key in seen:
            problem = Message(
                "has the key {key} of row {other} again", key=key, other=cells.row_numbers[seen[key]]
            )
            raise cells.fail(row, "name", problem)
        seen[key] = row


def _found(sheet: Sheet, heading: _Heading) -> dict[str, str | None]:
    """What the sheet says of itself: the date above its heading, the notes below its rows."""
    above = " ".join(cell for row in sheet.rows[: heading.row + _HEADING_ROWS] for cell in row)
    day = _DATE.search(above)
    below = " ".join(row[0] for row in sheet.rows[-30:] if row)
    year = _PUBLISHED.search(below)
    return {
        "publisher": PUBLISHER if year else None,
        "vintage": f"{day[3]}-{day[2]}-{day[1]}" if day else None,
        "licence": LICENCE if year else None,
        "attribution": f"© {PUBLISHER}, {year[1]}" if year else None,
    }
