"""Which unit is meant by a name that several units share, and when that cannot be said."""

import numpy as np

from geoplan.search.names import NameMatch
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
    levels = units.level[match.full]
    short = match.short[units.level[match.short] == Level.MUNICIPALITY]
    if (levels == Level.MUNICIPALITY).any():
        population = np.nan_to_num(units.population, nan=0.0)
        largest = population[match.full[levels == Level.MUNICIPALITY]].max()
        return short[population[short] > largest]
    return short[:0] if (levels == Level.STATE).any() else short


def foremost(units: UnitTable, rows: IntArray) -> IntArray:
    """Return those of ``rows`` on the level that a name means first: the town before its county."""
    for level in PRECEDENCE:
        found = rows[units.level[rows] == level]
        if len(found):
            return found
    return rows
