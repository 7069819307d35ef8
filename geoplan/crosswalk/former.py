"""Names and keys of today and of yesterday: an old one is told with its successor."""

from collections.abc import Collection
from typing import NoReturn

from geoplan.crosswalk.kinds import JOINED, Kind
from geoplan.crosswalk.lineage import Ancestor, Lineage
from geoplan.errors import AmbiguousUnitError, InvalidKeyError, UnknownUnitError
from geoplan.keys import key_digits, looks_like_key
from geoplan.messages import IsoDay, Message
from geoplan.search import NO_SOURCES, Match, NameIndex, SearchResult, Sources
from geoplan.search.identifiers import row_of_key
from geoplan.units import Level, UnitTable

FORMER = "former"
"""The ``match`` of a unit that was found by the key or name of an ancestor."""
_SURE = (Match.ID, Match.COORDINATES, Match.POSTCODE, Match.EXACT)
_LIKELY = (Match.PREFIX, Match.WORD)


class NamesWithLineage(NameIndex):
    """The names of a dataset whose lineage is known."""

    def __init__(self, units: UnitTable, lineage: Lineage, sources: Sources = NO_SOURCES) -> None:
        super().__init__(units, sources)
        self._table = units
        self._lineage = lineage

    def resolve(self, id_or_name: str) -> int:
        """The row of a unit of today; a key or name of yesterday is told with its successor.

        Raises
        ------
        UnknownUnitError
            ``nearest`` has the ids of the successors where it was known once.
        AmbiguousUnitError, InvalidKeyError, InvalidValueError
            As :meth:`NameIndex.resolve`.
        """
        try:
            row = super().resolve(id_or_name)
        except (UnknownUnitError, InvalidKeyError):
            found = self._ancestors(id_or_name)
            if not found:
                raise
            _tell(found[0], id_or_name)
        if looks_like_key(id_or_name):
            self._refuse_postcode_and_old_key(id_or_name.strip(), row)
        return row

    def _refuse_postcode_and_old_key(self, text: str, row: int) -> None:
        """A text that is a postcode of today may have been the key of a county that is gone."""
        former = [] if row_of_key(self._table, text) == row else self._lineage.with_id(text)
        if former:
            message = Message("“{value}” is a postcode and the key of a unit that is gone.", value=text)
            today = f"{self._table.ids[row]} ({self._table.names[row]})"
            raise AmbiguousUnitError(message, value=text, nearest=[today, *former[0].new_ids])

    def search(
        self,
        text: str,
        *,
        limit: int = 10,
        levels: Collection[Level] | None = None,
        near: str | None = None,
    ) -> list[SearchResult]:
        """Units of today as :meth:`NameIndex.search`, and the successors of old keys and names.

        The successors of a unit that was called just so go after those that are; others before typos.
        """
        exact = self._successors(self._ancestors(text), levels)
        begun = self._successors(self._lineage.beginning_with(text.strip()), levels)
        try:
            found = super().search(text, limit=limit, levels=levels, near=near)
        except UnknownUnitError:  # an old county key is no postcode that the dataset knows
            if not exact:
                raise
            found = []
        sure = [result for result in found if result.match in _SURE]
        likely = [result for result in found if result.match in _LIKELY]
        rest = [result for result in found if result not in sure and result not in likely]
        in_order: dict[str, SearchResult] = {}
        for result in (*sure, *exact, *likely, *begun, *rest):
            in_order.setdefault(result.unit.id, result)
        return list(in_order.values())[:limit]

    def _ancestors(self, text: str) -> list[Ancestor]:
        wanted = text.strip()
        by_key = self._lineage.with_id(key_digits(wanted) if looks_like_key(wanted) else wanted)
        return by_key or self._lineage.called(wanted)

    def _successors(self, ancestors: list[Ancestor], levels: Collection[Level] | None) -> list[SearchResult]:
        ids = [unit_id for one in ancestors for unit_id in one.new_ids if unit_id in self._table]
        units = [self._table[unit_id] for unit_id in dict.fromkeys(ids)]
        return [SearchResult(unit, FORMER) for unit in units if levels is None or unit.level in levels]


def _successors_said(ancestor: Ancestor) -> str:
    """The successors in a line: "03159 Göttingen"."""
    named = zip(ancestor.new_ids, ancestor.new_names, strict=True)
    return ", ".join(f"{unit_id} {name}" for unit_id, name in named)


def _tell(ancestor: Ancestor, value: str) -> NoReturn:
    fields = {
        "id": ancestor.id, "name": ancestor.name, "new": _successors_said(ancestor),
        "vintage": IsoDay(ancestor.vintage_to),
    }  # fmt: skip
    kinds = ancestor.kind.split(JOINED)
    if not ancestor.new_ids:
        message = Message("{id} {name} is gone since {vintage} at the latest, without a successor.", **fields)
    elif Kind.SPLIT in kinds:
        message = Message(
            "{id} {name} is divided since {vintage} at the latest; it lies in {new} now.", **fields
        )
    elif Kind.MERGED in kinds:
        message = Message("{id} {name} is part of {new} since {vintage} at the latest.", **fields)
    else:
        message = Message("{id} {name} is {new} since {vintage} at the latest.", **fields)
    raise UnknownUnitError(message, value=value, nearest=ancestor.new_ids)
