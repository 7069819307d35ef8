"""Who commutes from where to where: a sparse table by the rows of the units."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from geoplan.boundaries.geoparquet import plain_numbers
from geoplan.enrichment.columns import FLOW_FILE, Extras, damaged, unpacked

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, kw_only=True, eq=False)
class Flows:
    """Commuters (Pendler) from unit to unit, in compressed rows.

    Municipalities and counties are both in it, each among their own; a pair that is not in it is unknown, for
    publishers keep small numbers back.
    """

    row_start: IntArray
    """(n + 1,) where the destinations of each unit start."""
    destination: IntArray
    """(m,) row of the unit that people go to, sorted within an origin."""
    commuters: FloatArray
    """(m,) people who live in the one and work in the other."""
    estimated: BoolArray
    """(m,) whether the number was spread from counties by a gravity model."""

    @classmethod
    def from_pairs(cls, count: int, pairs: IntArray, commuters: FloatArray, estimated: BoolArray) -> "Flows":
        """Put pairs (m, 2) of origin and destination among ``count`` units in order."""
        order = np.lexsort((pairs[:, 1], pairs[:, 0]))
        row_start = np.zeros(count + 1, dtype=np.int64)
        np.cumsum(np.bincount(pairs[:, 0], minlength=count), out=row_start[1:])
        return cls(
            row_start=row_start,
            destination=pairs[order, 1],
            commuters=commuters[order],
            estimated=estimated[order],
        )

    @classmethod
    def empty(cls, count: int) -> "Flows":
        """Nothing known of ``count`` units."""
        return cls.from_pairs(
            count, np.empty((0, 2), dtype=np.int64), np.empty(0), np.empty(0, dtype=np.bool_)
        )

    def __len__(self) -> int:
        return len(self.destination)

    def from_unit(self, row: int) -> tuple[IntArray, FloatArray, BoolArray]:
        """Where the commuters of a unit go: destinations, commuters, whether estimated."""
        part = slice(int(self.row_start[row]), int(self.row_start[row + 1]))
        return self.destination[part], self.commuters[part], self.estimated[part]

    @cached_property
    def total(self) -> FloatArray:
        """(n,) all known commuters who leave each unit; NaN where none is known."""
        total = np.add.reduceat(np.append(self.commuters, 0.0), self.row_start[:-1])
        return np.where(np.diff(self.row_start) > 0, total, np.nan)

    def between(self, origin: int, destination: int) -> float | None:
        """Commuters from one unit to another; ``None`` where unknown."""
        destinations, commuters, _ = self.from_unit(origin)
        place = int(np.searchsorted(destinations, destination))
        found = place < len(destinations) and destinations[place] == destination
        return float(commuters[place]) if found else None

    @property
    def origin(self) -> IntArray:
        """(m,) row of the unit that people live in."""
        return np.repeat(np.arange(len(self.row_start) - 1), np.diff(self.row_start))

    def reversed(self) -> "Flows":
        """The same flows by destination: where the people who work in a unit come from."""
        pairs = np.column_stack([self.destination, self.origin])
        return Flows.from_pairs(len(self.row_start) - 1, pairs, self.commuters, self.estimated)


def flow_table(flows: Flows) -> pa.Table:
    """The flows as a table; units are rows of the dataset's own unit table."""
    return pa.table(
        {
            "origin": pa.array(flows.origin.astype(np.int32)),
            "destination": pa.array(flows.destination.astype(np.int32)),
            "commuters": pa.array(flows.commuters.astype(np.float32)),
            "estimated": pa.array(flows.estimated),
        }
    )


def read_flows(extras: Extras, count: int) -> Flows:
    """The flows among ``count`` units; empty where the dataset has none.

    Raises
    ------
    DatasetError
        The table is damaged.
    """
    if FLOW_FILE not in extras:
        return Flows.empty(count)
    table = unpacked(extras[FLOW_FILE](), FLOW_FILE)
    try:
        pairs = np.column_stack(
            [
                plain_numbers(table[name].combine_chunks()).astype(np.int64)
                for name in ("origin", "destination")
            ]
        )
        commuters = plain_numbers(table["commuters"].combine_chunks()).astype(np.float64)
        estimated = np.array(table["estimated"].to_pylist(), dtype=np.bool_)
    except (KeyError, ValueError, TypeError, BufferError, pa.ArrowException) as error:
        raise damaged(FLOW_FILE) from error
    if len(pairs) and (pairs.min() < 0 or pairs.max() >= count):
        raise damaged(FLOW_FILE)
    return Flows.from_pairs(count, pairs, commuters, estimated)
