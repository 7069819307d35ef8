"""Segments as rows that an engine can keep and shuffle, each with all that is asked of it."""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.reading import read_segments
from geoplan.adjacency.segments import BoolArray, FloatArray, IntArray, KeyArray, UnitArray
from geoplan.adjacency.sides import unit_is_left


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentRows:
    """Segments of any units in any order; those that follow one another in a ring have following numbers."""

    row: IntArray
    """(s,) the number of the segment among all of all units."""
    unit: UnitArray
    key: KeyArray
    """(s,) the same in both directions."""
    start_key: KeyArray
    end_key: KeyArray
    x0: FloatArray
    y0: FloatArray
    x1: FloatArray
    y1: FloatArray
    left: BoolArray
    """(s,) whether the unit lies to the left."""
    holed: BoolArray
    """(s,) whether it is part of a polygon with holes."""

    def __len__(self) -> int:
        return len(self.row)

    def take(self, rows: BoolArray | IntArray | slice) -> "SegmentRows":
        """The chosen rows."""
        return SegmentRows(**{name: column[rows] for name, column in self.columns().items()})

    def columns(self) -> dict[str, NDArray[Any]]:
        """The columns by name."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def lengths_m(self) -> FloatArray:
        """(s,) metres."""
        return np.asarray(np.sqrt((self.x1 - self.x0) ** 2 + (self.y1 - self.y0) ** 2))


def joined(parts: Iterable[SegmentRows]) -> SegmentRows:
    """The rows of all parts, of which there is at least one."""
    columns = [part.columns() for part in parts]
    return SegmentRows(**{name: np.concatenate([part[name] for part in columns]) for name in columns[0]})


def segment_rows(
    geometries: NDArray[np.object_], tolerance_m: float, *, first_unit: int, first_row: int
) -> tuple[SegmentRows, int]:
    """The segments of some of the units, and how many numbers they took; errors as in ``read_segments``."""
    table = read_segments(np.asarray(geometries, dtype=object), tolerance_m, first_unit=first_unit)
    ring_start = np.cumsum(table.ring_size) - table.ring_size
    left = np.repeat(unit_is_left(table, ring_start), table.ring_size)
    rows = np.flatnonzero(table.is_segment)
    start, end = table.xy[rows], table.xy[rows + 1]
    start_key, end_key = table.vertex_key[rows], table.vertex_key[rows + 1]
    found = SegmentRows(
        row=first_row + rows, unit=table.unit[rows], key=start_key + end_key,
        start_key=start_key, end_key=end_key, x0=start[:, 0], y0=start[:, 1], x1=end[:, 0], y1=end[:, 1],
        left=left[rows], holed=rows >= table.holed_from,
    )  # fmt: skip
    return found, len(table.xy)
