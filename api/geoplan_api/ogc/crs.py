"""Which coordinate systems the features come in, and how coordinates get from one to another."""

from functools import cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer

from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan_maps.wgs84 import DECIMALS, Geometries, to_wgs84

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
_EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
OFFERED = (4326, 4258, 25832, 25833, 3857)
"""EPSG codes beside CRS84 and that of the dataset: what German offices and web maps ask for."""
METRE_DECIMALS = 2
_DEGREES = (CRS84, f"{_EPSG}4326", f"{_EPSG}4258")


def offered(storage: str) -> list[str]:
    """The identifiers of all coordinate systems that features of a dataset can be asked in."""
    codes = dict.fromkeys([*OFFERED, epsg_code(storage)])
    return [CRS84, *(f"{_EPSG}{code}" for code in codes)]


def storage_uri(storage: str) -> str:
    """The identifier of the CRS of a dataset (``EPSG:25832``)."""
    return f"{_EPSG}{epsg_code(storage)}"


def epsg_code(crs: str) -> int:
    """The number of ``EPSG:…``."""
    return int(crs.rpartition(":")[2])


def known_crs(uri: str, storage: str, *, name: str) -> str:
    """Return ``uri`` if features can be asked in it.

    Raises
    ------
    InvalidValueError
        It is none of :func:`offered`; ``name`` is that of the parameter.
    """
    allowed = offered(storage)
    if uri not in allowed:
        message = Message(
            "The parameter “{name}” cannot be “{value}”: features come in the coordinate systems of the"
            " collection.",
            name=name, value=uri[:200],
        )  # fmt: skip
        raise InvalidValueError(message, value=uri, nearest=allowed)
    return uri


def projected(shapes: Geometries, storage: str, uri: str) -> Geometries:
    """Geometries of a dataset in the CRS ``uri``, in its order of axes, rounded."""
    if uri == CRS84:
        return to_wgs84(shapes, storage)
    digits = DECIMALS + 2 if uri in _DEGREES else METRE_DECIMALS
    forward, swap = _transformer(storage, uri), northing_first(uri)

    def project(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        there = np.round(np.column_stack(forward.transform(xy[:, 0], xy[:, 1])), digits)
        return there[:, ::-1] if swap else there

    return np.asarray(shapely.transform(shapes, project), dtype=object)


def into_storage(shape: shapely.Geometry, uri: str, storage: str) -> shapely.Geometry:
    """A geometry in the CRS ``uri`` (in its order of axes) in the CRS of the dataset."""
    back, swap = _transformer(uri, storage), northing_first(uri)

    def project(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        east_north = xy[:, ::-1] if swap else xy
        return np.column_stack(back.transform(east_north[:, 0], east_north[:, 1]))

    return shapely.transform(shape, project)


def bounds_in(bounds: tuple[float, ...], storage: str, uri: str) -> tuple[float, float, float, float]:
    """Bounds in the CRS of the dataset as those of ``uri``, x before y whatever its order of axes is."""
    west, south, east, north = _transformer(storage, uri).transform_bounds(
        bounds[0], bounds[1], bounds[2], bounds[3], densify_pts=21
    )
    return west, south, east, north


def northing_first(uri: str) -> bool:
    """Whether coordinates of this CRS name latitude or northing first."""
    return uri != CRS84 and bool(_parsed(uri).axis_info[0].direction == "north")


@cache
def _parsed(uri: str) -> CRS:
    return CRS("OGC:CRS84" if uri == CRS84 else f"EPSG:{uri.rpartition('/')[2]}")


@cache
def _transformer(source: str, target: str) -> Transformer:
    here, there = (_parsed(one) if one.startswith("http") else CRS(one) for one in (source, target))
    return Transformer.from_crs(here, there, always_xy=True)
