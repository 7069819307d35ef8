"""Which operation follows on which: the life of a plan, a unit and what is around it (OpenAPI links)."""

from typing import Any

PLAN = "/api/v1/plans/{plan_id}"
_ID = {"path.plan_id": "$response.body#/plan/id"}
_VERSION = {**_ID, "header.If-Match": "$response.header.ETag"}
_BODY = "$response.body#/plan"
_UNIT = {"path.unit_id": "$response.body#/results/0/id"}

Follow = dict[str, Any]


def _to(path: str, method: str, parameters: dict[str, str], **more: str) -> Follow:
    return {"path": path, "method": method, "parameters": parameters, **more}


_ON_PLAN = {
    "read": _to(PLAN, "get", _ID),
    "change": _to(PLAN, "put", _VERSION, requestBody=_BODY),
    "delete": _to(PLAN, "delete", _VERSION),
    "history": _to(f"{PLAN}/history", "get", _ID),
    "calendar": _to(f"{PLAN}/calendar.ics", "get", _ID),
}
FOLLOWING: dict[tuple[str, str, str], dict[str, Follow]] = {
    ("/api/v1/plans", "post", "201"): _ON_PLAN,
    (PLAN, "get", "200"): _ON_PLAN,
    (PLAN, "put", "200"): _ON_PLAN,
    (PLAN, "delete", "204"): {
        "restore": _to(
            f"{PLAN}/restore", "post",
            {"path.plan_id": "$request.path.plan_id", "header.If-Match": "$response.header.ETag"},
        ),
        "history": _to(f"{PLAN}/history", "get", {"path.plan_id": "$request.path.plan_id"}),
    },
    (f"{PLAN}/restore", "post", "200"): _ON_PLAN,
    ("/api/v1/units", "get", "200"): {
        "unit": _to("/api/v1/units/{unit_id}", "get", _UNIT),
        "neighbours": _to("/api/v1/units/{unit_id}/neighbours", "get", _UNIT),
        "suggestions": _to("/api/v1/units/{unit_id}/suggestions", "get", _UNIT),
    },
    ("/api/v1/units/{unit_id}/suggestions", "get", "200"): {
        "explanation": _to(
            "/api/v1/units/{unit_id}/suggestions/{candidate_id}", "get",
            {"path.unit_id": "$response.body#/unit", "path.candidate_id": "$response.body#/suggestions/0/id"},
        ),
    },
    ("/api/v1/services", "get", "200"): {
        "service": _to("/api/v1/services/{key}", "get", {"path.key": "$response.body#/services/0/key"}),
    },
}  # fmt: skip
"""By path, method and status: what may be asked next, and where its parameters are found."""


def add_links(description: dict[str, Any]) -> None:
    """Write :data:`FOLLOWING` into a description."""
    paths = description["paths"]
    for (path, method, status), following in FOLLOWING.items():
        paths[path][method]["responses"][status]["links"] = {
            name: _link(paths, follow) for name, follow in following.items()
        }


def _link(paths: dict[str, Any], follow: Follow) -> dict[str, Any]:
    operation = paths[follow["path"]][follow["method"]]["operationId"]
    told = {name: value for name, value in follow.items() if name not in ("path", "method")}
    return {"operationId": operation, **told}
