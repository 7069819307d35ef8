"""Units of a level, and the borders between places, as columns with geometry."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.units import PLACE_LEVELS, Level
from geoplan_maps.exchange.lines import border_lines
from geoplan_maps.wgs84 import Geometries

Ints = NDArray[np.int64]


class Kind(StrEnum):
    """What the values of a column are; the words of JSON Schema."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"


@dataclass(frozen=True, kw_only=True, eq=False)
class Column:
    """One attribute of all features of a table."""

    kind: Kind
    values: NDArray[Any]
    """(n,) texts with ``None`` where unknown, truth values, or float64 with NaN where unknown."""

    def at(self, row: int) -> Any:
        """The value in a row as JSON writes it."""
        value = self.values[row]
        if self.kind == Kind.STRING:
            return value
        if self.kind == Kind.BOOLEAN:
            return bool(value)
        if np.isnan(value):
            return None
        return int(value) if self.kind == Kind.INTEGER else float(value)


@dataclass(frozen=True, kw_only=True, eq=False)
class Table:
    """Features of one sort: n of them."""

    ids: list[str]
    columns: Mapping[str, Column]
    crs: str
    """The metric CRS of ``geometry``."""
    shape: str
    """Their geometry type: ``MultiPolygon`` or ``MultiLineString``."""
    read_geometry: Callable[[], Geometries]
    read_bounds: Callable[[], tuple[float, ...]] | None = None
    """A box around all of ``geometry``, where there is a quicker way than reading it."""

    def __len__(self) -> int:
        return len(self.ids)

    @cached_property
    def geometry(self) -> Geometries:
        """(n,) geometries in ``crs``; read when they are first asked for."""
        return as_multi(self.read_geometry(), self.shape)

    @cached_property
    def bounds(self) -> tuple[float, ...]:
        """West, south, east and north of all features, in ``crs``."""
        if self.read_bounds is not None:
            return self.read_bounds()
        return tuple(shapely.total_bounds(self.geometry).tolist())


def as_multi(shapes: Geometries, kind: str) -> Geometries:
    """One form for a layer: GIS programs expect it."""
    make = shapely.multipolygons if kind == "MultiPolygon" else shapely.multilinestrings
    empty = shapely.MultiPolygon() if kind == "MultiPolygon" else shapely.MultiLineString()
    parts, owner = shapely.get_parts(shapes, return_index=True)
    whole = np.full(len(shapes), empty, dtype=object)
    return np.asarray(make(parts, indices=owner, out=whole) if len(parts) else whole, dtype=object)


def texts(values: Iterable[str | None]) -> Column:
    """A column of texts."""
    return Column(kind=Kind.STRING, values=np.array([*values, None], dtype=object)[:-1])


def numbers(values: NDArray[np.float64], digits: int) -> Column:
    """A column of numbers, rounded; NaN is unknown."""
    return Column(kind=Kind.NUMBER, values=np.round(values.astype(np.float64), digits))


def whole_numbers(values: NDArray[Any]) -> Column:
    """A column of whole numbers; NaN is unknown."""
    return Column(kind=Kind.INTEGER, values=values.astype(np.float64))


def truths(values: NDArray[np.bool_]) -> Column:
    """A column of truth values."""
    return Column(kind=Kind.BOOLEAN, values=values.astype(np.bool_))


def level_table(atlas: Atlas, level: Level) -> Table:
    """All units of a level."""
    return units_table(atlas, atlas.units.rows_of(level))


def units_table(atlas: Atlas, rows: Ints) -> Table:
    """The units in ``rows``, in that order, of any levels."""
    return Table(
        ids=[atlas.units.ids[row] for row in rows.tolist()],
        columns=unit_columns(atlas, rows),
        crs=atlas.provenance.crs,
        shape="MultiPolygon",
        read_geometry=lambda: atlas.geometry(rows),
    )


def unit_columns(atlas: Atlas, rows: Ints) -> dict[str, Column]:
    """What is told of the units in ``rows``; keys stand beside the names they belong to."""
    units, listed = atlas.units, rows.tolist()
    name_of = {unit_id: units.names[row] for row, unit_id in enumerate(units.ids)}
    parents = {level: [units.parent_ids[level][row] for row in listed] for level in _PARENTS}
    return {
        "id": texts(units.ids[row] for row in listed),
        "name": texts(units.names[row] for row in listed),
        "designation": texts(units.designations[row] for row in listed),
        "level": texts(units.level[row].value for row in listed),
        "ars": texts(units.ars[row] for row in listed),
        "association": texts(parents[Level.ASSOCIATION]),
        "county": texts(parents[Level.COUNTY]),
        "county_name": texts(name_of.get(key or "") for key in parents[Level.COUNTY]),
        "government_region": texts(parents[Level.GOVERNMENT_REGION]),
        "state": texts(parents[Level.STATE]),
        "state_name": texts(name_of.get(key or "") for key in parents[Level.STATE]),
        "population": whole_numbers(units.population[rows]),
        "population_source": texts(_population_source(atlas, row) for row in listed),
        "area_km2": numbers(units.area_km2[rows], 2),
        "perimeter_km": numbers(units.perimeter_km[rows], 2),
        "longitude": numbers(units.longitude[rows], 5),
        "latitude": numbers(units.latitude[rows], 5),
    }


_PARENTS = (Level.ASSOCIATION, Level.COUNTY, Level.GOVERNMENT_REGION, Level.STATE)


def _population_source(atlas: Atlas, row: int) -> str | None:
    units = atlas.units
    return None if np.isnan(units.population[row]) else units.population_source[row]


def border_table(atlas: Atlas) -> Table:
    """All borders between places on land: a line, its length, and the two units it parts."""
    units, graph = atlas.units, atlas.borders
    one, other = graph.pairs[:, 0], graph.pairs[:, 1]
    pairs = [(units.ids[a], units.ids[b]) for a, b in graph.pairs.tolist()]
    ids = [f"{a}-{b}" for a, b in pairs]
    return Table(
        ids=ids,
        columns={
            "id": texts(ids),
            "one": texts(a for a, _ in pairs),
            "one_name": texts(units.names[row] for row in one.tolist()),
            "other": texts(b for _, b in pairs),
            "other_name": texts(units.names[row] for row in other.tolist()),
            "border_km": numbers(graph.pair_border_m / 1000, 4),
            "between_counties": truths(_parted(atlas, Level.COUNTY, graph.pairs)),
            "between_states": truths(_parted(atlas, Level.STATE, graph.pairs)),
        },
        crs=atlas.provenance.crs,
        shape="MultiLineString",
        read_geometry=lambda: border_lines(atlas),
        read_bounds=lambda: _place_bounds(atlas),
    )


def _place_bounds(atlas: Atlas) -> tuple[float, ...]:
    places = atlas.geometry(atlas.units.rows_of(*PLACE_LEVELS))
    return tuple(shapely.total_bounds(places).tolist())


def _parted(atlas: Atlas, level: Level, pairs: Ints) -> NDArray[np.bool_]:
    """(m,) whether the two units of each pair lie in different units of ``level``."""
    parent = atlas.hierarchy.parent[level][pairs]
    return np.asarray(parent[:, 0] != parent[:, 1], dtype=np.bool_)
