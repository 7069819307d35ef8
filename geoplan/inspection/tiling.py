"""Whether municipalities fit together: no land belongs to two of them, and none to nobody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.boundaries.dataset import Geometries
from geoplan.boundaries.measure import reproject
from geoplan.inspection.finding import ASK_PUBLISHER, Finding, Place, error, info, warning
from geoplan.messages import Message

TOLERANCE_M2 = 1_000.0
"""A strip of a metre along a kilometre: less is rounding."""
GROSS_SHARE = 0.05
"""An overlap of more of the smaller one than this is no matter of a border."""
LARGE_HOLE_M2 = 1e6
FOREIGN_ENCLAVES = {"Jungholz": (10.447, 47.573)}
"""Land of other countries that Germany surrounds: name, a point in it (degrees)."""
_FORGIVEN_DEGREES = 0.02


@dataclass(frozen=True, kw_only=True)
class Areas:
    """Municipalities as areas in a metric CRS, in rows."""

    places: Sequence[Place]
    geometry: Geometries
    """Valid."""
    crs: str


def check_tiling(areas: Areas, *, tolerance_m2: float = TOLERANCE_M2) -> Iterator[Finding]:
    """Overlaps and gaps."""
    if not len(areas.geometry):
        return
    yield from _check_overlaps(areas, tolerance_m2)
    yield from _check_gaps(areas, tolerance_m2)


def _suspects(geometry: Geometries) -> NDArray[np.int64]:
    """Rows of the areas that do not fit their neighbours edge by edge."""
    try:
        edges = shapely.coverage_invalid_edges(geometry)
    except shapely.errors.GEOSException:
        return np.arange(len(geometry))
    return np.flatnonzero(~(shapely.is_missing(edges) | shapely.is_empty(edges)))


def _check_overlaps(areas: Areas, tolerance_m2: float) -> Iterator[Finding]:
    rows = _suspects(areas.geometry)
    if not len(rows):
        return
    suspects = areas.geometry[rows]
    pairs = shapely.STRtree(suspects).query(suspects, predicate="intersects")
    pairs = pairs[:, pairs[0] < pairs[1]]
    one, other = suspects[pairs[0]], suspects[pairs[1]]
    common_m2 = shapely.area(shapely.intersection(one, other))
    share = common_m2 / np.maximum(np.minimum(shapely.area(one), shapely.area(other)), 1e-9)
    order = np.argsort(-common_m2)
    for at in order[common_m2[order] > tolerance_m2].tolist():
        first, second = (areas.places[int(rows[pairs[side, at]])] for side in (0, 1))
        yield _overlap(first, second, float(common_m2[at]), float(share[at]))


def _overlap(first: Place, second: Place, common_m2: float, share: float) -> Finding:
    if first.id == second.id:
        text = Message("{place} has {area_m2:n0} m² twice.", place=str(first), area_m2=common_m2)
        return warning("overlap-own", text, first, mend=Message("They count once."), area_m2=common_m2)
    text = Message(
        "{one} and {other} overlap by {area_m2:n0} m², {share:p1} of the smaller one.",
        one=str(first),
        other=str(second),
        area_m2=common_m2,
        share=share,
    )
    if share > GROSS_SHARE:
        return error("overlap", text, first, second, mend=ASK_PUBLISHER)
    mend = Message("Borders along it may be missing; look at it in a GIS, or fetch the archive again.")
    return warning("overlap", text, first, second, mend=mend, area_m2=common_m2)


def _check_gaps(areas: Areas, tolerance_m2: float) -> Iterator[Finding]:
    holes = _holes(areas.geometry)
    holes = holes[shapely.area(holes) > tolerance_m2]
    if not len(holes):
        return
    degrees = reproject(holes, areas.crs, "EPSG:4326")
    near = shapely.STRtree(areas.geometry).query(holes, predicate="intersects")
    for at in np.argsort(-shapely.area(holes)).tolist():
        around = [areas.places[row] for row in near[1][near[0] == at].tolist()]
        yield _gap(float(holes[at].area), around, _enclave(degrees[at]))


def _holes(geometry: Geometries) -> Geometries:
    try:
        whole = shapely.coverage_union_all(geometry)
    except shapely.errors.GEOSException:
        whole = shapely.union_all(geometry)
    if not shapely.is_valid(whole):
        whole = shapely.union_all(geometry)
    rings = [ring for part in shapely.get_parts(whole) for ring in getattr(part, "interiors", ())]
    holes = np.empty(len(rings), dtype=object)
    holes[:] = [shapely.Polygon(ring) for ring in rings]
    return holes


def _enclave(hole: shapely.Geometry) -> str | None:
    for name, point in FOREIGN_ENCLAVES.items():
        if shapely.distance(hole, shapely.Point(point)) < _FORGIVEN_DEGREES:
            return name
    return None


def _gap(area_m2: float, around: Sequence[Place], enclave: str | None) -> Finding:
    names = ", ".join(str(place) for place in around[:4])
    if enclave:
        text = Message(
            "{name} belongs to another country; Germany surrounds its {area_km2:n1} km².",
            name=enclave,
            area_km2=area_m2 / 1e6,
        )
        return info("enclave", text, *around)
    if area_m2 >= LARGE_HOLE_M2:
        text = Message(
            "{area_km2:n1} km² between {places} belong to nobody: water, or a municipality that is missing.",
            area_km2=area_m2 / 1e6,
            places=names,
        )
    else:
        text = Message("{area_m2:n0} m² between {places} belong to nobody.", area_m2=area_m2, places=names)
    mend = Message("Borders along it may be missing; look at it in a GIS, or fetch the archive again.")
    return warning("gap", text, *around, mend=mend, area_m2=area_m2)
