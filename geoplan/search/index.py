"""Name, key, postcode or point → unit: the one that is meant, or all that fit, best first."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from geoplan.errors import InvalidValueError
from geoplan.keys import looks_like_key
from geoplan.messages import Message
from geoplan.search.coordinates import Point, distance_km, read_coordinates
from geoplan.search.finding import Hit, find
from geoplan.search.ground import Ground
from geoplan.search.identifiers import nearest_rows, row_of_key, rows_beginning_with, unknown_key
from geoplan.search.lookup import Lookup, Mask
from geoplan.search.postcodes import (
    NONE_HERE,
    NoPostcodes,
    PostcodeSource,
    ambiguous_postcode,
    is_no_key,
    may_be_postcode,
    sorted_by_share,
    unknown_postcode,
)
from geoplan.search.query import checked
from geoplan.search.resolution import describe, row_of_name
from geoplan.search.result import Match, SearchResult
from geoplan.units import Level, UnitTable

MAX_LIMIT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """What is known of units beyond keys and names; nothing is read before a text needs it."""

    postcodes: Callable[[], PostcodeSource] = NoPostcodes
    ground: Ground | None = None
    """Where the units lie; without it, coordinates are a text like others."""


NO_SOURCES = Sources()


class NameIndex:
    """The units of a table by key and name, and by what ``sources`` knows of them.

    What a question does not need is not built.
    """

    def __init__(self, units: UnitTable, sources: Sources = NO_SOURCES) -> None:
        self._units = units
        self._sources = sources

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self._units)

    def resolve(self, id_or_name: str) -> int:
        """Return the row of the unit with this id, key (AGS, ARS …) or unambiguous name.

        A name may go without its suffix ("Holstein"), be abbreviated ("a.d."), stand with county or state
        ("Neustadt, Hessen") or with its designation ("Landkreis Würzburg"). A postcode means the one
        municipality that has it, coordinates the place at that point.

        Raises
        ------
        UnknownUnitError, AmbiguousUnitError, InvalidKeyError
            With the nearest ids or names, or the candidates.
        InvalidValueError
            Empty, over-long or not printable.
        """
        if id_or_name in self._units:
            return self._units.row(id_or_name)
        text = checked(id_or_name)
        if text in self._units:
            return self._units.row(text)
        row = row_of_key(self._units, text) if looks_like_key(text) else None
        if row is not None:
            return row
        on_ground = self._at_point(text)
        if on_ground:
            return on_ground[0].row
        return self._row_of_postcode(text) if looks_like_key(text) else row_of_name(self._lookup, text)

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        levels: Collection[Level] | None = None,
        near: str | None = None,
    ) -> list[SearchResult]:
        """Return the units that ``text`` may mean, best first.

        Parameters
        ----------
        text
            A key or the beginning of one, a name, its beginning, words of it, a part of a word, or a name
            with a typo; a postcode; or coordinates.
        limit
            At most so many results, 1 … 1000.
        levels
            Units of these levels only; all by default.
        near
            A unit or coordinates: of units that fit alike, the near go first, each with its distance.

        Raises
        ------
        InvalidValueError
            ``text`` is empty, over-long or not printable, or ``limit`` out of its bounds.
        UnknownUnitError
            Coordinates outside all units, a postcode that the dataset does not know, or no unit ``near``.
        AmbiguousUnitError
            Several units may be meant by ``near``.
        """
        if not 1 <= limit <= MAX_LIMIT:
            message = Message(
                "The number of results is a whole number from 1 to {limit}, not {value}.",
                value=limit, limit=MAX_LIMIT,
            )  # fmt: skip
            raise InvalidValueError(message, value=limit)
        wanted = checked(text)
        km = None if near is None else distance_km(self._units, np.arange(len(self._units)), self.point(near))
        allowed = self._on(levels)
        certain = self._certain(wanted)
        hits = certain or find(self._lookup, wanted, limit, allowed, near=km)
        return [
            self._result(hit if km is None else replace(hit, distance_km=float(km[hit.row])))
            for hit in [one for one in hits if allowed[one.row]][:limit]
        ]

    def point(self, unit_or_coordinates: str) -> Point:
        """Where a unit lies, or coordinates are; errors as in :meth:`resolve`, but any point will do."""
        text = checked(unit_or_coordinates)
        known = looks_like_key(text) and row_of_key(self._units, text) is not None
        point = None if known else read_coordinates(text, self._units)
        if point is not None:
            return point
        row = self.resolve(text)
        return Point(longitude=float(self._units.longitude[row]), latitude=float(self._units.latitude[row]))

    def hint(self, text: str) -> Message | None:
        """What would find more than :meth:`search` does: postcodes, where the dataset has none."""
        wanted = text.strip()
        if not may_be_postcode(self._units, wanted) or wanted in self._units:
            return None
        if self._sources.postcodes().entries:
            return None
        return NONE_HERE

    def _result(self, hit: Hit) -> SearchResult:
        return SearchResult(self._units.at(hit.row), hit.match, hit.share, hit.distance_km)

    def _certain(self, text: str) -> list[Hit]:
        """What a text means that is no name: a key, a postcode, coordinates."""
        is_key = looks_like_key(text)
        row = (
            self._units.row(text)
            if text in self._units
            else row_of_key(self._units, text)
            if is_key
            else None
        )
        found = [] if row is None else [Hit(row=row, match=Match.ID)]
        if not found:
            found = self._at_point(text)
        if not is_key or any(hit.match == Match.COORDINATES for hit in found):
            return found
        found += self._with_postcode(text)
        seen = {hit.row for hit in found}
        found += [
            Hit(row=other, match=Match.PREFIX)
            for other in rows_beginning_with(self._units, text)
            if other not in seen
        ]
        return found or self._with_slip(text)

    def _with_slip(self, text: str) -> list[Hit]:
        rows = nearest_rows(self._units, text)
        if may_be_postcode(self._units, text) and (not rows or is_no_key(self._units, text)):
            raise unknown_postcode(self._units, self._sources.postcodes(), text)
        return [Hit(row=row, match=Match.TYPO) for row in rows]

    def _at_point(self, text: str) -> list[Hit]:
        ground = self._sources.ground
        point = None if ground is None else read_coordinates(text, self._units)
        if ground is None or point is None:
            return []
        return [
            Hit(row=row, match=Match.COORDINATES, distance_km=km) for row, km in ground.units_at(point, text)
        ]

    def _with_postcode(self, text: str) -> list[Hit]:
        entries = self._sources.postcodes().serving(text)
        return [
            Hit(row=entry.row, match=Match.POSTCODE, share=entry.share)
            for entry in sorted_by_share(self._units, entries)
        ]

    def _row_of_postcode(self, text: str) -> int:
        hits = self._with_postcode(text)
        if not hits and may_be_postcode(self._units, text):
            raise unknown_postcode(self._units, self._sources.postcodes(), text)
        if not hits:
            raise unknown_key(self._units, text)
        if len(hits) > 1:
            raise ambiguous_postcode(text, [describe(self._lookup, hit.row) for hit in hits])
        return hits[0].row

    def _on(self, levels: Collection[Level] | None) -> Mask:
        if levels is None:
            return np.ones(len(self._units), dtype=np.bool_)
        return np.isin(self._units.level, list(levels))
