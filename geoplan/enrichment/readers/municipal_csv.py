"""Reads CSV files with one or more rows a municipality: population, jobs, types and regions of the BBSR."""

from collections.abc import Mapping, Sequence

import numpy as np

from geoplan.enrichment.figures import Figures, FloatArray
from geoplan.enrichment.readers.cells import Cells
from geoplan.enrichment.readers.content import Content
from geoplan.enrichment.readers.csv_table import read_csv
from geoplan.enrichment.readers.grouping import first_rows, sums
from geoplan.messages import Message

KEY_COLUMNS = ("ags", "id", "ars", "rs", "gemeindeschluessel", "gemeindeschlüssel", "schluessel", "schlüssel")
NAME_COLUMNS = ("name", "gen", "gemeinde", "gemeindename")
AREA_COLUMNS = ("area_km2", "flaeche_km2", "fläche_km2", "flaeche", "fläche")
POPULATION_COLUMNS = ("population", "pop", "bevoelkerung", "bevölkerung", "einwohner", "ewz")
JOB_COLUMNS = ("jobs", "svb_ao", "beschaeftigte_ao", "beschäftigte_ao", "beschaeftigte", "beschäftigte")
BBSR_COLUMNS = {
    "city_type": ("sgtyp", "city_type"),
    "city_type_name": ("sgtyp_name", "city_type_name"),
    "mittelbereich": ("mb", "mittelbereich"),
    "mittelbereich_name": ("mb_name", "mittelbereich_name"),
    "planning_region": ("ror", "planning_region"),
    "planning_region_name": ("ror_name", "planning_region_name"),
    "labour_market_region": ("amr", "labour_market_region"),
    "labour_market_region_name": ("amr_name", "labour_market_region_name"),
    "county_type": ("ktyp4", "county_type"),
    "county_type_name": ("ktyp4_name", "county_type_name"),
}
BBSR_PUBLISHER = "Bundesinstitut für Bau-, Stadt- und Raumforschung (BBSR)"
WEIGHTED_COLUMNS = ("k_pop", "k_emp")
"""The table of the BBSR that carries figures from one territorial status to the next has these weights."""
WEIGHTED_PUBLISHER = "BBSR / Statistisches Bundesamt (Destatis)"
MOST_PEOPLE = 100_000_000


def read_population(content: Content, *, german: bool) -> Figures:
    """Read the inhabitants of municipalities from a CSV file; several rows of one municipality are added up.

    Raises
    ------
    EnrichmentError
        A column is missing or a cell is wrong.
    """
    return _summed(content, "population", POPULATION_COLUMNS, german=german)


def read_jobs(content: Content, *, german: bool) -> Figures:
    """Read jobs at the place of work from a CSV file; several rows of one municipality are added up.

    Raises
    ------
    EnrichmentError
        A column is missing or a cell is wrong.
    """
    return _summed(content, "jobs", JOB_COLUMNS, german=german)


def read_bbsr(content: Content, *, german: bool) -> Figures:
    """Read types and regions of the BBSR from a CSV file.

    Raises
    ------
    EnrichmentError
        A column is missing, a cell is wrong, or two rows of one municipality differ.
    """
    cells = read_csv(content)
    keys = cells.keys(cells.need(*KEY_COLUMNS), german=german)
    known = {column: cells.find(*names) for column, names in BBSR_COLUMNS.items()}
    if not any(known.values()):
        cells.need(*(names[0] for names in BBSR_COLUMNS.values()))
    first, group = first_rows(keys)
    texts: dict[str, Sequence[str | None]] = {}
    for column, name in known.items():
        if name is not None:
            texts[column] = _agreed(cells, name, first, group)
    published = any(name == BBSR_COLUMNS[column][0] for column, name in known.items())
    return Figures(
        note=content.note("bbsr", {"publisher": BBSR_PUBLISHER if published else None}),
        ids=[keys[row] for row in first.tolist()],
        names=_names(cells, first),
        area_km2=_areas(cells, group, len(first)),
        texts=texts,
    )


def _agreed(cells: Cells, name: str, first: np.ndarray, group: np.ndarray) -> list[str | None]:
    texts = cells.texts(name)
    for row, number in enumerate(group.tolist()):
        if texts[row] != texts[first[number]]:
            raise cells.fail(row, name, Message("is not what another row of this municipality says"))
    return [texts[row] for row in first.tolist()]


def _summed(content: Content, kind: str, columns: Sequence[str], *, german: bool) -> Figures:
    cells = read_csv(content)
    keys = cells.keys(cells.need(*KEY_COLUMNS), german=german)
    values = cells.numbers(cells.need(*columns), most=MOST_PEOPLE)
    first, group = first_rows(keys)
    numbers: Mapping[str, FloatArray] = {kind: np.round(sums(values, group, len(first)))}
    weighted = all(column in cells.columns for column in WEIGHTED_COLUMNS)
    return Figures(
        note=content.note(kind, {"publisher": WEIGHTED_PUBLISHER if weighted else None}),
        ids=[keys[row] for row in first.tolist()],
        names=_names(cells, first),
        area_km2=_areas(cells, group, len(first)),
        numbers=numbers,
    )


def _names(cells: Cells, first: np.ndarray) -> list[str]:
    column = cells.find(*NAME_COLUMNS)
    return [cells.columns[column][row] if column else "" for row in first.tolist()]


def _areas(cells: Cells, group: np.ndarray, count: int) -> FloatArray:
    column = cells.find(*AREA_COLUMNS)
    return np.full(count, np.nan) if column is None else sums(cells.numbers(column), group, count)
