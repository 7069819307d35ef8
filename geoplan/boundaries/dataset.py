"""What every reader of boundaries returns, whatever it read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.provenance import Provenance
from geoplan.units import Level, UnitTable

Geometries = NDArray[np.object_]


@dataclass(frozen=True, kw_only=True)
class Borders:
    """Borders between places, measured on the full-resolution geometry; rows of the unit table."""

    pairs: NDArray[np.int64]
    """(m, 2) places with a common line on land, i < j, sorted."""
    border_m: NDArray[np.float64]
    """(m,) metres of that line."""
    water_pairs: NDArray[np.int64]
    """(w, 2) places that border through water parts (a lake, the sea), i < j; a pair may be in both."""
    water_border_m: NDArray[np.float64]
    """(w,) metres of common line that run through water."""


@dataclass(frozen=True, kw_only=True)
class BoundaryDataset:
    """A dataset as the atlas wants it."""

    units: UnitTable
    borders: Borders
    provenance: Provenance
    read_geometry: Callable[[Level], Geometries]
    """Polygons of all units of a level, in the order of their rows, in ``provenance.crs``."""
    extras: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)
    """Files beside the boundaries (enrichment), by name; each is read and checked when it is called."""
    enrichment: tuple[Mapping[str, Any], ...] = ()
    """Where the figures in ``extras`` come from: one row a source."""
    files: Mapping[str, str] = field(default_factory=dict)
    """sha256 of each file, as the source row has it; empty where the dataset is not in canonical form."""
