"""How a map looks: the ramp of fit and the classes it is cut into.

One hue, five steps of lightness (L* 89, 76, 62, 47, 30): told apart with any colour vision and in
greyscale print. Shapes tell the rest: outlines, hatching, dashes; see ``assets/map.css``.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from geoplan.suggestions.result import Role, Suggestion, SuggestionList

RAMP = ("#cce1f4", "#95c0e5", "#5d9bcf", "#3174a7", "#114b75")
"""Fill of the five classes, from the weakest fit to the best."""

_CLASS_WIDTHS = (5, 10, 20)
"""Hundredths of score a class may span; narrower ones would show differences that mean nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoreClass:
    """A span of scores that is filled with one colour."""

    step: int
    """1 (weakest fit) to 5; the colour is ``RAMP[step - 1]``."""
    low: float
    high: float


def is_outlined(suggestion: Suggestion) -> bool:
    """Whether an area is outlined and not filled: a coordinator's holds other areas of the map."""
    return suggestion.role == Role.COORDINATOR


def classes_of(answer: SuggestionList) -> tuple[ScoreClass, ...]:
    """The classes of the filled areas of a map."""
    return score_classes(
        [suggestion.score for suggestion in answer.suggestions if not is_outlined(suggestion)]
    )


def sign_of(suggestion: Suggestion, classes: Sequence[ScoreClass]) -> str:
    """How an area is drawn: ``step-1`` … ``step-5`` or ``above``, as ``assets/map.css`` names it."""
    return "above" if is_outlined(suggestion) else f"step-{score_step(suggestion.score, classes)}"


def score_classes(scores: Sequence[float]) -> tuple[ScoreClass, ...]:
    """Cut the range of ``scores`` (0 … 1) into five equal classes with round bounds, weakest first.

    The darkest class holds the best score, and the classes are the narrowest of 0.05, 0.1 and 0.2 that
    reach the weakest. Without scores there are no classes.
    """
    if not scores:
        return ()
    low, high = math.floor(100 * min(scores) + 1e-9), math.ceil(100 * max(scores) - 1e-9)
    for width in _CLASS_WIDTHS:
        end = max(math.ceil(high / width), len(RAMP)) * width
        start = end - len(RAMP) * width
        if start <= low:
            break
    return tuple(
        ScoreClass(step=step + 1, low=(start + step * width) / 100, high=(start + (step + 1) * width) / 100)
        for step in range(len(RAMP))
    )


def bounds_of(classes: Sequence[ScoreClass]) -> tuple[float, ...]:
    """Where the classes begin, weakest first, and where the last one ends."""
    return (*(part.low for part in classes), *(part.high for part in classes[-1:]))


def score_step(score: float, classes: Sequence[ScoreClass]) -> int:
    """The step of the class that ``score`` falls in; a score on a bound belongs to the class above it."""
    bounds = [round(part.low, 2) for part in classes[1:]]
    return bisect_right(bounds, score + 1e-9) + 1


def ramp_variables() -> str:
    """The ramp as CSS custom properties ``--step-1`` to ``--step-5``."""
    return ":root{" + "".join(f"--step-{step}:{colour};" for step, colour in enumerate(RAMP, start=1)) + "}"
