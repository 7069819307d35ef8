"""Reads the Gemeindeverzeichnis GV100AD of Destatis: a text of 220 signs a line, one record kind a level.

Places of the fields (counted from 0) in a record of kind 60, municipality: kind 0–2, day of the territorial
status 2–10 (year, month, day), AGS 10–18, association 18–22, name 22–72, area in hectares 128–139, population
139–150, postcode of the seat 165–170. Source: the record description that Destatis puts beside the file.
"""

from geoplan.enrichment.figures import Figures
from geoplan.enrichment.readers.cells import Cells
from geoplan.enrichment.readers.content import Content
from geoplan.enrichment.readers.gazetteer import LARGEST_KM2, LICENCE, MOST_INHABITANTS, PUBLISHER
from geoplan.messages import Message

RECORD_KINDS = ("10", "20", "30", "40", "50", "60")
MUNICIPALITY_RECORD = "60"
HECTARES_PER_KM2 = 100.0
SHORTEST_RECORD = 170

_FIELDS = {
    "day": slice(2, 10), "ags": slice(10, 18), "name": slice(22, 72), "area": slice(128, 139),
    "population": slice(139, 150), "postcode": slice(165, 170),
}  # fmt: skip


def is_fixed_width(content: Content) -> bool:
    """Say whether a file begins with a record of GV100AD: a kind, a day, the key of a state."""
    start = content.data.lstrip(b"\xef\xbb\xbf")[:12]
    return len(start) == 12 and start.isdigit() and start[:2].decode() in RECORD_KINDS


def read_fixed_width(content: Content) -> Figures:
    """Read the text file.

    Raises
    ------
    EnrichmentError
        A line is no record, or a field is wrong; the message names the line.
    """
    lines = content.text().split("\n")
    numbers = []
    for number, line in enumerate(lines):
        if not line.strip("\r \x1a"):
            continue
        if line[:2] not in RECORD_KINDS:
            raise content.fail(Message("line {line} is no record of GV100AD", line=number + 1))
        if line[:2] == MUNICIPALITY_RECORD:
            if len(line.rstrip("\r")) < SHORTEST_RECORD:
                raise content.fail(Message("line {line} is cut off", line=number + 1))
            numbers.append(number)
    if not numbers:
        raise content.fail(Message("it has no municipality (Satzart 60)"))
    cells = Cells(
        content=content,
        sheet=None,
        columns={
            name: [lines[number][place].strip() for number in numbers] for name, place in _FIELDS.items()
        },
        row_numbers=[number + 1 for number in numbers],
    )
    return _figures(content, cells)


def _figures(content: Content, cells: Cells) -> Figures:
    day = cells.columns["day"][0]
    keys = cells.keys("ags", german=True)
    if len(set(keys)) != len(keys):
        row = next(row for row, key in enumerate(keys) if key in keys[:row])
        raise cells.fail(row, "ags", Message("stands in the file twice"))
    found = {
        "publisher": PUBLISHER,
        "vintage": f"{day[:4]}-{day[4:6]}-{day[6:]}",
        "licence": LICENCE,
        "attribution": f"© {PUBLISHER}, {day[:4]}",
    }
    return Figures(
        note=content.note("population", found),
        ids=keys,
        names=cells.columns["name"],
        area_km2=cells.numbers("area", most=LARGEST_KM2 * HECTARES_PER_KM2) / HECTARES_PER_KM2,
        numbers={"population": cells.numbers("population", most=MOST_INHABITANTS)},
        texts={"postcode": cells.postcodes("postcode")},
    )
