"""An example of every request and every answer, as the server has really given them.

``python -m tests.api.example_requests`` asks a server and writes ``recorded.json``; a test asks again and
compares.
"""

import json
from functools import cache
from importlib import resources
from typing import Any

Recorded = dict[str, dict[str, Any]]


@cache
def recorded() -> Recorded:
    """By ``GET /path``: the parameters and the body that were sent, and the answers by status and form."""
    text = (resources.files(__name__) / "recorded.json").read_text(encoding="utf-8")
    found: Recorded = json.loads(text)
    return found


def add_examples(description: dict[str, Any]) -> None:
    """Write the examples into a description."""
    for path, operations in description["paths"].items():
        for method, operation in operations.items():
            example = recorded().get(f"{method.upper()} {path}")
            if example is not None:
                _describe(operation, example)


def _describe(operation: dict[str, Any], example: dict[str, Any]) -> None:
    for parameter in operation.get("parameters", ()):
        if parameter["name"] in example["parameters"]:
            parameter["example"] = example["parameters"][parameter["name"]]
    if "body" in example:
        for content in operation["requestBody"]["content"].values():
            content["examples"] = {"example": {"value": example["body"]}}
    for status, answers in example["responses"].items():
        contents = operation["responses"].get(status, {}).get("content", {})
        for media_type, told in answers.items():
            if media_type in contents:
                contents[media_type]["examples"] = {"example": told}
