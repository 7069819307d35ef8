"""How German regional keys place a unit: level, parents and id from the ARS."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.boundaries.dataset import Geometries
from geoplan.boundaries.raw import RawNames, RawPlaces
from geoplan.errors import DatasetError
from geoplan.keys import (
    ARS_DIGITS,
    ASSOCIATION_DIGITS,
    COUNTY_DIGITS,
    GOVERNMENT_REGION_DIGITS,
    STATE_DIGITS,
    ags_from_ars,
    association_from_ars,
    is_association_member,
    is_unincorporated,
)
from geoplan.messages import Message
from geoplan.units import Level

METRIC_CRS = "EPSG:25832"
"""ETRS89 / UTM 32N: the CRS that all German data are kept in."""

DIGITS_BY_LEVEL = {
    Level.ASSOCIATION: ASSOCIATION_DIGITS,
    Level.COUNTY: COUNTY_DIGITS,
    Level.GOVERNMENT_REGION: GOVERNMENT_REGION_DIGITS,
    Level.STATE: STATE_DIGITS,
}
LAND_CODES = frozenset({4, 9})
"""GF: 4 is land with its own structure, 9 the whole area in the products that leave water out."""


def _checked(keys: Sequence[str], digits: int) -> list[str]:
    for key in keys:
        if len(key) != digits or not (key.isascii() and key.isdecimal()):
            message = Message("The key “{value}” does not have {digits} digits.", value=key, digits=digits)
            raise DatasetError(message, value=key)
    return list(keys)


def _place_level(ars: str) -> Level:
    return Level.UNINCORPORATED_AREA if is_unincorporated(ars) else Level.MUNICIPALITY


@dataclass(frozen=True, kw_only=True)
class KeyedFeatures:
    """The columns that the features of every German layer have, whatever the file calls them."""

    keys: Sequence[str]
    """The ARS, as many digits of it as the level has or more."""
    names: Sequence[str]
    designations: Sequence[str]
    area_codes: NDArray[np.int64]
    """GF of each feature."""


def german_places(
    features: KeyedFeatures, geometry: Geometries, population: NDArray[np.float64] | None = None
) -> RawPlaces:
    """Municipalities and unincorporated areas, by their ARS.

    Parameters
    ----------
    geometry
        Polygons in a metric CRS, one per feature.
    population
        Inhabitants, NaN where unknown; by default all are.

    Raises
    ------
    DatasetError
        A key does not have 12 digits.
    """
    keys = _checked(features.keys, ARS_DIGITS)
    parent_ids: dict[Level, list[str | None]] = {
        level: [key[:digits] for key in keys] for level, digits in DIGITS_BY_LEVEL.items()
    }
    parent_ids[Level.ASSOCIATION] = [
        association_from_ars(key) if is_association_member(key) else None for key in keys
    ]
    return RawPlaces(
        ids=[ags_from_ars(key) for key in keys],
        names=list(features.names),
        designations=list(features.designations),
        levels=[_place_level(key) for key in keys],
        ars=list(keys),
        parent_ids=parent_ids,
        on_land=np.isin(features.area_codes, list(LAND_CODES)),
        geometry=geometry,
        population=np.full(len(keys), np.nan) if population is None else population,
    )


def german_names(level: Level, features: KeyedFeatures) -> RawNames:
    """The units of a level above; features that are water, or no real association, are left out.

    A municipality that is in no association, and an unincorporated area, stand in the source's layer of
    associations once more; they are no association.

    Raises
    ------
    DatasetError
        A key has fewer digits than the level's keys have.
    """
    digits = DIGITS_BY_LEVEL[level]
    keys = _checked([key[:digits] for key in features.keys], digits)
    first: dict[str, int] = {}
    for row in np.flatnonzero(np.isin(features.area_codes, list(LAND_CODES))).tolist():
        if level != Level.ASSOCIATION or is_association_member(keys[row]):
            first.setdefault(keys[row], row)
    ids = sorted(first)
    return RawNames(
        ids=ids,
        names=[features.names[first[key]] for key in ids],
        designations=[features.designations[first[key]] for key in ids],
        ars=list(ids),
    )
