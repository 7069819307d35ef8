"""Who acts for whom where associations are the smallest units: they, and municipalities without one."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.graph import BorderGraph
from geoplan.atlas import Atlas
from geoplan.suggestions.around import PointGrid
from geoplan.units import Level

IntArray = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class AtomicUnits:
    """Associations and municipalities without one, side by side; rows are those of the unit table."""

    points: PointGrid
    """All units that act for themselves: associations, and municipalities that are in none."""
    acting: IntArray
    """(n,) who acts for each unit: the association of a municipality, else the unit itself."""
    graph: BorderGraph
    """Borders between acting units; unincorporated areas are in it, for the paths through them."""

    @property
    def rows(self) -> IntArray:
        """(a,) their rows."""
        return self.points.rows

    def acts_for_itself(self, rows: IntArray) -> NDArray[np.bool_]:
        """Whether no association acts for each of ``rows``."""
        alone: NDArray[np.bool_] = self.acting[rows] == rows
        return alone


@lru_cache(maxsize=8)
def atomic_units(atlas: Atlas) -> AtomicUnits:
    """The acting units of an atlas; its associations have to be known by the hierarchy."""
    association = atlas.hierarchy.parent[Level.ASSOCIATION]
    acting = np.where(association >= 0, association, np.arange(len(association)))
    units = atlas.units.rows_of(Level.MUNICIPALITY, Level.ASSOCIATION)
    own = units[acting[units] == units]
    return AtomicUnits(
        points=PointGrid.of(own, atlas.units.xy[own]),
        acting=acting,
        graph=atlas.borders.grouped(acting, len(acting)),
    )
