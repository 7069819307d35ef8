"""Which terms a text with a typo may have meant."""

from bisect import bisect_left, bisect_right
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


_LAST_CHARACTER = "\U0010ffff"


def typos_allowed(text: str) -> int:
    """How many typos are read over in ``text``."""
    return int(len(text) >= SHORTEST) + int(len(text) >= LONG)


def beginnings_within_reach(terms: Sequence[str], text: str) -> dict[int, int]:
    """Return the places of the sorted ``terms`` that a ``text`` with typos begins, and the typos in each.

    From :data:`LONG` letters on; the first letter is taken as right, for nearly all who begin a name get it
    right, and to compare all others would take ten times as long.
    """
    if len(text) < LONG:
        return {}
    low, high = bisect_left(terms, text[0]), bisect_right(terms, text[0] + _LAST_CHARACTER)
    places = [place for place in range(low, high) if len(terms[place]) > len(text) - typos_allowed(text)]
    fuzzy = _rapidfuzz()
    found: dict[int, int] = {}
    for length in range(len(text) - typos_allowed(text), len(text) + typos_allowed(text) + 1):
        near = fuzzy.process.extract(
            text, [terms[place][:length] for place in places],
            scorer=fuzzy.distance.OSA.distance, score_cutoff=typos_allowed(text), limit=None,
        )  # fmt: skip
        for _, typos, number in near:
            found[places[number]] = min(int(typos), found.get(places[number], int(typos)))
    return found


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
        allowed = typos_allowed(text)
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
