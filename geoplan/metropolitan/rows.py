"""The metropolitan regions of a dataset as units: appended to its unit table after all others."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.graph import BorderGraph
from geoplan.metropolitan.definitions import MetropolitanRegion, load_regions
from geoplan.metropolitan.regions import IntArray, MetropolitanRegions, inner_border_km
from geoplan.units import Level, UnitTable

COUNTRY = "DE"
DESIGNATION = "Europäische Metropolregion"


def with_metropolitan_regions(
    units: UnitTable, country: str | None, county_borders: BorderGraph | None = None
) -> tuple[UnitTable, MetropolitanRegions]:
    """Append the metropolitan regions, sorted by id, to a table of units.

    Parameters
    ----------
    units
        All other units of the dataset.
    country
        Of the dataset; regions are known for ``"DE"`` only.
    county_borders
        The borders between counties, rows as in ``units``. Given these, regions have a perimeter.

    Returns
    -------
    UnitTable, MetropolitanRegions
        The table is the given one, and there are no regions, where none of the member counties is known.
        A region of which only some are known consists of these; its population and perimeter are unknown.
    """
    found = _found_regions(units) if country == COUNTRY else []
    if not found:
        return units, MetropolitanRegions()
    first = len(units)
    regions = MetropolitanRegions(
        definitions={first + place: one.definition for place, one in enumerate(found)},
        listed_as={first + place: one.listed_as for place, one in enumerate(found)},
        missing={one.definition.id: one.missing for one in found if one.missing},
    )
    return _appended(units, found, county_borders), regions


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """A region as far as the dataset has it."""

    definition: MetropolitanRegion
    listed_as: dict[int, str]
    missing: tuple[str, ...]
    core: int | None
    """The row of the first core that the dataset has."""

    @property
    def rows(self) -> IntArray:
        return np.array(sorted(self.listed_as), dtype=np.int64)


def _found_regions(units: UnitTable) -> list[_Found]:
    catalogue = load_regions()
    row = {units.ids[county]: county for county in units.rows_of(Level.COUNTY).tolist()}
    found = []
    for _, region in sorted(catalogue.regions.items()):
        keys = {member: catalogue.county_keys(member, row) for member in region.members}
        listed_as = {row[key]: member for member in region.members for key in keys[member]}
        cores = [row[key] for core in region.cores for key in keys[core]]
        if listed_as:
            found.append(
                _Found(
                    definition=region,
                    listed_as=listed_as,
                    missing=tuple(member for member in region.members if not keys[member]),
                    core=cores[0] if cores else None,
                )
            )
    return found


def _appended(units: UnitTable, found: list[_Found], county_borders: BorderGraph | None) -> UnitTable:
    nothing: list[str | None] = [None] * len(found)
    points = [_point_rows(one) for one in found]
    return UnitTable(
        ids=units.ids + [one.definition.id for one in found],
        names=units.names + [one.definition.name.de for one in found],
        designations=units.designations + [DESIGNATION] * len(found),
        level=np.concatenate([units.level, np.array([Level.METROPOLITAN_REGION] * len(found), dtype=object)]),
        ars=units.ars + nothing,
        parent_ids={level: parents + nothing for level, parents in units.parent_ids.items()},
        population=np.append(units.population, [_whole(one, units.population) for one in found]),
        population_source=units.population_source + [_population_source(one, units) for one in found],
        area_km2=np.append(units.area_km2, [units.area_km2[one.rows].sum() for one in found]),
        perimeter_km=np.append(
            units.perimeter_km, [_perimeter_km(one, units, county_borders) for one in found]
        ),
        xy=np.concatenate([units.xy, [units.xy[rows].mean(axis=0) for rows in points]]),
        longitude=np.append(units.longitude, [units.longitude[rows].mean() for rows in points]),
        latitude=np.append(units.latitude, [units.latitude[rows].mean() for rows in points]),
    )


def _point_rows(one: _Found) -> IntArray:
    """The counties a region's point is taken from: its core, or all where the dataset lacks the core."""
    return one.rows if one.core is None else np.array([one.core], dtype=np.int64)


def _whole(one: _Found, column: NDArray[np.float64]) -> float:
    """The sum over all members; NaN where a member or its value is unknown."""
    return float("nan") if one.missing else float(column[one.rows].sum())


def _population_source(one: _Found, units: UnitTable) -> str | None:
    sources = {units.population_source[row] for row in one.rows.tolist()} - {None}
    return "; ".join(sorted(str(source) for source in sources)) or None


def _perimeter_km(one: _Found, units: UnitTable, county_borders: BorderGraph | None) -> float:
    """``sum of the members' perimeters - 2 × the borders among them``; NaN without borders or members."""
    if county_borders is None:
        return float("nan")
    return _whole(one, units.perimeter_km) - 2 * inner_border_km(one.rows, county_borders)
