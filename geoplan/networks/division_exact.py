"""The best division of a small area, with proof: every connected group is tried in every combination."""

from collections.abc import Sequence
from functools import lru_cache

from geoplan.networks.area import NOBODY, Area, Division
from geoplan.networks.bitset import bits, mask_of, union

MOST_NODES = 14
"""Up to so many nodes the exact division takes a moment."""


def best_division(area: Area) -> Division:
    """The division that leaves the fewest over and, of these, fits best; for at most :data:`MOST_NODES`."""
    around = [mask_of(near) for near in area.neighbours]
    groups = {
        mask: area.worth(nodes)
        for mask in connected_groups(around, area.size, area.bounds.max_members)
        if area.feasible(nodes := bits(mask))
    }
    by_lowest: dict[int, list[int]] = {}
    for mask in groups:
        by_lowest.setdefault(mask & -mask, []).append(mask)

    @lru_cache(maxsize=None)
    def best(left: int) -> tuple[int, float, tuple[int, ...]]:
        """Covered members, worth and groups of the best division of the nodes in ``left``."""
        if not left:
            return 0, 0.0, ()
        lowest = left & -left
        found = best(left & ~lowest)
        for mask in by_lowest.get(lowest, ()):
            if mask & ~left == 0:
                covered, worth, rest = best(left & ~mask)
                candidate = (covered + area.members(bits(mask)), worth + groups[mask], (mask, *rest))
                found = max(found, candidate, key=lambda one: (one[0], round(one[1], 9), one[2]))
        return found

    _, _, chosen = best((1 << area.count) - 1)
    return Division.of(area, [bits(mask) for mask in chosen]) if chosen else NOBODY


def connected_groups(around: list[int], size: Sequence[int], largest: int) -> list[int]:
    """Every connected group of nodes with at most ``largest`` members, each once, as bits."""
    found = []
    for start in range(len(around)):
        # Only nodes above the start join: each group is found from its lowest node alone.
        allowed = -1 << (start + 1)
        stack = [(1 << start, around[start] & allowed, 1 << start)]
        while stack:
            group, frontier, banned = stack.pop()
            if sum(size[node] for node in bits(group)) > largest:
                continue
            found.append(group)
            for node in bits(frontier):
                joined = group | 1 << node
                banned |= 1 << node
                reach = union(around[member] for member in bits(joined)) & allowed
                stack.append((joined, reach & ~banned, banned))
    return found
