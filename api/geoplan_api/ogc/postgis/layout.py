"""How features are laid out in the database: schemas, tables, columns, indexes."""

from typing import Any

import sqlalchemy as sa

from geoplan_api.ogc.crs import epsg_code
from geoplan_maps.exchange.columns import Kind, Table
from geoplan_maps.exchange.tables import BORDERS, LEVELS

SHOWN = "geoplan"
"""The schema of the register of datasets, and of views on the tables that were loaded last."""
ROW, GEOMETRY = "fid", "geometry"
COLLATION = "C"
"""Texts are compared by their characters, as Python does, whatever the language of the database is."""
TABLES = (*LEVELS, BORDERS)
_KEYS = ("name", "ars", "association", "county", "government_region", "state", "one", "other")
"""Attributes that are looked up often."""
_TYPES: dict[Kind, sa.types.TypeEngine[Any]] = {
    Kind.STRING: sa.Text(collation=COLLATION), Kind.INTEGER: sa.BigInteger(), Kind.NUMBER: sa.Double(),
    Kind.BOOLEAN: sa.Boolean(),
}  # fmt: skip
_SHOWN = sa.MetaData(schema=SHOWN)
DATASETS = sa.Table(
    "datasets", _SHOWN,
    sa.Column("version", sa.Text, primary_key=True),
    *(
        sa.Column(name, sa.Text, nullable=name in ("population_source", "country"))
        for name in (
            "dataset", "vintage", "licence", "attribution", "attribution_url", "population_source",
            "publisher", "country", "crs",
        )
    ),
    sa.Column("loaded", sa.DateTime(timezone=True), server_default=sa.func.now(), nullable=False),
)  # fmt: skip
"""The source row of each dataset that is there."""
_BOX = ("west", "south", "east", "north")
BOUNDS = sa.Table(
    "bounds", _SHOWN,
    sa.Column("version", sa.ForeignKey(DATASETS.c.version, ondelete="CASCADE"), primary_key=True),
    sa.Column("collection", sa.Text, primary_key=True),
    *(sa.Column(name, sa.Double, nullable=False) for name in _BOX),
)  # fmt: skip
"""The box around each collection, in the CRS of its dataset."""


class Geometry(sa.types.UserDefinedType[bytes]):
    """A column of PostGIS."""

    cache_ok = True

    def __init__(self, shape: str, srid: int) -> None:
        self.shape, self.srid = shape, srid

    def get_col_spec(self, **_: Any) -> str:
        """How the type is written."""
        return f"geometry({self.shape},{self.srid})"


def schema_of(version: str) -> str:
    """The schema that the features of a version of a dataset lie in."""
    return f"{SHOWN}_{version.replace('-', '_')}"


def table_name(collection: str) -> str:
    """What the table of a collection is called."""
    return collection.replace("-", "_")


def feature_table(version: str, collection: str, table: Table) -> sa.Table:
    """The table that the features of a collection lie in, in the order of ``table``."""
    columns = [sa.Column(name, _TYPES[column.kind]) for name, column in table.columns.items()]
    laid_out = sa.Table(
        table_name(collection), sa.MetaData(schema=schema_of(version)),
        sa.Column(ROW, sa.Integer, primary_key=True, autoincrement=False), *columns,
        sa.Column(GEOMETRY, Geometry(table.shape, epsg_code(table.crs)), nullable=False),
        sa.UniqueConstraint("id"),
    )  # fmt: skip
    for name in _KEYS:
        if name in laid_out.c:
            sa.Index(f"{laid_out.name}_{name}", laid_out.c[name])
    sa.Index(f"{laid_out.name}_{GEOMETRY}", laid_out.c[GEOMETRY], postgresql_using="gist")
    return laid_out
