"""A collection whose features are looked up in the database."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np
import shapely
import sqlalchemy as sa

from geoplan_api.ogc.boxes import areas_of
from geoplan_api.ogc.postgis.conditions import Condition, Conditions, compared_with
from geoplan_api.ogc.postgis.database import FeatureDatabase
from geoplan_api.ogc.postgis.layout import GEOMETRY, ROW, feature_table
from geoplan_api.ogc.queries import ItemsQuery, conditions_of
from geoplan_api.ogc.served import Served
from geoplan_maps.exchange.columns import Column, Kind

Record = dict[str, Any]
_SHAPE = "shape"


class InPostgis:
    """Looks the features up in PostGIS; a :class:`~geoplan_api.ogc.sources.FeatureSource`.

    Parameters
    ----------
    served
        The collection.
    version
        That of the dataset it is of.
    database
        Where the features of this version are.
    """

    def __init__(self, served: Served, version: str, database: FeatureDatabase) -> None:
        self._served = served
        self._version = version
        self._database = database

    def records(self, query: ItemsQuery) -> tuple[int, list[Record]]:
        """As of any source."""
        total, found = self._page(query)
        return total, [self._record(one) for one in found]

    def written(self, query: ItemsQuery) -> tuple[int, list[bytes]]:
        """As of any source."""
        total, found = self._page(query, self._drawn)
        return total, self._written(found, query.crs)

    def record(self, row: int) -> Record:
        """As of any source."""
        return self._record(self._one(row))

    def feature(self, row: int, crs: str) -> bytes:
        """As of any source."""
        return self._written([self._one(row, self._drawn)], crs)[0]

    @cached_property
    def _table(self) -> sa.Table:
        return feature_table(self._version, self._served.name, self._served.table)

    @property
    def _drawn(self) -> sa.ColumnElement[bytes]:
        return sa.type_coerce(sa.func.ST_AsBinary(self._table.c[GEOMETRY]), sa.LargeBinary).label(_SHAPE)

    def _selected(self, *more: sa.ColumnElement[Any]) -> sa.Select[Any]:
        named = [self._table.c[name] for name in (ROW, *self._served.table.columns)]
        return sa.select(*named, *more).order_by(self._table.c[ROW])

    def _one(self, row: int, *more: sa.ColumnElement[Any]) -> sa.Row[Any]:
        with self._database.reading(self._version) as connection:
            return connection.execute(self._selected(*more).where(self._table.c[ROW] == row)).one()

    def _page(self, query: ItemsQuery, *more: sa.ColumnElement[Any]) -> tuple[int, list[sa.Row[Any]]]:
        with self._database.reading(self._version) as connection:
            chosen = self._conditions(query, connection)
            total = connection.scalar(sa.select(sa.func.count()).select_from(self._table).where(*chosen))
            row = self._table.c[ROW]
            # First which rows: PostgreSQL would make the geometries of those before the page, too.
            page = sa.select(row).where(*chosen).order_by(row).offset(query.offset).limit(query.limit)
            return total or 0, list(connection.execute(self._selected(*more).where(row.in_(page))))

    def _conditions(self, query: ItemsQuery, connection: sa.Connection) -> list[Condition]:
        def fetch(names: list[str]) -> Mapping[str, Column]:
            named = [self._table.c[name] for name in names]
            rows = connection.execute(sa.select(*named).order_by(self._table.c[ROW])).all()
            values = zip(*rows, strict=True) if rows else [() for _ in names]
            return {name: self._column(name, list(one)) for name, one in zip(names, values, strict=True)}

        chosen = [] if query.box is None else self._in_box(query)
        for expression, crs in conditions_of(self._served, query):
            writer = Conditions(served=self._served, table=self._table, crs=crs, fetch=fetch)
            chosen.append(writer.of(expression))
        return chosen

    def _in_box(self, query: ItemsQuery) -> list[Condition]:
        areas = None if query.box is None else areas_of(self._served, *query.box)
        if areas is None:
            return []
        crs = self._served.table.crs
        touched = [compared_with(self._table, area, "ST_Intersects", crs) for area in areas]
        return [sa.or_(sa.false(), *touched)]

    def _column(self, name: str, values: list[Any]) -> Column:
        """Values as columns in memory have them."""
        kind = self._served.table.columns[name].kind
        if kind == Kind.STRING:
            return Column(kind=kind, values=np.array([*values, None], dtype=object)[:-1])
        if kind == Kind.BOOLEAN:
            return Column(kind=kind, values=np.array(values, dtype=np.bool_))
        return Column(kind=kind, values=np.array(values, dtype=np.float64))

    def _record(self, found: sa.Row[Any]) -> Record:
        return {name: found._mapping[name] for name in self._served.table.columns}

    def _written(self, found: list[sa.Row[Any]], crs: str) -> list[bytes]:
        rows = [one._mapping[ROW] for one in found]
        shapes = shapely.from_wkb(np.array([one._mapping[_SHAPE] for one in found], dtype=object))
        return self._served.drawn(rows, [self._record(one) for one in found], shapes, crs)
