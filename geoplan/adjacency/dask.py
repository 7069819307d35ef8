"""The adjacency on several machines: the relational plan as a graph of Dask tasks.

Every task is a pure function of others, so what a lost worker had is computed again elsewhere, and the
result stays the same.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.adjacency.build import DEFAULT_TOLERANCE_M, Adjacency
from geoplan.adjacency.noding import Noding, Pieces
from geoplan.adjacency.rows import SegmentRows, joined, segment_rows
from geoplan.adjacency.segments import FloatArray
from geoplan.adjacency.steps import (
    Matched,
    PairSums,
    Places,
    Renames,
    added,
    bucket_of,
    by_bucket,
    in_points_only,
    match,
    match_pieces,
    meet,
    renames_of,
)
from geoplan.adjacency.strips import MARGIN_TOLERANCES, Suspects, node_strip
from geoplan.errors import InvalidValueError
from geoplan.messages import Message

MAX_BUCKETS = 64
"""Each part is shuffled into each bucket; more would be more tasks than work."""
CONNECT_SECONDS = 10
_ROWS_PER_PART = 40
"""Bits: parts number their segments apart from one another."""
_SAMPLE = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """Some of the units; whoever computes it reads it."""

    load: Callable[[], NDArray[np.object_]]
    """Reads the polygons; it is sent to a worker, so it can be pickled, and what it reads is there too."""
    first_unit: int
    """The number of its first unit among all."""
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Strips:
    """Where strips begin, and how far the segments of each reach."""

    west: FloatArray
    """(b - 1,) the inner edges."""
    reach: FloatArray
    """(b,) the easternmost end of a segment that the strip owns."""


def connected(address: str) -> Any:
    """A client of the scheduler at ``address``.

    Raises
    ------
    InvalidValueError
        Nothing answers there.
    """
    from distributed import Client  # noqa: PLC0415 - an extra, and a second that no other answer needs

    try:
        return Client(  # type: ignore[no-untyped-call]
            address, timeout=CONNECT_SECONDS, set_as_default=False
        )
    except (OSError, TimeoutError, ValueError, TypeError) as error:
        message = Message("No Dask scheduler answers at “{value}”.", value=address)
        raise InvalidValueError(message, value=address) from error


def dask_adjacency(
    parts: Sequence[Part],
    client: Any,
    *,
    buckets: int | None = None,
    tolerance_m: float = DEFAULT_TOLERANCE_M,
) -> Adjacency:
    """Find what :func:`build_adjacency` finds, on the workers of a Dask cluster.

    Parameters
    ----------
    parts
        The units, numbered one part after another.
    client
        A ``distributed.Client``; see :func:`connected`.
    buckets
        Into how many parts the segments are shuffled by key, and the map is cut; as many as there are parts
        by default, up to 64.

    Raises
    ------
    InvalidValueError
        As in :func:`build_adjacency`.
    """
    count = sum(part.count for part in parts)
    if not parts:
        none = np.empty((0, 2), np.int64)
        return Adjacency(count=0, pairs=none, border_m=np.empty(0), point_pairs=none)
    wanted = buckets or min(len(parts), MAX_BUCKETS)
    answer: Adjacency = client.compute(_graph(parts, count, wanted, tolerance_m)).result()
    return answer


def _graph(parts: Sequence[Part], count: int, buckets: int, tolerance_m: float) -> Any:
    """All tasks; ``[part][bucket]`` says what is whose."""
    from dask.delayed import delayed  # noqa: PLC0415 - as in connected

    def shuffled(function: Callable[..., Any], argument_lists: Sequence[Sequence[Any]]) -> list[list[Any]]:
        """What ``function`` makes of each argument list, by bucket: ``[bucket][part]``."""
        made = [delayed(function, nout=buckets, pure=False)(*arguments) for arguments in argument_lists]
        return [[part[number] for part in made] for number in range(buckets)]

    margin_m = MARGIN_TOLERANCES * tolerance_m
    rows = [delayed(_rows)(part, number, tolerance_m) for number, part in enumerate(parts)]
    matched = [
        delayed(match)(part, count) for part in shuffled(by_bucket, [(part, buckets) for part in rows])
    ]
    west = delayed(_edges)([delayed(_sample)(part) for part in matched], buckets)
    strips = delayed(_strips)(west, [delayed(_reach)(part, west) for part in matched])
    suspects = shuffled(_by_strip, [(part, strips, margin_m) for part in matched])
    nodings = [delayed(_node)(part, strips, number, tolerance_m) for number, part in enumerate(suspects)]
    renames = delayed(renames_of)(nodings)
    pieces = shuffled(_pieces_by_bucket, [(noding, buckets) for noding in nodings])
    places = shuffled(_places_by_bucket, [(part, renames, buckets) for part in rows])
    contacts = shuffled(_contacts_by_bucket, [(noding, buckets) for noding in nodings])
    borders = [
        *(delayed(_borders)(part) for part in matched),
        *(delayed(match_pieces)(p, count) for p in pieces),
    ]
    met = [delayed(meet)([*some, *more], count) for some, more in zip(places, contacts, strict=True)]
    return delayed(_adjacency)(borders, met, count)


def _rows(part: Part, number: int, tolerance_m: float) -> SegmentRows:
    rows, _ = segment_rows(
        part.load(), tolerance_m, first_unit=part.first_unit, first_row=number << _ROWS_PER_PART
    )
    return rows


def _borders(matched: Matched) -> PairSums:
    return matched.borders


def _sample(matched: Matched) -> FloatArray:
    """Some of the western ends of the suspects, evenly; each stands for as many in every bucket."""
    return matched.suspects.west[:: max(len(matched.suspects.partner) // _SAMPLE, 1)]


def _edges(samples: Sequence[FloatArray], buckets: int) -> FloatArray:
    """The inner edges of strips that own about as many suspects each."""
    west = np.concatenate(samples)
    if not len(west):
        return np.zeros(buckets - 1)
    return np.asarray(np.quantile(west, np.arange(1, buckets) / buckets))


def _reach(matched: Matched, west: FloatArray) -> FloatArray:
    """The easternmost end of the suspects that each strip owns."""
    reach = np.full(len(west) + 1, -np.inf)
    np.maximum.at(reach, _strip_of(matched.suspects, west), matched.suspects.east)
    return reach


def _strip_of(suspects: Suspects, west: FloatArray) -> NDArray[np.int64]:
    return np.searchsorted(west, suspects.west, side="right")


def _strips(west: FloatArray, reaches: Sequence[FloatArray]) -> Strips:
    return Strips(west=west, reach=np.max(reaches, axis=0))


def _by_strip(matched: Matched, strips: Strips, margin_m: float) -> tuple[Suspects, ...]:
    """The suspects that each strip owns, and those that may touch them."""
    suspects = matched.suspects
    begins = np.concatenate([[-np.inf], strips.west])
    return tuple(
        suspects.take((suspects.east >= west - margin_m) & (suspects.west <= reach + margin_m))
        for west, reach in zip(begins, strips.reach, strict=True)
    )


def _node(parts: Sequence[Suspects], strips: Strips, number: int, tolerance_m: float) -> Noding:
    suspects = Suspects(
        rows=joined(part.rows for part in parts), partner=np.concatenate([part.partner for part in parts])
    )
    return node_strip(suspects, _strip_of(suspects, strips.west) == number, tolerance_m)


def _pieces_by_bucket(noding: Noding, buckets: int) -> tuple[Pieces, ...]:
    bucket = bucket_of(noding.pieces.key, buckets)
    return tuple(noding.pieces.take(bucket == number) for number in range(buckets))


def _places_by_bucket(rows: SegmentRows, renames: Renames, buckets: int) -> tuple[Places, ...]:
    return _by_bucket(Places(unit=rows.unit, key=renames.renamed(rows.start_key)), buckets)


def _contacts_by_bucket(noding: Noding, buckets: int) -> tuple[Places, ...]:
    return _by_bucket(Places(unit=noding.contact_unit, key=noding.contact_key), buckets)


def _by_bucket(places: Places, buckets: int) -> tuple[Places, ...]:
    bucket = bucket_of(places.key, buckets)
    return tuple(
        Places(unit=places.unit[bucket == number], key=places.key[bucket == number])
        for number in range(buckets)
    )


def _adjacency(sums: Sequence[PairSums], met: Sequence[Any], count: int) -> Adjacency:
    borders = added(sums, count)
    return Adjacency(
        count=count, pairs=borders.pairs, border_m=borders.metres,
        point_pairs=in_points_only(met, borders, count),
    )  # fmt: skip
