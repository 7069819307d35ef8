"""Who of a group reaches whom without leaving it: over borders, unincorporated areas and reviewed links."""

from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.networks.links import Link, load_links
from geoplan.services import Service
from geoplan.units import PLACE_LEVELS, Level

IntArray = NDArray[np.int64]

DECISIVE = 3
"""The weight of contiguity from which a service needs one connected area."""


def needs_contiguity(service: Service | None) -> bool:
    """Whether the members have to form one connected area: the service requires it, or it is decisive."""
    return service is not None and (service.contiguity_required or service.spatial.contiguity >= DECISIVE)


def passable_neighbours(atlas: Atlas, rows: IntArray) -> list[list[int]]:
    """For each of ``rows`` (of one level) the places in ``rows`` of those it reaches directly, ascending.

    Direct is a common border on land, a common neighbour that is an unincorporated area (or several in a
    row: nobody's council lies between), or a link of ``links.toml``.
    """
    if not len(rows):
        return []
    level = atlas.units.level[rows[0]]
    place = {row: number for number, row in enumerate(rows.tolist())}
    found: list[set[int]] = [set() for _ in place]
    borders = atlas.level_borders(level)
    between = _unincorporated_groups(atlas) if level in PLACE_LEVELS else {}
    around: dict[int, list[int]] = {}
    for row, number in place.items():
        for other in borders.neighbours(row)[0].tolist():
            if other in place:
                found[number].add(place[other])
            elif other in between:
                around.setdefault(between[other], []).append(number)
    pairs = [
        (place[one], place[other]) for one, other in linked_rows(atlas, level) if {one, other} <= place.keys()
    ]
    for one, other in [*pairs, *_all_pairs(around.values())]:
        found[one].add(other)
        found[other].add(one)
    return [sorted(near - {number}) for number, near in enumerate(found)]


def linked_rows(atlas: Atlas, level: Level) -> list[tuple[int, int]]:
    """The links between units of ``level``, as rows: those of the places, or of what the places belong to."""
    pairs = {
        (low, high)
        for link in load_links() if link.usable
        for low, high in [_ends(atlas, link, level)] if 0 <= low < high
    }  # fmt: skip
    return sorted(pairs)


def pieces(neighbours: Sequence[Collection[int]], places: Iterable[int] | None = None) -> list[list[int]]:
    """The connected pieces of a group, each ascending, in the order of their first members.

    ``places`` are the members (by default all that ``neighbours`` knows); nobody else is walked through.
    """
    left = set(range(len(neighbours)) if places is None else places)
    found = []
    while left:
        piece, ring = set(), [min(left)]
        while ring:
            here = ring.pop()
            if here in left:
                left.remove(here)
                piece.add(here)
                ring += [near for near in neighbours[here] if near in left]
        found.append(sorted(piece))
    return found


def _ends(atlas: Atlas, link: Link, level: Level) -> tuple[int, int]:
    ends = []
    for unit_id in (link.one, link.other):
        row = atlas.units.row(unit_id) if unit_id in atlas.units else -1
        if row >= 0 and level not in PLACE_LEVELS:
            row = int(atlas.hierarchy.parent[level][row]) if level in atlas.hierarchy.parent else -1
        ends.append(row)
    return min(ends), max(ends)


@lru_cache(maxsize=4)
def _unincorporated_groups(atlas: Atlas) -> dict[int, int]:
    """Each unincorporated area and the lowest row of those it is connected with."""
    areas = atlas.units.rows_of(Level.UNINCORPORATED_AREA).tolist()
    place = {row: number for number, row in enumerate(areas)}
    near = [
        [place[other] for other in atlas.borders.neighbours(row)[0].tolist() if other in place]
        for row in areas
    ]
    return {areas[number]: areas[piece[0]] for piece in pieces(near) for number in piece}


def _all_pairs(groups: Iterable[list[int]]) -> Iterable[tuple[int, int]]:
    return ((one, other) for group in groups for one in group for other in group if one != other)
