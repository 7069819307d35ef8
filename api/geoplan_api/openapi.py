"""How the API describes itself: answers in both forms, and problems as they are really sent."""

from collections.abc import Mapping
from typing import Any, Union

from fastapi import FastAPI
from pydantic import BaseModel

from geoplan_api.examples import add_examples
from geoplan_api.negotiation import GEOJSON
from geoplan_api.openapi_links import add_links
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
        "description": (
            "The life of networks: with a token (`Authorization: Bearer …`) of the scope that the operation"
            " names. A server for one person, on loopback, asks for none."
        ),
    },
    {"name": "embed", "description": "Maps to show on other sites."},
    {"name": "operation", "description": "For those who run the server."},
]
EMBEDDED_NETWORK = "/embed/networks"
"""Names units in the query."""
EMBEDDED_PLAN = "/embed/plans/"
"""What is not public is refused."""
DOSSIER = "/dossier"
"""Requests to paths that end so name units in the query, or by a plan."""
NAMING_UNITS = "/api/v1/networks/"
"""Requests to these paths name units in their body."""
READS = ("/api/v1/units", "/api/v1/levels", "/api/v1/services")
"""Answers of these paths have a strong tag."""
PLANS = "/api/v1/plans"
"""Requests to these paths need a token, and name units where they have a body."""
FEATURE_COLLECTION = {
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
    "401": "No token, or none that is good.",
    "403": "The scope of the token is too small, or the request comes from another site.",
    "406": "None of the forms that `Accept` names.",
    "412": "Somebody else has changed the plan; nothing was written.",
    "428": "`If-Match` is missing.",
    "404": "No such unit, service, dataset or page.",
    "409": "Several units have this name; `nearest` lists them.",
    "413": "The body is larger than this server reads.",
    "414": "The address is longer than this server reads.",
    "415": "The body is not sent as JSON.",
    "422": "A parameter is wrong; `errors` says which.",
    "503": "The data are not available (yet).",
}
_TAG = {"description": "Strong tag of the answer, for `If-None-Match`.", "schema": {"type": "string"}}
_HEADERS = {"401": {"headers": {"WWW-Authenticate": {"description": "Bearer", "schema": {"type": "string"}}}}}


def geojson_or(*models: type[BaseModel]) -> Responses:
    """An answer that is one of ``models`` as JSON, or a FeatureCollection."""
    answer = {"model": Union[models], "content": {GEOJSON: {"schema": FEATURE_COLLECTION}}}  # noqa: UP007
    return {200: answer}


def install(app: FastAPI) -> None:
    """Let ``app`` describe its problems."""
    describe = app.openapi

    def with_problems() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _with_problems(describe())
            if app.state.desk:
                _without_token(app.openapi_schema)
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
            _describe_revalidation(path, operation)
    add_links(description)
    add_examples(description)
    return description


def _describe_revalidation(path: str, operation: dict[str, Any]) -> None:
    """What an answer with a tag says, and the answer to who has it already."""
    if path.startswith(READS):
        operation["responses"]["200"].setdefault("headers", {})["ETag"] = _TAG
        operation["responses"]["304"] = {
            "description": "As `If-None-Match` knows it.",
            "headers": {"ETag": _TAG},
        }


def _without_token(description: dict[str, Any]) -> None:
    """A desk answers whoever sends no token, too."""
    for operations in description["paths"].values():
        for operation in operations.values():
            if "security" in operation:
                operation["security"].append({})


def _problem_responses(path: str, operation: Mapping[str, Any]) -> dict[str, Any]:
    statuses = [] if path in ("/health/live", "/metrics") else ["503"]
    statuses += _of_what_is_sent(operation)
    if path.startswith("/api/v1/") and not path.endswith(DOSSIER):
        statuses.append("406")
    by_plan = path.startswith(PLANS) and "requestBody" in operation
    names_units = path.startswith(NAMING_UNITS) or path.endswith(DOSSIER) or by_plan
    if "{" in path or names_units or any(one["name"] == "dataset" for one in operation.get("parameters", ())):
        statuses.append("404")
    if "{unit_id}" in path or path in ("/oembed", EMBEDDED_NETWORK) or names_units:
        statuses.append("409")
    if path.startswith(PLANS):
        statuses += ["401", "403", *(["412", "428"] if _names_version(operation) else [])]
    if path.startswith(EMBEDDED_PLAN):
        statuses += ["403", "409"]
    content = {MEDIA_TYPE: {"schema": {"$ref": _SCHEMA_PATH.format(model="Problem")}}}
    return {
        status: {"description": _PROBLEMS[status], "content": content, **_HEADERS.get(status, {})}
        for status in sorted(statuses)
    }


def _of_what_is_sent(operation: Mapping[str, Any]) -> list[str]:
    of_body = ["400", "413", "415"] if "requestBody" in operation else []
    of_address = ["414"] if operation.get("parameters") else []
    return [*of_body, *of_address, *(["422"] if of_body or of_address else [])]


def _names_version(operation: Mapping[str, Any]) -> bool:
    return any(one["name"] == "If-Match" for one in operation.get("parameters", ()))
