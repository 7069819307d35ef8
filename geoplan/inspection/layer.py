"""The layer of municipalities as it stands in the file, before anything is mended."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geoplan.boundaries.archive import Features, Layer, read_layer
from geoplan.boundaries.bkg import KEY_COLUMNS
from geoplan.boundaries.dataset import Geometries
from geoplan.inspection.finding import Place

FloatArray = NDArray[np.float64]
WANTED = (*KEY_COLUMNS, "AGS", "GEN", "BEZ", "GF", "EWZ", "KFL")


@dataclass(frozen=True, kw_only=True)
class PlaceLayer:
    """Columns and polygons of the municipalities; a column that is missing is empty texts or NaN."""

    layer: Layer
    fields: Sequence[str]
    keys: list[str]
    """ARS."""
    ags: list[str]
    names: list[str]
    designations: list[str]
    area_codes: FloatArray
    population: FloatArray
    register_km2: FloatArray
    """KFL: the area of the land register."""
    geometry: Geometries
    crs: str | None

    def __len__(self) -> int:
        return len(self.keys)

    def place(self, row: int) -> Place:
        """The municipality in ``row``."""
        return Place(id=self.keys[row], name=self.names[row])


def read_places(layer: Layer) -> PlaceLayer:
    """Read the layer.

    Raises
    ------
    DatasetError
        It cannot be read.
    """
    features = read_layer(layer, WANTED, geometry=True)
    return PlaceLayer(
        layer=layer,
        fields=features.fields,
        keys=texts(features, *KEY_COLUMNS),
        ags=texts(features, "AGS"),
        names=texts(features, "GEN"),
        designations=texts(features, "BEZ"),
        area_codes=_numbers(features, "GF"),
        population=_numbers(features, "EWZ"),
        register_km2=_numbers(features, "KFL"),
        geometry=features.geometry,
        crs=features.crs,
    )


def texts(features: Features, *names: str) -> list[str]:
    """The first of the columns that there is, as texts."""
    for name in names:
        if name in features.columns:
            return ["" if value is None else str(value) for value in features.columns[name]]
    return [""] * _count(features)


def _numbers(features: Features, name: str) -> FloatArray:
    if name not in features.columns:
        return np.full(_count(features), np.nan)
    return np.array([_number(value) for value in features.columns[name]], dtype=np.float64)


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return float("nan")


def _count(features: Features) -> int:
    return max([len(features.geometry), *(len(column) for column in features.columns.values())], default=0)
