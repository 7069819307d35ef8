"""The atlas: units, hierarchy, borders, cooperations and where they come from, frozen and loaded once."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.graph import BorderGraph
from geoplan.boundaries.catalogue import dataset_path, load_dataset
from geoplan.boundaries.dataset import Borders, BoundaryDataset
from geoplan.crosswalk.former import NamesWithLineage
from geoplan.crosswalk.lineage import Lineage, read_lineage
from geoplan.enrichment import Enrichment, register_of
from geoplan.enrichment.postcodes import Postcodes
from geoplan.errors import InvalidValueError
from geoplan.fingerprint import fingerprint
from geoplan.hierarchy import Hierarchy
from geoplan.messages import Message
from geoplan.metropolitan import MetropolitanRegions, with_metropolitan_regions
from geoplan.provenance import Provenance
from geoplan.search import Ground, NameIndex, Sources
from geoplan.services.register import CooperationRegister
from geoplan.units import PARENT_LEVELS, PLACE_LEVELS, AdministrativeUnit, Level, UnitOrName, UnitTable

SHOWN_CHARACTERS = 80
"""So much of a wrong value is repeated."""
MAX_ORDER = 10
"""Neighbours of a higher order are no longer neighbours: ten steps cross a Land."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbour:
    """A unit reached from another over borders."""

    unit: AdministrativeUnit
    order: int
    """1 shares a border line, 2 borders such a one, and so on."""
    border_km: float | None
    """Kilometres of common border; ``None`` from order 2 on."""

    def to_dict(self) -> dict[str, Any]:
        """The neighbour as the contract writes it."""
        unit = self.unit
        return {
            "id": unit.id, "name": unit.name, "designation": unit.designation, "level": unit.level.value,
            "order": self.order, "border_km": None if self.border_km is None else round(self.border_km, 4),
            "county": unit.county, "state": unit.state,
        }  # fmt: skip


@dataclass(frozen=True, kw_only=True, eq=False)
class Atlas:
    """Everything geoplan knows about an area; immutable, compared by identity.

    Rows are those of ``units``.
    """

    units: UnitTable
    hierarchy: Hierarchy
    borders: BorderGraph
    """Borders between places, on land."""
    water_borders: BorderGraph
    """Borders between places that run through water (lakes, the sea)."""
    regions: MetropolitanRegions
    register: CooperationRegister
    dataset: BoundaryDataset
    lineage: Lineage = field(default_factory=Lineage)
    """Units of older vintages whose key or name is not what it was."""

    @property
    def provenance(self) -> Provenance:
        """Where the data come from."""
        return self.dataset.provenance

    @classmethod
    def from_dataset(cls, dataset: BoundaryDataset, register: CooperationRegister | None = None) -> "Atlas":
        """Build the atlas of a dataset; ``register`` goes before the cooperations that lie in it."""
        borders, places = dataset.borders, dataset.units
        units, regions = with_metropolitan_regions(
            places, dataset.provenance.country, county_borders=_county_borders(places, borders)
        )
        count = len(units)
        return cls(
            units=units,
            hierarchy=Hierarchy.from_ids(units.ids, units.level, units.parent_ids),
            borders=BorderGraph.from_pairs(count, borders.pairs, borders.border_m),
            water_borders=BorderGraph.from_pairs(count, borders.water_pairs, borders.water_border_m),
            regions=regions,
            register=register_of(dataset.extras, units) if register is None else register,
            dataset=dataset,
        )

    def with_register(self, register: CooperationRegister) -> "Atlas":
        """The same atlas with other known cooperations; unknown members are dropped, with a warning."""
        return replace(self, register=register.known(self.units))

    def with_lineage(self, lineage: Lineage) -> "Atlas":
        """The same atlas that knows the keys and names of older vintages."""
        return replace(self, lineage=lineage)

    @cached_property
    def version(self) -> str:
        """Short hash that changes with whatever an answer rests on: files, units, cooperations, old keys."""
        return fingerprint(self.dataset, self.units, self.register, self.lineage)

    @cached_property
    def enrichment(self) -> Enrichment:
        """What the dataset knows beyond boundaries; nothing where it was not enriched."""
        return Enrichment(units=self.units, extras=self.dataset.extras, sources=self.dataset.enrichment)

    @cached_property
    def names(self) -> NameIndex:
        """Name, key, postcode, point → unit; old names and keys are told with their successors."""
        if not self.lineage.ancestors:
            return NameIndex(self.units, self._sources)
        return NamesWithLineage(self.units, self.lineage, self._sources)

    @cached_property
    def _sources(self) -> Sources:
        ground = Ground(units=self.units, geometry_of=self.geometry, crs=self.provenance.crs)
        return Sources(postcodes=self._postcodes, ground=ground)

    def _postcodes(self) -> Postcodes:
        return self.enrichment.postcodes

    def unit(self, id_or_name: UnitOrName) -> AdministrativeUnit:
        """The unit with this id or with this name, where the name is unambiguous; a unit is itself.

        Raises
        ------
        UnknownUnitError, AmbiguousUnitError, InvalidKeyError
        InvalidValueError
            Neither a text nor a unit.
        """
        return self.units.at(self.row(id_or_name))

    def row(self, id_or_name: UnitOrName) -> int:
        """The row of the unit with this id or unambiguous name; errors as in :meth:`unit`."""
        named = id_or_name.id if isinstance(id_or_name, AdministrativeUnit) else id_or_name
        if not isinstance(named, str):
            message = Message(
                "A unit is named by a text (its id or name) or given itself, not as {value}.",
                value=repr(named)[:SHOWN_CHARACTERS],
            )
            raise InvalidValueError(message, value=named)
        return self.names.resolve(named)

    @cached_property
    def _level_borders(self) -> dict[Level, BorderGraph]:
        return {}

    def level_borders(self, level: Level) -> BorderGraph:
        """Borders between the units of ``level``, added up over the places they consist of."""
        if level in PLACE_LEVELS:
            return self.borders
        if level not in self._level_borders:
            graph = (
                self.regions.borders(self.level_borders(Level.COUNTY), len(self.units))
                if level == Level.METROPOLITAN_REGION
                else self.borders.grouped(self.hierarchy.parent[level], len(self.units))
            )
            self._level_borders[level] = graph
        return self._level_borders[level]

    def neighbours(self, unit: UnitOrName, order: int = 1) -> list[Neighbour]:
        """Units of the same level within ``order`` steps over borders: by order, then longest border first.

        Unincorporated areas count as places here: they border, though they are no partners.

        Raises
        ------
        InvalidValueError
            ``order`` is not within 1 … 10.
        """
        if not 1 <= order <= MAX_ORDER:
            message = Message(
                "The order of neighbours is a number from 1 to {limit}, not {value}.",
                value=order,
                limit=MAX_ORDER,
            )
            raise InvalidValueError(message, value=order)
        row = self.row(unit)
        graph = self.level_borders(self.units.level[row])
        near, border_m = graph.neighbours(row)
        border: dict[int, float] = dict(zip(near.tolist(), border_m.tolist(), strict=True))
        found = dict.fromkeys(border, 1) if order == 1 else graph.orders(np.array([row]), order)
        others = sorted((step, -border.get(other, 0.0), other) for other, step in found.items() if step)
        return [
            Neighbour(
                unit=self.units.at(other),
                order=step,
                border_km=border[other] / 1000 if other in border else None,
            )
            for step, _, other in others
        ]

    def geometry(self, rows: NDArray[np.int64]) -> NDArray[np.object_]:
        """Generalised polygons of ``rows``, in the metric CRS of the dataset; any mix of levels."""
        shapes = np.empty(len(rows), dtype=object)
        levels = self.units.level[rows]
        for level in set(levels.tolist()):
            here = np.flatnonzero(levels == level)
            shapes[here] = (
                self.regions.geometry(rows[here], self.geometry)
                if level == Level.METROPOLITAN_REGION
                else self._level_geometry(level)[self._place_in_level[rows[here]]]
            )
        return shapes

    @cached_property
    def _place_in_level(self) -> NDArray[np.int64]:
        place = np.empty(len(self.units), dtype=np.int64)
        for level in Level:
            rows = self.units.rows_of(*(PLACE_LEVELS if level in PLACE_LEVELS else (level,)))
            place[rows] = np.arange(len(rows))
        return place

    @cached_property
    def _geometry_by_level(self) -> dict[Level, NDArray[np.object_]]:
        return {}

    def _level_geometry(self, level: Level) -> NDArray[np.object_]:
        kept = Level.MUNICIPALITY if level in PLACE_LEVELS else level
        if kept not in self._geometry_by_level:
            self._geometry_by_level[kept] = self.dataset.read_geometry(kept)
        return self._geometry_by_level[kept]

    def counts(self) -> dict[str, int]:
        """How many units there are on each level."""
        return {level.value: int((self.units.level == level).sum()) for level in Level}

    def to_networkx(self) -> "nx.Graph[str]":
        """The whole atlas as a graph for analysis.

        Nodes are ids with the fields of :class:`AdministrativeUnit`; edges have ``kind``: ``"border"``
        (with ``border_km``, between units of one level), ``"water"`` (with ``border_km``) or
        ``"belongs-to"`` (from a unit to its parents and from a county to its metropolitan regions).
        """
        graph: nx.Graph[str] = nx.Graph(data=self.provenance.to_dict())
        units = self.units
        for row, unit_id in enumerate(units.ids):
            unit = units.at(row)
            graph.add_node(unit_id, **{name: getattr(unit, name) for name in unit.__slots__})
        graph.add_edges_from(
            (units.ids[child], units.ids[parent], {"kind": "belongs-to"})
            for child, parent in self._memberships()
        )
        for kind, borders in reversed(self._border_graphs()):  # land last: it is what a pair is known for
            graph.add_edges_from(
                (units.ids[one], units.ids[other], {"kind": kind, "border_km": metres / 1000})
                for (one, other), metres in zip(
                    borders.pairs.tolist(), borders.pair_border_m.tolist(), strict=True
                )
            )
        return graph

    def _memberships(self) -> Iterator[tuple[int, int]]:
        """Child and parent rows: places and units in the levels above, counties in metropolitan regions."""
        for level in PARENT_LEVELS:
            parent = self.hierarchy.parent[level]
            children = np.flatnonzero((parent >= 0) & (parent != np.arange(len(parent))))
            yield from zip(children.tolist(), parent[children].tolist(), strict=True)
        for region, counties in self.regions.members.items():
            yield from ((county, region) for county in counties.tolist())

    def _border_graphs(self) -> list[tuple[str, BorderGraph]]:
        levels = [Level.MUNICIPALITY, *PARENT_LEVELS, Level.METROPOLITAN_REGION]
        return [("border", self.level_borders(level)) for level in levels] + [("water", self.water_borders)]


def _county_borders(units: UnitTable, borders: Borders) -> BorderGraph:
    """Borders between counties, for the perimeters of the regions that consist of them."""
    graph = BorderGraph.from_pairs(len(units), borders.pairs, borders.border_m)
    parents = Hierarchy.from_ids(units.ids, units.level, units.parent_ids).parent
    return graph.grouped(parents[Level.COUNTY], len(units))


def load_atlas(dataset: str | Path | None = None) -> Atlas:
    """Load an atlas.

    Parameters
    ----------
    dataset
        Name of a known dataset or path of one; by default the embedded dataset (Germany).

    Raises
    ------
    UnknownChoiceError, DatasetError
        No such dataset, or the path is none.
    """
    atlas = Atlas.from_dataset(load_dataset(dataset))
    lineage = read_lineage(dataset_path(dataset))
    return atlas.with_lineage(lineage) if lineage.ancestors else atlas
