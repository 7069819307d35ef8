"""What a group looks like: how compact its area is, how evenly its inhabitants are spread."""

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


def compactness(atlas: Atlas, rows: IntArray) -> float | None:
    """Area of the group against that of a circle with its perimeter, 0 … 1 (Polsby, Popper 1991).

    ``4·π·A / P²``; P is the sum of the members' perimeters without the borders among them, which run inside.
    A group in pieces has the perimeters of all. ``None`` where a perimeter is unknown.
    """
    borders = atlas.level_borders(atlas.units.level[rows[0]])
    members = set(rows.tolist())
    inner_m = sum(
        metres
        for row in rows.tolist()
        for other, metres in zip(*(part.tolist() for part in borders.neighbours(row)), strict=True)
        if other in members
    )
    perimeter_km = float(atlas.units.perimeter_km[rows].sum()) - inner_m / 1000
    return isoperimetric(float(atlas.units.area_km2[rows].sum()), perimeter_km)


def isoperimetric(area_km2: float, perimeter_km: float) -> float | None:
    """``4·π·A / P²``; ``None`` where there is no perimeter."""
    if not perimeter_km > 0:
        return None
    return min(1.0, 4 * np.pi * area_km2 / perimeter_km**2)


def population_balance(population: FloatArray) -> float | None:
    """How evenly the inhabitants are spread over n members, 1/n … 1; ``None`` where a number is unknown.

    ``1 / (n · Σ share²)``: the number of equal members that would be as concentrated (inverse
    Herfindahl index), divided by n. 1: all are of one size; near 1/n: one has nearly all inhabitants.
    """
    total = float(population.sum())
    if not total > 0:
        return None
    return float(1 / (len(population) * ((population / total) ** 2).sum()))
