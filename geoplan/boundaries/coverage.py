"""How areas that tile a country are repaired, generalised and dissolved, and neighbours stay neighbours."""

from dataclasses import replace

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.boundaries.dataset import BoundaryDataset, Geometries
from geoplan.units import PARENT_LEVELS, PLACE_LEVELS, Level, UnitTable


def repaired(geometry: Geometries) -> Geometries:
    """The same areas with valid rings; parts of a unit that share an edge become one."""
    valid = geometry.copy()
    broken = ~shapely.is_valid(geometry)
    valid[broken] = shapely.make_valid(geometry[broken], method="structure", keep_collapsed=False)
    return valid


def generalised(geometry: Geometries, *, tolerance_m: float, grid_m: float = 1.0) -> Geometries:
    """Generalise areas that tile a country together, so that a common line stays one common line.

    Coordinates are rounded first: rounding unites what millimetres keep apart, and simplification then
    only leaves vertices out, so the result lies on the grid and is as valid as it was before it.

    Parameters
    ----------
    tolerance_m
        Square root of the area, m², of the triangles that are left out (Visvalingam–Whyatt).
    grid_m
        The grid, metres, that coordinates are rounded to.
    """
    on_grid = shapely.transform(geometry, lambda xy: np.round(xy / grid_m) * grid_m)
    return np.asarray(
        shapely.coverage_simplify(repaired(np.asarray(on_grid, dtype=object)), tolerance_m), dtype=object
    )


def dissolved(geometry: Geometries, group: NDArray[np.int64], count: int) -> Geometries:
    """(count,) the union of the areas of each group; ``group`` (n,) numbers each area's, -1 for none.

    The lines of the union are those of the areas. A group of areas that do not fit together edge by edge
    is united the slow way.
    """
    order = np.argsort(group, kind="stable")
    first = np.searchsorted(group[order], np.arange(count + 1))
    union = np.empty(count, dtype=object)
    for number in range(count):
        union[number] = _united(geometry[order[first[number] : first[number + 1]]])
    return union


def _united(areas: Geometries) -> shapely.Geometry:
    try:
        quick = shapely.coverage_union_all(areas)
    except shapely.errors.GEOSException:  # edges are not noded alike on both sides
        return shapely.union_all(areas)
    return quick if shapely.is_valid(quick) else shapely.union_all(areas)


def parent_rows(units: UnitTable, level: Level) -> tuple[NDArray[np.int64], int]:
    """For each place the number of its parent on ``level`` (-1: none), and how many units that level has."""
    rows = units.rows_of(level)
    number = {units.ids[row]: place for place, row in enumerate(rows.tolist())}
    place_count = len(units.rows_of(*PLACE_LEVELS))
    parents = units.parent_ids[level][:place_count]
    return np.array([-1 if key is None else number.get(key, -1) for key in parents], dtype=np.int64), len(
        rows
    )


def generalised_dataset(dataset: BoundaryDataset, *, tolerance_m: float) -> BoundaryDataset:
    """The same dataset with generalised polygons; what was measured on the full ones stays."""
    places = generalised(dataset.read_geometry(Level.MUNICIPALITY), tolerance_m=tolerance_m)
    geometry = {Level.MUNICIPALITY: places}
    for level in PARENT_LEVELS:
        geometry[level] = dissolved(places, *parent_rows(dataset.units, level))
    return replace(dataset, read_geometry=geometry.__getitem__)
