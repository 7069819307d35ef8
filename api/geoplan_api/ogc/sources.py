"""Where the features of a collection are looked up: whoever does, the answers are the same to the byte."""

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np

from geoplan_api.ogc.boxes import rows_in
from geoplan_api.ogc.evaluation import matching_rows
from geoplan_api.ogc.queries import ItemsQuery, conditions_of
from geoplan_api.ogc.served import Ints, Served

Record = dict[str, Any]
"""The attributes of a feature as JSON has them."""


class FeatureSource(Protocol):
    """Answers for one collection.

    What is asked may be refused with ``InvalidValueError``; what fails is told as ``FeatureStoreError``.
    """

    def records(self, query: ItemsQuery) -> tuple[int, list[Record]]:
        """How many features a query has on all pages, and the attributes of those on its page."""

    def written(self, query: ItemsQuery) -> tuple[int, list[bytes]]:
        """How many features a query has on all pages, and GeoJSON of those on its page."""

    def record(self, row: int) -> Record:
        """The attributes of the feature in a row."""

    def feature(self, row: int, crs: str) -> bytes:
        """GeoJSON of the feature in a row."""


@dataclass(frozen=True, slots=True)
class InMemory:
    """Looks the features up in the columns of the collection."""

    served: Served

    def records(self, query: ItemsQuery) -> tuple[int, list[Record]]:
        """As :meth:`FeatureSource.records`."""
        rows = self._rows(query)
        return len(rows), [self.record(row) for row in _page(rows, query).tolist()]

    def written(self, query: ItemsQuery) -> tuple[int, list[bytes]]:
        """As :meth:`FeatureSource.written`."""
        rows = self._rows(query)
        return len(rows), self.served.features(_page(rows, query), query.crs)

    def record(self, row: int) -> Record:
        """As :meth:`FeatureSource.record`."""
        return self.served.properties(row)

    def feature(self, row: int, crs: str) -> bytes:
        """As :meth:`FeatureSource.feature`."""
        return self.served.features(np.array([row], dtype=np.int64), crs)[0]

    def _rows(self, query: ItemsQuery) -> Ints:
        rows: Ints = np.arange(len(self.served.table))
        if query.box is not None:
            rows = rows_in(self.served, *query.box)
        for expression, crs in conditions_of(self.served, query):
            rows = np.intersect1d(rows, matching_rows(expression, self.served, crs), assume_unique=True)
        return rows


def _page(rows: Ints, query: ItemsQuery) -> Ints:
    return rows[query.offset : query.offset + query.limit]
