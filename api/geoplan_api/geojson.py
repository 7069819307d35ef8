"""GeoJSON over HTTP."""

from typing import Any

from fastapi.responses import JSONResponse

from geoplan_api.answers import with_properties
from geoplan_api.negotiation import GEOJSON


def geojson_answer(
    collection: dict[str, Any], properties: list[dict[str, Any]] | None = None
) -> JSONResponse:
    """Answer with a FeatureCollection, its features enriched by ``properties`` in their order."""
    content = collection if properties is None else with_properties(collection, properties)
    return JSONResponse(content, media_type=GEOJSON)
