"""Reads commuter flows from CSV: from county to county, from municipality to municipality, or both."""

import numpy as np

from geoplan.enrichment.figures import CommuterFigures
from geoplan.enrichment.readers.content import Content
from geoplan.enrichment.readers.csv_table import read_csv
from geoplan.enrichment.readers.grouping import first_rows, sums

ORIGIN_COLUMNS = ("origin_kreis", "origin", "origin_ags", "origin_id", "wohnort", "wohnort_ags", "von")
DESTINATION_COLUMNS = (
    "dest_kreis", "destination", "dest", "destination_ags", "dest_ags", "destination_id", "arbeitsort",
    "arbeitsort_ags", "nach",
)  # fmt: skip
COMMUTER_COLUMNS = ("commuters", "pendler", "auspendler", "einpendler", "insgesamt", "count")
ORIGIN_NAMES = ("origin_name", "wohnort_name")
DESTINATION_NAMES = ("dest_name", "destination_name", "arbeitsort_name")
PUBLISHER = "Statistik der Bundesagentur für Arbeit"
PUBLISHED_COLUMN = "origin_kreis"
MOST_COMMUTERS = 10_000_000


def read_commuters(content: Content, *, german: bool) -> CommuterFigures:
    """Read commuters by origin and destination; several rows of one pair are added up.

    Raises
    ------
    EnrichmentError
        A column is missing or a cell is wrong.
    """
    cells = read_csv(content)
    origin, destination = cells.need(*ORIGIN_COLUMNS), cells.need(*DESTINATION_COLUMNS)
    origins = cells.keys(origin, german=german)
    destinations = cells.keys(destination, german=german)
    commuters = cells.numbers(cells.need(*COMMUTER_COLUMNS), most=MOST_COMMUTERS)
    first, group = first_rows([f"{one}\t{other}" for one, other in zip(origins, destinations, strict=True)])
    names: dict[str, str] = {}
    for keys, columns in ((origins, ORIGIN_NAMES), (destinations, DESTINATION_NAMES)):
        column = cells.find(*columns)
        if column is not None:
            names |= dict(zip(keys, cells.columns[column], strict=True))
    found = {"publisher": PUBLISHER, "attribution": PUBLISHER} if origin == PUBLISHED_COLUMN else {}
    return CommuterFigures(
        note=content.note("commuters", found),
        origins=[origins[row] for row in first.tolist()],
        destinations=[destinations[row] for row in first.tolist()],
        commuters=np.asarray(sums(commuters, group, len(first))),
        names=names,
    )
