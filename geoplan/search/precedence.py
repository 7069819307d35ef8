"""Which unit is meant by a name that several units share, and when that cannot be said."""

import numpy as np

from geoplan.search.name_match import NameMatch
from geoplan.search.ranking import PRECEDENCE
from geoplan.search.terms import IntArray
from geoplan.units import Level, UnitTable


def rivals(units: UnitTable, match: NameMatch) -> IntArray:
    """Return the rows that are called so for short, and may be meant as well as those with the full name.

    All of them where no unit has the full name. Else municipalities only: with more inhabitants than those
    of the full name ("Weiden" may be a village, or Weiden i.d. OPf.), or where the full name is that of a
    county (Oldenburg); but a state that is named in full is meant.
    """
    if not len(match.full):
        return match.short
    short = on_level(units, match.short, Level.MUNICIPALITY)
    full = on_level(units, match.full, Level.MUNICIPALITY)
    if len(full):
        population = np.nan_to_num(units.population, nan=0.0)
        larger: IntArray = short[population[short] > population[full].max()]
        return larger
    return short[:0] if len(on_level(units, match.full, Level.STATE)) else short


def foremost(units: UnitTable, rows: IntArray) -> IntArray:
    """Return those of ``rows`` on the level that a name means first: the town before its county."""
    for level in PRECEDENCE:
        found = on_level(units, rows, level)
        if len(found):
            return found
    return rows


def on_level(units: UnitTable, rows: IntArray, level: Level) -> IntArray:
    """Return those of ``rows`` that are units of ``level``."""
    kept: IntArray = rows[units.level[rows] == level]
    return kept
