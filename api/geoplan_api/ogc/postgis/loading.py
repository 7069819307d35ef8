"""A dataset into the database: all in one transaction, so that nobody sees a part of it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import shapely
import sqlalchemy as sa
from psycopg import sql

from geoplan.atlas import Atlas
from geoplan_api.ogc.crs import epsg_code
from geoplan_api.ogc.postgis.database import FeatureDatabase
from geoplan_api.ogc.postgis.folding import folding_functions
from geoplan_api.ogc.postgis.layout import (
    BOUNDS,
    DATASETS,
    SHOWN,
    TABLES,
    feature_table,
    schema_of,
    table_name,
)
from geoplan_maps.exchange import Table, dataset_version
from geoplan_maps.exchange.columns import Kind
from geoplan_maps.exchange.tables import table_names, table_of

_LOCK = 0x67656F66
"""Orders those who load at the same moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was loaded."""

    schema: str
    tables: int
    features: int


def load_features(
    atlas: Atlas, database: FeatureDatabase, *, alone: bool = False,
    told: Callable[[str, int], None] = lambda _name, _features: None,
) -> Loaded:  # fmt: skip
    """Load all units and borders of an atlas; what is there of the same version is replaced.

    Parameters
    ----------
    alone
        Whether other versions are deleted.
    told
        Called with the name of each table and the number of its features before it is loaded.

    Raises
    ------
    FeatureStoreError
        The database failed, or has no PostGIS; it is as it was before.
    """
    version, tables = dataset_version(atlas), {name: table_of(atlas, name) for name in table_names(atlas)}
    with database.connection() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        connection.exec_driver_sql("CREATE EXTENSION IF NOT EXISTS postgis")
        connection.execute(sa.schema.CreateSchema(SHOWN, if_not_exists=True))
        DATASETS.metadata.create_all(connection)
        _remove(connection, None if alone else version)
        connection.execute(sa.schema.CreateSchema(schema_of(version)))
        connection.execute(sa.insert(DATASETS).values(version=version, **atlas.provenance.to_dict()))
        texts = (text for table in tables.values() for text in _texts(table))
        _run(connection, folding_functions(schema_of(version), texts))
        for name, table in tables.items():
            told(name, len(table))
            _load(connection, version, name, table)
        _run(connection, _views(version, list(tables)))
    return Loaded(
        schema=schema_of(version), tables=len(tables), features=sum(len(table) for table in tables.values())
    )


def _remove(connection: sa.Connection, version: str | None) -> None:
    """Remove a version, or all, and the views on them."""
    chosen = sa.true() if version is None else DATASETS.c.version == version
    for found in connection.scalars(sa.select(DATASETS.c.version).where(chosen)).all():
        connection.execute(sa.schema.DropSchema(schema_of(found), cascade=True, if_exists=True))
    connection.execute(sa.delete(DATASETS).where(chosen))


def _texts(table: Table) -> Iterator[str]:
    for column in table.columns.values():
        if column.kind == Kind.STRING:
            yield from (text for text in column.values if text is not None)


def _load(connection: sa.Connection, version: str, name: str, table: Table) -> None:
    laid_out = feature_table(version, name, table)
    # Indexes are made after the rows: that is quicker.
    indexes, laid_out.indexes = laid_out.indexes, set()
    laid_out.create(connection)
    # Rows that are frozen are counted by the index alone.
    copy = sql.SQL("COPY {} FROM STDIN WITH (FREEZE)").format(
        sql.Identifier(schema_of(version), table_name(name))
    )
    with _cursor(connection) as cursor, cursor.copy(copy) as rows:
        for row in _rows(table):
            rows.write_row(row)
    for index in sorted(indexes, key=lambda one: str(one.name)):
        index.create(connection)
    connection.execute(
        sa.insert(BOUNDS).values(
            **dict(zip(("west", "south", "east", "north"), table.bounds, strict=True)),
            version=version, collection=name,
        )
    )  # fmt: skip
    _run(connection, [sql.SQL("ANALYZE {}").format(sql.Identifier(schema_of(version), table_name(name)))])


def _rows(table: Table) -> Iterator[list[Any]]:
    placed = shapely.set_srid(table.geometry, epsg_code(table.crs))
    drawn = shapely.to_wkb(placed, hex=True, include_srid=True).tolist()
    columns = list(table.columns.values())
    for row, geometry in enumerate(drawn):
        yield [row, *(column.at(row) for column in columns), geometry]


def _views(version: str, names: list[str]) -> Iterator[sql.Composed]:
    for name in TABLES:
        yield sql.SQL("DROP VIEW IF EXISTS {}").format(sql.Identifier(SHOWN, table_name(name)))
    for name in names:
        yield sql.SQL("CREATE VIEW {} AS SELECT * FROM {}").format(
            sql.Identifier(SHOWN, table_name(name)), sql.Identifier(schema_of(version), table_name(name))
        )


def _run(connection: sa.Connection, statements: Any) -> None:
    with _cursor(connection) as cursor:
        for statement in statements:
            cursor.execute(statement)


def _cursor(connection: sa.Connection) -> Any:
    """A cursor of the driver, for what SQLAlchemy has no words for."""
    return connection.connection.cursor()
