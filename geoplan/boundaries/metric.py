"""Which metric CRS a dataset is kept and measured in."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from geoplan.boundaries.measure import GEOGRAPHIC_CRS
from geoplan.errors import DatasetError
from geoplan.messages import Message

UTM_WIDTH_DEGREES = 9.0
"""Up to this width one UTM zone measures a country to 0.3 %; wider ones are laid out around their middle."""
_AZIMUTHAL = "+proj=laea +lat_0={latitude:.1f} +lon_0={longitude:.1f} +datum=WGS84 +units=m +no_defs"


def metric_crs(wanted: str | None, bounds: NDArray[np.float64], crs: str) -> str:
    """The CRS to keep polygons in: the one wanted, else that of the file if it is metric, else one estimated.

    Parameters
    ----------
    bounds
        (4,) west, south, east, north of all polygons, in ``crs``.

    Returns
    -------
    str
        Estimated: the UTM zone of the middle, or where the polygons are wider than it carries, a
        Lambert azimuthal equal-area projection around the middle.

    Raises
    ------
    DatasetError
        A CRS is not known, or the wanted one is not in metres.
    """
    if wanted is not None:
        if not _is_metric(_parsed(wanted)):
            message = Message("The CRS “{value}” is not one in metres.", value=wanted)
            raise DatasetError(message, value=wanted)
        return wanted
    source = _parsed(crs)
    authority = source.to_authority()
    if _is_metric(source) and authority is not None:
        return ":".join(authority)
    return _estimated(_in_degrees(bounds, source))


def _parsed(crs: str) -> Any:
    from pyproj import CRS  # noqa: PLC0415 - opens PROJ's database, which the embedded dataset does not need
    from pyproj.exceptions import CRSError  # noqa: PLC0415

    try:
        return CRS.from_user_input(crs)
    except CRSError as error:
        message = Message("The CRS “{value}” is not known.", value=crs)
        raise DatasetError(message, value=crs) from error


def _is_metric(crs: Any) -> bool:
    # Web Mercator counts in metres that are none: at 48° north they are a third too long.
    name = crs.coordinate_operation.method_name if crs.coordinate_operation else ""
    in_metres = all(axis.unit_name == "metre" for axis in crs.axis_info[:2])
    return bool(crs.is_projected and in_metres and "Pseudo Mercator" not in name)


def _in_degrees(bounds: NDArray[np.float64], source: Any) -> NDArray[np.float64]:
    from pyproj import Transformer  # noqa: PLC0415 - as above

    transform = Transformer.from_crs(source, GEOGRAPHIC_CRS, always_xy=True)
    degrees = np.array(transform.transform_bounds(*bounds.tolist()))
    outside = (
        not np.isfinite(degrees).all() or np.abs(degrees[[1, 3]]).max() > 90 or np.abs(degrees).max() > 180
    )
    if outside:
        message = Message(
            "There are coordinates that do not fit the CRS “{value}”.", value=source.to_string()
        )
        raise DatasetError(message, value=source.to_string())
    return degrees


def _estimated(degrees: NDArray[np.float64]) -> str:
    west, south, east, north = degrees.tolist()
    longitude, latitude = (west + east) / 2, (south + north) / 2
    if east - west > UTM_WIDTH_DEGREES or abs(latitude) > 80:
        return _AZIMUTHAL.format(latitude=latitude, longitude=longitude)
    zone = min(int((longitude + 180) // 6) + 1, 60)
    return f"EPSG:{(32600 if latitude >= 0 else 32700) + zone}"
