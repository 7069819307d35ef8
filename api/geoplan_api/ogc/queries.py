"""What a request for features asks for, read from its parameters and checked."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from starlette.datastructures import QueryParams

from geoplan.errors import InvalidValueError
from geoplan.messages import LANGUAGES, Message
from geoplan.nearest import nearest_values
from geoplan_api.ogc import filters
from geoplan_api.ogc.boxes import Box, read_box
from geoplan_api.ogc.crs import CRS84, known_crs
from geoplan_api.ogc.served import Served

DEFAULT_LIMIT, MAX_LIMIT = 100, 5000
EVERYWHERE = ("f", "lang", "dataset", "theme")
"""Parameters that every address knows."""
_CHOICES = {"f": ("json", "html"), "lang": LANGUAGES, "theme": ("light", "dark")}
PAGING = ("limit", "offset")
ITEMS = (*PAGING, "bbox", "bbox-crs", "crs", "datetime", "filter", "filter-lang", "filter-crs")
QUESTION = ("with", "type", "service")
"""Parameters of the suggestions of a unit."""
_MOMENT = r"(\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?)"
_DATETIME = re.compile(rf"{_MOMENT}|({_MOMENT}|\.\.)?/({_MOMENT}|\.\.)?", re.ASCII)
_DIGITS = re.compile(r"\d{1,9}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemsQuery:
    """Which features of a collection, in which CRS."""

    limit: int
    offset: int
    crs: str
    box: tuple[Box, str] | None
    """A box and its CRS."""
    filter: tuple[filters.Expression, str] | None
    """An expression and the CRS of coordinates in it."""
    equal: Mapping[str, str]
    """Values that attributes must have."""


def check_names(given: QueryParams, allowed: tuple[str, ...]) -> None:
    """Refuse parameters that are not known or stand there twice.

    Raises
    ------
    InvalidValueError
    """
    for name, _ in given.multi_items():
        if name not in allowed:
            message = Message("There is no parameter “{value}” here.", value=name[:200])
            raise InvalidValueError(
                message, value=name, nearest=nearest_values(name, allowed) or list(allowed)
            )
        if len(given.getlist(name)) > 1:
            raise InvalidValueError(
                Message("The parameter “{value}” stands there twice.", value=name), value=name
            )
    for name, choices in _CHOICES.items():
        if given.get(name, choices[0]) not in choices:
            raise _not_allowed(name, given[name], choices)


def _not_allowed(name: str, value: str, allowed: Sequence[str] = ()) -> InvalidValueError:
    message = Message("The parameter “{name}” cannot be “{value}”.", name=name, value=value[:200])
    return InvalidValueError(message, value=value, nearest=allowed)


def own_names(served: Served, question: tuple[str, ...]) -> tuple[str, ...]:
    """The attributes that can be parameters of their own: no other parameter is called like them."""
    return tuple(name for name in served.table.columns if name not in (*EVERYWHERE, *ITEMS, *question))


def read_items_query(given: QueryParams, served: Served, question: tuple[str, ...] = ()) -> ItemsQuery:
    """Read the parameters of a request for features.

    Raises
    ------
    InvalidValueError
        A parameter is not known, or its value not allowed.
    """
    own = own_names(served, question)
    check_names(given, (*EVERYWHERE, *ITEMS, *question, *own))
    _check_datetime(given.get("datetime"))
    storage = served.table.crs
    box_crs = known_crs(given.get("bbox-crs", CRS84), storage, name="bbox-crs")
    filter_crs = known_crs(given.get("filter-crs", CRS84), storage, name="filter-crs")
    return ItemsQuery(
        limit=min(_number(given, "limit", least=1, default=DEFAULT_LIMIT), MAX_LIMIT),
        offset=_number(given, "offset", least=0, default=0),
        crs=known_crs(given.get("crs", CRS84), storage, name="crs"),
        box=(read_box(given["bbox"], box_crs), box_crs) if "bbox" in given else None,
        filter=(_filter(given, served), filter_crs) if "filter" in given else None,
        equal={name: given[name] for name in own if name in given},
    )


def conditions_of(served: Served, query: ItemsQuery) -> list[tuple[filters.Expression, str]]:
    """The expressions that must all be true, each with the CRS of coordinates in it.

    Raises
    ------
    InvalidValueError
        A value that the attribute cannot have.
    """
    given = [] if query.filter is None else [query.filter]
    return given + [(_equality(served, name, value), CRS84) for name, value in query.equal.items()]


def _equality(served: Served, name: str, value: str) -> Any:
    literal: Any = value
    kind = served.table.columns[name].kind.value
    if kind == "boolean":
        literal = {"true": True, "false": False}.get(value.lower())
    elif kind != "string":
        literal = _float(value)
    if literal is None:
        raise _not_allowed(name, value)
    return {"op": "=", "args": [{"property": name}, literal]}


def _float(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _filter(given: QueryParams, served: Served) -> filters.Expression:
    language = given.get("filter-lang", filters.TEXT)
    if language not in filters.LANGUAGES:
        raise _not_allowed("filter-lang", language, filters.LANGUAGES)
    return filters.read_filter(given["filter"], language, served.table.columns)


def _number(given: QueryParams, name: str, *, least: int, default: int) -> int:
    text = given.get(name)
    if text is None:
        return default
    if not _DIGITS.fullmatch(text) or int(text) < least:
        message = Message(
            "The parameter “{name}” is a whole number from {least}, not “{value}”.",
            name=name, least=least, value=text[:200],
        )  # fmt: skip
        raise InvalidValueError(message, value=text)
    return int(text)


def _check_datetime(text: str | None) -> None:
    """Features are not bound to a time, so any moment or interval has all of them; it must be one, though."""
    if text is not None and (not _DATETIME.fullmatch(text) or text in ("/",)):
        message = Message(
            "The parameter “datetime” is a moment or an interval (RFC 3339), not “{value}”.", value=text[:200]
        )
        raise InvalidValueError(message, value=text)
