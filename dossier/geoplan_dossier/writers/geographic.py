"""The network for a GIS: a GeoPackage with layers and provenance, and GeoJSON."""

import json
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

from geoplan_dossier.dossier import Dossier, Member
from geoplan_dossier.drawing import Ground, build_ground
from geoplan_maps.features import Feature, feature_collection, unit_feature
from geoplan_maps.wgs84 import to_wgs84

CRS = "EPSG:25832"
"""UTM zone 32: what German administrations work in."""
Attributes = dict[str, NDArray[Any]]


def geopackage(dossier: Dossier, lang: str) -> bytes:  # noqa: ARG001 - as all writers are called
    """Layers of members, borders, neighbours and gaps in :data:`CRS`, and a table of provenance."""
    ground = build_ground(dossier)
    crs = dossier.atlas.provenance.crs
    with tempfile.TemporaryDirectory(prefix="geoplan-dossier-") as folder:
        path = Path(folder) / "dossier.gpkg"
        for layer, kind, shapes, attributes in _layers(dossier, ground):
            _write(path, layer, (kind, _in_crs(shapes, crs)), attributes)
        _write(path, "provenance", None, _provenance(dossier))
        return path.read_bytes()


def _layers(
    dossier: Dossier, ground: Ground
) -> Iterable[tuple[str, str, Sequence[shapely.Geometry], Attributes]]:
    lines = [gap for gap in ground.gaps if not gap.touches]
    points = [gap for gap in ground.gaps if gap.touches]
    yield "members", "MultiPolygon", ground.members.tolist(), _member_columns(dossier.members, dossier)
    yield "borders", "MultiLineString", [line for _, line in ground.borders], {
        "one": _texts(one.one for one, _ in ground.borders),
        "other": _texts(one.other for one, _ in ground.borders),
        "border_km": _numbers(one.border_km for one, _ in ground.borders),
    }  # fmt: skip
    yield "neighbours", "MultiPolygon", ground.neighbours.tolist(), {
        "id": _texts(unit.id for unit in dossier.neighbours),
        "name": _texts(unit.name for unit in dossier.neighbours),
        "designation": _texts(unit.designation for unit in dossier.neighbours),
    }  # fmt: skip
    for layer, kind, gaps in (("gap_lines", "LineString", lines), ("gap_points", "Point", points)):
        yield layer, kind, [gap.line if kind == "LineString" else gap.point for gap in gaps], {
            "one": _texts(gap.one for gap in gaps),
            "other": _texts(gap.other for gap in gaps),
            "distance_km": _numbers(gap.km for gap in gaps),
        }  # fmt: skip


def _member_columns(members: Sequence[Member], dossier: Dossier) -> Attributes:
    cost = dossier.network.cost
    return {
        "number": np.array([member.number for member in members], dtype=np.int64),
        "id": _texts(member.unit.id for member in members),
        "name": _texts(member.unit.name for member in members),
        "designation": _texts(member.unit.designation for member in members),
        "county": _texts(member.county for member in members),
        "state": _texts(member.state for member in members),
        "population": _numbers(member.inhabitants for member in members),
        "area_km2": _numbers(member.unit.area_km2 for member in members),
        "fit": _numbers(member.fit for member in members),
        "share_low_eur": _numbers(cost.shares_low[member.unit.id] / 100 for member in members),
        "share_high_eur": _numbers(cost.shares_high[member.unit.id] / 100 for member in members),
    }


def _provenance(dossier: Dossier) -> Attributes:
    said = dossier.to_dict("en")
    rows = {
        "format": said["format"], "geoplan_version": said["geoplan_version"],
        "service": dossier.request.service, "on": dossier.request.on.isoformat(),
        **{key: value for key, value in said["data"].items() if value is not None},
        **{f"sha256 {name}": value for name, value in said["files"].items()},
        "sha256 request": said["sha256"]["request"], "sha256 results (en)": said["sha256"]["results"],
    }  # fmt: skip
    return {"key": _texts(rows), "value": _texts(str(value) for value in rows.values())}


def _texts(values: Iterable[str | None]) -> NDArray[Any]:
    return np.array(list(values), dtype=object)


def _numbers(values: Iterable[float | None]) -> NDArray[Any]:
    """Numbers; what is unknown is null in the file."""
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _in_crs(shapes: Sequence[shapely.Geometry], crs: str) -> NDArray[Any]:
    array = np.array(shapes, dtype=object)
    if crs == CRS or not len(array):
        return array
    transformer = Transformer.from_crs(crs, CRS, always_xy=True)

    def project(xy: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(transformer.transform(xy[:, 0], xy[:, 1]))

    return np.asarray(shapely.transform(array, project), dtype=object)


def _write(path: Path, layer: str, shapes: tuple[str, NDArray[Any]] | None, attributes: Attributes) -> None:
    kind, geometry = shapes or (None, None)
    if kind is not None and kind.startswith("Multi") and geometry is not None:
        geometry = np.array([_multi(shape, kind) for shape in geometry.tolist()], dtype=object)
    pyogrio.raw.write(
        path, None if geometry is None else shapely.to_wkb(geometry), list(attributes.values()),
        list(attributes), layer=layer, driver="GPKG", geometry_type=kind, crs=CRS if kind else None,
    )  # fmt: skip


def _multi(shape: shapely.Geometry, kind: str) -> shapely.Geometry:
    """One form for a layer: GIS programs expect it."""
    make = shapely.MultiPolygon if kind == "MultiPolygon" else shapely.MultiLineString
    return make([part for part in shapely.get_parts(shape).tolist() if not part.is_empty])


def geojson(dossier: Dossier, lang: str) -> str:
    """Members, gaps and neighbours (RFC 7946); each has its ``part``, the record stands beside them."""
    ground, crs = build_ground(dossier), dossier.atlas.provenance.crs
    cost = dossier.network.cost
    features: list[Feature] = []
    for member, shape in zip(dossier.members, to_wgs84(ground.members, crs), strict=True):
        feature = unit_feature(member.unit, shape)
        feature["properties"] |= {
            "part": "member", "number": member.number, "population": member.inhabitants, "fit": member.fit,
            "share_low_eur": cost.shares_low[member.unit.id] / 100,
            "share_high_eur": cost.shares_high[member.unit.id] / 100,
        }  # fmt: skip
        features.append(feature)
    for unit, shape in zip(dossier.neighbours, to_wgs84(ground.neighbours, crs), strict=True):
        feature = unit_feature(unit, shape)
        feature["properties"] |= {"part": "neighbour"}
        features.append(feature)
    features += _gap_features(ground, crs)
    collection = feature_collection(
        features, network=dossier.network.to_dict(lang), data=dossier.network.data,
        geoplan_version=dossier.origin.geoplan_version,
    )  # fmt: skip
    return json.dumps(collection, ensure_ascii=False, allow_nan=False, separators=(",", ":")) + "\n"


def _gap_features(ground: Ground, crs: str) -> list[Feature]:
    shapes = [gap.point if gap.touches else gap.line for gap in ground.gaps]
    drawn = to_wgs84(np.array(shapes, dtype=object), crs)
    return [
        {
            "type": "Feature", "id": f"gap-{gap.one}-{gap.other}",
            "geometry": json.loads(shapely.to_geojson(shape)),
            "properties": {
                "part": "gap", "one": gap.one, "other": gap.other, "distance_km": round(gap.km, 3),
            },
        }
        for gap, shape in zip(ground.gaps, drawn, strict=True)
    ]  # fmt: skip
