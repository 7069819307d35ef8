"""Whether each municipality has a polygon that lies where it should and does not cross itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.boundaries.coverage import repaired
from geoplan.boundaries.dataset import Geometries
from geoplan.boundaries.german import METRIC_CRS
from geoplan.boundaries.measure import GEOGRAPHIC_CRS, reproject
from geoplan.errors import DatasetError
from geoplan.inspection.finding import ASK_PUBLISHER, FETCH_AGAIN, Finding, error, warning
from geoplan.inspection.layer import PlaceLayer
from geoplan.messages import Message

WEST, SOUTH, EAST, NORTH = 5.0, 46.9, 15.8, 55.9
"""Germany and its waters, degrees."""
MAX_VERTICES = 40_000_000
MAX_VERTICES_OF_ONE = 4_000_000
_AREAL = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)
_COORDINATES = re.compile(r"\s*\[.*\]$")

REASONS = {
    "self-intersection": Message("the ring crosses itself"),
    "ring self-intersection": Message("the ring touches itself"),
    "hole lies outside shell": Message("a hole lies outside"),
    "holes are nested": Message("holes lie in one another"),
    "nested shells": Message("parts lie in one another"),
    "interior is disconnected": Message("holes cut it apart"),
    "duplicate rings": Message("a ring is there twice"),
    "too few points in geometry component": Message("a ring has too few points"),
}
"""What GEOS says of a polygon."""
OTHER_REASON = Message("the rings do not fit together")

GUESSES = (
    ("EPSG:4326", (5, 46, 16, 56)),
    ("EPSG:25832", (250_000, 5_200_000, 950_000, 6_120_000)),
    ("EPSG:31467", (3_250_000, 5_200_000, 3_950_000, 6_130_000)),
    ("EPSG:4647", (32_250_000, 5_200_000, 32_950_000, 6_120_000)),
    ("EPSG:3857", (550_000, 5_900_000, 1_700_000, 7_450_000)),
)
"""Where Germany lies in the usual coordinate systems: west, south, east, north."""


@dataclass(frozen=True, kw_only=True)
class CheckedShapes:
    """What the check of the polygons leaves for those that follow."""

    findings: list[Finding]
    rows: NDArray[np.int64]
    """The features that can be drawn …"""
    geometry: Geometries
    """… and their polygons, repaired, in ETRS89 / UTM 32N; empty where the CRS is not known."""


def check_shapes(places: PlaceLayer) -> CheckedShapes:
    """Check CRS, coordinates and rings."""
    findings = list(_check_present(places))
    rows = _drawable(places)
    if not len(rows) or any(finding.code == "size" for finding in findings):
        return _only(findings)
    crs_findings = list(_check_crs(places, rows))
    findings += crs_findings
    if crs_findings:
        return _only(findings)
    try:
        metric = reproject(places.geometry[rows], str(places.crs), METRIC_CRS)
        degrees = shapely.bounds(reproject(metric, METRIC_CRS, GEOGRAPHIC_CRS))
    except DatasetError as problem:
        findings.append(error("crs-wrong", problem.message, mend=_crs_mend(places, rows)))
        return _only(findings)
    outside = _outside(degrees)
    if outside.mean() > 0.5:
        text = Message("In the CRS {crs} the layer does not lie in Germany.", crs=places.crs)
        findings.append(error("crs-wrong", text, mend=_crs_mend(places, rows)))
        return _only(findings)
    for row in rows[outside].tolist():
        text = Message("{place} does not lie in Germany.", place=str(places.place(row)))
        findings.append(error("place-outside", text, places.place(row), mend=ASK_PUBLISHER))
    rows, metric = rows[~outside], metric[~outside]
    valid = repaired(metric)
    findings += _check_rings(places, rows, metric, valid)
    return CheckedShapes(findings=findings, rows=rows, geometry=valid)


def _only(findings: list[Finding]) -> CheckedShapes:
    return CheckedShapes(
        findings=findings, rows=np.empty(0, dtype=np.int64), geometry=np.empty(0, dtype=object)
    )


def _finite(geometry: Geometries) -> NDArray[np.bool_]:
    xy, at = shapely.get_coordinates(geometry, return_index=True)
    finite = np.ones(len(geometry), dtype=bool)
    finite[at[~np.isfinite(xy).all(axis=1)]] = False
    return finite


def _has_area(geometry: Geometries) -> NDArray[np.bool_]:
    return np.asarray(np.isin(shapely.get_type_id(geometry), _AREAL) & ~shapely.is_empty(geometry))


def _drawable(places: PlaceLayer) -> NDArray[np.int64]:
    return np.flatnonzero(_has_area(places.geometry) & _finite(places.geometry))


def _check_present(places: PlaceLayer) -> Iterator[Finding]:
    vertices = shapely.get_num_coordinates(places.geometry)
    if vertices.sum() > MAX_VERTICES:
        text = Message("The layer has {count:n0} vertices; {limit:n0} are read at most.",
                       count=int(vertices.sum()), limit=MAX_VERTICES)  # fmt: skip
        yield error("size", text)
    for row in np.flatnonzero(vertices > MAX_VERTICES_OF_ONE).tolist():
        text = Message("{place} has {count:n0} vertices; {limit:n0} are read at most.",
                       place=str(places.place(row)), count=int(vertices[row]),
                       limit=MAX_VERTICES_OF_ONE)  # fmt: skip
        yield error("size", text, places.place(row))
    for row in np.flatnonzero(~_has_area(places.geometry)).tolist():
        text = Message("{place} has no polygon.", place=str(places.place(row)))
        yield error("polygon-missing", text, places.place(row))
    for row in np.flatnonzero(~_finite(places.geometry)).tolist():
        text = Message("{place} has coordinates that are no numbers.", place=str(places.place(row)))
        yield error("coordinates", text, places.place(row), mend=ASK_PUBLISHER)


def _guess(bounds: NDArray[np.float64]) -> str | None:
    """The coordinate system that most of the polygons would lie in Germany in."""
    middle = np.nanmedian(bounds, axis=0)
    for crs, (west, south, east, north) in GUESSES:
        if west <= middle[0] and middle[2] <= east and south <= middle[1] and middle[3] <= north:
            return crs
    return None


def _crs_mend(places: PlaceLayer, rows: NDArray[np.int64]) -> Message:
    guess = _guess(shapely.bounds(places.geometry[rows]))
    if guess is None:
        return FETCH_AGAIN
    return Message("The coordinates look like {crs}: put the right .prj file beside the layer.", crs=guess)


def _check_crs(places: PlaceLayer, rows: NDArray[np.int64]) -> Iterator[Finding]:
    if places.crs is None:
        text = Message("The layer {layer} has no CRS (.prj).", layer=places.layer.name)
        yield error("crs-missing", text, mend=_crs_mend(places, rows))
        return
    guess = _guess(shapely.bounds(places.geometry[rows]))
    in_degrees = guess == "EPSG:4326"
    said_degrees = places.crs.upper() in ("EPSG:4326", "EPSG:4258", "OGC:CRS84")
    if guess is not None and in_degrees and not said_degrees and "GEOG" not in places.crs.upper()[:4]:
        text = Message("The coordinates are degrees, the CRS {crs} is not.", crs=places.crs[:40])
        yield error("crs-wrong", text, mend=_crs_mend(places, rows))


def _outside(bounds: NDArray[np.float64]) -> NDArray[np.bool_]:
    return np.asarray(
        (bounds[:, 0] < WEST) | (bounds[:, 1] < SOUTH) | (bounds[:, 2] > EAST) | (bounds[:, 3] > NORTH)
    )


def _check_rings(
    places: PlaceLayer, rows: NDArray[np.int64], raw: Geometries, valid: Geometries
) -> Iterator[Finding]:
    for at in np.flatnonzero(~shapely.is_valid(raw)).tolist():
        place = places.place(int(rows[at]))
        reason = _COORDINATES.sub("", shapely.is_valid_reason(raw[at])).lower()
        if valid[at].is_empty:
            text = Message("{place}: nothing is left of the polygon when it is repaired.", place=str(place))
            yield error("ring", text, place, mend=ASK_PUBLISHER)
            continue
        text = Message(
            "{place}: the polygon is invalid ({reason}); repaired it has {area_km2:n2} km².",
            place=str(place),
            reason=REASONS.get(reason, OTHER_REASON),
            area_km2=valid[at].area / 1e6,
        )
        yield warning("ring", text, place, mend=Message("It is repaired on reading."))
