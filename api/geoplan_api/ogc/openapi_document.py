"""The definition of an OGC API in OpenAPI 3.0: one path for each collection, as clients read it."""

from importlib.metadata import version
from typing import Any

from geoplan.messages import LANGUAGES, Message
from geoplan.suggestions import TYPES
from geoplan_api.answers import MAX_TEXT
from geoplan_api.ogc.api import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Api
from geoplan_api.ogc.crs import offered
from geoplan_api.ogc.filters import LANGUAGES as FILTER_LANGUAGES
from geoplan_api.ogc.filters import MAX_LENGTH
from geoplan_api.ogc.queries import DEFAULT_LIMIT, MAX_LIMIT, own_names
from geoplan_api.ogc.served import Served

Part = dict[str, Any]
PROBLEM = "application/problem+json"
_STATUS = {
    "400": "A parameter is wrong.",
    "404": "There is no such thing.",
    "503": "The data are not available (yet).",
}


def openapi_document(api: Api) -> Part:
    """The definition of ``api``."""
    return {
        "openapi": "3.0.3",
        "info": {
            "title": api.said(api.title), "description": api.said(api.description),
            "version": version("geoplan"), "license": {"name": api.provenance.licence},
        },
        "servers": [{"url": api.base}],
        "tags": [{"name": "capabilities"}, {"name": "features"}],
        "paths": {**_capabilities(), **_features(api)},
        "components": {"schemas": _SCHEMAS},
    }  # fmt: skip


def _capabilities() -> Part:
    return {
        "/": _get("landing", "Landing page", {JSON: _ref("landing"), HTML: _page()}),
        "/conformance": _get(
            "conformance", "Conformance classes", {JSON: _ref("conformance"), HTML: _page()}
        ),
        "/collections": _get("collections", "Collections", {JSON: _ref("collections"), HTML: _page()}),
        "/api": _get("api", "This definition", {OPENAPI: {"schema": {"type": "object"}}, HTML: _page()}),
    }


def _features(api: Api) -> Part:
    paths: Part = {}
    for name in api.names:
        served = api.collection(name)
        root, word = f"/collections/{name}", name.replace("-", "_")
        paths[root] = _get(
            f"collection_{word}", api.said(served.title), {JSON: _ref("collection"), HTML: _page()}, "404"
        )
        paths[f"{root}/queryables"] = _get(
            f"queryables_{word}", api.said(Message("Properties to filter by")),
            {SCHEMA: {"schema": {"type": "object"}}, HTML: _page()}, "404",
        )  # fmt: skip
        paths[f"{root}/items"] = _get(
            f"items_{word}", api.said(served.description),
            {GEOJSON: _ref("featureCollection"), HTML: _page()}, "404",
            parameters=items_parameters(served, api.question), tag="features",
        )  # fmt: skip
        paths[f"{root}/items/{{featureId}}"] = _get(
            f"item_{word}", api.said(served.title), {GEOJSON: _ref("feature"), HTML: _page()}, "404",
            parameters=[_feature_id(served), _crs(served), *_question(api.question)], tag="features",
        )  # fmt: skip
    return paths


def _get(
    name: str, summary: str, content: Part, *statuses: str, parameters: list[Part] | None = None,
    tag: str = "capabilities",
) -> Part:  # fmt: skip
    problem = {PROBLEM: _ref("problem")}
    answers = {
        status: {"description": text, "content": problem}
        for status, text in _STATUS.items() if status in (*statuses, "400", "503")
    }  # fmt: skip
    return {
        "get": {
            "operationId": name, "summary": summary, "tags": [tag],
            "parameters": [*(parameters or []), *_EVERYWHERE],
            "responses": {"200": {"description": "OK", "content": content}, **answers},
        }
    }  # fmt: skip


def items_parameters(served: Served, question: tuple[str, ...]) -> list[Part]:
    """The parameters of features."""
    crs = offered(served.table.crs)
    own = {name: served.table.columns[name].kind.value for name in own_names(served, question)}
    limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
    return [
        _parameter("limit", limit),
        _parameter("offset", {"type": "integer", "minimum": 0, "maximum": 999_999_999, "default": 0}),
        _parameter(
            "bbox",
            {
                "type": "array", "items": {"type": "number"},
                "oneOf": [{"minItems": 4, "maxItems": 4}, {"minItems": 6, "maxItems": 6}],
            },
        ),
        _parameter("bbox-crs", {"type": "string", "format": "uri", "enum": crs, "default": crs[0]}),
        _crs(served),
        _parameter("datetime", {"type": "string"}),
        _parameter("filter", {"type": "string", "maxLength": MAX_LENGTH}),
        _parameter(
            "filter-lang", {"type": "string", "enum": list(FILTER_LANGUAGES), "default": FILTER_LANGUAGES[0]}
        ),
        _parameter("filter-crs", {"type": "string", "format": "uri", "enum": crs, "default": crs[0]}),
        *_question(question),
        *(_parameter(name, {"type": kind}) for name, kind in own.items()),
    ]  # fmt: skip


def _question(question: tuple[str, ...]) -> list[Part]:
    schemas: dict[str, Part] = {
        "with": {"type": "string", "maxLength": 4000}, "service": {"type": "string", "maxLength": MAX_TEXT},
        "type": {"type": "string", "enum": list(TYPES)},
    }  # fmt: skip
    return [_parameter(name, schemas[name]) for name in question]


def _crs(served: Served) -> Part:
    crs = offered(served.table.crs)
    return _parameter("crs", {"type": "string", "format": "uri", "enum": crs, "default": crs[0]})


def _feature_id(served: Served) -> Part:
    example = {"example": served.table.ids[0]} if served.table.ids else {}
    return {"name": "featureId", "in": "path", "required": True, "schema": {"type": "string"}, **example}


def _parameter(name: str, schema: Part) -> Part:
    return {
        "name": name,
        "in": "query",
        "required": False,
        "style": "form",
        "explode": False,
        "schema": schema,
    }


def _ref(name: str) -> Part:
    return {"schema": {"$ref": f"#/components/schemas/{name}"}}


def _page() -> Part:
    return {"schema": {"type": "string"}}


_EVERYWHERE = [
    _parameter("f", {"type": "string", "enum": ["json", "html"]}),
    _parameter("lang", {"type": "string", "enum": list(LANGUAGES)}),
    _parameter("dataset", {"type": "string", "maxLength": MAX_TEXT}),
    _parameter("theme", {"type": "string", "enum": ["light", "dark"]}),
]


def _object(required: list[str], **properties: Part) -> Part:
    return {"type": "object", "required": required, "properties": properties}


_LINKS = {"type": "array", "items": {"$ref": "#/components/schemas/link"}}
_TEXT = {"type": "string"}
_TEXTS = {"type": "array", "items": _TEXT}
_FEATURE = _object(
    ["type", "id", "geometry", "properties"], type={"type": "string", "enum": ["Feature"]}, id=_TEXT,
    geometry={"type": "object", "nullable": True}, properties={"type": "object", "nullable": True},
    links=_LINKS,
)  # fmt: skip
_SCHEMAS = {
    "link": _object(["href", "rel", "type"], href=_TEXT, rel=_TEXT, type=_TEXT, title=_TEXT),
    "landing": _object(["links"], title=_TEXT, description=_TEXT, attribution=_TEXT, links=_LINKS),
    "conformance": _object(["conformsTo"], conformsTo=_TEXTS, links=_LINKS),
    "collection": _object(
        ["id", "links"], id=_TEXT, title=_TEXT, description=_TEXT, itemType=_TEXT, extent={"type": "object"},
        crs=_TEXTS, storageCrs=_TEXT, links=_LINKS,
    ),
    "collections": _object(
        ["links", "collections"], links=_LINKS, crs=_TEXTS,
        collections={"type": "array", "items": {"$ref": "#/components/schemas/collection"}},
    ),
    "feature": _FEATURE,
    "featureCollection": _object(
        ["type", "features", "links"], type={"type": "string", "enum": ["FeatureCollection"]}, links=_LINKS,
        numberMatched={"type": "integer", "minimum": 0}, numberReturned={"type": "integer", "minimum": 0},
        features={"type": "array", "items": {"$ref": "#/components/schemas/feature"}},
    ),
    "problem": _object(
        ["title", "status", "detail"], type=_TEXT, title=_TEXT, status={"type": "integer"}, detail=_TEXT
    ),
}  # fmt: skip
