"""Which units have a name, in full or for short."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.search.terms import IntArray


@dataclass(frozen=True, kw_only=True, eq=False)
class NameMatch:
    """Units whose name equals a text."""

    full: IntArray
    """Rows of those with exactly this official name."""
    short: IntArray
    """Rows of those that are called so for short: their name goes on with a suffix, or has a title."""

    def __bool__(self) -> bool:
        return bool(len(self.full) or len(self.short))

    @property
    def rows(self) -> IntArray:
        """All of them."""
        return np.concatenate([self.full, self.short])

    def within(self, kept: NDArray[np.bool_]) -> "NameMatch":
        """Those of them that are ``kept`` (a mask over all rows)."""
        return NameMatch(full=self.full[kept[self.full]], short=self.short[kept[self.short]])


NO_MATCH = NameMatch(full=np.empty(0, dtype=np.int64), short=np.empty(0, dtype=np.int64))
