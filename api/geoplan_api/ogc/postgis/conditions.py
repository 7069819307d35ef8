"""CQL2 as a condition of SQL that is true, false and unknown for the same features as in memory.

The library ``cql2`` writes SQL too, but with literals pasted into it, functions that PostgreSQL does not
have, and nothing of coordinate systems. Here every literal is a bound parameter. What SQL would compute
otherwise, arithmetic (a division by zero is an error there), is computed by the evaluation that memory has,
on the columns that it names.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from geoplan_api.ogc.crs import epsg_code
from geoplan_api.ogc.evaluation import COMPARISONS, Truth, truth_of
from geoplan_api.ogc.filters import GEOMETRY, Expression
from geoplan_api.ogc.operands import ARITHMETIC, TEXT, operand
from geoplan_api.ogc.postgis.layout import COLLATION, ROW
from geoplan_api.ogc.served import Served
from geoplan_api.ogc.spatial import SPATIAL, given_geometry
from geoplan_maps.exchange.columns import Column

Condition = sa.ColumnElement[Any]
Fetch = Callable[[list[str]], Mapping[str, Column]]
"""Reads whole columns, in the order of the table."""
_FUNCTIONS = {
    "intersects": "ST_Intersects", "within": "ST_Within", "contains": "ST_Contains", "touches": "ST_Touches",
    "overlaps": "ST_Overlaps", "crosses": "ST_Crosses",
}  # fmt: skip
_JOINED: Mapping[str, Callable[..., Condition]] = {"and": sa.and_, "or": sa.or_}
_NUL = ("\x00", "\x01")
"""PostgreSQL's texts have no first character; the second, which names do not have, sorts alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """Writes conditions on the table of a collection."""

    served: Served
    table: sa.Table
    crs: str
    """That of coordinates in the expressions."""
    fetch: Fetch

    def of(self, expression: Expression) -> Condition:
        """The condition that stands for an expression.

        Raises
        ------
        InvalidValueError
            An operator or a combination of kinds that is not supported.
        """
        # Whatever memory refuses, for whichever reason, is refused here by the same words.
        truth_of(expression, _without_features(self.served), self.crs)
        return self._truth(expression)

    def _truth(self, part: Expression) -> Condition:
        match part:
            case {"op": "and" | "or" as name, "args": list(parts)}:
                return _JOINED[name](*map(self._truth, parts))
            case {"op": "not", "args": [inner]}:
                return sa.not_(self._truth(inner))
            case {"op": str(name), "args": list(parts)} if name in SPATIAL:
                return self._spatial(name, parts)
        return self._leaf(part)

    def _leaf(self, part: Expression) -> Condition:
        """What has no conditions in it."""
        if part == {"op": "isNull", "args": [{"property": GEOMETRY}]}:
            return sa.literal(False)
        if not _names(part):
            return self._constant(part)
        if _within(part, lambda one: one.get("op") in ARITHMETIC):
            return self._computed(part)
        return self._plain(part)

    def _plain(self, part: Expression) -> Condition:
        match part:
            case {"op": "isNull", "args": [inner]}:
                return self._value(inner).is_(None)
            case {"op": "between", "args": [value, low, high]}:
                return sa.and_(self._compared(">=", value, low), self._compared("<=", value, high))
            case {"op": "in", "args": [value, choices]}:
                return sa.or_(*(self._compared("=", value, one) for one in choices))
            case {"op": "like", "args": [value, pattern]}:
                return self._value(value).like(_literal(pattern, _closed))
            case {"op": str(name), "args": [one, other]} if name in COMPARISONS:
                return self._compared(name, one, other)
        return self._value(part)

    def _compared(self, name: str, one: Expression, other: Expression) -> Condition:
        found: Condition = COMPARISONS[name](self._value(one), self._value(other))
        return found

    def _value(self, part: Expression) -> sa.ColumnElement[Any]:
        match part:
            case {"property": str(name)}:
                column = self.table.c[name]
                return sa.cast(column, sa.Double) if isinstance(column.type, sa.BigInteger) else column
            case {"op": str(name), "args": [inner]} if _names(part):
                fold = getattr(getattr(sa.func, str(self.table.schema)), name)
                return sa.type_coerce(fold(self._value(inner)), sa.Text())
        return _literal(part)

    def _constant(self, part: Expression) -> Condition:
        """A condition that is the same for all features."""
        truth = truth_of(part, _with_columns(self.served, {}, 1), self.crs)
        return sa.cast(sa.literal(_said(truth, 0)), sa.Boolean)

    def _computed(self, part: Expression) -> Condition:
        """Where a comparison holds that computes with columns."""
        named = [name for name in self.served.table.columns if _names(part, name)]
        truth = truth_of(
            part, _with_columns(self.served, self.fetch(named), len(self.served.table)), self.crs
        )
        row = self.table.c[ROW]
        true, false = (
            sa.literal(np.flatnonzero(mask).tolist(), ARRAY(sa.Integer)) for mask in (truth.true, truth.false)
        )
        return sa.case((row == sa.any_(true), True), (row == sa.any_(false), False), else_=sa.null())

    def _spatial(self, name: str, parts: list[Expression]) -> Condition:
        given, given_first = given_geometry(name, parts, self.served, self.crs)
        crs = self.served.table.crs
        compared = compared_with(self.table, given, _FUNCTIONS[SPATIAL[name][given_first]], crs)
        if name == "s_disjoint":
            return sa.not_(compared)
        if name == "s_equals":
            return sa.and_(compared, compared_with(self.table, given, "ST_Equals", crs))
        return compared


def compared_with(table: sa.Table, given: shapely.Geometry, function: str, crs: str) -> Condition:
    """What a function of PostGIS says of ``given`` (in the CRS ``crs`` of the table) and each geometry."""
    placed = sa.func.ST_GeomFromWKB(sa.literal(shapely.to_wkb(given), sa.LargeBinary), epsg_code(crs))
    found: Condition = getattr(sa.func, function)(placed, table.c[GEOMETRY], type_=sa.Boolean())
    return found


def _with_columns(served: Served, columns: Mapping[str, Column], count: int) -> Served:
    """A collection of ``count`` features with these columns, to evaluate expressions on."""
    table = replace(served.table, ids=[""] * count, columns=columns)
    return replace(served, table=table)


def _without_features(served: Served) -> Served:
    """The collection with its columns, and nothing in them."""
    none = {name: replace(column, values=column.values[:0]) for name, column in served.columns.items()}
    return _with_columns(served, none, 0)


def _said(truth: Truth, row: int) -> bool | None:
    return True if truth.true[row] else False if truth.false[row] else None


def _within(part: Expression, test: Callable[[dict[str, Any]], bool]) -> bool:
    """Whether a part of an expression passes ``test``."""
    if isinstance(part, list):
        return any(_within(one, test) for one in part)
    return isinstance(part, dict) and (test(part) or _within(part.get("args", []), test))


def _names(part: Expression, name: str | None = None) -> bool:
    """Whether an expression names this property, or any."""
    return _within(part, lambda one: "property" in one and name in (None, one["property"]))


def _literal(part: Expression, form: Callable[[str], str] = str) -> sa.ColumnElement[Any]:
    """The value of an expression without properties, bound; a text in the form that is wanted."""
    known = operand(part, {})
    if known.kind != TEXT:
        return sa.literal(known.values[0].item())
    return sa.collate(sa.literal(form(known.values[0]).replace(*_NUL)), COLLATION)


def _closed(pattern: str) -> str:
    r"""A pattern of LIKE whose last ``\`` has something to escape; alone it stands for itself."""
    return pattern + "\\" * ((len(pattern) - len(pattern.rstrip("\\"))) % 2)
