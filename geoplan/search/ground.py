"""In which unit a point on Earth lies."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.boundaries.measure import projection
from geoplan.errors import UnknownUnitError
from geoplan.messages import Message
from geoplan.search.coordinates import Point, distance_km, is_around
from geoplan.search.terms import FloatArray, IntArray
from geoplan.units import PARENT_LEVELS, PLACE_LEVELS, UnitTable

TOLERANCE_KM = 1.0
"""A point so near is still told with its distance: boundaries are generalised, and end at the shore."""
_FAR_DEGREES = 5.0
"""Beyond, the metric CRS of the dataset measures nothing any more."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Ground:
    """The areas of the places of a dataset; read when the first point is asked for."""

    units: UnitTable
    geometry_of: Callable[[IntArray], NDArray[np.object_]]
    """Polygons of rows in ``crs``."""
    crs: str
    """Metric CRS."""

    def units_at(self, point: Point, text: str) -> list[tuple[int, float]]:
        """Return the rows of the place at ``point`` and of the units above it, with the kilometres to it.

        0 km inside; several places where the point lies on their border.

        Raises
        ------
        UnknownUnitError
            More than 1 km away from any place; ``nearest`` has the nearest one.
        """
        rows, km = self._nearest(point)
        if km > TOLERANCE_KM:
            row = int(rows[0])
            message = Message(
                "“{value}” lies in no unit of the dataset; the nearest, {name} ({id}), is {km:n1} km away.",
                value=text, name=self.units.names[row], id=self.units.ids[row], km=km,
            )  # fmt: skip
            raise UnknownUnitError(message, value=text, nearest=[self.units.ids[row]])
        return [(row, km) for row in dict.fromkeys([*rows.tolist(), *self._above(rows)])]

    def _nearest(self, point: Point) -> tuple[IntArray, float]:
        """The places that are nearest, and the kilometres to them."""
        if not is_around(self.units, point, _FAR_DEGREES):
            km = distance_km(self.units, self._rows, point)
            place = int(np.argmin(km))
            return self._rows[[place]], float(km[place])
        x, y = self._project(np.array([point.longitude]), np.array([point.latitude]))
        places, metres = self._tree.query_nearest(shapely.Point(x[0], y[0]), return_distance=True)
        return self._rows[np.sort(places)], float(metres[0]) / 1000

    def _above(self, rows: IntArray) -> list[int]:
        ids = [self.units.parent_ids[level][row] for level in PARENT_LEVELS for row in rows.tolist()]
        return [self.units.row(one) for one in ids if one is not None and one in self.units]

    @cached_property
    def _rows(self) -> IntArray:
        return self.units.rows_of(*PLACE_LEVELS)

    @cached_property
    def _project(self) -> Callable[[FloatArray, FloatArray], tuple[FloatArray, FloatArray]]:
        return projection(self.crs)

    @cached_property
    def _tree(self) -> Any:
        return shapely.STRtree(self.geometry_of(self._rows))
