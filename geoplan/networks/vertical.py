"""A county with its own municipalities, or equals of one level: who a network is built from."""

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.services import Service
from geoplan.suggestions import CooperationType
from geoplan.units import COUNTY_FREE, AdministrativeUnit, Level

IntArray = NDArray[np.int64]

ANY, HORIZONTAL, VERTICAL = "any", "horizontal", CooperationType.VERTICAL.value
NETWORK_TYPES = (ANY, HORIZONTAL, VERTICAL)
"""Who is looked for: as level and service have it, equals, or a county and its municipalities."""


def is_vertical(atlas: Atlas, required: IntArray, service: Service, kind: str) -> bool:
    """Whether the ``required`` members are counties that look for their own municipalities.

    Where any kind is asked for, a county with several municipalities does so for a service that suits it, as
    in its list of suggestions; a county beside its own municipality can mean nothing else.

    Raises
    ------
    InvalidValueError
        A vertical network is asked for, but no required member has several municipalities.
    """
    levels = set(atlas.units.level[required].tolist())
    below = municipalities_of(atlas, required)
    if kind == VERTICAL and len(below) < 2:
        row = int(required[0])
        message = Message(
            "{name} has no municipalities of its own to join; a county has.", name=atlas.units.title(row)
        )
        raise InvalidValueError(message, value=atlas.units.ids[row], nearest=_county_of(atlas, row))
    if kind == HORIZONTAL or len(below) < 2:
        return False
    return kind == VERTICAL or len(levels) > 1 or (len(required) == 1 and service.suits(VERTICAL))


def municipalities_of(atlas: Atlas, rows: IntArray) -> IntArray:
    """The municipalities of the counties among ``rows``, ascending."""
    counties = rows[atlas.units.level[rows] == Level.COUNTY].tolist()
    below = [atlas.hierarchy.members(row, Level.MUNICIPALITY) for row in counties]
    return np.unique(np.concatenate([np.empty(0, dtype=np.int64), *below]))


def counties_with_own(members: Iterable[AdministrativeUnit]) -> tuple[AdministrativeUnit, ...]:
    """The counties among ``members`` that have municipalities of their own beside them; not cities."""
    units = tuple(members)
    within = {unit.county for unit in units if unit.level == Level.MUNICIPALITY}
    return tuple(
        unit for unit in units
        if unit.level == Level.COUNTY and unit.id in within and unit.designation not in COUNTY_FREE
    )  # fmt: skip


def _county_of(atlas: Atlas, row: int) -> list[str]:
    county = atlas.hierarchy.parent_of(row, Level.COUNTY)
    return [] if county is None else [atlas.units.ids[county]]
