"""The layers of an atlas: all counties, all places, and the places of one county drawn finer."""

import hashlib
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geoplan.atlas import Atlas
from geoplan.errors import UnknownUnitError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan.units import PLACE_LEVELS, Level
from geoplan_maps.backdrop import simplified
from geoplan_maps.layers.arcs import Arcs, Ints, shared_arcs
from geoplan_maps.layers.document import (
    FORMAT,
    OTHER_COUNTY,
    OTHER_STATE,
    document_bytes,
    layer_document,
    region_members,
)

EARTH_AROUND_M = 2 * np.pi * 6_378_137.0
TILE_PIXELS = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """How fine a layer is."""

    tolerance_m: float
    """Of the simplification, metres."""
    zoom: int
    """Of Web Mercator, whose pixels are the grid of coordinates."""


OUTLINE = Scale(tolerance_m=300.0, zoom=10)
PLACES = Scale(tolerance_m=350.0, zoom=10)
COUNTY = Scale(tolerance_m=50.0, zoom=13)

OUTLINE_LEVELS = (Level.COUNTY, Level.GOVERNMENT_REGION, Level.STATE)
"""What is drawn of the whole country at first: the first of these that a dataset has, else its places."""


@dataclass(frozen=True, kw_only=True, eq=False)
class MapLayers:
    """What a map in the browser draws of an atlas.

    The layers are named ``outline`` (counties of the whole country), ``places`` (all municipalities and
    unincorporated areas, coarse), ``places/{county id}`` (those of one county, fine) and
    ``around/{county id}`` (those of a county and of the counties around it, coarse).
    """

    atlas: Atlas

    @cached_property
    def version(self) -> str:
        """Short hash that changes with the dataset and with the format of layers."""
        made_of = (FORMAT, OUTLINE, PLACES, COUNTY, self.atlas.version)
        return hashlib.sha256(repr(made_of).encode()).hexdigest()[:12]

    @cached_property
    def county_ids(self) -> tuple[str, ...]:
        """Counties that have a layer of their own."""
        units = self.atlas.units
        return tuple(units.ids[row] for row in units.rows_of(Level.COUNTY).tolist())

    def names(self) -> tuple[str, ...]:
        """The names of all layers."""
        return ("outline", "places", *(f"places/{county}" for county in self.county_ids))

    def layer_bytes(self, name: str) -> bytes:
        """One layer as JSON; see :mod:`geoplan_maps.layers.document`.

        Raises
        ------
        UnknownUnitError
            There is no such layer.
        """
        if name == "outline":
            return document_bytes(self._outline())
        if name == "places":
            return document_bytes(self._layer(self._place_rows, PLACES))
        kind, _, county = name.rpartition("/")
        if county not in self.county_ids:
            message = Message("There is no county “{value}” on the map.", value=county)
            raise UnknownUnitError(message, value=county, nearest=nearest_values(county, self.county_ids))
        row = self.atlas.units.row(county)
        return document_bytes(self._around(row) if kind == "around" else self._county(row))

    def excerpt_bytes(self, county: str, order: int) -> bytes:
        """The counties up to ``order`` borders away from a county, drawn like the layer ``outline``."""
        return document_bytes(self._excerpt(self.near(county, order), OUTLINE))

    def near(self, county: str, order: int) -> Ints:
        """(n,) rows of a county and of those up to ``order`` borders away."""
        row = self.atlas.units.row(county)
        found = self.atlas.level_borders(Level.COUNTY).orders(np.array([row]), order)
        return np.unique(np.array([row, *found], dtype=np.int64))

    @cached_property
    def outline_level(self) -> Level:
        """The level of the layer ``outline``."""
        present = set(self.atlas.units.level.tolist())
        return next((level for level in OUTLINE_LEVELS if level in present), Level.MUNICIPALITY)

    @cached_property
    def _place_rows(self) -> Ints:
        return self.atlas.units.rows_of(*PLACE_LEVELS)

    def _outline(self) -> dict[str, Any]:
        level = self.outline_level
        rows = self.atlas.units.rows_of(level) if level in OUTLINE_LEVELS else self._place_rows
        document = self._layer(rows, OUTLINE)
        if level == Level.COUNTY and self.atlas.regions.members:
            document["above"]["metropolitan-region"] = region_members(self.atlas, rows)
        return document

    def _layer(self, rows: Ints, scale: Scale) -> dict[str, Any]:
        return self._written(rows, self._arcs(rows, scale), scale)

    def _around(self, county: int) -> dict[str, Any]:
        """The places of a county and of the counties around it, coarse."""
        near, _ = self.atlas.level_borders(Level.COUNTY).neighbours(county)
        return self._excerpt(self._places_in(np.append(near, county)), PLACES)

    def _county(self, county: int) -> dict[str, Any]:
        """The places of a county, fine."""
        return self._excerpt(self._places_in(np.array([county])), COUNTY)

    def _places_in(self, counties: Ints) -> Ints:
        of = self.atlas.hierarchy.parent[Level.COUNTY][self._place_rows]
        return self._place_rows[np.isin(of, counties)]

    def _excerpt(self, rows: Ints, scale: Scale) -> dict[str, Any]:
        """Some areas of the country; those around them lend their lines and are not written.

        So a line at the rim ends where one beyond it does, and what lies beyond is known: without them all
        that is not in the excerpt would be abroad.
        """
        lending = self._lending(rows)
        arcs = self._arcs(np.concatenate([rows, lending]), scale)
        own = _lines_of(arcs, arcs.sides[:, 0] < len(rows))
        one, other = own.sides.T
        state = self.atlas.hierarchy.parent[Level.STATE]
        beyond = np.append(lending, rows[:1])[np.maximum(other - len(rows), -1)]
        code = np.where(state[beyond] == state[rows[one]], OTHER_COUNTY, OTHER_STATE)
        sides = np.column_stack([one, np.where(other >= len(rows), code, other)])
        return self._written(rows, Arcs(points=own.points, first=own.first, sides=sides), scale)

    def _lending(self, rows: Ints) -> Ints:
        """Areas that border some of ``rows`` and are none of them."""
        borders = self.atlas.level_borders(self.atlas.units.level[rows[0]])
        _, beyond, _ = borders.of(rows)
        return np.setdiff1d(beyond, rows)

    def _arcs(self, rows: Ints, scale: Scale) -> Arcs:
        shapes = simplified(self.atlas.geometry(rows), scale.tolerance_m)
        return shared_arcs(
            np.asarray(shapely.transform(shapes, lambda xy: self._pixels(xy, scale.zoom)), dtype=object)
        )

    def _written(self, rows: Ints, arcs: Arcs, scale: Scale) -> dict[str, Any]:
        places = self._pixels(self.atlas.units.xy[rows], scale.zoom).astype(np.int64)
        return layer_document(self.atlas, rows, arcs, zoom=scale.zoom, places=places)

    def _pixels(self, xy: NDArray[np.float64], zoom: int) -> NDArray[np.float64]:
        """Metric coordinates as whole pixels of Web Mercator, y growing southwards."""
        mercator = _to_mercator(self.atlas.provenance.crs)
        east, north = mercator.transform(xy[:, 0], xy[:, 1])
        across = TILE_PIXELS * 2**zoom / EARTH_AROUND_M
        middle = TILE_PIXELS * 2**zoom / 2
        pixels: NDArray[np.float64] = np.rint(
            np.column_stack([middle + east * across, middle - north * across])
        )
        return pixels


@cache
def _to_mercator(crs: str) -> Transformer:
    return Transformer.from_crs(crs, "EPSG:3857", always_xy=True)


def _lines_of(arcs: Arcs, chosen: NDArray[np.bool_]) -> Arcs:
    """Some of the lines."""
    length = np.diff(arcs.first)
    return Arcs(
        points=arcs.points[np.repeat(chosen, length)],
        first=np.concatenate([[0], np.cumsum(length[chosen])]).astype(np.int64),
        sides=arcs.sides[chosen],
    )
