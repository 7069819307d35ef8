"""White spots on a map: which municipalities of an area find partners, and which find too few."""

from typing import Any

import numpy as np
import shapely

from geoplan.atlas import Atlas
from geoplan.insight import PartnerSupply, WhiteSpots
from geoplan.messages import Message
from geoplan.services import find_service
from geoplan_maps.backdrop import KEPT_DETAIL_M, Frame, build_backdrop, simplified
from geoplan_maps.content import Content, LegendEntry, data_credit, sources
from geoplan_maps.features import Feature, FeatureCollection, feature_collection, rows_of, unit_feature
from geoplan_maps.folium_map import draw
from geoplan_maps.page import Page
from geoplan_maps.scene import (
    COARSER,
    LEAST_SURROUNDINGS_M,
    MAX_COORDINATES,
    POINTS_ACROSS,
    SURROUNDINGS,
    Scene,
)
from geoplan_maps.style import ScoreClass, score_classes, score_step
from geoplan_maps.table import Reason, Row, remarks
from geoplan_maps.wgs84 import DECIMALS, Geometries, geojson_geometry, to_wgs84
from geoplan_maps.wording import TYPES, county_name, population, score, state_name, unit_title

LAYERS = ("land", "supply", "suggestions", "counties", "states", "unit", "labels")
"""From the bottom up: ``supply`` holds who finds partners, ``suggestions`` the white spots."""
WHITE = "white"
WORDS = {
    "fit": Message("Good partners"),
    "scale": Message("Fit of the best partner (0 to 1)"),
    "table": Message("White spots as a table"),
    "sum": Message("The figure is how many partners reach the fit from which they count as good."),
    "nothing": Message("Every municipality here finds enough good partners."),
}
"""What the page says otherwise than that of suggestions."""


def white_spots_html(atlas: Atlas, answer: WhiteSpots, *, lang: str = "de") -> str:
    """The white spots of an area as one HTML page that needs no network."""
    scene = _scene(atlas, answer, lang)
    page = Page(white_spot_content(atlas, answer, lang), scene.layers, WORDS)
    whole: str = draw(page, scene).get_root().render()
    return whole


def white_spot_features(atlas: Atlas, answer: WhiteSpots, lang: str = "de") -> FeatureCollection:
    """Every municipality of the area as a GeoJSON feature with the partners it finds, in WGS 84."""
    units = [one.unit for one in answer.municipalities]
    shapes = to_wgs84(atlas.geometry(rows_of(atlas, units)), atlas.provenance.crs)
    features = []
    for one, shape in zip(answer.municipalities, shapes, strict=True):
        feature = unit_feature(one.unit, shape)
        said = one.to_dict(lang)
        names = ("best", "best_name", "best_score", "good_partners", "white", "reasons")
        feature["properties"] |= {name: said[name] for name in names}
        features.append(feature)
    question = {"unit": answer.unit.id, "service": answer.service, "type": answer.type}
    return feature_collection(features, question=question, data=answer.data)


# ── the map ─────────────────────────────────────────────────────────────────────────────────────────────


def _scene(atlas: Atlas, answer: WhiteSpots, lang: str) -> Scene:
    shapes = atlas.geometry(rows_of(atlas, [one.unit for one in answer.municipalities]))
    area = atlas.geometry(rows_of(atlas, [answer.unit]))
    frame = Frame.around(shapes)
    drawn, tolerance_m = _coarse(shapes, frame.extent_m / POINTS_ACROSS)
    wide = frame.widened(max(SURROUNDINGS * frame.extent_m, LEAST_SURROUNDINGS_M))
    ground = build_backdrop(atlas, wide, tolerance_m)
    crs = atlas.provenance.crs
    layers = _municipalities(answer, to_wgs84(drawn, crs), lang)
    for name, geometry in (
        ("land", ground.land), ("counties", ground.county_lines), ("states", ground.state_lines),
        ("unit", simplified(area, tolerance_m)[0]),
    ):  # fmt: skip
        layers[name] = feature_collection(_plain(name, geometry, crs))
    layers["labels"] = feature_collection([_label(one, rank) for rank, one in _ranked(answer)])
    west, south, east, north = shapely.total_bounds(to_wgs84(np.array([frame.box]), crs)).tolist()
    return Scene(layers={name: layers[name] for name in LAYERS}, bounds=((south, west), (north, east)))


def _coarse(shapes: Geometries, tolerance_m: float) -> tuple[Geometries, float]:
    """The municipalities with few enough points, and how coarse they are."""
    drawn = simplified(shapes, tolerance_m)
    while shapely.get_num_coordinates(drawn).sum() > MAX_COORDINATES:
        tolerance_m = max(tolerance_m, KEPT_DETAIL_M) * COARSER
        drawn = simplified(shapes, tolerance_m)
    return drawn, tolerance_m


def _ranked(answer: WhiteSpots) -> list[tuple[int, PartnerSupply]]:
    return list(enumerate(answer.white, start=1))


def _municipalities(answer: WhiteSpots, shapes: Geometries, lang: str) -> dict[str, FeatureCollection]:
    ranks = {one.unit.id: rank for rank, one in _ranked(answer)}
    classes = _classes(answer)
    layers = {name: feature_collection([]) for name in ("supply", "suggestions")}
    for one, shape in zip(answer.municipalities, shapes, strict=True):
        rank = ranks.get(one.unit.id)
        name = unit_title(one.unit) if rank else f"{unit_title(one.unit)}: {supply_text(one, lang)}"
        about = {"name": name, "rank": rank, "sign": _sign(one, classes)}
        feature: Feature = {"type": "Feature", "id": one.unit.id, "geometry": geojson_geometry(shape)}
        layer = layers["suggestions" if rank else "supply"]
        layer["features"].append({**feature, "properties": about})
    return layers


def _plain(name: str, geometry: shapely.Geometry, crs: str) -> list[Feature]:
    if shapely.is_empty(geometry):
        return []
    shape = to_wgs84(np.array([geometry], dtype=object), crs)[0]
    return [{"type": "Feature", "id": name, "geometry": geojson_geometry(shape), "properties": {}}]


def _label(one: PartnerSupply, rank: int) -> Feature:
    point = [round(one.unit.longitude, DECIMALS), round(one.unit.latitude, DECIMALS)]
    about: dict[str, Any] = {"name": unit_title(one.unit), "part": "suggestion", "rank": rank}
    return {
        "type": "Feature", "id": f"label-{one.unit.id}",
        "geometry": {"type": "Point", "coordinates": point}, "properties": about,
    }  # fmt: skip


def _classes(answer: WhiteSpots) -> tuple[ScoreClass, ...]:
    found = [one.best_score for one in answer.municipalities if not one.white and one.best_score is not None]
    return score_classes(found)


def _sign(one: PartnerSupply, classes: tuple[ScoreClass, ...]) -> str:
    if one.white or one.best_score is None:
        return WHITE
    return f"step-{score_step(one.best_score, classes)}"


def supply_text(one: PartnerSupply, lang: str) -> str:
    """What partners one municipality finds, in a line."""
    best = "" if one.best is None else unit_title(one.best)
    return Message(
        "{count} good partners, the best is {best}", count=one.good_partners, best=best
    ).text(lang)  # fmt: skip


# ── the words ───────────────────────────────────────────────────────────────────────────────────────────


def white_spot_content(atlas: Atlas, answer: WhiteSpots, lang: str) -> Content:
    """The white spots of an area in words."""
    service = find_service(answer.service).label
    asked = Message("White spots in {name}: {service}", name=unit_title(answer.unit), service=service)
    title = asked.text(lang)
    scale = tuple(
        LegendEntry(sign=f"step-{part.step}", text=f"{score(part.low, lang)}–{score(part.high, lang)}")
        for part in reversed(_classes(answer))
    )
    few = Message("fewer than {needed} good partners", needed=answer.needed).text(lang)
    return Content(
        lang=lang, title=title, map_title=Message("Map: {title}", title=title).text(lang),
        place=answer.text.text(lang), question=TYPES[answer.type].text(lang),
        remarks=remarks(answer.flags, lang), rows=_rows(atlas, answer, lang), scale=scale,
        caption=Message("White spots, the worst first").text(lang),
        legend=(
            LegendEntry(sign=WHITE, text=few),
            LegendEntry(sign="county", text=Message("county border").text(lang)),
            LegendEntry(sign="state", text=Message("state border").text(lang)),
        ),
        sources=sources(atlas.provenance, lang), credit=data_credit(atlas.provenance),
    )  # fmt: skip


def _rows(atlas: Atlas, answer: WhiteSpots, lang: str) -> tuple[Row, ...]:
    return tuple(supply_row(atlas, one, rank, lang) for rank, one in _ranked(answer))


def supply_row(atlas: Atlas, one: PartnerSupply, rank: int, lang: str) -> Row:
    """What partners one municipality finds, as a row of a table."""
    unit = one.unit
    place = (unit.designation, county_name(atlas, unit), state_name(atlas, unit))
    reasons = tuple(Reason(sentence=part.text.text(lang), score="", bar=0.0) for part in one.obstacles)
    best = Message("nobody in reach")
    if one.best is not None:
        best = Message("best partner: {name} ({score:n2})", name=unit_title(one.best), score=one.best_score)
    return Row(
        rank=rank, name=unit_title(unit), place=" · ".join(part for part in place if part),
        population=population(atlas, unit, lang), population_source=None, part=best.text(lang),
        score=str(one.good_partners), sign=WHITE, reasons=reasons, further=(), further_title="", remarks=(),
    )  # fmt: skip
