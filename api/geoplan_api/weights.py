"""How weights are written by people: numbers of at least 0, with a decimal point or comma."""

import math
import re

from geoplan.errors import InvalidValueError
from geoplan.messages import Message

SIGNS = re.compile("[:=]")
"""Either stands between a criterion and its weight, at every door."""


def read_weight(text: str) -> float:
    """Read one weight.

    Raises
    ------
    InvalidValueError
        Not a number, not finite or negative.
    """
    try:
        weight = float(text.replace(",", "."))
    except ValueError:
        weight = math.nan
    if not (math.isfinite(weight) and weight >= 0):
        message = Message("The weight “{value}” is not a number of at least 0.", value=text)
        raise InvalidValueError(message, value=text)
    return weight


def read_weights(texts: list[str], sign: str) -> dict[str, float]:
    """Read weights written ``criterion:number`` or ``criterion=number``; ``sign`` is the usual one here.

    Raises
    ------
    InvalidValueError
        No such pair, or the weight is not a number of at least 0.
    """
    weights = {}
    for text in texts:
        criterion, *number = SIGNS.split(text, maxsplit=1)
        if not number or not criterion.strip():
            message = Message(
                "“{value}” is not a weight; a weight is written criterion{sign}number.", value=text, sign=sign
            )
            raise InvalidValueError(message, value=text)
        weights[criterion.strip()] = read_weight(number[0])
    return weights
