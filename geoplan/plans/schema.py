"""What a plan looks like as JSON, for those who send one: a JSON Schema, from what the reader reads."""

import dataclasses
import datetime
import types
from decimal import Decimal
from enum import StrEnum
from typing import Any, Union, get_args, get_origin, get_type_hints

from geoplan.networks.intentions import statable_facts
from geoplan.plans.decoding import LARGEST, MOST_CHARACTERS, MOST_ITEMS, MOST_WHOLE, is_required
from geoplan.plans.model import Document, FinanceYear, Indicator, MeetingSeries, Plan, PlannedNetwork
from geoplan.plans.reading import (
    FIRST_YEAR,
    ID_PATTERN,
    LAST_YEAR,
    LONGEST_MEETING_MINUTES,
    MOST_MEETINGS,
    MOST_TITLE_CHARACTERS,
)
from geoplan.rules.facts import FACTS, FactKind
from geoplan.rules.stated import bounds_of
from geoplan.services import load_services

JsonSchema = dict[str, Any]

_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
TEXT: JsonSchema = {
    "type": "string", "minLength": 1, "maxLength": MOST_CHARACTERS,
    "pattern": rf"^[^{_CONTROLS}]*[^{_CONTROLS}\s][^{_CONTROLS}]*$",
}  # fmt: skip
"""Not empty, no control characters but line breaks and tabs."""
NUMBER: JsonSchema = {"type": "number", "minimum": -LARGEST, "maximum": LARGEST}
YEAR: JsonSchema = {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR}
LEAF: dict[type, JsonSchema] = {
    str: TEXT,
    float: NUMBER,
    Decimal: NUMBER | {"description": "Euro, at most two decimals."},
    int: {"type": "integer", "minimum": 0, "maximum": MOST_WHOLE},
    bool: {"type": "boolean"},
    datetime.date: {"type": "string", "format": "date", "maxLength": 10},
    datetime.datetime: {
        "type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$", "maxLength": 19,
        "description": "Local time in Germany, without a zone.",
    },
}  # fmt: skip
"""What each kind of value is, as :mod:`geoplan.plans.decoding` reads it."""


def plan_schema() -> JsonSchema:
    """The schema of a plan that is sent; whether it is at one with itself, only the reader tells."""
    return _table(Plan)


def _bounds() -> dict[tuple[type, str], JsonSchema]:
    """Fields of which :func:`geoplan.plans.reading.check_plan` asks more."""
    return {
        (Plan, "id"): {"type": "string", "pattern": f"^{ID_PATTERN}$", "maxLength": 64},
        (Plan, "title"): {
            "maxLength": MOST_TITLE_CHARACTERS,
            "pattern": rf"^[^\n{_CONTROLS}]*[^{_CONTROLS}\s][^\n{_CONTROLS}]*$",
        },
        (Plan, "facts"): {
            "properties": {name: _fact(name) for name in statable_facts()},
            "additionalProperties": False,
            "description": "What the partners state of what rules ask for; answers say that they rest on it.",
        },
        (PlannedNetwork, "members"): {"uniqueItems": True, "description": "Ids or unambiguous names."},
        (PlannedNetwork, "service"): {"enum": [*load_services(), None]},
        (FinanceYear, "year"): YEAR,
        (Indicator, "target_year"): YEAR | {"type": ["integer", "null"]},
        (MeetingSeries, "minutes"): {"minimum": 1, "maximum": LONGEST_MEETING_MINUTES},
        (MeetingSeries, "count"): {"minimum": 1, "maximum": MOST_MEETINGS},
        (Document, "link"): {"pattern": r"^https?://[^\s/?#]+(/\S*)?$"},
        (Plan, "provenance"): {
            "description": "Only `weights` are taken; the server says what the plan was computed with."
        },
    }


def _table(kind: Any) -> JsonSchema:
    hints, bounds = get_type_hints(kind), _bounds()
    properties, required = {}, []
    for one in dataclasses.fields(kind):
        properties[one.name] = _value(hints[one.name]) | bounds.get((kind, one.name), {})
        if is_required(one) and one.name != "id":
            required.append(one.name)
    found: JsonSchema = {"type": "object", "additionalProperties": False, "properties": properties}
    return found | ({"required": required} if required else {})


def _fact(name: str) -> JsonSchema:
    """What a fact can be; as :func:`geoplan.rules.stated.check_facts` has it."""
    kind = FACTS[name].kind
    if kind is FactKind.NUMBER:
        low, high = bounds_of(name)
        return {"type": "number", "minimum": low, "maximum": high}
    return {"type": "boolean"} if kind is FactKind.FLAG else TEXT


def _value(hint: Any) -> JsonSchema:
    origin, arguments = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return _or_null(_value(arguments[0]))
    if origin is tuple:
        return {"type": "array", "maxItems": MOST_ITEMS, "items": _value(arguments[0])}
    if origin is dict:
        return {"type": "object", "maxProperties": MOST_ITEMS, "propertyNames": TEXT,
                "additionalProperties": NUMBER}  # fmt: skip
    if dataclasses.is_dataclass(hint):
        return _table(hint)
    if issubclass(hint, StrEnum):
        return {"type": "string", "enum": [one.value for one in hint]}
    return LEAF[hint]


def _or_null(schema: JsonSchema) -> JsonSchema:
    return schema | {"type": [schema["type"], "null"]} | (
        {"enum": [*schema["enum"], None]} if "enum" in schema else {}
    )  # fmt: skip
