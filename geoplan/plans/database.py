"""Where the plans are kept, and how a database is opened so that what is acknowledged is on the disk."""

import os
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from geoplan.boundaries.durable import sync_folder
from geoplan.boundaries.store import home_folder
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.plans.failures import store_error
from geoplan.plans.store import WRITING, PlanStore

URL_VARIABLE = "GEOPLAN_PLANS_URL"
FILE = "plans.db"
SECONDS_TO_WAIT = 30
"""For another writer of the same SQLite file."""
MIGRATION_LOCK = 0x67656F70
"""Orders those who open a PostgreSQL store for the first time at the same moment."""
KINDS = ("sqlite:///PATH", "postgresql://USER@HOST/DATABASE")


def open_store(url: str | None = None) -> PlanStore:
    """Open the store of plans; it is made, or brought to the newest layout, where needed.

    Parameters
    ----------
    url
        By default that of ``GEOPLAN_PLANS_URL``, else a SQLite file in the folder of geoplan's data.

    Raises
    ------
    InvalidValueError
        Not the URL of a database that can be used.
    PlanStoreError
        The database cannot be opened.
    """
    place = _place(url or os.environ.get(URL_VARIABLE))
    shown = place.render_as_string(hide_password=True)
    try:
        engine = _engine(place)
        with engine.execution_options(**{WRITING: True}).begin() as connection:
            _migrate(connection)
    except (SQLAlchemyError, CommandError, OSError) as error:
        raise store_error(shown, error) from error
    except ModuleNotFoundError as error:
        message = Message("PostgreSQL needs more than is installed: pip install “geoplan[postgres]”.")
        raise InvalidValueError(message, value=shown) from error
    if place.get_backend_name() == "sqlite" and place.database:
        sync_folder(Path(place.database).parent)
    return PlanStore(engine, shown)


def has_store() -> bool:
    """Whether a store is set, or was made on this machine before."""
    return bool(os.environ.get(URL_VARIABLE)) or (home_folder() / FILE).exists()


def _place(url: str | None) -> URL:
    if not url:
        return URL.create("sqlite", database=str(home_folder() / FILE))
    try:
        place = make_url(url)
        kind = place.get_backend_name()
    except (ArgumentError, ValueError) as error:
        raise _no_url() from error
    if kind == "sqlite" and place.database and place.database != ":memory:":
        return place
    if kind in ("postgresql", "postgres"):
        return place.set(drivername="postgresql+psycopg")
    raise _no_url()


def _no_url() -> InvalidValueError:
    # The URL is not repeated: it may hold a password.
    message = Message(
        "{variable} is not the URL of a database that plans can be kept in.", variable=URL_VARIABLE
    )
    return InvalidValueError(message, value=URL_VARIABLE, nearest=KINDS)


def _engine(place: URL) -> Engine:
    if place.get_backend_name() != "sqlite":
        engine = create_engine(place, pool_pre_ping=True)
        event.listen(engine, "connect", _prepare_postgres)
        return engine
    Path(place.database or "").parent.mkdir(parents=True, exist_ok=True)
    # Connections are not kept: a server that runs on would write to a file that was replaced (a backup that
    # was put back), and acknowledge what nobody finds again.
    engine = create_engine(place, connect_args={"timeout": SECONDS_TO_WAIT}, poolclass=NullPool)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_postgres(connection: Any, _record: object) -> None:
    # A server may be set to acknowledge before the disk does; not for us.
    with connection.cursor() as cursor:
        cursor.execute("SET synchronous_commit TO on")
    connection.commit()


def _prepare_sqlite(connection: Any, _record: object) -> None:
    # Python's driver opens transactions of its own, too late for ours; SQLAlchemy's documentation says how.
    connection.isolation_level = None
    for setting in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {setting}").close()


def _begin_sqlite(connection: Connection) -> None:
    # A writer takes the lock at once: a reader that turns writer could not wait for it.
    writing = connection.get_execution_options().get(WRITING)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _migrate(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({MIGRATION_LOCK})")
    config = Config()
    config.set_main_option("script_location", "geoplan:plans/migrations")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
