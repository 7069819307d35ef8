"""Stores of plans on SQLite, and on PostgreSQL where one is named."""

import os
import uuid
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from geoplan.plans import Actor, Plan, PlanStore, Role, open_store, read_plan
from tests.postgis import POSTGRES_VARIABLE

KINDS = ["sqlite", "postgresql"]

FULL = {
    "id": "full", "title": "Bauhof – „gemeinsam“", "state": "idea", "summary": "Zwei Zeilen\nText",
    "network": {"members": ["01099001", "01099002"], "service": "building-yard"},
    "facts": {"participation_contract": True, "duration_months": 36, "turnover_eur": 0.5},
    "goals": [
        {"text": "Kosten", "indicators": [{"key": "cost", "name": "Kosten", "unit": "€", "target": 1.5}]},
    ],
    "participants": [
        {"name": "Altdorf", "unit": "01099001", "role": "lead", "contact": "Bauamt",
         "decision": {"result": "approved", "on": "2026-03-01", "reference": "VL 3"}},
    ],
    "decisions": {"bodies": ["Lenkungskreis"], "voting": "einstimmig", "exit_rules": "zwei Jahre",
                  "conflict_steps": "Gespräch"},
    "responsibilities": [{"task": "Leitung", "who": "Altdorf", "full_time_posts": 0.5}],
    "staff_informed": "2026-02-01",
    "finance": [{"year": 2027, "cost_eur": 10_000.5, "grant_eur": None, "own_eur": 10_000.5}],
    "meetings": [{"title": "Lenkungskreis", "starts": "2027-01-31T10:00:00", "minutes": 90,
                  "rhythm": "quarterly", "count": 4, "kind": "meeting", "place": "Rathaus"}],
    "documents": [{"title": "LoI", "link": "https://example.org/loi.pdf", "kind": "letter-of-intent"}],
    "monitoring": [{"indicator": "cost", "on": "2027-12-31", "value": 2.0}],
    "risks": [{"text": "Austritt", "likelihood": "low", "impact": "high", "response": None}],
    "provenance": {"dataset": "Villages", "vintage": "2026-01-01", "weights": {"closeness": 2.0},
                   "geoplan_version": "0.1.0"},
}  # fmt: skip


@pytest.fixture
def chief() -> Actor:
    return Actor(name="Bauamt", role=Role.COORDINATOR)


@pytest.fixture
def full() -> Plan:
    return read_plan(FULL)


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, tmp_path: Path):
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'plans.db'}"
        return
    yield from postgres_schema()


def postgres_schema():
    """An empty schema of the database that is named for tests, deleted afterwards."""
    given = os.environ.get(POSTGRES_VARIABLE)
    if not given:
        pytest.skip(f"{POSTGRES_VARIABLE} names no PostgreSQL database to test in")
    place, schema = make_url(given).set(drivername="postgresql+psycopg"), f"plans_{uuid.uuid4().hex}"
    engine = create_engine(place)
    with engine.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    try:
        own = place.update_query_dict({"options": f"-csearch_path={schema}"})
        yield own.render_as_string(hide_password=False)
    finally:
        with engine.begin() as connection:
            connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
        engine.dispose()


@pytest.fixture
def store(url: str) -> PlanStore:
    store = open_store(url)
    yield store
    store.close()
