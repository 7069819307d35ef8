"""What stands behind a suggestion, and who has nobody, over HTTP."""

from typing import Annotated

from fastapi import APIRouter, Path, Query, Response
from fastapi.responses import JSONResponse

from geoplan.insight import explain, white_spots
from geoplan_api import schemas
from geoplan_api.answers import MAX_TEXT
from geoplan_api.dependencies import AtlasDep, Format, FormatDep, LanguageDep
from geoplan_api.geojson import geojson_answer
from geoplan_api.openapi import geojson_or
from geoplan_api.parameters import CLEAN_TEXT, PartnersQuery, UnitId, WhiteSpotsQuery
from geoplan_api.protocol.routes import ReadRoute
from geoplan_maps.white_spot_map import white_spot_features

router = APIRouter(prefix="/api/v1/units", tags=["units"], route_class=ReadRoute)

CandidateId = Annotated[
    str,
    Path(
        description="Id or unambiguous name of the unit to explain.",
        min_length=1, max_length=MAX_TEXT, pattern=CLEAN_TEXT, examples=["05570016"],
    ),
]  # fmt: skip


@router.get(
    "/{unit_id}/suggestions/{candidate_id}",
    summary="Why this one, or why not",
    responses={200: {"model": schemas.Explanation}},
)
def get_explanation(
    unit_id: UnitId,
    candidate_id: CandidateId,
    query: Annotated[PartnersQuery, Query()],
    atlas: AtlasDep,
    lang: LanguageDep,
) -> Response:
    """Rank, stability, mutuality, what would lift it, what speaks against, which data are missing."""
    asked = query.asked()
    answer = explain(
        atlas, unit_id, candidate_id, partners=asked.partners, type=asked.type, service=asked.service,
        weights=asked.weights, as_level=asked.as_level,
    )  # fmt: skip
    return JSONResponse(answer.to_dict(lang))


@router.get("/{unit_id}/white-spots", summary="Who has nobody", responses=geojson_or(schemas.WhiteSpots))
def get_white_spots(
    unit_id: UnitId,
    query: Annotated[WhiteSpotsQuery, Query()],
    atlas: AtlasDep,
    lang: LanguageDep,
    form: FormatDep,
) -> Response:
    """Municipalities of a county or state without enough good partners for a service, and why."""
    answer = white_spots(atlas, unit_id, service=query.service, type=query.type)
    if form == Format.JSON:
        return JSONResponse(answer.to_dict(lang))
    return geojson_answer(white_spot_features(atlas, answer, lang))
