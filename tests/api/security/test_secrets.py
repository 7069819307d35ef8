"""No token, no password and nothing that readers ask for stands in the log or in an answer."""

import io
import json
import logging

import pytest
from sqlalchemy.exc import OperationalError

from geoplan_api.logs import JsonLines, TextLines, start_logging, without_secrets

TOKEN = f"geoplan_{'0' * 12}_{'ab' * 32}"
DATABASE = "postgresql://plans:kennwort@db/plans"
SECRETS = ("ab" * 10, "kennwort")


@pytest.fixture
def log():
    """The lines of the log."""
    root, written = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    start_logging(form="json", level="info", to=written)
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    root.handlers[:] = before
    root.setLevel(level)
    logging.getLogger("geoplan").setLevel(logging.NOTSET)


def failing(app):
    @app.get("/failing")
    def answer():
        cause = Exception(f"password=kennwort {TOKEN}")
        raise OperationalError(f"connect {DATABASE} with Bearer {TOKEN}", {}, cause)


def test_an_unexpected_failure_tells_nothing(answering, log):
    answer = answering(add=failing).get("/failing", headers={"authorization": f"Bearer {TOKEN}"})
    assert (answer.status_code, answer.json()["kind"]) == (500, "unexpected")
    assert "content-security-policy" in answer.headers
    assert "OperationalError" not in answer.text
    lines = log()
    failure = next(line for line in lines if line["level"] == "error")
    assert "OperationalError" in failure["trace"]
    assert failure["request"] == answer.json()["request_id"] == answer.headers["x-request-id"]
    for secret in SECRETS:
        assert secret not in json.dumps(lines) + answer.text + str(answer.headers)


def test_what_is_asked_for_is_not_noted(answering, log):
    client = answering()
    client.get(f"/api/v1/units?q=Altdorf&token={TOKEN}")
    client.get("/api/v1/units/Altdorf")
    client.get(f"/api/v1/plans/{TOKEN}", headers={"authorization": f"Bearer {TOKEN}"})
    lines = [line for line in log() if line["event"] == "request"]
    assert [(line["route"], line["status"]) for line in lines] == [
        ("/api/v1/units", 422), ("/api/v1/units/{unit_id}", 200), ("/api/v1/plans/{plan_id}", 401),
    ]  # fmt: skip
    assert set(lines[0]) == {
        "time", "level", "logger", "event", "request", "method", "route", "status", "bytes", "ms",
    }  # fmt: skip
    assert "Altdorf" not in json.dumps(lines)
    assert "198.51.100.7" not in json.dumps(lines)


def test_addresses_where_the_operator_wants_them(answering, log):
    answering(log_addresses=True).get("/health/live")
    assert log()[-1]["address"] == "198.51.100.7"


@pytest.mark.parametrize(("text", "left"), [
    (f"x {TOKEN} y", "x geoplan_000000000000_… y"),
    (DATABASE, "postgresql://plans:…@db/plans"),
    ("postgresql://:kennwort@db/plans", "postgresql://:…@db/plans"),
    ("Authorization: Bearer abcdefgh.ijkl", "Authorization: Bearer …"),
    ("basic Zm9vOmJhcg==", "basic …"),
    ("host=db password=kennwort user=x", "host=db password=… user=x"),
    ("https://example.org/a:b@c", "https://example.org/a:b@c"),
])  # fmt: skip
def test_secrets_are_taken_out(text, left):
    assert without_secrets(text) == left


@pytest.mark.parametrize("lines", [JsonLines(), TextLines()])
def test_one_event_is_one_line(lines):
    record = logging.LogRecord("x", logging.INFO, "", 0, "a\nERROR b\r\x1b[2J\u2028", (), None)
    said = lines.format(record)
    assert len(said.splitlines()) == 1
    assert "\x1b" not in said


@pytest.mark.parametrize("given", ["a\nb" * 5, "x", "é" * 20, "x" * 65, "a b c d e f", "<script>x"])
def test_an_id_that_is_not_sane_is_not_taken(answering, given):
    answer = answering().get("/health/live", headers=[(b"x-request-id", given.encode())])
    told = answer.headers["x-request-id"]
    assert told != given
    assert len(told) == 32


def test_a_sane_id_is_taken(answering):
    answer = answering().get("/nothing", headers={"x-request-id": "abc-123.DEF_4"})
    assert answer.headers["x-request-id"] == answer.json()["request_id"] == "abc-123.DEF_4"
