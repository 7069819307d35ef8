"""What criteria look at: those on board, the candidates, and what lies between them."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.graph import BorderGraph
from geoplan.atlas import Atlas
from geoplan.services import Service
from geoplan.units import PLACE_LEVELS, Level

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class View:
    """A group of g units that is on board already and c candidates; rows are those of the atlas."""

    atlas: Atlas
    group: IntArray
    """(g,) the asking unit first, then its partners."""
    candidates: IntArray
    """(c,) distinct, none of them in the group."""
    service: Service | None = None
    """The field they would work together in."""
    centre: int | None = None
    """The city whose ring is looked at."""
    graph: BorderGraph | None = None
    """The borders to look at, where they are not those of the asking unit's level."""

    @property
    def asking(self) -> int:
        """The row of the unit that asks."""
        return int(self.group[0])

    @cached_property
    def borders(self) -> BorderGraph:
        """The borders between the units that are compared."""
        if self.graph is not None:
            return self.graph
        return self.atlas.level_borders(self.atlas.units.level[self.asking])

    @cached_property
    def distance_km(self) -> FloatArray:
        """(c,) mean distance between points on the surface, candidate to the group."""
        xy = self.atlas.units.xy
        step = xy[self.candidates][:, None, :] - xy[self.group][None, :, :]
        distance_km: FloatArray = np.hypot(step[..., 0], step[..., 1]).mean(axis=1) / 1000
        return distance_km

    @cached_property
    def border_km(self) -> FloatArray:
        """(c,) kilometres that each candidate shares with the group, on land."""
        metres = np.zeros(len(self.candidates))
        for member in self.group.tolist():
            neighbour, border_m = self.borders.neighbours(member)
            if len(neighbour):
                place = np.minimum(np.searchsorted(neighbour, self.candidates), len(neighbour) - 1)
                metres += np.where(neighbour[place] == self.candidates, border_m[place], 0.0)
        return metres / 1000

    @cached_property
    def steps(self) -> FloatArray:
        """(c,) borders to cross from the group; a way through an unincorporated area counts as one more."""
        orders = self.borders.orders(self.group, MAX_STEPS)
        return np.array([orders.get(row, np.inf) for row in self.candidates.tolist()])

    def shared_parent(self, level: Level) -> FloatArray:
        """(c,) share of the group that has, or is, the candidate's parent on ``level``; NaN: it has none."""
        parent = self.atlas.hierarchy.parent[level]
        is_parent = self.atlas.units.level[self.group] == level
        above, theirs = parent[self.group], parent[self.candidates]
        own = np.where(is_parent, self.group, above)
        share = (theirs[:, None] == own[None, :]).mean(axis=1)
        return np.where(theirs >= 0, share, np.nan if (above < 0).all() else 0.0)

    @cached_property
    def own_states(self) -> frozenset[int]:
        """Rows of the states that those on board lie in."""
        return frozenset(self.atlas.hierarchy.parent[Level.STATE][self.group].tolist()) - {-1}

    def designated(self, row: int) -> str:
        """A unit's name, with its designation where the name alone would mislead (Landkreis Würzburg)."""
        units = self.atlas.units
        name, designation = units.names[row], units.designations[row]
        speaking = any(word in name.lower() for word in ("kreis", "region", designation.lower()))
        plain = speaking or units.level[row] not in (Level.COUNTY, Level.ASSOCIATION)
        return name if plain else f"{designation} {name}"

    def name(self, place: int) -> str:
        """The name of a candidate."""
        return self.atlas.units.title(int(self.candidates[place]))

    @property
    def asking_name(self) -> str:
        """The name of the asking unit."""
        return self.atlas.units.title(self.asking)

    @property
    def among_places(self) -> bool:
        """Whether municipalities are compared (and not counties or regions)."""
        return self.atlas.units.level[self.asking] in PLACE_LEVELS


MAX_STEPS = 4
"""Beyond four borders the chain says nothing that distance does not say."""
