"""A table as it is served: indexed, and with every feature written once."""

import json
import threading
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.messages import Localised
from geoplan_api.ogc.crs import CRS84, projected
from geoplan_maps.exchange import Column, Table

Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True, eq=False)
class Served:
    """A collection of features."""

    name: str
    """Its id in addresses."""
    title: Localised
    description: Localised
    table: Table
    version: str
    """Changes with the content."""
    dataset: str | None = None
    """The version of the dataset whose table this is; ``None`` where it was made for the question."""
    _written: dict[int, bytes] = field(default_factory=dict)
    _making: threading.Lock = field(default_factory=threading.Lock)

    @cached_property
    def index(self) -> shapely.STRtree:
        """The geometries by their bounds, in the CRS of the table."""
        return shapely.STRtree(self.geometry)

    @property
    def geometry(self) -> NDArray[np.object_]:
        """(n,) geometries in the CRS of the table; made once, whoever asks first."""
        with self._making:
            return self.table.geometry

    @cached_property
    def bounds(self) -> tuple[float, ...]:
        """West, south, east and north of all features, in the CRS of the table."""
        with self._making:
            return self.table.bounds

    @cached_property
    def row_of(self) -> dict[str, int]:
        """The row of each id."""
        return {feature_id: row for row, feature_id in enumerate(self.table.ids)}

    @property
    def columns(self) -> dict[str, Column]:
        """The attributes, by name."""
        return dict(self.table.columns)

    def properties(self, row: int) -> dict[str, Any]:
        """The attributes of a feature as JSON has them."""
        return {name: column.at(row) for name, column in self.table.columns.items()}

    def features(self, rows: Ints, crs: str) -> list[bytes]:
        """GeoJSON of the features in ``rows``. In CRS84 they are kept: at most the size of the collection."""
        wanted = rows.tolist()
        if crs != CRS84:
            return self._features(wanted, crs)
        missing = [row for row in wanted if row not in self._written]
        if missing:
            self._written.update(zip(missing, self._features(missing, crs), strict=True))
        return [self._written[row] for row in wanted]

    def _features(self, rows: list[int], crs: str) -> list[bytes]:
        shapes = self.geometry[np.array(rows, dtype=np.int64)]
        return self.drawn(rows, [self.properties(row) for row in rows], shapes, crs)

    def drawn(
        self, rows: list[int], records: list[dict[str, Any]], shapes: NDArray[np.object_], crs: str
    ) -> list[bytes]:
        """GeoJSON of the features in ``rows``, from attributes and geometries in the CRS of the table."""
        there = projected(shapes, self.table.crs, crs)
        empty, texts = shapely.is_empty(there).tolist(), shapely.to_geojson(there).tolist()
        return [
            _feature(self.table.ids[row], record, "null" if nothing else text)
            for row, record, nothing, text in zip(rows, records, empty, texts, strict=True)
        ]


def _feature(feature_id: str, properties: dict[str, Any], geometry: str) -> bytes:
    told = json.dumps(properties, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    named = json.dumps(feature_id, ensure_ascii=False)
    return f'{{"type":"Feature","id":{named},"properties":{told},"geometry":{geometry}}}'.encode()
