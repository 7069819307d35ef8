"""Several rows of one municipality become one: its figures are added up, its texts must not differ."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from geoplan.enrichment.figures import FloatArray


def first_rows(ids: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The first row of each id in the order they come, and for each row the number of its id."""
    number: dict[str, int] = {}
    group = np.array([number.setdefault(one, len(number)) for one in ids], dtype=np.int64)
    _, first = np.unique(group, return_index=True)
    return first.astype(np.int64), group


def sums(values: FloatArray, group: NDArray[np.int64], count: int) -> FloatArray:
    """(count,) the sum of each group, NaN where a part of it is unknown."""
    return np.bincount(group, values, minlength=count).astype(np.float64)
