"""What the tables of an atlas are called, outside and in files."""

from collections.abc import Mapping

from geoplan.atlas import Atlas
from geoplan.units import Level
from geoplan_maps.exchange.columns import Table, border_table, level_table

BORDERS = "borders"
LEVELS: Mapping[str, Level] = {
    "municipalities": Level.MUNICIPALITY,
    "unincorporated-areas": Level.UNINCORPORATED_AREA,
    "associations": Level.ASSOCIATION,
    "counties": Level.COUNTY,
    "government-regions": Level.GOVERNMENT_REGION,
    "states": Level.STATE,
    "metropolitan-regions": Level.METROPOLITAN_REGION,
}
"""The level of each table of units."""
TABLES: Mapping[str, str] = {level.value: name for name, level in LEVELS.items()} | {"border": BORDERS}
"""The table for the word that one of its features goes by."""


def table_of(atlas: Atlas, name: str) -> Table:
    """A table by its name: one of :data:`LEVELS`, or :data:`BORDERS`."""
    return border_table(atlas) if name == BORDERS else level_table(atlas, LEVELS[name])


def table_names(atlas: Atlas) -> tuple[str, ...]:
    """The tables that an atlas has something for."""
    levels = [name for name, level in LEVELS.items() if len(atlas.units.rows_of(level))]
    return (*levels, BORDERS)
