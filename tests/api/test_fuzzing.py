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
CASES = [(path, GenerationMode.POSITIVE) for path in [*ASKED, *SENT, *PLAIN]]
CASES += [(path, GenerationMode.NEGATIVE) for path in [*ASKED, *SENT]]


@pytest.fixture(scope="module")
def api(village_atlas):
    application = create_app(Settings(), atlas=village_atlas)
    return schemathesis.openapi.from_asgi("/openapi.json", application)


def test_all_operations_are_tried(api):
    assert sorted([*ASKED, *SENT, *PLAIN]) == sorted(one.ok().path for one in api.get_all_operations())


@pytest.mark.parametrize(("path", "mode"), CASES)
def test_any_request(api, path, mode):
    operation = api[path]["POST" if path in SENT else "GET"]

    @settings(max_examples=25, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def try_request(case):
        # The description cannot say which names and criteria there are, so a request it allows may be wrong.
        case.call_and_validate(excluded_checks=[positive_data_acceptance])

    try_request()
