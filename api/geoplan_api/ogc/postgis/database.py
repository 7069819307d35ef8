"""The database that features are looked up in."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from geoplan.errors import FeatureStoreError, InvalidValueError
from geoplan.messages import Message
from geoplan_api.ogc.postgis.layout import BOUNDS, DATASETS, SHOWN

URL_VARIABLE = "GEOPLAN_FEATURES_URL"
KIND = "postgresql://USER@HOST/DATABASE"


class FeatureDatabase:
    """A PostgreSQL database with PostGIS, for any number of threads.

    Parameters
    ----------
    engine
        Its connections.
    shown
        Its URL without the password.
    """

    def __init__(self, engine: sa.Engine, shown: str) -> None:
        self._engine = engine
        self.shown = shown

    @contextmanager
    def connection(self) -> Iterator[sa.Connection]:
        """A transaction.

        Raises
        ------
        FeatureStoreError
            The database failed; nothing of the transaction was written.
        """
        try:
            with self._engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).strip().split("\n", 1)[0].rstrip(".")
            message = Message(
                "The features in {place} cannot be reached: {reason}.", place=self.shown, reason=reason
            )
            raise FeatureStoreError(message, value=self.shown) from error

    @contextmanager
    def reading(self, version: str) -> Iterator[sa.Connection]:
        """A transaction on the features of a version of a dataset; errors as in :meth:`require`."""
        try:
            with self.connection() as connection:
                yield connection
        except FeatureStoreError:
            self.require(version)
            raise

    def require(self, version: str) -> None:
        """Make sure that the features of a version of a dataset are there.

        Raises
        ------
        FeatureStoreError
            The database does not answer, or holds other data.
        """
        with self.connection() as connection:
            there = sa.inspect(connection).has_table(DATASETS.name, schema=SHOWN)
            rows = connection.execute(sa.select(DATASETS).order_by(DATASETS.c.loaded)).all() if there else []
        if version in [row.version for row in rows]:
            return
        held = [f"{row.dataset} {row.vintage} ({row.version})" for row in rows]
        message = Message(
            "{place} has no features of the dataset that is answered from, version {value}; it has: {held}."
            " “geoplan export postgis” loads them.",
            place=self.shown, value=version, held=", ".join(held) or "–",
        )  # fmt: skip
        raise FeatureStoreError(message, value=version)

    def bounds(self, version: str, collection: str) -> tuple[float, ...]:
        """West, south, east and north of a collection; errors as in :meth:`require`."""
        wanted = (BOUNDS.c.version == version) & (BOUNDS.c.collection == collection)
        with self.reading(version) as connection:
            row = connection.execute(sa.select(BOUNDS).where(wanted)).one()
        return row.west, row.south, row.east, row.north

    def close(self) -> None:
        """Let the connections go."""
        self._engine.dispose()


def open_features(url: str | None = None) -> FeatureDatabase | None:
    """The database that features are looked up in; it is not asked anything yet.

    Parameters
    ----------
    url
        By default that of ``GEOPLAN_FEATURES_URL``; where there is none, features are answered from memory.

    Raises
    ------
    InvalidValueError
        Not the URL of a PostgreSQL database.
    """
    given = url or os.environ.get(URL_VARIABLE)
    if not given:
        return None
    try:
        place = sa.make_url(given)
    except (ArgumentError, ValueError) as error:
        raise _no_url() from error
    if place.get_backend_name() not in ("postgresql", "postgres"):
        raise _no_url()
    try:
        engine = sa.create_engine(place.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    except ModuleNotFoundError as error:
        message = Message("PostgreSQL needs more than is installed: pip install “geoplan[postgres]”.")
        raise InvalidValueError(message, value=URL_VARIABLE) from error
    return FeatureDatabase(engine, place.render_as_string(hide_password=True))


def _no_url() -> InvalidValueError:
    # The URL is not repeated: it may hold a password.
    message = Message("{variable} is not the URL of a PostgreSQL database.", variable=URL_VARIABLE)
    return InvalidValueError(message, value=URL_VARIABLE, nearest=[KIND])
