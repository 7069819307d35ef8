"""What a group covers: its places, inhabitants, area, pieces, counties and states."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.networks.contiguity import passable_neighbours, pieces
from geoplan.networks.shape import compactness
from geoplan.units import PLACE_LEVELS, AdministrativeUnit, Level, titles_beside

IntArray = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Footprint:
    """A group of members on the map. Members may be of several levels and may lie within one another."""

    atlas: Atlas
    rows: IntArray
    """(n,) the members, sorted by id; each once."""

    @cached_property
    def level(self) -> Level | None:
        """The level of all members; ``None`` where they are of several."""
        levels = set(self.atlas.units.level[self.rows].tolist())
        return levels.pop() if len(levels) == 1 else None

    @cached_property
    def member_places(self) -> list[IntArray]:
        """The places of each member: itself, or all that belong to it."""
        return [self._places(row) for row in self.rows.tolist()]

    @cached_property
    def places(self) -> IntArray:
        """All places covered, each once."""
        return np.unique(np.concatenate(self.member_places))

    @cached_property
    def neighbours(self) -> list[list[int]]:
        """For each member those it reaches directly: over a border, an unincorporated area or a link."""
        if self.level is not None:
            return passable_neighbours(self.atlas, self.rows)
        reach = passable_neighbours(self.atlas, self.places)
        place = {row: number for number, row in enumerate(self.places.tolist())}
        own = [{place[row] for row in rows.tolist()} for rows in self.member_places]
        around = [set().union(*(reach[one] for one in here)) | here for here in own]
        count = range(len(own))
        return [[other for other in count if other != one and around[one] & own[other]] for one in count]

    @cached_property
    def components(self) -> list[list[int]]:
        """The connected pieces, as places in :attr:`rows`."""
        return pieces(self.neighbours)

    @cached_property
    def articulation(self) -> list[int]:
        """Members without whom the others fall into more pieces; places in :attr:`rows`."""
        everybody = range(len(self.rows))
        return [
            one
            for one in everybody
            if len(pieces(self.neighbours, [other for other in everybody if other != one]))
            > len(self.components) - (not self.neighbours[one])
        ]

    @cached_property
    def holding(self) -> list[int]:
        """Rows of the members that other members lie in: a county among its municipalities."""
        holds = self.atlas.hierarchy.holds
        return [row for row in self.rows.tolist() if holds(row, self.rows).any()]

    @cached_property
    def without_holders(self) -> "Footprint":
        """The members in whom no other lies; the group itself where there are fewer than two of them."""
        own = self.rows[~np.isin(self.rows, self.holding)]
        return replace(self, rows=own) if 1 < len(own) < len(self.rows) else self

    @cached_property
    def enclosed(self) -> list[int]:
        """Rows of units outside all of whose passable neighbours are inside: they would be left alone."""
        level = Level.MUNICIPALITY if self.level is None or self.level in PLACE_LEVELS else self.level
        inside = self.places if level == Level.MUNICIPALITY else self.rows
        borders = self.atlas.level_borders(level)
        near = borders.orders(inside, 3)
        outside = [
            row for row in near if row not in set(inside.tolist()) and self.atlas.units.level[row] == level
        ]
        if not outside:
            return []
        wider = np.array(sorted({*borders.orders(np.array(outside), 3), *inside.tolist()}), dtype=np.int64)
        # Unincorporated areas are walked through, so they are no neighbours themselves.
        looked_at = wider[self.atlas.units.level[wider] != Level.UNINCORPORATED_AREA]
        reach = passable_neighbours(self.atlas, looked_at)
        place = {row: number for number, row in enumerate(looked_at.tolist())}
        within = {place[row] for row in inside.tolist() if row in place}
        return [row for row in sorted(outside) if reach[place[row]] and set(reach[place[row]]) <= within]

    @property
    def municipalities(self) -> IntArray:
        """The municipalities on board; where none is a member itself, those that the members hold."""
        for rows in (self.rows, self.places):
            own: IntArray = rows[self.atlas.units.level[rows] == Level.MUNICIPALITY]
            if len(own):
                return own
        return own

    @property
    def area_km2(self) -> float:
        """Area, members within others once."""
        return float(self.atlas.units.area_km2[self.places].sum())

    @cached_property
    def compactness(self) -> float | None:
        """``4·π·A / P²`` of the area together; ``None`` where a perimeter is unknown."""
        return compactness(self.atlas, self.rows if self.level is not None else self.places)

    def above(self, level: Level) -> list[str]:
        """Ids of the units of ``level`` that the places covered belong to."""
        parent = self.atlas.hierarchy.parent[level][self.places]
        return [self.atlas.units.ids[row] for row in np.unique(parent[parent >= 0]).tolist()]

    @cached_property
    def states_adjacent(self) -> bool:
        """Whether the states concerned border one another as a chain."""
        rows = np.array([self.atlas.units.row(key) for key in self.above(Level.STATE)], dtype=np.int64)
        return len(pieces(passable_neighbours(self.atlas, rows))) <= 1

    def associations(self) -> dict[int, list[int]]:
        """Each association of a member municipality (by row) and its members on board, by place."""
        parent = self.atlas.hierarchy.parent[Level.ASSOCIATION][self.rows].tolist()
        found: dict[int, list[int]] = {}
        for place, row in enumerate(parent):
            if row >= 0 and self.atlas.units.level[self.rows[place]] == Level.MUNICIPALITY:
                found.setdefault(row, []).append(place)
        return found

    def names(self, rows: list[int]) -> str:
        """Names of rows, parted by commas."""
        return ", ".join(self._title(self.atlas.units.at(row)) for row in rows)

    @cached_property
    def _title(self) -> Callable[[AdministrativeUnit], str]:
        return titles_beside(self.atlas.units.at(row) for row in self.rows.tolist())

    def _places(self, row: int) -> IntArray:
        level = self.atlas.units.level[row]
        if level in PLACE_LEVELS:
            return np.array([row], dtype=np.int64)
        if level == Level.METROPOLITAN_REGION:
            counties = self.atlas.regions.members[row].tolist()
            return np.concatenate([self._places(county) for county in counties])
        below = self.atlas.hierarchy.children(row)
        places: IntArray = below[np.isin(self.atlas.units.level[below], PLACE_LEVELS)]
        return places

    def outermost(self) -> list[int]:
        """Members that lie in no other member, by place in :attr:`rows`."""
        sets = [set(rows.tolist()) for rows in self.member_places]
        return [
            one
            for one, own in enumerate(sets)
            if not any(own < other or (own == other and place < one) for place, other in enumerate(sets))
        ]

    def inhabitants(self, member: int) -> float | None:
        """Inhabitants of the member at a place in :attr:`rows`; of a county those of its municipalities."""
        own = float(self.counted(member)[0].sum())
        return None if np.isnan(own) else own

    def counted(self, member: int) -> tuple[NDArray[np.float64], IntArray]:
        """What the inhabitants of a member add up from, NaN where unknown, and the rows these are of.

        That is its own number; where it has none, those of its municipalities.
        """
        population, rows = self.atlas.units.population, self.rows[member : member + 1]
        if np.isnan(population[rows]).any():
            places = self.member_places[member]
            rows = places[self.atlas.units.level[places] == Level.MUNICIPALITY]
        return population[rows], rows
