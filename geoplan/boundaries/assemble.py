"""From the features of a source to a dataset: parts merged, sizes and borders measured, parents placed."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.boundaries.coverage import dissolved, repaired
from geoplan.boundaries.dataset import Borders, BoundaryDataset, Geometries
from geoplan.boundaries.measure import area_km2, borders, lon_lat, points_on_surface
from geoplan.boundaries.raw import RawBoundaries, RawNames, RawPlaces
from geoplan.errors import DatasetError
from geoplan.messages import Message
from geoplan.provenance import Provenance
from geoplan.units import PARENT_LEVELS, Level, UnitTable

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]

DEGREE_DIGITS = 6
"""A tenth of a metre."""
KILOMETRE_DIGITS = 6
"""Square metres of an area, millimetres of a perimeter: what is beyond is noise."""
_AREAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


@dataclass(frozen=True, kw_only=True)
class _Part:
    """The units of the places, or of one level above, as columns."""

    ids: list[str]
    names: list[str]
    designations: list[str]
    levels: list[Level]
    ars: list[str | None]
    parent_ids: dict[Level, list[str | None]]
    population: FloatArray
    area_km2: FloatArray
    perimeter_km: FloatArray
    geometry: Geometries


def assemble(raw: RawBoundaries, provenance: Provenance) -> BoundaryDataset:
    """Make a dataset of what a reader found; its polygons are those of the source, repaired.

    Features of one id are parts of one unit. Its land is the unit's geometry; a unit that is all water
    keeps its water. The levels above are the unions of their places: a unit without places is left out.

    Raises
    ------
    DatasetError
        There is no place with an area.
    """
    first, land, whole = _merged(raw.places)
    if not len(first):
        raise DatasetError(Message("The dataset has no municipality with an area."))
    measured = borders(land, whole)
    places = _places(raw, first, repaired(land))
    levels = [level for level in PARENT_LEVELS if level in raw.parents]
    parts = [places, *(_above(level, raw.parents[level], places, measured) for level in levels)]
    geometry = {part.levels[0]: part.geometry for part in parts[1:] if part.levels}
    geometry[Level.MUNICIPALITY] = places.geometry
    no_units = np.empty(0, dtype=object)
    return BoundaryDataset(
        units=_table(parts, raw.crs, provenance.population_source),
        borders=measured,
        provenance=provenance,
        read_geometry=lambda level: geometry.get(level, no_units),
    )


def _merged(places: RawPlaces) -> tuple[IntArray, Geometries, Geometries]:
    """By id: the first row of each unit (a land part where there is one), its land, and land with water."""
    is_area = np.isin(shapely.get_type_id(places.geometry), _AREAL) & ~shapely.is_empty(places.geometry)
    solid = np.flatnonzero(is_area)
    ids = np.array(places.ids, dtype=str)
    order = solid[np.lexsort((~places.on_land[solid], ids[solid]))]
    _, first, unit = np.unique(ids[order], return_index=True, return_inverse=True)
    is_land = places.on_land[order] | ~places.on_land[order[first]][unit]
    whole = _collected(places.geometry[order], unit)
    land = whole.copy()
    wet = np.unique(unit[~is_land])
    dry_part = is_land & np.isin(unit, wet)
    land[wet] = _collected(places.geometry[order[dry_part]], np.searchsorted(wet, unit[dry_part]))
    return order[first], land, whole


def _collected(geometry: Geometries, unit: IntArray) -> Geometries:
    """One multipolygon of each unit's parts; ``unit`` (n,) is sorted and without gaps."""
    parts, row = shapely.get_parts(geometry, return_index=True)
    return np.asarray(shapely.multipolygons(parts, indices=unit[row]), dtype=object)


def _places(raw: RawBoundaries, rows: IntArray, land: Geometries) -> _Part:
    places = raw.places
    at = rows.tolist()
    named = {level: set(names.ids) for level, names in raw.parents.items()}
    return _Part(
        ids=[places.ids[row] for row in at],
        names=[places.names[row] for row in at],
        designations=[places.designations[row] for row in at],
        levels=[places.levels[row] for row in at],
        ars=[places.ars[row] for row in at],
        parent_ids={
            level: [_if_known(places.parent_ids[level][row], named.get(level, set())) for row in at]
            for level in PARENT_LEVELS
        },
        population=places.population[rows],
        area_km2=area_km2(land, raw.crs),
        perimeter_km=np.asarray(shapely.length(land)) / 1000,
        geometry=land,
    )


def _if_known(key: str | None, known: set[str]) -> str | None:
    return key if key in known else None


def _above(level: Level, names: RawNames, places: _Part, measured: Borders) -> _Part:
    """A level above: unions and sums of the places that belong to each unit."""
    used = {key for key in places.parent_ids[level] if key is not None}
    kept = sorted((key, row) for row, key in enumerate(names.ids) if key in used)
    number = {key: place for place, (key, _) in enumerate(kept)}
    group = np.array([-1 if key is None else number[key] for key in places.parent_ids[level]], dtype=np.int64)
    ids = list(number)
    return _Part(
        ids=ids,
        names=[names.names[row] for _, row in kept],
        designations=[names.designations[row] for _, row in kept],
        levels=[level] * len(ids),
        ars=[names.ars[row] for _, row in kept],
        parent_ids={above: _common_parents(level, above, places, group, len(ids)) for above in PARENT_LEVELS},
        population=population_above(places.population, places.levels, group, len(ids)),
        area_km2=_sums(places.area_km2, group, len(ids)),
        perimeter_km=_perimeter_km(places.perimeter_km, group, len(ids), measured),
        geometry=dissolved(places.geometry, group, len(ids)),
    )


def _sums(values: FloatArray, group: IntArray, count: int) -> FloatArray:
    return np.bincount(group[group >= 0], values[group >= 0], minlength=count).astype(np.float64)


def _perimeter_km(perimeter_km: FloatArray, group: IntArray, count: int, measured: Borders) -> FloatArray:
    """What is left of the places' boundaries without the borders inside the unit, which count twice."""
    one, other = group[measured.pairs[:, 0]], group[measured.pairs[:, 1]]
    inside = (one == other) & (one >= 0)
    inner_km = np.bincount(one[inside], measured.border_m[inside] / 1000, minlength=count)
    return _sums(perimeter_km, group, count) - 2 * inner_km


def _common_parents(
    level: Level, above: Level, places: _Part, group: IntArray, count: int
) -> list[str | None]:
    """The parent on ``above`` that all places of a unit have; ``None`` on its own level and below."""
    common: list[str | None] = [None] * count
    if PARENT_LEVELS.index(above) <= PARENT_LEVELS.index(level):
        return common
    found: list[set[str | None]] = [set() for _ in range(count)]
    for number, key in zip(group.tolist(), places.parent_ids[above], strict=True):
        if number >= 0:
            found[number].add(key)
    return [next(iter(keys)) if len(keys) == 1 else None for keys in found]


def population_above(
    population: FloatArray, levels: Sequence[Level], group: IntArray, count: int
) -> FloatArray:
    """(count,) inhabitants of each group of places, NaN as soon as one municipality is unknown.

    Unincorporated areas have no inhabitants, but for a handful, and no figure: unknown ones are passed over.
    """
    is_municipality = np.array([level == Level.MUNICIPALITY for level in levels])
    counted = np.where(is_municipality, population, np.nan_to_num(population))
    summed = _sums(counted, group, count)
    members = _sums(is_municipality.astype(np.float64), group, count)
    return np.where(members > 0, summed, np.nan)


def _table(parts: Sequence[_Part], crs: str, population_source: str | None) -> UnitTable:
    population = np.concatenate([part.population for part in parts])
    known = ~np.isnan(population)
    xy = np.concatenate([points_on_surface(part.geometry) for part in parts])
    degrees = np.round(lon_lat(xy, crs), DEGREE_DIGITS)
    level = np.empty(len(population), dtype=object)
    level[:] = [level for part in parts for level in part.levels]
    return UnitTable(
        ids=[key for part in parts for key in part.ids],
        names=[name for part in parts for name in part.names],
        designations=[designation for part in parts for designation in part.designations],
        level=level,
        ars=[ars for part in parts for ars in part.ars],
        parent_ids={
            parent: [key for part in parts for key in part.parent_ids[parent]] for parent in PARENT_LEVELS
        },
        population=population,
        population_source=[population_source if here else None for here in known.tolist()],
        area_km2=np.round(np.concatenate([part.area_km2 for part in parts]), KILOMETRE_DIGITS),
        perimeter_km=np.round(np.concatenate([part.perimeter_km for part in parts]), KILOMETRE_DIGITS),
        xy=xy,
        longitude=degrees[:, 0],
        latitude=degrees[:, 1],
    )
