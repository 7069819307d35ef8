"""Sorted terms: which of them equal a text, which begin with it."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

LAST_CHARACTER = "\U0010ffff"


@dataclass(frozen=True, slots=True, kw_only=True)
class SortedTerms:
    """Terms in alphabetical order, each of them standing for something that has a number."""

    terms: list[str]
    """Sorted; a term may stand here several times."""
    numbers: IntArray
    """For each term: what it stands for."""

    @classmethod
    def from_columns(cls, terms: Sequence[str], numbers: Sequence[int]) -> "SortedTerms":
        """Sort ``terms``, which stand for ``numbers``."""
        order = sorted(range(len(terms)), key=terms.__getitem__)
        return cls(
            terms=[terms[place] for place in order],
            numbers=np.asarray(numbers, dtype=np.int64)[np.asarray(order, dtype=np.int64)],
        )

    def equal_to(self, text: str) -> IntArray:
        """The numbers of all terms that equal ``text``."""
        return self.numbers[bisect_left(self.terms, text) : bisect_right(self.terms, text)]

    def beginning_with(self, text: str) -> IntArray:
        """The numbers of all terms that begin with ``text``."""
        return self.numbers[bisect_left(self.terms, text) : bisect_right(self.terms, text + LAST_CHARACTER)]
