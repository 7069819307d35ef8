"""Which postcodes a municipality has, and which municipalities a postcode serves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geoplan.enrichment.columns import POSTCODE_FILE, Extras, damaged, unpacked

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Postcode:
    """A postcode (Postleitzahl) in a municipality."""

    row: int
    """Row of the municipality."""
    postcode: str
    share: float | None
    """Share of the municipality that has it, 0 … 1; ``None`` where unknown."""
    seat: bool
    """Whether it is that of the municipality's administration."""


@dataclass(frozen=True)
class Postcodes:
    """Postcodes of municipalities, many to many."""

    entries: tuple[Postcode, ...] = ()
    """By municipality, the seat's first."""

    @cached_property
    def _by_row(self) -> Mapping[int, tuple[Postcode, ...]]:
        found: dict[int, tuple[Postcode, ...]] = {}
        for entry in self.entries:
            found[entry.row] = (*found.get(entry.row, ()), entry)
        return found

    @cached_property
    def _by_postcode(self) -> Mapping[str, tuple[Postcode, ...]]:
        found: dict[str, tuple[Postcode, ...]] = {}
        for entry in self.entries:
            found[entry.postcode] = (*found.get(entry.postcode, ()), entry)
        return found

    def of(self, row: int) -> tuple[Postcode, ...]:
        """The postcodes of a municipality."""
        return self._by_row.get(row, ())

    def serving(self, postcode: str) -> tuple[Postcode, ...]:
        """The municipalities that have a postcode."""
        return self._by_postcode.get(postcode, ())


def sorted_entries(entries: Sequence[Postcode]) -> tuple[Postcode, ...]:
    """By municipality, the seat's postcode first, then the larger shares."""
    return tuple(
        sorted(entries, key=lambda entry: (entry.row, not entry.seat, -(entry.share or 0.0), entry.postcode))
    )


def postcode_table(ids: Sequence[str], postcodes: Postcodes) -> pa.Table:
    """The postcodes as a table."""
    entries = postcodes.entries
    return pa.table(
        {
            "id": pa.array([ids[entry.row] for entry in entries], pa.string()),
            "postcode": pa.array([entry.postcode for entry in entries], pa.string()),
            "share": pa.array([entry.share for entry in entries], pa.float64()),
            "seat": pa.array([entry.seat for entry in entries], pa.bool_()),
        }
    )


def read_postcodes_of(extras: Extras, ids: Sequence[str]) -> Postcodes:
    """The postcodes of the units ``ids``; none where the dataset has none.

    Raises
    ------
    DatasetError
        The table is damaged.
    """
    if POSTCODE_FILE not in extras:
        return Postcodes()
    table = unpacked(extras[POSTCODE_FILE](), POSTCODE_FILE)
    row_of = {one: row for row, one in enumerate(ids)}
    try:
        columns = [table[name].to_pylist() for name in ("id", "postcode", "share", "seat")]
        return Postcodes(
            tuple(
                Postcode(row=row_of[one], postcode=postcode, share=share, seat=seat)
                for one, postcode, share, seat in zip(*columns, strict=True)
            )
        )
    except (KeyError, ValueError) as error:
        raise damaged(POSTCODE_FILE) from error
