"""Who is a member of which metropolitan region, and which regions border."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.adjacency.graph import BorderGraph
from geoplan.evidence import Statement
from geoplan.metropolitan.definitions import MetropolitanRegion

IntArray = NDArray[np.int64]
Geometries = NDArray[np.object_]


@dataclass(frozen=True, kw_only=True, eq=False)
class MetropolitanRegions:
    """The metropolitan regions of a dataset; rows are those of its unit table."""

    definitions: dict[int, MetropolitanRegion] = field(default_factory=dict)
    """What is known of each region, by its row."""
    listed_as: dict[int, dict[int, str]] = field(default_factory=dict)
    """For each region by its row: the rows of its counties and the key each is a member under.

    The two differ where the dataset is older or newer than the list of members.
    """
    missing: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """For each region by its id: member keys that the dataset lacks; regions without any are left out."""

    @cached_property
    def members(self) -> dict[int, IntArray]:
        """For each region by its row: the rows of its counties, sorted."""
        return {
            region: np.array(sorted(counties), dtype=np.int64) for region, counties in self.listed_as.items()
        }

    @cached_property
    def _regions_of_county(self) -> dict[int, list[int]]:
        regions: dict[int, list[int]] = {}
        for region, counties in self.listed_as.items():
            for county in counties:
                regions.setdefault(county, []).append(region)
        return regions

    def regions_of(self, county_row: int) -> list[int]:
        """The rows of the regions that a county is a member of; several are normal."""
        return list(self._regions_of_county.get(county_row, ()))

    def mark(self, region_row: int) -> str:
        """How sure the list of members is: V, U, D or C."""
        return self.definitions[region_row].statement.mark.value

    def source(self, region_row: int) -> str:
        """Where the list of members was read."""
        return self.definitions[region_row].statement.reference

    def membership(self, region_row: int, county_row: int) -> Statement:
        """The evidence for one county being a member; ``KeyError`` where it is none."""
        return self.definitions[region_row].membership(self.listed_as[region_row][county_row])

    def borders(self, county_borders: BorderGraph, count: int) -> BorderGraph:
        """The borders between regions, among ``count`` units.

        Two regions border along the borders between a county of one that is not in the other and a county
        of the other that is not in the one; what they have in common is no border.
        """
        one, other = county_borders.pairs.T
        border_m = county_borders.pair_border_m
        inside = {region: self._is_member(region, county_borders.count) for region in sorted(self.members)}
        pairs, metres = [], []
        for region, neighbour in combinations(inside, 2):
            here, there = inside[region] & ~inside[neighbour], inside[neighbour] & ~inside[region]
            between = (here[one] & there[other]) | (there[one] & here[other])
            if between.any():
                pairs.append((region, neighbour))
                metres.append(border_m[between].sum())
        return BorderGraph.from_pairs(count, np.array(pairs, dtype=np.int64).reshape(-1, 2), np.array(metres))

    def _is_member(self, region: int, count: int) -> NDArray[np.bool_]:
        inside = np.zeros(count, dtype=bool)
        inside[self.members[region]] = True
        return inside

    def geometry(self, rows: IntArray, geometry_of: Callable[[IntArray], Geometries]) -> Geometries:
        """Polygons of the regions in ``rows``: the union of their counties as ``geometry_of`` gives them."""
        shapes = np.empty(len(rows), dtype=object)
        for place, region in enumerate(rows.tolist()):
            shapes[place] = shapely.union_all(geometry_of(self.members[region]))
        return shapes


def inner_border_km(counties: IntArray, county_borders: BorderGraph) -> float:
    """Kilometres of the borders among ``counties``."""
    inside = np.zeros(county_borders.count, dtype=bool)
    inside[counties] = True
    one, other = county_borders.pairs.T
    return float(county_borders.pair_border_m[inside[one] & inside[other]].sum()) / 1000
