"""What is drawn on a map of suggestions: which units and lines, how far around, how fine."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.suggestions.result import SuggestionList
from geoplan.units import PLACE_LEVELS, AdministrativeUnit
from geoplan_maps.backdrop import KEPT_DETAIL_M, Backdrop, Frame, build_backdrop, simplified
from geoplan_maps.features import Feature, FeatureCollection, feature_collection, rows_of
from geoplan_maps.style import classes_of, is_outlined, sign_of
from geoplan_maps.wgs84 import DECIMALS, Geometries, geojson_geometry, to_wgs84
from geoplan_maps.wording import unit_title

MAX_COORDINATES = 36_000
"""Points on one map; at about 20 bytes each they leave room for Leaflet and the table in 1.5 MB."""

POINTS_ACROSS = 2_000
"""Detail finer than this part of the map's extent is below half a pixel when the map opens."""

LEAST_POINTS_ACROSS = 50
"""A map is not made coarser than this part of its extent, whatever number of points is left."""

COARSER = 1.6
"""By how much the tolerance grows while a map has too many points."""

SURROUNDINGS = 1.0
"""How much of the extent is drawn around it on every side, so that a wide window is filled."""

LEAST_SURROUNDINGS_M = 15_000.0
"""What is drawn around at least: a small island should not float in nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The layers of a map, from the bottom up, in WGS 84."""

    layers: dict[str, FeatureCollection]
    bounds: tuple[tuple[float, float], tuple[float, float]]
    """South-west and north-east corner (latitude, longitude) of what the question is about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Piece:
    layer: str
    id: str
    geometry: shapely.Geometry
    properties: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cast:
    """Rows of the unit table by their part on the map."""

    asking: NDArray[np.int64]
    partners: NDArray[np.int64]
    suggested: NDArray[np.int64]
    around: NDArray[np.int64]
    focus: NDArray[np.int64]
    """What is in view when the map opens: all but coordinators, unless there is nothing else."""

    @property
    def rows(self) -> NDArray[np.int64]:
        return np.concatenate([self.around, self.suggested, self.partners, self.asking])


LAYERS = ("land", "surroundings", "suggestions", "counties", "states", "partners", "unit", "labels")
"""The layers of every map, from the bottom up."""


def build_scene(atlas: Atlas, answer: SuggestionList) -> Scene:
    """Put the asking unit, its partners, the suggestions and their surroundings on the map.

    Surroundings are the neighbours of first and second order (above the places: of first order), and
    county and state lines within one extent around. Geometry is made coarser until the map has
    at most :data:`MAX_COORDINATES` points.
    """
    cast = _cast(atlas, answer)
    shapes = atlas.geometry(cast.rows)
    focus = Frame.around(shapes[np.isin(cast.rows, cast.focus)])
    pieces = _few_enough_pieces(atlas, answer, cast, shapes, focus.extent_m / POINTS_ACROSS)
    layers = _in_layers(pieces, atlas.provenance.crs)
    layers["labels"] = feature_collection(list(_labels(answer)))
    box = to_wgs84(np.array([focus.box]), atlas.provenance.crs)
    west, south, east, north = shapely.total_bounds(box).tolist()
    return Scene(layers={name: layers[name] for name in LAYERS}, bounds=((south, west), (north, east)))


def _cast(atlas: Atlas, answer: SuggestionList) -> _Cast:
    asking, partners = rows_of(atlas, [answer.unit]), rows_of(atlas, list(answer.partners))
    suggested = rows_of(atlas, [suggestion.unit for suggestion in answer.suggestions])
    order = 2 if answer.unit.level in PLACE_LEVELS else 1
    near = atlas.level_borders(answer.unit.level).orders(np.concatenate([asking, partners]), order)
    around = np.setdiff1d(np.array(list(near), dtype=np.int64), np.concatenate([asking, partners, suggested]))
    members = np.array([not is_outlined(suggestion) for suggestion in answer.suggestions], dtype=bool)
    seen = suggested[members] if members.any() else suggested
    focus = np.concatenate([asking, partners, seen])
    return _Cast(asking=asking, partners=partners, suggested=suggested, around=around, focus=focus)


def _few_enough_pieces(
    atlas: Atlas, answer: SuggestionList, cast: _Cast, shapes: Geometries, tolerance_m: float
) -> list[_Piece]:
    frame = Frame.around(shapes)
    wide = frame.widened(max(SURROUNDINGS * frame.extent_m, LEAST_SURROUNDINGS_M))
    levels = atlas.units.level[cast.rows]
    while True:
        drawn = dict(zip(cast.rows.tolist(), _simplified(shapes, levels, tolerance_m), strict=True))
        pieces = [
            *_ground_pieces(build_backdrop(atlas, wide, tolerance_m)),
            *_plain_pieces(atlas, cast, drawn),
            *_suggested_pieces(answer, [drawn[row] for row in cast.suggested.tolist()]),
        ]
        count = shapely.get_num_coordinates([piece.geometry for piece in pieces]).sum()
        if count <= MAX_COORDINATES or tolerance_m > frame.extent_m / LEAST_POINTS_ACROSS:
            return pieces
        tolerance_m = max(tolerance_m, KEPT_DETAIL_M) * COARSER


def _ground_pieces(backdrop: Backdrop) -> Iterator[_Piece]:
    drawn = {"land": backdrop.land, "counties": backdrop.county_lines, "states": backdrop.state_lines}
    for layer, geometry in drawn.items():
        if not shapely.is_empty(geometry):
            yield _Piece(layer=layer, id=layer, geometry=geometry, properties={})


def _plain_pieces(atlas: Atlas, cast: _Cast, shapes: dict[int, shapely.Geometry]) -> Iterator[_Piece]:
    for layer, rows in (("surroundings", cast.around), ("partners", cast.partners), ("unit", cast.asking)):
        for row in rows.tolist():
            unit = atlas.units.at(row)
            yield _Piece(layer=layer, id=unit.id, geometry=shapes[row], properties={"name": unit_title(unit)})


def _suggested_pieces(answer: SuggestionList, shapes: list[shapely.Geometry]) -> Iterator[_Piece]:
    """Coordinators first, the largest of them lowest, so that their members lie on top; then by rank."""
    classes = classes_of(answer)
    ranked = list(enumerate(zip(answer.suggestions, shapes, strict=True), start=1))
    ranked.sort(key=lambda item: -shapely.area(item[1][1]) if is_outlined(item[1][0]) else 0.0)
    for rank, (suggestion, shape) in ranked:
        properties = {
            "name": unit_title(suggestion.unit),
            "rank": rank,
            "sign": sign_of(suggestion, classes),
        }
        yield _Piece(layer="suggestions", id=suggestion.unit.id, geometry=shape, properties=properties)


def _simplified(shapes: Geometries, levels: NDArray[np.object_], tolerance_m: float) -> Geometries:
    coarser = shapes.copy()
    for level in set(levels.tolist()):
        here = np.flatnonzero(levels == level)
        coarser[here] = simplified(shapes[here], tolerance_m)
    return coarser


def _in_layers(pieces: Iterable[_Piece], crs: str) -> dict[str, FeatureCollection]:
    layers = {name: feature_collection([]) for name in LAYERS}
    ordered = list(pieces)
    shapes = to_wgs84(np.array([piece.geometry for piece in ordered], dtype=object), crs)
    for piece, shape in zip(ordered, shapes, strict=True):
        feature: Feature = {"type": "Feature", "id": piece.id, "geometry": geojson_geometry(shape)}
        layers[piece.layer]["features"].append({**feature, "properties": piece.properties})
    return layers


def _labels(answer: SuggestionList) -> Iterator[Feature]:
    """Names by priority: the asking unit, its partners, then the suggestions by rank."""
    yield _label(answer.unit, "unit", None)
    for partner in answer.partners:
        yield _label(partner, "partner", None)
    for rank, suggestion in enumerate(answer.suggestions, start=1):
        yield _label(suggestion.unit, "suggestion", rank)


def _label(unit: AdministrativeUnit, part: str, rank: int | None) -> Feature:
    point = [round(unit.longitude, DECIMALS), round(unit.latitude, DECIMALS)]
    return {
        "type": "Feature", "id": f"label-{unit.id}", "geometry": {"type": "Point", "coordinates": point},
        "properties": {"name": unit_title(unit), "part": part, "rank": rank},
    }  # fmt: skip
