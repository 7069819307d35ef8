"""What stands on the sides of a comparison in CQL2: columns, literals, and what is computed from them."""

import operator
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan_api.ogc.filters import Expression, dumped
from geoplan_maps.exchange.columns import Column, Kind

Mask = NDArray[np.bool_]
TEXT, NUMBER, TRUTH = "text", "number", "truth value"
_KINDS = {Kind.STRING: TEXT, Kind.INTEGER: NUMBER, Kind.NUMBER: NUMBER, Kind.BOOLEAN: TRUTH}


@dataclass(frozen=True, slots=True, kw_only=True)
class Operand:
    """A value for every feature."""

    kind: str
    """:data:`TEXT`, :data:`NUMBER` or :data:`TRUTH`."""
    values: NDArray[Any]
    """(n,) or (1,)"""
    known: Mask
    """Where there is a value."""


def operand(part: Expression, columns: Mapping[str, Column]) -> Operand:
    """The values of an expression.

    Raises
    ------
    InvalidValueError
        An expression that stands for no text, number or truth value.
    """
    match part:
        case bool():
            return _constant(TRUTH, part)
        case int() | float():
            return _constant(NUMBER, float(part))
        case str():
            return _constant(TEXT, part)
        case {"property": str(name)} if name in columns:
            return _column(columns[name])
        case {"op": "casei" | "accenti" as name, "args": [inner]}:
            return _folded(operand(inner, columns), name, part)
        case {"op": str(name), "args": [one, other]} if name in ARITHMETIC:
            return _computed(name, operand(one, columns), operand(other, columns), part)
    raise unusable(part)


def unusable(part: Expression) -> InvalidValueError:
    """The error of an expression that cannot stand where it stands."""
    text = dumped(part)[:200]
    message = Message(
        "In the filter “{value}” cannot stand where it stands, or is not supported.", value=text
    )
    return InvalidValueError(message, value=text)


def _constant(kind: str, value: Any) -> Operand:
    return Operand(kind=kind, values=np.array([value], dtype=_DTYPES[kind]), known=np.ones(1, dtype=bool))


_DTYPES: Mapping[str, Any] = {TEXT: object, NUMBER: np.float64, TRUTH: np.bool_}


def _column(column: Column) -> Operand:
    values = column.values
    if column.kind == Kind.STRING:
        known = values != None  # noqa: E711 - compares each value
    else:
        known = np.ones(len(values), dtype=bool) if column.kind == Kind.BOOLEAN else ~np.isnan(values)
    return Operand(kind=_KINDS[column.kind], values=values, known=np.asarray(known, dtype=np.bool_))


def _folded(inner: Operand, name: str, part: Expression) -> Operand:
    if inner.kind != TEXT:
        raise unusable(part)
    fold = FOLDS[name]
    values = np.array([*(None if text is None else fold(text) for text in inner.values), None], dtype=object)
    return Operand(kind=TEXT, values=values[:-1], known=inner.known)


def _without_accents(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char))


FOLDS: Mapping[str, Callable[[str], str]] = {"casei": str.casefold, "accenti": _without_accents}
"""What texts become where case or accents make no difference; each character by itself."""


ARITHMETIC: Mapping[str, Callable[..., Any]] = {
    "+": operator.add, "-": operator.sub, "*": operator.mul, "/": np.divide, "%": np.fmod,
    "div": np.floor_divide, "^": np.float_power,
}  # fmt: skip


def _computed(name: str, one: Operand, other: Operand, part: Expression) -> Operand:
    if one.kind != NUMBER or other.kind != NUMBER:
        raise unusable(part)
    with np.errstate(all="ignore"):
        values = ARITHMETIC[name](one.values, other.values)
    return Operand(kind=NUMBER, values=values, known=one.known & other.known & np.isfinite(values))
