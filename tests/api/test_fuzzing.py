"""Any request that the description allows, and many that it does not: never a failure of the server."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance

from geoplan_api import Settings, create_app

pytestmark = [pytest.mark.property, pytest.mark.slow]

ASKED = [
    "/api/v1/units", "/api/v1/units/{unit_id}", "/api/v1/units/{unit_id}/neighbours",
    "/api/v1/units/{unit_id}/suggestions", "/api/v1/units/{unit_id}/suggestions/{candidate_id}",
    "/api/v1/units/{unit_id}/white-spots", "/api/v1/services", "/api/v1/services/{key}",
    "/embed/units/{unit_id}", "/oembed",
]  # fmt: skip
PLAIN = ["/health/live", "/health/ready", "/metrics"]
"""Without parameters there is nothing to get wrong."""
SENT = ["/api/v1/networks/build", "/api/v1/networks/check"]
"""With a body."""
PLANS = [
    ("/api/v1/plans", "GET"), ("/api/v1/plans", "POST"), ("/api/v1/plans/{plan_id}", "GET"),
    ("/api/v1/plans/{plan_id}", "PUT"), ("/api/v1/plans/{plan_id}", "DELETE"),
    ("/api/v1/plans/{plan_id}/history", "GET"), ("/api/v1/plans/{plan_id}/calendar.ics", "GET"),
]  # fmt: skip
"""With several methods a path."""
CASES = [(path, GenerationMode.POSITIVE) for path in [*ASKED, *SENT, *PLAIN]]
CASES += [(path, GenerationMode.NEGATIVE) for path in [*ASKED, *SENT]]


@pytest.fixture(scope="module")
def api(village_atlas):
    application = create_app(Settings(), atlas=village_atlas)
    return schemathesis.openapi.from_asgi("/openapi.json", application)


def test_all_operations_are_tried(api):
    paths = [*ASKED, *SENT, *PLAIN, *(path for path, _ in PLANS)]
    assert sorted(paths) == sorted(one.ok().path for one in api.get_all_operations())


@pytest.mark.parametrize(("path", "mode"), CASES)
def test_any_request(api, path, mode):
    try_requests(api[path]["POST" if path in SENT else "GET"], mode)


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
@pytest.mark.parametrize(("path", "method"), PLANS)
def test_any_request_about_plans(*, village_atlas, tmp_path, monkeypatch, path, method, mode):
    monkeypatch.setenv("GEOPLAN_HOME", str(tmp_path))
    application = create_app(Settings(desk=True), atlas=village_atlas)
    api = schemathesis.openapi.from_asgi("/openapi.json", application)
    try_requests(api[path][method], mode)


def try_requests(operation, mode):
    @settings(max_examples=25, database=None, deadline=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def try_request(case):
        # The description cannot say which names and criteria there are, so a request it allows may be wrong.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    try_request()
