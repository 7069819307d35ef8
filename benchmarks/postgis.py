"""Neighbours as PostGIS tells them: a throw-away database, one query, and a plain server before it."""

import contextlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import psycopg
import shapely
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from geoplan_maps.exchange import Table

URL = "POSTGIS_URL"
"""Names the database to the server."""
SCRIPT = Path(__file__).resolve().parents[1] / ".ci" / "postgres"
SQL = """
    SELECT b.id, ST_Length(ST_Intersection(a.geom, b.geom)) AS metres
    FROM units a JOIN units b ON a.geom && b.geom AND a.id <> b.id AND ST_Touches(a.geom, b.geom)
    WHERE a.id = %s ORDER BY 2 DESC
"""


@contextlib.contextmanager
def database(units: Table) -> Iterator[str]:
    """The URL of a database with the polygons of ``units``, indexed."""
    folder = tempfile.mkdtemp(prefix="geoplan-postgis-")
    try:
        started = subprocess.run([SCRIPT, "start", folder], check=True, stdout=subprocess.PIPE, text=True)
        url = started.stdout.strip()
        with psycopg.connect(url, autocommit=True) as connection:
            _fill(connection, units)
        yield url
    finally:
        subprocess.run([SCRIPT, "stop", folder], check=False)
        shutil.rmtree(folder, ignore_errors=True)


def _fill(connection: psycopg.Connection, units: Table) -> None:
    connection.execute("CREATE EXTENSION postgis")
    connection.execute("CREATE TABLE units (id text PRIMARY KEY, geom geometry(MultiPolygon, 25832))")
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO units VALUES (%s, ST_SetSRID(ST_GeomFromWKB(%s), 25832))",
            list(zip(units.ids, shapely.to_wkb(units.geometry).tolist(), strict=True)),
        )
    connection.execute("CREATE INDEX ON units USING gist (geom)")
    connection.execute("ANALYZE units")


@contextlib.contextmanager
def query(url: str) -> Iterator[Callable[[str], list]]:
    """The query over a connection that stays open (a socket of this machine)."""
    with psycopg.connect(url, autocommit=True) as connection:
        yield lambda unit: connection.execute(SQL, [unit]).fetchall()


@contextlib.asynccontextmanager
async def _connected(server: Starlette) -> AsyncIterator[None]:
    async with await psycopg.AsyncConnection.connect(os.environ[URL], autocommit=True) as connection:
        server.state.connection = connection
        yield


async def _answer(request: Request) -> JSONResponse:
    cursor = await request.app.state.connection.execute(SQL, [request.path_params["unit"]])
    found = await cursor.fetchall()
    return JSONResponse({"neighbours": [{"id": one, "border_km": metres / 1000} for one, metres in found]})


app = Starlette(routes=[Route("/{unit}", _answer)], lifespan=_connected)
"""The query over HTTP: no checks, no tags, nothing but rows as JSON."""
