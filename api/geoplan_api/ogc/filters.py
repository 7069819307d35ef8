"""CQL2 (OGC 21-065r2) as text or JSON: read by the library cql2, checked against what a collection has."""

import json
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
        raise _bad(text, Message("{reason}", reason=_first_line(str(error)))) from error
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


def _first_line(error: str) -> str:
    """What a parser says, in a line: where it stopped and what it expected."""
    lines = [line.strip(" |=^-\n") for line in error.splitlines()]
    return " ".join(line for line in lines if line)[:300] or "?"


def dumped(expression: Expression) -> str:
    """The expression as JSON, always written alike."""
    return json.dumps(expression, sort_keys=True, separators=(",", ":"))
