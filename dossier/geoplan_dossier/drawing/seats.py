"""Where a name lies within an area, so that it does not run across a border."""

from dataclasses import dataclass

import numpy as np
import shapely

STEPS = 15
"""So many places are tried across an area, and so many down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place for a name; metres."""

    x: float
    y: float
    within: bool
    """Whether the whole name lies in the area."""


def seat_of(shape: shapely.Geometry, width_m: float, height_m: float, tolerance_m: float) -> Seat:
    """Where a name lies in an area: as near to the middle of its widest part as it can, else in that middle.

    Parameters
    ----------
    shape
        A polygon or several, of which the largest counts; not empty.
    width_m, height_m
        Of the name, metres.
    tolerance_m
        How exactly the middle has to be found, metres.
    """
    largest = max(shapely.get_parts(shape).tolist(), key=shapely.area)
    middle = shapely.maximum_inscribed_circle(largest, tolerance=tolerance_m)
    x, y = shapely.get_coordinates(middle)[0].tolist()
    west, south, east, north = shapely.bounds(largest).tolist()
    across, down = np.meshgrid(
        np.append(np.linspace(west + width_m / 2, east - width_m / 2, STEPS), x),
        np.append(np.linspace(south + height_m / 2, north - height_m / 2, STEPS), y),
    )
    boxes = shapely.box(across - width_m / 2, down - height_m / 2, across + width_m / 2, down + height_m / 2)
    shapely.prepare(largest)
    within = shapely.contains(largest, boxes)
    if not within.any():
        return Seat(x=x, y=y, within=False)
    nearest = np.argmin(np.where(within, np.hypot(across - x, down - y), np.inf))
    return Seat(x=float(across.flat[nearest]), y=float(down.flat[nearest]), within=True)
