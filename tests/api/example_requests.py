"""The requests whose answers are the examples of the description; ``python -m tests.api.example_requests``.

Each operation is asked as it should be, and once for every status of a problem that it knows.
"""

import json
import os
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.testclient import TestClient

import geoplan
from geoplan.plans import Actor, Role, open_store, read_plan
from geoplan_api import Settings, create_app
from geoplan_api.forms import CONTENT_TYPE as FORM
from geoplan_api.negotiation import JSON
from geoplan_api.plan_schemas import EXAMPLE
from geoplan_api.problems import MEDIA_TYPE
from geoplan_api.routes.levels import FORMS
from geoplan_dossier import Format

ALWAYS = {"X-Request-ID": "a1b2c3d4e5f60718293a4b5c6d7e8f90"}
"""So that asking again changes nothing but what has changed."""
FILE = Path(__file__).resolve().parents[2] / "api" / "geoplan_api" / "examples" / "recorded.json"
DESK = "http://127.0.0.1:8000"
PLAN = "gemeinsamer-bauhof"
SERVICE = "building-yard"
GROUP = ["05570044", "05570040", "05570008"]
PARAMETERS: dict[str, dict[str, Any]] = {
    "GET /api/v1/units": {"q": "Telgte", "limit": 1},
    "GET /api/v1/units/{unit_id}": {"unit_id": "05570044"},
    "GET /api/v1/units/{unit_id}/neighbours": {"unit_id": "05570044", "limit": 2},
    "GET /api/v1/units/{unit_id}/suggestions": {"unit_id": "05570044", "service": "it", "limit": 1},
    "GET /api/v1/units/{unit_id}/suggestions/{candidate_id}": {
        "unit_id": "05570044", "candidate_id": "05570016", "service": "heat-planning",
    },
    "GET /api/v1/units/{unit_id}/white-spots": {"unit_id": "11000", "service": "heat-planning"},
    "GET /api/v1/levels/{level}/units": {"level": "state"},
    "GET /api/v1/services/{key}": {"key": "heat-planning"},
    "GET /api/v1/dossier": {"members": ",".join(GROUP), "service": SERVICE, "format": "json"},
    "GET /embed/units/{unit_id}": {"unit_id": "05570044", "service": "heat-planning"},
    "GET /embed/networks": {"members": ",".join(GROUP), "service": SERVICE},
    "GET /embed/white-spots/{unit_id}": {"unit_id": "05570", "service": "heat-planning"},
    "GET /embed/plans/{plan_id}": {"plan_id": PLAN},
    "GET /oembed": {"url": f"{DESK}/embed/units/05570044?service=heat-planning"},
    "GET /api/v1/plans/{plan_id}/dossier": {"plan_id": PLAN, "format": "json"},
}  # fmt: skip
BODIES: dict[str, dict[str, Any]] = {
    "POST /api/v1/networks/build": {"seeds": ["05570044"], "service": "climate-network", "within": "county",
                                    "min_members": 3, "max_members": 4},
    "POST /api/v1/networks/check": {"members": GROUP[:2], "service": SERVICE, "on": "2026-11-22"},
    "POST /api/v1/networks/compare": {
        "scenarios": [{"name": "Three", "members": GROUP, "service": SERVICE},
                      {"name": "Two", "members": GROUP[:2], "service": SERVICE}], "on": "2026-11-22",
    },
    "POST /api/v1/plans": {**EXAMPLE, "id": "zweiter-plan"},
    "PUT /api/v1/plans/{plan_id}": {**EXAMPLE, "title": "Gemeinsamer Bauhof Nord"},
}  # fmt: skip
UNKNOWN = {"unit_id": "Telgtee", "candidate_id": "Telgtee", "key": "heatplanning", "plan_id": "kein-plan"}
TOO_MANY_BYTES = 20_000_000
TOO_LONG = "x" * 8_000
SEVERAL = "Neuenkirchen"
"""Many municipalities have this name."""


class Asker:
    """Asks servers for what an operation answers."""

    def __init__(self, description: dict[str, Any], atlas: geoplan.Atlas) -> None:
        self.description = description
        self.atlas = atlas

    def operations(self) -> Iterator[tuple[str, str, dict[str, Any]]]:
        for path, methods in self.description["paths"].items():
            for method, operation in methods.items():
                yield method.upper(), path, operation

    def record(self) -> dict[str, Any]:
        return {
            f"{method} {path}": self._operation(method, path, one) for method, path, one in self.operations()
        }

    def _operation(self, method: str, path: str, operation: dict[str, Any]) -> dict[str, Any]:
        name = f"{method} {path}"
        parameters = dict(PARAMETERS.get(name, {"plan_id": PLAN} if "{plan_id}" in path else {}))
        if any(one["name"] == "If-Match" for one in operation.get("parameters", ())):
            parameters["If-Match"] = '"2"' if path.endswith("restore") else '"1"'
        example: dict[str, Any] = {"parameters": parameters}
        if name in BODIES:
            example["body"] = BODIES[name]
        responses = {}
        for status, response in operation["responses"].items():
            if "content" in response:
                responses[status] = self._answers(method, path, example, int(status), response["content"])
        return {**example, "responses": responses}

    def _answers(
        self, method: str, path: str, example: dict[str, Any], status: int, contents: dict[str, Any]
    ) -> dict[str, Any]:
        if status >= 400:
            return {MEDIA_TYPE: {"value": self._problem(method, path, example, status)}}
        told = {}
        for media_type in contents:
            if media_type == JSON or method == "POST":
                asked = {**example, "headers": {"Accept": media_type}}
                told[media_type] = {"value": shortened(self._ask(method, path, asked, status).json())}
            else:
                # Too long to stand here, and whoever asks for it has it.
                told[media_type] = {"externalValue": address(path, external(path, example, media_type))}
        return told

    def _problem(self, method: str, path: str, example: dict[str, Any], status: int) -> Any:
        answer = self._ask(method, path, wrong(path, example, status), status)
        assert answer.headers["content-type"] == MEDIA_TYPE, (method, path, status)
        return answer.json()

    def _ask(self, method: str, path: str, example: dict[str, Any], status: int) -> Any:
        headers = dict(example.get("headers", {}))
        if "If-Match" in example["parameters"]:
            headers["If-Match"] = example["parameters"]["If-Match"]
        sent = {"content": example["text"]} if "text" in example else {"json": example.get("body")}
        with self._server(path, status) as client:
            answer = client.request(
                method, address(path, example["parameters"]), headers=headers,
                **(sent if "body" in example or "text" in example else {}),
            )  # fmt: skip
        assert answer.status_code == status, (method, path, status, answer.status_code, answer.text[:300])
        return answer

    @contextmanager
    def _server(self, path: str, status: int) -> Iterator[TestClient]:
        closed = path.startswith("/embed/") and status == 403
        with tempfile.TemporaryDirectory() as home:
            # Nothing can be kept in /dev/null.
            os.environ["GEOPLAN_HOME"] = "/dev/null" if status == 503 else home
            settings = Settings(public_plans=() if closed else (PLAN,), lang="en")
            app = create_app(settings, atlas=self.atlas, desk=status != 401 and not closed)
            if status == 503:
                yield TestClient(app, base_url=DESK, headers=ALWAYS)
                return
            with TestClient(app, base_url=DESK, headers=ALWAYS, raise_server_exceptions=False) as client:
                if status != 401 and "plan" in path:
                    self._prepare(client, path, status)
                yield client

    def _prepare(self, client: TestClient, path: str, status: int) -> None:
        if status in (403, 409):
            # A name that another dataset knew once; over HTTP no such plan is made.
            body = {**EXAMPLE, "network": {"members": [SEVERAL], "service": SERVICE}, "participants": []}
            with closing(open_store()) as store:
                store.create(read_plan(body, plan_id=PLAN), Actor(name="example", role=Role.COORDINATOR))
            return
        client.post("/api/v1/plans", json={**EXAMPLE, "id": PLAN})
        if path.endswith("restore"):
            client.delete(f"/api/v1/plans/{PLAN}", headers={"If-Match": '"1"'})


def shortened(value: Any) -> Any:
    """An answer as an example: each ring of an outline is a triangle of its own places."""
    if isinstance(value, dict):
        return {name: shortened(one) for name, one in value.items()}
    if not isinstance(value, list):
        return value
    if len(value) > 4 and all(isinstance(one, list) and isinstance(one[0], float) for one in value):
        return [value[0], value[len(value) // 3], value[2 * len(value) // 3], value[-1]]
    return [shortened(one) for one in value]


def wrong(path: str, example: dict[str, Any], status: int) -> dict[str, Any]:
    """The same request with what leads to ``status``."""
    parameters, body = dict(example["parameters"]), example.get("body")
    changed: dict[str, Any] = {**example, "parameters": parameters}
    parameters |= {412: {"If-Match": '"7"'}, 414: {"lang": TOO_LONG}, 422: {"lang": "fr"}}.get(status, {})
    if status == 404:
        return changed | _unknown(path, parameters, body)
    if status == 409:
        return changed | _several(path, parameters, body)
    if status == 428:
        del parameters["If-Match"]
    # An embed tells by the plan alone who may see it.
    asked_elsewhere = {403: {"headers": {"Origin": "https://other.example"}}} if "/plans" in path else {}
    sent = {
        400: {"text": b"\xff", "headers": {"Content-Type": JSON}},
        406: {"headers": {"Accept": "application/xml"}},
        415: {"text": b"members=05570044", "headers": {"Content-Type": FORM}},
        413: {"text": b" " * TOO_MANY_BYTES, "headers": {"Content-Type": JSON}},
    }
    return changed | (sent | asked_elsewhere).get(status, {})


def _unknown(path: str, parameters: dict[str, Any], body: Any) -> dict[str, Any]:
    named = [name for name in UNKNOWN if f"{{{name}}}" in path]
    if named:
        return {"parameters": {**parameters, named[-1]: UNKNOWN[named[-1]]}}
    if "members" in parameters:
        return {"parameters": {**parameters, "members": UNKNOWN["unit_id"]}}
    if body is not None and "plans" not in path:
        return {"body": _with_member(body, UNKNOWN["unit_id"])}
    return {"parameters": {**parameters, "dataset": "VG250-1999"}}


def _several(path: str, parameters: dict[str, Any], body: Any) -> dict[str, Any]:
    if "unit_id" in parameters:
        return {"parameters": {**parameters, "unit_id": SEVERAL}}
    if "members" in parameters:
        return {"parameters": {**parameters, "members": SEVERAL}}
    if "url" in parameters:
        return {"parameters": {"url": parameters["url"].replace("05570044", SEVERAL)}}
    return {} if body is None else {"body": _with_member(body, SEVERAL)}


def _with_member(body: dict[str, Any], member: str) -> dict[str, Any]:
    if "scenarios" in body:
        first, *others = body["scenarios"]
        return {**body, "scenarios": [{**first, "members": [member]}, *others]}
    if "network" in body:
        return {**body, "network": {**body["network"], "members": [member]}}
    return {**body, ("seeds" if "seeds" in body else "members"): [member]}


def external(path: str, example: dict[str, Any], media_type: str) -> dict[str, Any]:
    """The parameters that ask for a form."""
    words = {form.media_type: form.value for form in Format} if path.endswith("/dossier") else {}
    words |= {form: word for word, form in FORMS.items()} if path.startswith("/api/v1/") else {}
    more = {"format": words[media_type]} if media_type in words else {}
    return {name: one for name, one in example["parameters"].items() if name != "If-Match"} | more


def address(path: str, parameters: dict[str, Any]) -> str:
    """The address of an operation with parameters."""
    query = {}
    for name, value in parameters.items():
        if f"{{{name}}}" in path:
            path = path.replace(f"{{{name}}}", str(value))
        elif name != "If-Match":
            query[name] = value
    return f"{path}?{urlencode(query, safe=',')}" if query else path


def main() -> None:
    """Ask, and write the examples."""
    atlas = geoplan.load_atlas()
    description = create_app(Settings(), atlas=atlas).openapi()
    text = json.dumps(Asker(description, atlas).record(), ensure_ascii=False, indent=1)
    FILE.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
