"""All units of a level over HTTP, as a stream that is never whole in memory."""

from collections.abc import Iterator
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.responses import StreamingResponse

from geoplan.atlas import Atlas
from geoplan.units import Level
from geoplan_api import answers
from geoplan_api.dependencies import AtlasDep
from geoplan_api.negotiation import GEOJSON, media_type_for
from geoplan_api.openapi import FEATURE_COLLECTION
from geoplan_api.parameters import LevelQuery
from geoplan_api.protocol.methods import ONLY_HEADERS
from geoplan_api.protocol.routes import ReadRoute
from geoplan_api.protocol.streams import (
    GEOJSON_SEQUENCE,
    NDJSON,
    collection_lines,
    in_blocks,
    ndjson_lines,
    sequence_lines,
)
from geoplan_maps.features import unit_features

router = APIRouter(prefix="/api/v1/levels", tags=["units"], route_class=ReadRoute)

FORMS = {"geojson": GEOJSON, "geojsonseq": GEOJSON_SEQUENCE, "ndjson": NDJSON}
"""By the word of ``?format=``."""
UNITS_AT_ONCE = 100
BLOCK_CHARACTERS = 64_000
_TEXT: dict[str, Any] = {"schema": {"type": "string"}}
STREAMS: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "All units, in the order of the dataset.",
        "content": {GEOJSON: {"schema": FEATURE_COLLECTION}, GEOJSON_SEQUENCE: _TEXT, NDJSON: _TEXT},
    }
}


@router.get("/{level}/units", summary="All units of a level", response_class=Response, responses=STREAMS)
def level_units(
    request: Request,
    level: Annotated[Level, Path(description="Which level.", examples=["state"])],
    query: Annotated[LevelQuery, Query()],
    atlas: AtlasDep,
) -> Response:
    """Every unit of a level with its generalised area (WGS 84), or as rows without one; not in pages."""
    accepted = request.headers.get("accept", "")
    media_type = FORMS[query.format] if query.format else media_type_for(accepted, tuple(FORMS.values()))
    if request.scope.get(ONLY_HEADERS):
        response = Response(media_type=media_type)
        del response.headers["content-length"]
        return response
    blocks = in_blocks(_lines(atlas, answers.level_rows(atlas, [level]), media_type), BLOCK_CHARACTERS)
    return StreamingResponse(blocks, media_type=media_type)


def _lines(atlas: Atlas, rows: list[int], media_type: str) -> Iterator[str]:
    if media_type == NDJSON:
        return ndjson_lines(answers.unit_fields(atlas.units.at(row)) for row in rows)
    features = _features(atlas, rows)
    if media_type == GEOJSON_SEQUENCE:
        return sequence_lines(features)
    return collection_lines(features, {"data": atlas.provenance.to_dict()})


def _features(atlas: Atlas, rows: list[int]) -> Iterator[dict[str, Any]]:
    for first in range(0, len(rows), UNITS_AT_ONCE):
        block = np.array(rows[first : first + UNITS_AT_ONCE], dtype=np.int64)
        yield from unit_features(atlas, block)["features"]
