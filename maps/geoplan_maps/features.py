"""Which GeoJSON features stand for units and suggestions, whatever they will look like."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geoplan.atlas import Atlas
from geoplan.suggestions.result import Suggestion, SuggestionList
from geoplan.units import AdministrativeUnit
from geoplan_maps.wgs84 import geojson_geometry, to_wgs84

Feature = dict[str, Any]
FeatureCollection = dict[str, Any]


def feature_collection(features: list[Feature], **members: Any) -> FeatureCollection:
    """A GeoJSON FeatureCollection (RFC 7946); ``members`` are foreign members beside the features."""
    return {"type": "FeatureCollection", "features": features, **members}


def unit_feature(unit: AdministrativeUnit, geometry: shapely.Geometry | None) -> Feature:
    """The GeoJSON feature of a unit; ``geometry`` is in WGS 84."""
    return {
        "type": "Feature",
        "id": unit.id,
        "geometry": geojson_geometry(geometry),
        "properties": {
            "id": unit.id, "name": unit.name, "designation": unit.designation, "level": unit.level.value,
            "population": unit.population, "population_source": unit.population_source,
            "area_km2": round(unit.area_km2, 2), "county": unit.county, "state": unit.state,
        },
    }  # fmt: skip


def suggestion_feature(
    suggestion: Suggestion, rank: int, geometry: shapely.Geometry | None, lang: str
) -> Feature:
    """The GeoJSON feature of a suggestion: the unit's, with rank, score and reasons.

    ``reasons`` are the sentences alone, strongest first, for programs that show plain attributes;
    ``contributions`` hold the same with their numbers.
    """
    feature = unit_feature(suggestion.unit, geometry)
    said = suggestion.to_dict(lang)
    feature["properties"] |= {
        "rank": rank, "score": said["score"], "role": said["role"], "type": said["type"],
        "reasons": [part["explanation"] for part in said["contributions"] if part["contribution"] > 0],
        "contributions": said["contributions"], "flags": said["flags"],
    }  # fmt: skip
    return feature


def rows_of(atlas: Atlas, units: list[AdministrativeUnit]) -> NDArray[np.int64]:
    """The rows of ``units`` in the unit table."""
    return np.array([atlas.units.row(unit.id) for unit in units], dtype=np.int64)


def unit_features(atlas: Atlas, rows: NDArray[np.int64]) -> FeatureCollection:
    """The units in ``rows``, in that order, as a FeatureCollection in WGS 84."""
    shapes = to_wgs84(atlas.geometry(rows), atlas.provenance.crs)
    units = [atlas.units.at(row) for row in rows.tolist()]
    features = [unit_feature(unit, shape) for unit, shape in zip(units, shapes, strict=True)]
    return feature_collection(features, data=atlas.provenance.to_dict())


def suggestion_features(
    atlas: Atlas, answer: SuggestionList, lang: str = "de", *, first: int = 1
) -> FeatureCollection:
    """The suggestions of ``answer``, best first, as a FeatureCollection in WGS 84.

    The question and the source row stand beside the features as the foreign members ``question``
    and ``data``; ``first`` is the rank of the first suggestion.
    """
    rows = rows_of(atlas, [suggestion.unit for suggestion in answer.suggestions])
    shapes = to_wgs84(atlas.geometry(rows), atlas.provenance.crs)
    features = [
        suggestion_feature(suggestion, rank, shape, lang)
        for rank, (suggestion, shape) in enumerate(zip(answer.suggestions, shapes, strict=True), start=first)
    ]
    question = {
        "unit": answer.unit.id, "with": [partner.id for partner in answer.partners],
        "type": answer.type, "service": answer.service,
    }  # fmt: skip
    return feature_collection(features, question=question, data=answer.data)
