"""The description of the API is valid, complete, and true."""

import pytest
from openapi_spec_validator import validate

from geoplan_api.routes import (
    dossier,
    embed,
    health,
    insight,
    levels,
    metrics,
    networks,
    plans,
    services,
    units,
)

MODULES = (dossier, embed, health, insight, levels, metrics, networks, plans, services, units)


@pytest.fixture(scope="module")
def description(village_client):
    return village_client.get("/openapi.json").json()


def test_description_is_valid(description):
    validate(description)


def test_every_route_is_described(description):
    routes = {route.path for module in MODULES for route in module.router.routes}
    assert routes == set(description["paths"])


def test_problems_are_described(description):
    assert "HTTPValidationError" not in description["components"]["schemas"]
    for path, operations in description["paths"].items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if int(status) >= 400:
                    assert list(response["content"]) == ["application/problem+json"], (path, status)


def test_every_parameter_has_bounds_and_a_description(description):
    described = [
        (path, parameter)
        for path, operations in description["paths"].items()
        for operation in operations.values()
        for parameter in operation.get("parameters", [])
    ]
    for path, parameter in described:
        schema = str(parameter["schema"])
        bounds = ("maxLength", "maximum", "enum", "const", "boolean", "$ref")
        assert any(bound in schema for bound in bounds), (path, parameter)
        assert parameter.get("description"), (path, parameter["name"])


def test_geojson_is_described(description):
    content = description["paths"]["/api/v1/units/{unit_id}/suggestions"]["get"]["responses"]["200"][
        "content"
    ]
    assert set(content) == {"application/json", "application/geo+json"}
