"""What a reader hands over: figures by the keys of their source, before they are joined to a dataset."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from geoplan.enrichment.note import SourceNote

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Figures of municipalities: one entry a municipality of the source."""

    note: SourceNote
    ids: Sequence[str]
    """Distinct keys, as the source knows its municipalities."""
    names: Sequence[str]
    area_km2: FloatArray
    """(n,) square kilometres as published, NaN where unknown."""
    numbers: Mapping[str, FloatArray] = field(default_factory=dict)
    """Columns (n,) by name, NaN where unknown."""
    texts: Mapping[str, Sequence[str | None]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class CommuterFigures:
    """Commuters from origins to destinations: one entry a pair of units of the source."""

    note: SourceNote
    origins: Sequence[str]
    """Keys of counties or of municipalities."""
    destinations: Sequence[str]
    commuters: FloatArray
    """(m,) NaN where kept back."""
    names: Mapping[str, str]
    """Names of the units, by key, as far as the source says them."""


@dataclass(frozen=True, kw_only=True)
class PostcodeFigures:
    """Postcodes of municipalities; a postcode may serve several, a municipality have several."""

    note: SourceNote
    ids: Sequence[str]
    postcodes: Sequence[str]
    shares: FloatArray
    """(m,) share of the municipality that has the postcode, NaN where unknown."""
    names: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ProfileFigures:
    """Which services municipalities have, need and offer."""

    note: SourceNote
    ids: Sequence[str]
    services: Sequence[str]
    has: Sequence[bool | None]
    needs: Sequence[bool | None]
    offers: Sequence[bool | None]


def numbered(number: Mapping[str, int], figures: CommuterFigures) -> IntArray:
    """(m, 2) the numbers of origin and destination of every pair, -1 for one that has none."""
    ends = [[number.get(one, -1) for one in keys] for keys in (figures.origins, figures.destinations)]
    return np.array(ends, dtype=np.int64).T.reshape(-1, 2)
