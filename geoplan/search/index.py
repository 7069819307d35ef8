"""Name or key → unit: the one that is meant, or all that fit, best first."""

from collections.abc import Collection
from functools import cached_property

import numpy as np

from geoplan.errors import InvalidValueError
from geoplan.keys import looks_like_key
from geoplan.messages import Message
from geoplan.search.finding import Hit, find
from geoplan.search.identifiers import nearest_rows, row_of_key, rows_beginning_with, unknown_key
from geoplan.search.lookup import Lookup, Mask
from geoplan.search.query import checked
from geoplan.search.resolution import row_of_name
from geoplan.search.result import Match, SearchResult
from geoplan.units import Level, UnitTable

MAX_LIMIT = 1000


class NameIndex:
    """The units of a table by key and name. What a question does not need is not built."""

    def __init__(self, units: UnitTable) -> None:
        self._units = units

    @cached_property
    def _lookup(self) -> Lookup:
        return Lookup(self._units)

    def resolve(self, id_or_name: str) -> int:
        """Return the row of the unit with this id, key (AGS, ARS …) or unambiguous name.

        A name may go without its suffix ("Holstein"), be abbreviated ("a.d."), stand with county or state
        ("Neustadt, Hessen") or with its designation ("Landkreis Würzburg").

        Raises
        ------
        UnknownUnitError, AmbiguousUnitError, InvalidKeyError
            With the nearest ids or names, or the candidates.
        InvalidValueError
            Empty, over-long or not printable.
        """
        text = checked(id_or_name)
        if text in self._units:
            return self._units.row(text)
        if looks_like_key(text):
            row = row_of_key(self._units, text)
            if row is None:
                raise unknown_key(self._units, text)
            return row
        return row_of_name(self._lookup, text)

    def search(
        self, text: str, *, limit: int = 10, levels: Collection[Level] | None = None
    ) -> list[SearchResult]:
        """Return the units that ``text`` may mean, best first.

        Parameters
        ----------
        text
            A key or the beginning of one, a name, its beginning, words of it, or a name with a typo.
        limit
            At most so many results, 1 … 1000.
        levels
            Units of these levels only; all by default.

        Raises
        ------
        InvalidValueError
            ``text`` is empty, over-long or not printable, or ``limit`` out of its bounds.
        """
        if not 1 <= limit <= MAX_LIMIT:
            message = Message(
                "The number of results is a whole number from 1 to {limit}, not {value}.",
                value=limit, limit=MAX_LIMIT,
            )  # fmt: skip
            raise InvalidValueError(message, value=limit)
        wanted = checked(text)
        allowed = self._on(levels)
        hits = self._with_key(wanted, allowed) or find(self._lookup, wanted, limit, allowed)
        return [SearchResult(self._units.at(hit.row), hit.match) for hit in hits[:limit]]

    def _with_key(self, text: str, allowed: Mask) -> list[Hit]:
        found: dict[int, Match] = {}
        if text in self._units:
            found[self._units.row(text)] = Match.ID
        elif looks_like_key(text):
            row = row_of_key(self._units, text)
            found = {} if row is None else {row: Match.ID}
        if looks_like_key(text):
            for row in rows_beginning_with(self._units, text):
                found.setdefault(row, Match.PREFIX)
            for row in nearest_rows(self._units, text) if not found else ():
                found[row] = Match.TYPO
        return [Hit(row=row, match=match) for row, match in found.items() if allowed[row]]

    def _on(self, levels: Collection[Level] | None) -> Mask:
        if levels is None:
            return np.ones(len(self._units), dtype=np.bool_)
        return np.isin(self._units.level, list(levels))
