"""What a reader hands over: the features of a source, before parts are merged and anything is measured."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.boundaries.dataset import Geometries
from geoplan.units import Level


@dataclass(frozen=True, kw_only=True)
class RawPlaces:
    """Features of municipalities and unincorporated areas; several rows may be parts of one unit."""

    ids: list[str]
    names: list[str]
    designations: list[str]
    levels: list[Level]
    ars: list[str | None]
    parent_ids: dict[Level, list[str | None]]
    """For each of ``PARENT_LEVELS``: the id of the parent, whether or not the source names that unit."""
    on_land: NDArray[np.bool_]
    """(n,) false for the features that are water."""
    geometry: Geometries
    """(n,) polygons and multipolygons in a metric CRS, as published: perhaps invalid."""
    population: NDArray[np.float64]
    """(n,) inhabitants, NaN where the source has none; the parts of one unit repeat the figure."""


@dataclass(frozen=True, kw_only=True)
class RawNames:
    """The units of a level above the places: their geometry is that of their places."""

    ids: list[str]
    names: list[str]
    designations: list[str]
    ars: list[str | None]


@dataclass(frozen=True, kw_only=True)
class RawBoundaries:
    """All that a reader found."""

    places: RawPlaces
    parents: dict[Level, RawNames]
    """Levels that the source does not have are left out."""
    crs: str
    """The metric CRS of the places."""
