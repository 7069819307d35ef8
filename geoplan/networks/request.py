"""What was asked for: who has to be in or out, how large, where; checked before anything is searched."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError, UnknownChoiceError
from geoplan.messages import Message
from geoplan.networks.contiguity import needs_contiguity
from geoplan.networks.problem import Bounds
from geoplan.networks.vertical import ANY, NETWORK_TYPES, is_vertical, municipalities_of
from geoplan.services import Service
from geoplan.units import Level, UnitOrName

IntArray = NDArray[np.int64]

LEVELS = (Level.MUNICIPALITY, Level.ASSOCIATION, Level.COUNTY)
"""Who can be a member."""
WITHIN = {"county": Level.COUNTY, "state": Level.STATE}
AUTO = "auto"
CONTIGUITY: dict[str, str | bool] = {AUTO: AUTO, "yes": True, "no": False}
"""How the doors spell it."""
FEWEST_MEMBERS = 2
MOST_MEMBERS = 60
USUAL_LARGEST = 12
"""Where the service is open upwards and nothing is asked."""
MOST_NAMED = 200
MOST_ALTERNATIVES = 10
MOST_CANDIDATES = 200
USUAL_CANDIDATES = 100
USUAL_SECONDS = 3.0
MOST_SECONDS = 60.0
MOST_COVER_SECONDS = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What a network has to keep beside its members; the names are those of :func:`geoplan.build_network`."""

    service: Service
    min_members: int | None = None
    max_members: int | None = None
    within: str | None = None
    population: tuple[float | None, float | None] | None = None
    max_counties: int | None = None
    whole_associations: bool = False
    contiguity: str | bool = AUTO
    type: str = ANY
    """One of :data:`~geoplan.networks.vertical.NETWORK_TYPES`."""
    weights: Mapping[str, float] | None = None
    """Weights of criteria that were changed."""

    @property
    def contiguous(self) -> bool:
        """Whether the members have to form one connected area."""
        return needs_contiguity(self.service) if isinstance(self.contiguity, str) else self.contiguity

    def bounds(self, required: int = 0) -> Bounds:
        """The bounds of a group in which ``required`` members are set.

        Where nothing is asked, the usual number of partners of the service, but room for who is required.
        """
        usual_low, usual_high = self.service.partners_min, self.service.partners_max
        low, high = self.min_members, self.max_members
        if low is None:
            low = usual_low or FEWEST_MEMBERS
            low = low if high is None else min(low, high)
        if high is None:
            high = max(low, required, min(usual_high or USUAL_LARGEST, MOST_MEMBERS))
        least, most = self.population or (None, None)
        return Bounds(
            min_members=low, max_members=high, min_population=least, max_population=most,
            max_counties=self.max_counties,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """The units that were named, as rows, ascending."""

    seeds: IntArray
    required: IntArray
    """Seeds and who else has to be in."""
    excluded: IntArray
    vertical: bool = False
    """Whether counties among the required look for their own municipalities."""


def check_conditions(conditions: Conditions) -> None:
    """Make sure that the numbers are in their bounds and go together.

    Raises
    ------
    InvalidValueError
        A number out of its bounds, or a least number above the largest.
    UnknownChoiceError
        No such value of ``within``, ``contiguity`` or ``type``.
    """
    low, high = conditions.min_members, conditions.max_members
    check_number(Message("number of members"), low, FEWEST_MEMBERS, MOST_MEMBERS)
    check_number(Message("number of members"), high, FEWEST_MEMBERS, MOST_MEMBERS)
    _check_order(Message("number of members"), low, high)
    for bound in conditions.population or ():
        if bound is not None and not (isfinite(bound) and bound >= 0):
            message = Message("“{value}” is not a number of inhabitants.", value=str(bound))
            raise InvalidValueError(message, value=bound)
    _check_order(Message("number of inhabitants"), *(conditions.population or (None, None)))
    check_number(Message("number of counties"), conditions.max_counties, 1, MOST_MEMBERS)
    if conditions.within is not None:
        check_choice(conditions.within, WITHIN)
    check_choice(conditions.type, NETWORK_TYPES)
    if not isinstance(conditions.contiguity, bool):
        check_choice(conditions.contiguity, (AUTO,))


def read_population(text: str) -> tuple[float | None, float | None]:
    """Read bounds of inhabitants written ``MIN:MAX``; either may be left out.

    Raises
    ------
    InvalidValueError
        Not such bounds.
    """
    low, colon, high = text.partition(":")
    try:
        bounds = tuple(float(part) if part.strip() else None for part in (low, high))
    except ValueError:
        colon = ""
    if not colon or bounds == (None, None):
        message = Message("“{value}” are no bounds of inhabitants; they are written 20000:60000.", value=text)
        raise InvalidValueError(message, value=text)
    return bounds[0], bounds[1]


def read_contiguity(text: str) -> str | bool:
    """Read whether the members form one area: ``auto``, ``yes`` or ``no``; else UnknownChoiceError."""
    check_choice(text, CONTIGUITY)
    return CONTIGUITY[text]


def check_choice(value: str, known: Iterable[str]) -> None:
    """Raise :class:`UnknownChoiceError` for a ``value`` that is none of ``known``."""
    choices = list(known)
    if value not in choices:
        raise UnknownChoiceError(
            Message("“{value}” is not known here.", value=value), value=value, nearest=choices
        )


def check_number(what: Message, value: int | None, low: int, high: int) -> None:
    """Raise :class:`InvalidValueError` for a ``value`` outside ``low`` … ``high``; ``None`` is none."""
    if value is not None and not low <= value <= high:
        message = Message(
            "The {what} is from {low} to {high}, not {value}.",
            what=what,
            low=low,
            high=high,
            value=str(value),
        )
        raise InvalidValueError(message, value=value, nearest=[str(low if value < low else high)])


def _check_order(what: Message, low: float | None, high: float | None) -> None:
    if low is not None and high is not None and low > high:
        message = Message(
            "The {what} cannot be at least {low:n0} and at most {high:n0}.", what=what, low=low, high=high
        )
        raise InvalidValueError(message, value=low, nearest=[f"{high:g}"])


def read_named(
    atlas: Atlas,
    conditions: Conditions,
    seeds: Sequence[UnitOrName],
    include: Sequence[UnitOrName],
    exclude: Sequence[UnitOrName],
) -> Named:
    """Look up the units that were named, and see whether they are a county and its municipalities.

    Raises
    ------
    UnknownUnitError, AmbiguousUnitError, InvalidKeyError
        One is no unit of the atlas.
    InvalidValueError
        None or too many are named; one cannot be a member, or is to be in and out; the levels differ.
    """
    for names in (seeds, include, exclude):
        if len(names) > MOST_NAMED:
            message = Message(
                "At most {limit} units can be named, not {value}.", limit=MOST_NAMED, value=len(names)
            )
            raise InvalidValueError(message, value=len(names))
    if not seeds:
        raise InvalidValueError(Message("A network needs at least one unit to start from."), value="")
    first = _rows(atlas, seeds)
    required = _rows(atlas, [*seeds, *include])
    excluded = _rows(atlas, exclude)
    vertical = is_vertical(atlas, required, conditions.service, conditions.type)
    _check_members(atlas, required, vertical=vertical)
    both = np.intersect1d(required, excluded)
    if len(both):
        row = int(both[0])
        message = Message("{name} cannot be required and excluded at once.", name=atlas.units.title(row))
        raise InvalidValueError(message, value=atlas.units.ids[row])
    return Named(seeds=first, required=required, excluded=excluded, vertical=vertical)


def _rows(atlas: Atlas, names: Sequence[UnitOrName]) -> IntArray:
    return np.array(sorted({atlas.row(name) for name in names}), dtype=np.int64)


def _check_members(atlas: Atlas, rows: IntArray, *, vertical: bool) -> None:
    """Members have a council and are of one level, or counties and their own municipalities."""
    units = atlas.units
    own = set(municipalities_of(atlas, rows).tolist()) if vertical else set()
    level = Level.COUNTY if vertical else units.level[rows[0]]
    first = int(rows[units.level[rows] == level][0])
    for row in rows.tolist():
        if units.level[row] == Level.UNINCORPORATED_AREA:
            message = Message(
                "{name} is an unincorporated area: it has no council and cannot cooperate.",
                name=units.title(row),
            )
            raise InvalidValueError(message, value=units.ids[row])
        if units.level[row] not in LEVELS:
            message = Message(
                "{name} cannot be a member: networks join municipalities, associations or counties.",
                name=units.title(row),
            )
            raise InvalidValueError(message, value=units.ids[row])
        if units.level[row] != level and row not in own:
            message = Message(
                "{name} and {other} are not of one level: a network joins equals, or a county and its own.",
                name=units.title(first), other=units.title(row),
            )  # fmt: skip
            raise InvalidValueError(message, value=units.ids[row])
