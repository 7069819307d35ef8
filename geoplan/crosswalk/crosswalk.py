"""The crosswalk between two vintages: what became of each unit, and where each new one came from."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from geoplan.crosswalk.kinds import Kind
from geoplan.crosswalk.migration import Migration, Step, migrated, step_of_change, step_of_kept
from geoplan.crosswalk.values import Appearance, Change
from geoplan.errors import UnknownUnitError
from geoplan.messages import IsoDay, Message
from geoplan.nearest import nearest_values
from geoplan.provenance import Provenance
from geoplan.units import Level


@dataclass(frozen=True, kw_only=True, eq=False)
class Crosswalk:
    """What became of every unit of one dataset in another, on every level."""

    old: Provenance
    new: Provenance
    tolerance_m: float
    """Pieces into which no circle of this radius fits are slivers between two drawings of one border."""
    changes_of_all: tuple[Change, ...]
    """One per old unit: places first, then the levels above, each by id."""
    appeared: tuple[Appearance, ...]
    """New units that no old one went into."""

    @cached_property
    def _by_old(self) -> dict[str, Change]:
        return {change.id: change for change in self.changes_of_all}

    @cached_property
    def _by_new(self) -> dict[str, list[tuple[str, float]]]:
        found: dict[str, list[tuple[str, float]]] = {one.id: [] for one in self.appeared}
        for change in self.changes_of_all:
            for successor in change.successors:
                found.setdefault(successor.id, []).append((change.id, successor.new_share))
        return {key: sorted(parts, key=lambda part: (-part[1], part[0])) for key, parts in found.items()}

    def has_old(self, old_id: str) -> bool:
        """Whether the old dataset has a unit of this id."""
        return old_id in self._by_old

    def change(self, old_id: str) -> Change:
        """What became of a unit.

        Raises
        ------
        UnknownUnitError
            The old dataset has no such unit.
        """
        if old_id not in self._by_old:
            raise self._unknown(old_id, self.old, self._by_old)
        return self._by_old[old_id]

    def new_of(self, old_id: str) -> list[tuple[str, float]]:
        """New ids with the share of the old unit's area, the main successor first.

        Errors as in :meth:`change`.
        """
        return [(successor.id, successor.share) for successor in self.change(old_id).successors]

    def old_of(self, new_id: str) -> list[tuple[str, float]]:
        """Old ids with their share of the area that went into the new unit, largest first.

        Raises
        ------
        UnknownUnitError
            The new dataset has no such unit.
        """
        if new_id not in self._by_new:
            raise self._unknown(new_id, self.new, self._by_new)
        return list(self._by_new[new_id])

    def kind(self, old_id: str) -> str:
        """The kinds of a unit's change as one word, ``merged+re-keyed``; errors as in :meth:`change`."""
        return self.change(old_id).kind

    def changes(self, *, only: Iterable[Kind] = (), level: Level | None = None) -> list[Change]:
        """All units that are not what they were; of these kinds and this level only."""
        wanted = set(only) or set(Kind) - {Kind.UNCHANGED}
        return [
            change for change in self.changes_of_all
            if wanted & set(change.kinds) and level in (None, change.level)
        ]  # fmt: skip

    def counts(self) -> dict[str, dict[str, int]]:
        """How many units of each level went through each (combination of) kind."""
        found: dict[str, dict[str, int]] = {}
        for change in self.changes_of_all:
            of_level = found.setdefault(change.level.value, {})
            of_level[change.kind] = of_level.get(change.kind, 0) + 1
        return found

    def migrate(self, member_ids: Iterable[str]) -> Migration:
        """Bring a saved list of members to the new vintage.

        A unit that was divided is replaced by all its parts, any other by its main successor. Ids that only
        the new dataset has stay, so a list that was migrated does not change again (unless the new dataset
        gave an old key to another unit: no list tells which one is meant).

        Raises
        ------
        UnknownUnitError
            An id that neither dataset has.
        """
        return migrated(list(member_ids), self.step, self._unknown_member)

    def step(self, unit_id: str) -> Step | None:
        """What stands in the place of a unit; ``None`` where neither dataset has it."""
        if unit_id in self._by_old:
            return step_of_change(self._by_old[unit_id])
        known = unit_id in self._new_names
        return step_of_kept(unit_id, self._new_names[unit_id]) if known else None

    @cached_property
    def _new_names(self) -> dict[str, str]:
        names = {one.id: one.name for one in self.appeared}
        return names | {
            successor.id: successor.name for change in self.changes_of_all for successor in change.successors
        }

    def _unknown(self, unit_id: str, data: Provenance, known: Iterable[str]) -> UnknownUnitError:
        message = Message(
            "{dataset}, territorial status {vintage}, has no unit “{value}”.",
            dataset=data.dataset, vintage=IsoDay(data.vintage), value=unit_id,
        )  # fmt: skip
        return UnknownUnitError(message, value=unit_id, nearest=nearest_values(unit_id, known))

    def _unknown_member(self, unit_id: str) -> UnknownUnitError:
        return self._unknown(unit_id, self.old, self._by_old)

    def to_dict(self) -> dict[str, Any]:
        """The head of the crosswalk as JSON writes it: the two datasets, the tolerance, how many changes."""
        return {
            "old": self.old.to_dict(), "new": self.new.to_dict(),
            "tolerance_m": self.tolerance_m, "counts": self.counts(),
        }  # fmt: skip
