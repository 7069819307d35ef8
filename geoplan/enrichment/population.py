"""New inhabitants for a dataset: joined, added up for the levels above, with their source beside each."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from geoplan.boundaries.assemble import population_above
from geoplan.boundaries.coverage import parent_rows
from geoplan.enrichment.figures import Figures, FloatArray
from geoplan.enrichment.join import Join
from geoplan.messages import Message
from geoplan.units import PARENT_LEVELS, PLACE_LEVELS, Level, UnitTable

AREA_DIFFERENCE = 0.2
"""From this relative difference on, a municipality of the source may not be that of the dataset."""
LISTED = 5


@dataclass(frozen=True, kw_only=True)
class NewPopulation:
    """A unit table with new inhabitants."""

    units: UnitTable
    sources: str
    """Whose figures they are; both, where older ones were kept."""
    flags: tuple[Message, ...]


def summed_above(units: UnitTable, values: FloatArray) -> FloatArray:
    """(n,) figures of the places (n,) with those of every level above: their sum, NaN where one is unknown.

    Unincorporated areas without a figure are passed over, for nobody lives or works there.
    """
    count = len(units.rows_of(*PLACE_LEVELS))
    levels = units.level[:count].tolist()
    summed = values.copy()
    for level in PARENT_LEVELS:
        group, parents = parent_rows(units, level)
        summed[units.rows_of(level)] = population_above(values[:count], levels, group, parents)
    return summed


def joined(units: UnitTable, join: Join, values: FloatArray) -> FloatArray:
    """(n,) the figures of a source at the rows of the units, NaN elsewhere."""
    column = np.full(len(units), np.nan)
    known = join.row >= 0
    column[join.row[known]] = values[known]
    return column


def with_population(units: UnitTable, join: Join, figures: Figures, *, keep_older: bool) -> NewPopulation:
    """Give the units the inhabitants of a source.

    Municipalities that the source lacks become unknown; with ``keep_older`` they keep the figure they had,
    which mixes two bases.
    """
    places = units.rows_of(*PLACE_LEVELS)
    new = joined(units, join, figures.numbers["population"])
    older = np.full(len(units), np.nan)
    older[places] = units.population[places]
    lost = np.isnan(new) & ~np.isnan(older) & (units.level == Level.MUNICIPALITY)
    kept = lost if keep_older else np.zeros_like(lost)
    population = summed_above(units, np.where(kept, older, new))
    label = figures.note.label
    sources = _sources(units, population, kept, label)
    whole = "; ".join(sorted({source for source in sources if source}, key=lambda one: (one != label, one)))
    return NewPopulation(
        units=replace(units, population=population, population_source=sources),
        sources=whole or label,
        flags=_flags(units, lost, keep_older=keep_older),
    )


def _sources(
    units: UnitTable, population: FloatArray, kept: NDArray[np.bool_], label: str
) -> list[str | None]:
    """The source of each figure; a sum over two sources names both."""
    older = {units.population_source[row] or "" for row in np.flatnonzero(kept).tolist()}
    mixed = "; ".join([label, *sorted(older)])
    sources: list[str | None] = [label] * len(units)
    for row in np.flatnonzero(kept).tolist():
        sources[row] = units.population_source[row]
        for level in PARENT_LEVELS:
            parent = units.parent_ids[level][row]
            if parent is not None and parent in units:
                sources[units.row(parent)] = mixed
    return [source if known else None for source, known in zip(sources, ~np.isnan(population), strict=True)]


def _flags(units: UnitTable, lost: NDArray[np.bool_], *, keep_older: bool) -> tuple[Message, ...]:
    rows = np.flatnonzero(lost)
    if not len(rows):
        return ()
    names = ", ".join(units.names[row] for row in rows[:LISTED].tolist())
    if keep_older:
        return (
            Message(
                "Mixed bases: {count:n0} municipalities keep the population of another source: {names} …",
                count=len(rows),
                names=names,
            ),
        )
    return (
        Message(
            "The population of {count:n0} municipalities was of another source and is unknown now: {names} …",
            count=len(rows),
            names=names,
        ),
    )


def area_differences(units: UnitTable, join: Join, figures: Figures) -> Mapping[str, float]:
    """Municipalities whose area in the source differs by more than a fifth: id, and area relative to here.

    Some took in others and kept their key; at coasts and rivers publishers draw the line differently.
    """
    known = (join.row >= 0) & ~np.isnan(figures.area_km2)
    rows = join.row[known]
    relative = figures.area_km2[known] / np.maximum(units.area_km2[rows], 1e-9)
    is_municipality = units.level[rows] == Level.MUNICIPALITY
    apart = np.flatnonzero((np.abs(relative - 1) > AREA_DIFFERENCE) & is_municipality)
    return {units.ids[rows[one]]: round(float(relative[one]), 3) for one in apart.tolist()}


def area_flags(differences: Mapping[str, float]) -> tuple[Message, ...]:
    """The flag for :func:`area_differences`."""
    if not differences:
        return ()
    return (
        Message(
            "{count:n0} municipalities have another area in the source (by more than {share:p0}): reforms, or"
            " coasts drawn differently. Their figures may be for another territory.",
            count=len(differences),
            share=AREA_DIFFERENCE,
        ),
    )
