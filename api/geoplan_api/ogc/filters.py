"""CQL2 (OGC 21-065r2) as text or JSON: read by the library cql2, checked against what a collection has."""

import json
import re
from collections.abc import Mapping
from typing import Any

import cql2

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan_maps.exchange.columns import Column

TEXT, JSON = "cql2-text", "cql2-json"
LANGUAGES = (TEXT, JSON)
MAX_LENGTH = 8000
"""Characters of a filter; addresses are hardly longer."""
MAX_DEPTH = 60
"""Expressions within expressions."""
GEOMETRY = "geometry"
SHOWN = 40
PLACE = re.compile(r"--> (\d+):(\d+)")
OPERAND = Message("a property, a number or a text in 'single quotes' is expected")
CONNECTIVE = Message("AND, OR, an operator such as = or >, a bracket or the end is expected")
STOPPED = Message("at character {place}, “{rest}”, {expected}")
Expression = Any
"""CQL2 as JSON: operators with arguments, properties, literals."""


def read_filter(text: str, language: str, columns: Mapping[str, Column]) -> Expression:
    """The expression that ``text`` stands for; its properties are those of ``columns`` and the geometry.

    Raises
    ------
    InvalidValueError
        No CQL2, too long or too deep, or a property that the collection does not have.
    """
    if len(text) > MAX_LENGTH or max(text.count("("), text.count("{")) > MAX_LENGTH // 20:
        raise _bad(text, Message("it is too long"))
    try:
        parsed = cql2.parse_text(text) if language == TEXT else cql2.parse_json(text)
        expression = parsed.to_json()
    except (cql2.ParseError, cql2.ValidationError, ValueError) as error:
        reason = _why_no_text(text, str(error)) if language == TEXT else _why_no_json(text)
        raise _bad(text, reason) from error
    _check(expression, text, columns, MAX_DEPTH)
    return expression


def _check(part: Expression, text: str, columns: Mapping[str, Column], depth: int) -> None:
    if depth == 0:
        raise _bad(text, Message("it is nested too deeply"))
    if isinstance(part, list):
        for one in part:
            _check(one, text, columns, depth - 1)
    elif isinstance(part, dict):
        if "property" in part:
            _check_property(str(part["property"]), columns)
        for one in part.get("args", ()):
            _check(one, text, columns, depth - 1)


def _check_property(name: str, columns: Mapping[str, Column]) -> None:
    if name in columns or name == GEOMETRY:
        return
    known = [*columns, GEOMETRY]
    message = Message("The collection has no property “{value}”.", value=name[:200])
    raise InvalidValueError(message, value=name, nearest=nearest_values(name, known) or known)


def _bad(text: str, reason: Message) -> InvalidValueError:
    message = Message("The filter “{value}” cannot be used: {reason}.", value=text[:200], reason=reason)
    return InvalidValueError(message, value=text[:200])


def _why_no_text(text: str, error: str) -> Message:
    """Where the parser stopped and what may stand there: it names the rules of its grammar, one by one."""
    found = PLACE.search(error)
    expected = CONNECTIVE if "EOI" in error or "NotFlag" in error else OPERAND
    before = "\n".join(text.split("\n")[: int(found[1]) - 1]) if found else ""
    start = len(before) + (len(before) > 0) + int(found[2]) - 1 if found else len(text)
    rest = text[start:].strip()
    if not rest:
        return Message("it ends too early: {expected}", expected=expected)
    return STOPPED.filled(place=start + 1, rest=rest[:SHOWN], expected=expected)


def _why_no_json(text: str) -> Message:
    try:
        json.loads(text)
    except ValueError:
        return Message("it is no JSON")
    return Message("an expression is {example}", example='{"op": "=", "args": [{"property": "state"}, "05"]}')


def dumped(expression: Expression) -> str:
    """The expression as JSON, always written alike."""
    return json.dumps(expression, sort_keys=True, separators=(",", ":"))
