"""Which terms a text with a typo may have meant."""

from collections.abc import Sequence
from functools import cache
from types import ModuleType

import numpy as np

SHORTEST = 4
"""Letters from which on one typo is read over; of three letters any two words are alike."""
LONG = 9
"""Letters from which on two typos are read over."""
SIMILAR_ENOUGH = 60.0
"""Per cent of common letters below which a term is no help to the reader."""


class TypoIndex:
    """Terms by length, so that only those that a few typos can turn into the text are compared."""

    def __init__(self, terms: Sequence[str]) -> None:
        length = np.fromiter(map(len, terms), dtype=np.int64, count=len(terms))
        self._place = np.argsort(length, kind="stable")
        self._terms = [terms[place] for place in self._place.tolist()]
        self._length = length[self._place]

    def within_reach(self, text: str) -> dict[int, int]:
        """Return the places (in the order given first) of the terms that may be meant, and the typos in each.

        A typo is a letter wrong, missing or too many, or two neighbours swapped (optimal string alignment).
        """
        allowed = int(len(text) >= SHORTEST) + int(len(text) >= LONG)
        if not allowed:
            return {}
        low, high = np.searchsorted(self._length, [len(text) - allowed, len(text) + allowed + 1]).tolist()
        fuzzy = _rapidfuzz()
        found = fuzzy.process.extract(
            text, self._terms[low:high], scorer=fuzzy.distance.OSA.distance, score_cutoff=allowed, limit=None
        )
        return {int(self._place[low + place]): int(typos) for _, typos, place in found}

    def most_similar(self, text: str, limit: int) -> list[int]:
        """Return the places of at most ``limit`` terms that share the most letters with ``text``."""
        fuzzy = _rapidfuzz()
        found = fuzzy.process.extract(
            text, self._terms, scorer=fuzzy.fuzz.ratio, score_cutoff=SIMILAR_ENOUGH, limit=limit
        )
        return [int(self._place[place]) for _, _, place in found]


@cache
def _rapidfuzz() -> ModuleType:
    import rapidfuzz  # noqa: PLC0415 - takes 20 to 40 ms, and who asks for an id or a right name needs none of it

    return rapidfuzz
