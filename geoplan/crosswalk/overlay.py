"""Where the places of two vintages overlap, and how thick the overlaps are."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.boundaries.dataset import Geometries
from geoplan.crosswalk.links import FloatArray, IntArray, largest

ALIKE = 0.7
"""Two units that have this much of their common area in common are one unit drawn twice."""
ENOUGH_ALIKE = 30
"""Of fewer such units most may have changed; then the lines are looked at, whoever they part."""
POINTS_OF_A_UNIT = 200
"""Looked at along the boundary of a unit."""


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """All overlaps of old and new places, slivers included."""

    old: IntArray
    new: IntArray
    """(m,) places of the two that overlap."""
    area: FloatArray
    """(m,) square metres."""
    pieces: Geometries
    """(m,) the overlaps themselves."""
    old_area: FloatArray
    new_area: FloatArray
    old_length_m: FloatArray
    """(old_count,) boundary of each old unit."""
    displacement_m: float
    """How far the boundary of one drawing usually lies from that of the other."""

    @property
    def share(self) -> FloatArray:
        """(m,) of the area of the old unit."""
        return np.asarray(self.area / self.old_area[self.old])

    @property
    def new_share(self) -> FloatArray:
        """(m,) of the area of the new unit."""
        return np.asarray(self.area / self.new_area[self.new])


def overlaid(old: Geometries, new: Geometries) -> Overlay:
    """Lay the places of two vintages, in one metric CRS, over one another."""
    shapely.prepare(old)
    first, second = shapely.STRtree(new).query(old, predicate="intersects")
    pieces = np.asarray(shapely.intersection(old[first], new[second]), dtype=object)
    area = np.asarray(shapely.area(pieces))
    solid = area > 0
    first, second, pieces, area = first[solid], second[solid], pieces[solid], area[solid]
    old_area, new_area = np.asarray(shapely.area(old)), np.asarray(shapely.area(new))
    union = old_area[first] + new_area[second] - area
    alike = _mutual(first, second, area, (len(old), len(new))) & (area >= ALIKE * union)
    length = np.minimum(shapely.length(old[first[alike]]), shapely.length(new[second[alike]]))
    moved = (union[alike] - area[alike]) / length  # the coarser line is the shorter one
    enough = len(moved) >= ENOUGH_ALIKE
    return Overlay(
        old=first, new=second, area=area, pieces=pieces, old_area=old_area, new_area=new_area,
        old_length_m=np.asarray(shapely.length(old)),
        displacement_m=float(np.median(moved)) if enough else lines_apart_m(old, new),
    )  # fmt: skip


def lines_apart_m(old: Geometries, new: Geometries) -> float:
    """How far the lines of two drawings usually lie apart, metres.

    Where units merge, the new lines are some of the old ones; where they are divided, the other way round.
    So the lines of each drawing are sought in the other, and the smaller distance is that of drawing alone.
    """
    return min(_usual_distance_m(old, new), _usual_distance_m(new, old))


def _usual_distance_m(units: Geometries, others: Geometries) -> float:
    """The median over the units of the median over the points of their boundaries."""
    lines = shapely.multilinestrings(shapely.get_parts(shapely.boundary(others)))
    shapely.prepare(lines)
    along = np.linspace(0, 1, POINTS_OF_A_UNIT, endpoint=False)
    points = shapely.line_interpolate_point(shapely.boundary(units)[:, None], along, normalized=True)
    return float(np.median(np.median(shapely.distance(points, lines), axis=1)))


def _mutual(old: IntArray, new: IntArray, area: FloatArray, counts: tuple[int, int]) -> NDArray[np.bool_]:
    """Overlaps that are the largest of both units."""
    here = np.arange(len(old))
    of_old, of_new = largest(old, area, counts[0])[old], largest(new, area, counts[1])[new]
    return np.asarray((of_old == here) & (of_new == here))


def inscribed_radius_m(pieces: Geometries, tolerance_m: float) -> FloatArray:
    """(m,) radius of the largest circle that fits into each piece, to ``tolerance_m``, metres."""
    if not len(pieces):
        return np.empty(0)
    areas = _areas_only(pieces)
    return np.asarray(shapely.length(shapely.maximum_inscribed_circle(areas, tolerance=tolerance_m)))


def _areas_only(pieces: Geometries) -> Geometries:
    """The pieces without the lines and points in which the two units touch besides."""
    parts, piece = shapely.get_parts(pieces, return_index=True)
    solid = shapely.get_dimensions(parts) == 2
    return np.asarray(shapely.multipolygons(parts[solid], indices=piece[solid]), dtype=object)
