"""Which services a municipality has, needs and offers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyarrow as pa

from geoplan.enrichment.columns import PROFILE_FILE, Extras, damaged, unpacked


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a municipality says of one service (Aufgabe); unknown is ``None``."""

    row: int
    service: str
    has: bool | None
    """It does the task itself, with means of its own."""
    needs: bool | None
    """It looks for somebody to do the task with."""
    offers: bool | None
    """It could do the task for others."""


@dataclass(frozen=True)
class Profiles:
    """The service profiles of a dataset."""

    entries: tuple[Profile, ...] = ()

    @cached_property
    def _by_pair(self) -> Mapping[tuple[int, str], Profile]:
        return {(entry.row, entry.service): entry for entry in self.entries}

    def of(self, row: int) -> tuple[Profile, ...]:
        """All that is known of a municipality."""
        return tuple(entry for entry in self.entries if entry.row == row)

    def get(self, row: int, service: str) -> Profile | None:
        """What a municipality says of a service; ``None`` where nothing."""
        return self._by_pair.get((row, service))


def profile_table(ids: Sequence[str], profiles: Profiles) -> pa.Table:
    """The profiles as a table."""
    entries = profiles.entries
    return pa.table(
        {
            "id": pa.array([ids[entry.row] for entry in entries], pa.string()),
            "service": pa.array([entry.service for entry in entries], pa.string()),
            "has": pa.array([entry.has for entry in entries], pa.bool_()),
            "needs": pa.array([entry.needs for entry in entries], pa.bool_()),
            "offers": pa.array([entry.offers for entry in entries], pa.bool_()),
        }
    )


def read_profiles_of(extras: Extras, ids: Sequence[str]) -> Profiles:
    """The profiles of the units ``ids``; none where the dataset has none.

    Raises
    ------
    DatasetError
        The table is damaged.
    """
    if PROFILE_FILE not in extras:
        return Profiles()
    table = unpacked(extras[PROFILE_FILE](), PROFILE_FILE)
    row_of = {one: row for row, one in enumerate(ids)}
    try:
        columns = [table[name].to_pylist() for name in ("id", "service", "has", "needs", "offers")]
        return Profiles(
            tuple(
                Profile(row=row_of[one], service=service, has=has, needs=needs, offers=offers)
                for one, service, has, needs, offers in zip(*columns, strict=True)
            )
        )
    except (KeyError, ValueError) as error:
        raise damaged(PROFILE_FILE) from error
