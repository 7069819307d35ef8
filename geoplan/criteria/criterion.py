"""What a criterion is: a pure function of a view, with a unit, and the sentence that explains its value."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.criteria.view import View
from geoplan.messages import Message

FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What a criterion finds for c candidates."""

    value: FloatArray
    """(c,) the measured value in the criterion's unit; NaN where unknown."""
    degree: FloatArray
    """(c,) how far the criterion is fulfilled, 0 … 1; NaN where unknown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One reason to cooperate."""

    key: str
    label: Message
    unit: str
    """The unit of the value: ``km``, ``share``, ``ratio``, ``count``."""
    measure: Callable[[View], Measure]
    explain: Callable[[View, int, Measure], Message]
    """The sentence for one candidate (its place in the view)."""


def same(degree: FloatArray) -> Measure:
    """A measure whose value is its degree (shares)."""
    return Measure(value=degree, degree=degree)
