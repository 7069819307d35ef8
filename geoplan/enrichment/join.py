"""Which unit of a dataset each row of a source belongs to: by key, else by name where that is certain."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.enrichment.figures import FloatArray
from geoplan.enrichment.note import Day
from geoplan.keys import COUNTY_DIGITS, STATE_DIGITS
from geoplan.messages import Message
from geoplan.units import PLACE_LEVELS, Level, UnitTable

IntArray = NDArray[np.int64]

NOT_JOINED = -1
SAME_AREA = 0.1
"""A municipality that got another key keeps its area; one that took in others does not."""

_SEARCHED = (COUNTY_DIGITS, STATE_DIGITS)
"""Digits of the keys that a name is looked for under, one after the other."""
_UNINCORPORATED = re.compile(
    r"gemeindefrei|gemfr|gdefr|forstgutsbez|küstengewässer|hoheitsgebiet", re.IGNORECASE
)
_NO_LETTER = re.compile(r"[\W_]")

NO_SUCH_KEY = Message("there is no unit with this key in the territorial status {vintage}")
NO_SUCH_COUNTY = Message("there is no county {county} in the territorial status {vintage}")
KNOWN_BY_OTHER_KEY = Message("the name is known under another key ({key}), but the area is another")
SEVERAL_OF_THIS_NAME = Message("the key is not known, and several units have this name ({keys})")
TAKEN = Message("the key is not known; the unit of this name ({key}) has figures of its own")
UNINCORPORATED = Message("an unincorporated area that the dataset does not have")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unmatched:
    """A row of a source that belongs to no unit of the dataset."""

    id: str
    name: str
    why: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyChange:
    """A row that was joined by its name, as its key has changed."""

    id: str
    name: str
    joined_to: str


@dataclass(frozen=True, kw_only=True)
class Join:
    """The rows of a source and the units of a dataset."""

    row: IntArray
    """(k,) row of the unit table, -1 for none."""
    key_changes: tuple[KeyChange, ...]
    unmatched: tuple[Unmatched, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    place: int
    id: str
    name: str
    area_km2: float


def join_places(
    units: UnitTable, vintage: str, ids: Sequence[str], names: Sequence[str], area_km2: FloatArray
) -> Join:
    """Join the municipalities of a source, each with a distinct id, to those of a dataset.

    A key that the dataset does not have is looked for by its name: within its county, then within its state,
    among the units that no key was found for. It is joined where exactly one is of that name, and its area,
    where the source knows it, is the same to 10 %.
    """
    place_rows = units.rows_of(*PLACE_LEVELS)
    by_id = {units.ids[row]: row for row in place_rows.tolist()}
    row = np.array([by_id.get(one, NOT_JOINED) for one in ids], dtype=np.int64)
    entries = [
        _Entry(place=place, id=ids[place], name=names[place], area_km2=float(area_km2[place]))
        for place in np.flatnonzero(row == NOT_JOINED).tolist()
    ]
    namesakes = Counter(
        (entry.id[:digits], plain_name(entry.name)) for entry in entries for digits in _SEARCHED
    )
    names_of = _Names.of(units, place_rows, taken=row[row >= 0])
    changes, unmatched = [], []
    for entry in entries:
        found = names_of.find(entry, namesakes)
        if found is None:
            unmatched.append(Unmatched(id=entry.id, name=entry.name, why=names_of.why(entry, vintage)))
        else:
            row[entry.place] = found
            changes.append(KeyChange(id=entry.id, name=entry.name, joined_to=units.ids[found]))
    return Join(row=row, key_changes=tuple(changes), unmatched=tuple(unmatched))


def plain_name(name: str) -> str:
    """A name without what was added to it: „Flensburg, Stadt“ → flensburg."""
    return _NO_LETTER.sub("", name.partition(",")[0].casefold())


@dataclass(frozen=True, kw_only=True)
class _Names:
    """The units of the dataset by state (or county) and name."""

    units: UnitTable
    rows: Mapping[tuple[str, str], Sequence[int]]
    taken: frozenset[int]

    @classmethod
    def of(cls, units: UnitTable, place_rows: IntArray, taken: IntArray) -> "_Names":
        rows: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in place_rows.tolist():
            if units.level[row] == Level.MUNICIPALITY:
                for digits in _SEARCHED:
                    rows[units.ids[row][:digits], plain_name(units.names[row])].append(row)
        return cls(units=units, rows=rows, taken=frozenset(taken.tolist()))

    def candidates(self, entry: _Entry, digits: int) -> list[int]:
        name = plain_name(entry.name)
        return list(self.rows.get((entry.id[:digits], name), ())) if name else []

    def find(self, entry: _Entry, namesakes: Mapping[tuple[str, str], int]) -> int | None:
        for digits in _SEARCHED:
            free = [row for row in self.candidates(entry, digits) if row not in self.taken]
            alone = namesakes[entry.id[:digits], plain_name(entry.name)] == 1
            if alone and len(free) == 1 and self.same_area(entry, free[0]):
                return free[0]
        return None

    def same_area(self, entry: _Entry, row: int) -> bool:
        if np.isnan(entry.area_km2):
            return True
        known = float(self.units.area_km2[row])
        return abs(entry.area_km2 - known) <= SAME_AREA * known

    def why(self, entry: _Entry, vintage: str) -> Message:
        if _UNINCORPORATED.search(entry.name):
            return UNINCORPORATED
        found = self.candidates(entry, STATE_DIGITS)
        free = [row for row in found if row not in self.taken]
        if len(free) > 1:
            return SEVERAL_OF_THIS_NAME.filled(keys=", ".join(self.units.ids[row] for row in free))
        if free:
            return KNOWN_BY_OTHER_KEY.filled(key=self.units.ids[free[0]])
        if found:
            return TAKEN.filled(key=self.units.ids[found[0]])
        county = entry.id[:COUNTY_DIGITS]
        if county not in self.units:
            return NO_SUCH_COUNTY.filled(county=county, vintage=Day(vintage))
        return NO_SUCH_KEY.filled(vintage=Day(vintage))


def without_rows(units: UnitTable, joined: IntArray) -> list[int]:
    """The rows of the municipalities that nothing was joined to."""
    rows = units.rows_of(Level.MUNICIPALITY)
    return [int(row) for row in np.setdiff1d(rows, joined)]
