"""How the API describes itself: answers in both forms, and problems as they are really sent."""

from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from geoplan_api.dependencies import GEOJSON
from geoplan_api.problems import MEDIA_TYPE, Problem

Responses = dict[int | str, dict[str, Any]]

DESCRIPTION = """Partners for inter-municipal cooperation from administrative boundaries, with reasons.

Every answer carries `data`: where the data come from; show its `attribution` wherever you show the answer.
Lists of units and suggestions can be had as GeoJSON: `Accept: application/geo+json` or `?format=geojson`.
Sentences are in German or English: `?lang=de|en` or `Accept-Language`. Unknown values are `null`, never 0.
Errors are `application/problem+json` (RFC 9457): `kind` for programs, `detail` for people, `nearest` with
the nearest valid values."""

TAGS = [
    {
        "name": "units",
        "description": "Municipalities, associations, counties, states and metropolitan regions.",
    },
    {"name": "services", "description": "The fields to cooperate in."},
    {"name": "networks", "description": "Groups of partners: checked against map, law and funding, costed."},
    {
        "name": "plans",
        "description": "The life of networks: only on a server for one person, on loopback (else 403).",
    },
    {"name": "embed", "description": "Maps to show on other sites."},
    {"name": "operation", "description": "For those who run the server."},
]
NAMING_UNITS = "/api/v1/networks/"
"""Requests to these paths name units in their body."""
PLANS = "/api/v1/plans"
_FEATURE_COLLECTION = {
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {"type": "array", "items": {"type": "object"}},
    },
}
_SCHEMA_PATH = "#/components/schemas/{model}"
_REPLACED = ("HTTPValidationError", "ValidationError")
"""What FastAPI says it sends for a wrong parameter; the problems stand in their place."""
_PROBLEMS = {
    "400": "The body is not JSON.",
    "403": "This server shows no plans, or the request comes from another site.",
    "412": "Somebody else has changed the plan; nothing was written.",
    "428": "`If-Match` is missing.",
    "404": "No such unit, service, dataset or page.",
    "409": "Several units have this name; `nearest` lists them.",
    "422": "A parameter is wrong; `errors` says which.",
    "503": "The data are not available (yet).",
}


def geojson_or(model: type[BaseModel]) -> Responses:
    """An answer that is ``model`` as JSON, or a FeatureCollection."""
    return {200: {"model": model, "content": {GEOJSON: {"schema": _FEATURE_COLLECTION}}}}


def install(app: FastAPI) -> None:
    """Let ``app`` describe its problems."""
    describe = app.openapi

    def with_problems() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_problems(describe())
        return app.openapi_schema

    # The documented way to change the description (FastAPI: "Extending OpenAPI").
    app.openapi = with_problems  # type: ignore[method-assign]


def _with_problems(description: dict[str, Any]) -> dict[str, Any]:
    schemas = description["components"]["schemas"]
    for name in _REPLACED:
        schemas.pop(name, None)
    problem = Problem.model_json_schema(ref_template=_SCHEMA_PATH)
    schemas |= problem.pop("$defs")
    schemas["Problem"] = problem
    for path, operations in description["paths"].items():
        for operation in operations.values():
            operation["responses"] |= _problem_responses(path, operation)
    return description


def _problem_responses(path: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    statuses = [] if path in ("/health/live", "/metrics") else ["503"]
    if "requestBody" in operation:
        statuses.append("400")
    if operation.get("parameters") or "requestBody" in operation:
        statuses.append("422")
    if (
        "{" in path
        or path.startswith(NAMING_UNITS)
        or any(one["name"] == "dataset" for one in operation.get("parameters", ()))
    ):
        statuses.append("404")
    if "{unit_id}" in path or path == "/oembed" or path.startswith(NAMING_UNITS):
        statuses.append("409")
    if path.startswith(PLANS):
        statuses += ["403", *(["412", "428"] if _names_version(operation) else [])]
    content = {MEDIA_TYPE: {"schema": {"$ref": _SCHEMA_PATH.format(model="Problem")}}}
    return {status: {"description": _PROBLEMS[status], "content": content} for status in sorted(statuses)}


def _names_version(operation: Mapping[str, Any]) -> bool:
    return any(one["name"] == "If-Match" for one in operation.get("parameters", ()))
