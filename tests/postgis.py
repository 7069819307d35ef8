"""A database with PostGIS on the server that is named for tests."""

import os
import uuid

import pytest
from sqlalchemy import create_engine, make_url, text

POSTGRES_VARIABLE = "GEOPLAN_TEST_POSTGRES_URL"


@pytest.fixture(scope="session")
def features_url():
    """An empty database that can have PostGIS, deleted afterwards."""
    given = os.environ.get(POSTGRES_VARIABLE)
    if not given:
        pytest.skip(f"{POSTGRES_VARIABLE} names no PostgreSQL database to test in")
    place, name = make_url(given).set(drivername="postgresql+psycopg"), f"features_{uuid.uuid4().hex}"
    server = create_engine(place, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        if not connection.scalar(text("SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'")):
            pytest.skip("needs PostGIS: apt-get install postgresql-15-postgis-3")
        connection.exec_driver_sql(f"CREATE DATABASE {name}")
        yield place.set(drivername="postgresql", database=name).render_as_string(hide_password=False)
        connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    server.dispose()
