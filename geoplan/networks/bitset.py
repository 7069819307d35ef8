"""Sets of candidates as the bits of one whole number: cheap to copy, compare and look up."""

from collections.abc import Iterable


def bits(mask: int) -> list[int]:
    """The places in a set, ascending."""
    found = []
    while mask:
        lowest = mask & -mask
        found.append(lowest.bit_length() - 1)
        mask ^= lowest
    return found


def mask_of(places: Iterable[int]) -> int:
    """The set of ``places``."""
    mask = 0
    for place in places:
        mask |= 1 << place
    return mask


def union(masks: Iterable[int]) -> int:
    """All that is in one of ``masks``."""
    together = 0
    for mask in masks:
        together |= mask
    return together
