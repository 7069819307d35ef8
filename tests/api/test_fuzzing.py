"""Any request that the description allows, and many that it does not: never a failure of the server.

``make fuzz`` tries twenty thousand; here it is a few of each operation.
"""

import pytest
from hypothesis import find

from benchmarks.fuzzing import command_lines, fuzz_command_lines, fuzz_requests

pytestmark = [pytest.mark.property, pytest.mark.slow]


def test_any_request(village_atlas):
    tally = fuzz_requests(village_atlas, 600)
    assert tally.findings == []
    assert tally.tried.total() >= 600
    assert {"allowed", "wrong", "in chains"} <= set(tally.tried)
    assert tally.answers["2xx"] > 30


def test_any_command_line(village_atlas):
    tally = fuzz_command_lines(village_atlas, 300)
    assert tally.findings == []
    assert tally.tried.total() >= 300
    # A third is right from the start.
    assert tally.answers["exit code 0"] > 60


def test_a_failure_of_the_server_is_found(village_atlas, monkeypatch):
    def fail(*arguments, **options):
        raise ZeroDivisionError("made for this test")

    monkeypatch.setattr("geoplan_api.routes.units.suggest", fail)
    assert fuzz_requests(village_atlas, 20, only="GET /api/v1/units/{unit_id}/suggestions").findings


def test_a_traceback_is_found(village_atlas, monkeypatch):
    monkeypatch.setattr("geoplan_api.cli.info.open_atlas", lambda *arguments: 1 / 0)
    assert fuzz_command_lines(village_atlas, 300).findings


@pytest.mark.parametrize("first", ["suggest", "plan", "data", "network"])
def test_every_group_is_tried(village_atlas, first):
    lines = command_lines(village_atlas)
    assert find(lines, lambda arguments: bool(arguments) and arguments[0] == first)
