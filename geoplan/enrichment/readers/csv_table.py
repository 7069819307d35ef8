"""Reads CSV files as offices write them: comma, semicolon or tabulator, UTF-8 or the code page of Windows."""

import csv
import io

from geoplan.enrichment.readers.cells import Cells
from geoplan.enrichment.readers.content import Content
from geoplan.messages import Message

DELIMITERS = ",;\t|"
MAX_ROWS = 5_000_000


def read_csv(content: Content) -> Cells:
    """Read a CSV file whose first row names the columns.

    Raises
    ------
    EnrichmentError
        It is no text, has no rows, names a column twice, or a row has more or fewer cells than the heading.
    """
    text = content.text().lstrip("\r\n")
    delimiter = max(DELIMITERS, key=text.partition("\n")[0].count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [(reader.line_num, row) for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise content.fail(
            Message("row {row} is no CSV ({reason})", row=reader.line_num, reason=str(error))
        ) from error
    if len(rows) < 2 or len(rows) > MAX_ROWS:
        raise content.fail(Message("it has no rows below its heading"))
    names = [cell.strip().casefold() for cell in rows[0][1]]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise content.fail(Message("it has the column {column} twice", column=twice[0]), twice[0])
    for line, row in rows[1:]:
        if len(row) != len(names):
            problem = Message(
                "row {row} has {found} cells, the heading has {expected}",
                row=line, found=len(row), expected=len(names),
            )  # fmt: skip
            raise content.fail(problem)
    columns = zip(*(row for _, row in rows[1:]), strict=True)
    return Cells(
        content=content,
        sheet=None,
        columns={name: [cell.strip() for cell in cells] for name, cells in zip(names, columns, strict=True)},
        row_numbers=[line for line, _ in rows[1:]],
    )
