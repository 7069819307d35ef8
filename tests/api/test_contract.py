"""The answers to programs, compared with reviewed ones: whoever reads them must not be surprised.

The files in ``golden`` are read in review. ``GEOPLAN_GOLDEN=write`` writes them again after a wanted change.
"""

import json
import os
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parent / "golden"
ANSWERS = {
    "search": "/api/v1/units?q=neudorf",
    "unit": "/api/v1/units/01099001",
    "neighbours": "/api/v1/units/01099001/neighbours?order=2",
}
SHAPES = {
    "suggestions": "/api/v1/units/01099001/suggestions?type=any&service=heat-planning&with=01099002",
    "service": "/api/v1/services/heat-planning",
    "problem": "/api/v1/units/01099001/suggestions?limit=0",
    "ambiguous": "/api/v1/units/Neudorf",
}


def shape(value: Any) -> Any:
    """What an answer is made of: the kinds of its values by field; the entries of a list as one."""
    match value:
        case dict():
            return {key: shape(part) for key, part in value.items()}
        case list():
            return [reduce(merged, map(shape, value))] if value else []
        case None:
            return "null"
        case bool() | str():
            return type(value).__name__
    return "number"


def merged(one: Any, other: Any) -> Any:
    """The shape of two entries of a list."""
    match one, other:
        case dict(), dict():
            fields = [*one, *(key for key in other if key not in one)]
            return {key: merged(one.get(key, "absent"), other.get(key, "absent")) for key in fields}
        case list(), list():
            return [reduce(merged, [*one, *other])] if one or other else []
    return one if one == other else " or ".join(sorted({*one.split(" or "), *other.split(" or ")}))


def compare(name: str, answer: Any) -> None:
    path = GOLDEN / f"{name}.json"
    if os.environ.get("GEOPLAN_GOLDEN") == "write":
        path.write_text(json.dumps(answer, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert answer == json.loads(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(("name", "path"), ANSWERS.items())
def test_answer(village_client, name, path):
    compare(name, village_client.get(path).json())


@pytest.mark.parametrize(("name", "path"), SHAPES.items())
def test_shape(village_client, name, path):
    compare(name, shape(village_client.get(path).json()))
