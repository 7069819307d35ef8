"""What lies around: the land, county and state lines within a frame."""

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.units import Level
from geoplan_maps.wgs84 import Geometries

KEPT_DETAIL_M = 25.0
"""Tolerance below which nothing is simplified; the embedded boundaries are generalised coarser."""

_SEGMENT = np.dtype([("west", "f8"), ("south", "f8"), ("east", "f8"), ("north", "f8")])


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A rectangle in the metric CRS of the dataset, metres."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def around(cls, shapes: Geometries) -> "Frame":
        """The bounds of ``shapes``; at least one of them is not empty."""
        west, south, east, north = shapely.total_bounds(shapes).tolist()
        return cls(west=west, south=south, east=east, north=north)

    @property
    def extent_m(self) -> float:
        """The longer side."""
        return max(self.east - self.west, self.north - self.south)

    def widened(self, metres: float) -> "Frame":
        """The frame with ``metres`` more on every side."""
        return Frame(
            west=self.west - metres,
            south=self.south - metres,
            east=self.east + metres,
            north=self.north + metres,
        )

    @property
    def box(self) -> shapely.Polygon:
        """The rectangle as a polygon."""
        return shapely.box(self.west, self.south, self.east, self.north)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backdrop:
    """Geometry in the metric CRS of the dataset, within a frame."""

    land: shapely.Geometry
    """Area of the country; empty where the dataset has neither states nor counties."""
    county_lines: shapely.Geometry
    """County borders that are not state borders too."""
    state_lines: shapely.Geometry
    """State borders with the outer border of the country."""


def build_backdrop(atlas: Atlas, frame: Frame, tolerance_m: float) -> Backdrop:
    """Cut land, county lines and state lines to ``frame``; lines end at their last point within it.

    States are put together from their counties, so that both share their lines at any ``tolerance_m``.
    Where a dataset has no counties, states are drawn alone.
    """
    near = frame.widened(2 * tolerance_m)
    rows = _rows_within(atlas, Level.COUNTY, near)
    counties = simplified(atlas.geometry(rows), tolerance_m)
    states = _merged(counties, atlas.hierarchy.parent[Level.STATE][rows])
    if not len(rows):
        states = simplified(atlas.geometry(_rows_within(atlas, Level.STATE, near)), tolerance_m)
    state_segments = _segments(states, frame)
    return Backdrop(
        land=shapely.coverage_union_all(shapely.intersection(states, frame.box)),
        county_lines=_lines(np.setdiff1d(_segments(counties, frame), state_segments)),
        state_lines=_lines(state_segments),
    )


def _rows_within(atlas: Atlas, level: Level, frame: Frame) -> NDArray[np.int64]:
    rows = atlas.units.rows_of(level)
    return rows[shapely.intersects(atlas.geometry(rows), frame.box)]


def simplified(shapes: Geometries, tolerance_m: float) -> Geometries:
    """Units of one level with less detail; neighbours stay neighbours."""
    if tolerance_m < KEPT_DETAIL_M or not len(shapes):
        return shapes
    return np.asarray(shapely.coverage_simplify(shapes, tolerance_m), dtype=object)


def _merged(shapes: Geometries, group: NDArray[np.int64]) -> Geometries:
    merged = [shapely.coverage_union_all(shapes[group == one]) for one in np.unique(group)]
    return np.array(merged, dtype=object)


def _segments(shapes: Geometries, frame: Frame) -> NDArray[np.void]:
    """Every segment of the rings of ``shapes`` within ``frame`` once, as four coordinates.

    Neighbours share their vertices, so a common border is found by equal segments; this is many times
    faster than a union of lines.
    """
    rings = shapely.get_rings(shapely.get_parts(shapes))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    joined = ring[:-1] == ring[1:]
    start, end = points[:-1][joined], points[1:][joined]
    turned = (start[:, 0] > end[:, 0]) | ((start[:, 0] == end[:, 0]) & (start[:, 1] > end[:, 1]))
    segments = np.where(turned[:, None], np.hstack([end, start]), np.hstack([start, end]))
    x, y = segments[:, [0, 2]], segments[:, [1, 3]]
    seen = (x >= frame.west) & (x <= frame.east) & (y >= frame.south) & (y <= frame.north)
    return np.unique(np.ascontiguousarray(segments[seen.any(axis=1)]).view(_SEGMENT).ravel())


def _lines(segments: NDArray[np.void]) -> shapely.Geometry:
    """The segments as lines from junction to junction."""
    points = segments.view(np.float64).reshape(-1, 2, 2)
    parts = np.asarray(shapely.linestrings(points), dtype=object)
    return shapely.line_merge(shapely.MultiLineString(parts.tolist()))
