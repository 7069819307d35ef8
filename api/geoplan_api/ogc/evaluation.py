"""For which features a CQL2 expression is true; what is unknown is neither true nor false."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan_api.ogc.filters import Expression
from geoplan_api.ogc.operands import TEXT, TRUTH, Mask, Operand, operand, unusable
from geoplan_api.ogc.served import Served
from geoplan_api.ogc.spatial import SPATIAL, spatial_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Where an expression is true, and where it is false."""

    true: Mask
    false: Mask

    def __invert__(self) -> "Truth":
        return Truth(true=self.false, false=self.true)


def matching_rows(expression: Expression, served: Served, crs: str) -> NDArray[np.int64]:
    """The rows for which ``expression`` is true; ``crs`` is that of the coordinates in it.

    Raises
    ------
    InvalidValueError
        An operator or a combination of kinds that is not supported.
    """
    return np.flatnonzero(truth_of(expression, served, crs).true)


def truth_of(expression: Expression, served: Served, crs: str) -> Truth:
    """Where ``expression`` is true and where it is false; as :func:`matching_rows`."""
    return _Evaluation(served=served, crs=crs).truth(expression)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Evaluation:
    served: Served
    crs: str

    def truth(self, part: Expression) -> Truth:
        match part:
            case {"op": "and" | "or" as name, "args": [_, *_] as parts}:
                return _joined(name, [self.truth(one) for one in parts])
            case {"op": "not", "args": [inner]}:
                return ~self.truth(inner)
            case {"op": str(name), "args": list(parts)} if name in SPATIAL:
                return self._known(spatial_rows(name, parts, self.served, self.crs))
            case {"op": str(name), "args": [one, other]} if name in COMPARISONS:
                return self._compared(name, one, other)
            case {"op": "between" | "in" | "like" | "isNull"}:
                return self._advanced(part)
        return self._plain(part)

    def _advanced(self, part: Expression) -> Truth:
        match part:
            case {"op": "isNull", "args": [inner]}:
                return self._null(inner)
            case {"op": "between", "args": [value, low, high]}:
                bounds = [self._compared(">=", value, low), self._compared("<=", value, high)]
                return _joined("and", bounds)
            case {"op": "in", "args": [value, [_, *_] as choices]}:
                return _joined("or", [self._compared("=", value, one) for one in choices])
            case {"op": "like", "args": [value, pattern]}:
                return self._like(value, pattern)
        raise unusable(part)

    def _plain(self, part: Expression) -> Truth:
        """A column or a literal that is a truth value by itself."""
        value = self._operand(part)
        if value.kind != TRUTH:
            raise unusable(part)
        return self._where(value.values.astype(np.bool_), value.known)

    def _operand(self, part: Expression) -> Operand:
        return operand(part, self.served.table.columns)

    def _compared(self, name: str, one: Expression, other: Expression) -> Truth:
        left, right = self._operand(one), self._operand(other)
        if left.kind != right.kind or (left.kind == TRUTH and name not in ("=", "<>")):
            raise unusable({"op": name, "args": [one, other]})
        known = left.known & right.known
        compare = COMPARISONS[name]
        if left.kind != TEXT or name in ("=", "<>"):
            return self._where(compare(left.values, right.values), known)
        pairs = zip(
            *np.broadcast_arrays(left.values, right.values), np.broadcast_to(known, known.shape), strict=True
        )
        return self._where(np.array([sure and compare(a, b) for a, b, sure in pairs], dtype=bool), known)

    def _null(self, part: Expression) -> Truth:
        if part == {"property": "geometry"}:
            return self._known(np.empty(0, dtype=np.int64))
        known = self._operand(part).known
        return self._where(~known, np.ones(len(known), dtype=bool))

    def _like(self, value: Expression, pattern: Expression) -> Truth:
        left, right = self._operand(value), self._operand(pattern)
        if left.kind != TEXT or right.kind != TEXT or len(right.values) != 1:
            raise unusable({"op": "like", "args": [value, pattern]})
        matches = _matcher(str(right.values[0]))
        fits = np.array([text is not None and matches(text) for text in left.values], dtype=bool)
        return self._where(fits, left.known)

    def _known(self, rows: NDArray[np.int64]) -> Truth:
        true = np.zeros(len(self.served.table), dtype=bool)
        true[rows] = True
        return Truth(true=true, false=~true)

    def _where(self, fits: Any, known: Mask) -> Truth:
        shape = (len(self.served.table),)
        fits, known = np.broadcast_to(np.asarray(fits, dtype=np.bool_), shape), np.broadcast_to(known, shape)
        return Truth(true=fits & known, false=~fits & known)


COMPARISONS: Mapping[str, Callable[[Any, Any], Any]] = {
    "=": operator.eq, "<>": operator.ne, "<": operator.lt, "<=": operator.le, ">": operator.gt,
    ">=": operator.ge,
}  # fmt: skip


def _joined(name: str, parts: list[Truth]) -> Truth:
    whole = parts[0]
    for part in parts[1:]:
        if name == "and":
            whole = Truth(true=whole.true & part.true, false=whole.false | part.false)
        else:
            whole = Truth(true=whole.true | part.true, false=whole.false & part.false)
    return whole


_TOKEN = re.compile(r"\\(.)|(.)", re.DOTALL)


def _matcher(pattern: str) -> Callable[[str], bool]:
    r"""A test for a LIKE pattern: ``%`` any text, ``_`` any character, ``\`` takes the next one as it is.

    The pieces between ``%`` are looked for one after the other, so that no pattern takes long.
    """
    pieces = [""]
    for escaped, plain in _TOKEN.findall(pattern):
        if plain == "%":
            pieces.append("")
        else:
            pieces[-1] += "." if plain == "_" else re.escape(escaped or plain)
    if len(pieces) == 1:
        whole = re.compile(pieces[0], re.DOTALL)
        return lambda text: whole.fullmatch(text) is not None
    first, *middle = [re.compile(piece, re.DOTALL) for piece in pieces[:-1]]
    last = re.compile(f"(?:{pieces[-1]})\\Z", re.DOTALL)

    def matches(text: str) -> bool:
        found = first.match(text)
        for piece in middle:
            found = found and piece.search(text, found.end())
        return found is not None and last.search(text, found.end()) is not None

    return matches
