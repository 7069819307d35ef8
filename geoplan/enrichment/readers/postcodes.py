"""Reads which postcodes municipalities have, with shares where they are known."""

import numpy as np

from geoplan.enrichment.figures import PostcodeFigures
from geoplan.enrichment.readers.content import Content
from geoplan.enrichment.readers.csv_table import read_csv
from geoplan.enrichment.readers.municipal_csv import KEY_COLUMNS, NAME_COLUMNS
from geoplan.messages import Message

POSTCODE_COLUMNS = ("plz", "postcode", "postleitzahl", "zip")
SHARE_COLUMNS = ("share", "anteil")


def read_postcodes(content: Content, *, german: bool) -> PostcodeFigures:
    """Read pairs of municipality and postcode from a CSV file.

    The share is that of the municipality which has the postcode (0 … 1); a file may leave it out.

    Raises
    ------
    EnrichmentError
        A column is missing, a cell is wrong, or a pair stands in the file twice.
    """
    cells = read_csv(content)
    key_column, postcode_column = cells.need(*KEY_COLUMNS), cells.need(*POSTCODE_COLUMNS)
    keys = cells.keys(key_column, german=german)
    postcodes = cells.postcodes(postcode_column)
    share_column = cells.find(*SHARE_COLUMNS)
    shares = np.full(len(cells), np.nan) if share_column is None else cells.numbers(share_column, most=1)
    pairs: dict[tuple[str, str], int] = {}
    for row, (key, postcode) in enumerate(zip(keys, postcodes, strict=True)):
        if postcode is None:
            raise cells.fail(row, postcode_column, Message("is no postcode"))
        if (key, postcode) in pairs:
            raise cells.fail(row, postcode_column, Message("stands in the file twice"))
        pairs[key, postcode] = row
    name_column = cells.find(*NAME_COLUMNS)
    return PostcodeFigures(
        note=content.note("postcodes", {}),
        ids=[key for key, _ in pairs],
        postcodes=[postcode for _, postcode in pairs],
        shares=shares,
        names={} if name_column is None else dict(zip(keys, cells.columns[name_column], strict=True)),
    )
