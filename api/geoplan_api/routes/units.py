"""Units over HTTP: search, one unit, its neighbours, its suggestions."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from geoplan.atlas import Atlas
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.search import SearchResult
from geoplan.suggestions import suggest
from geoplan_api import answers, insights, schemas
from geoplan_api.dependencies import AtlasDep, Format, FormatDep, LanguageDep
from geoplan_api.geojson import geojson_answer
from geoplan_api.openapi import geojson_or
from geoplan_api.parameters import (
    FeaturesQuery,
    NeighboursQuery,
    SuggestionsQuery,
    UnitId,
    UnitsQuery,
)
from geoplan_maps.features import suggestion_features, unit_features

router = APIRouter(prefix="/api/v1/units", tags=["units"])


@router.get("", summary="Find units", responses=geojson_or(schemas.Units))
def find_units(query: Annotated[UnitsQuery, Query()], atlas: AtlasDep, form: FormatDep) -> Response:
    """Search by name, key, postcode or coordinates, or list the units of a level."""
    found = _found(atlas, query)
    if form == Format.JSON:
        return JSONResponse(answers.search_answer(atlas, found))
    rows = answers.rows_of(atlas, [result.unit for result in found])
    return geojson_answer(unit_features(atlas, rows), [result.found_by() for result in found])


def _found(atlas: Atlas, query: UnitsQuery) -> list[SearchResult]:
    levels = None if query.level is None else [query.level]
    if query.q is not None:
        return answers.search(atlas, query.q, limit=query.limit, levels=levels, near=query.near)
    if query.near is not None:
        message = Message("“near” ranks what is searched for, but “q” is missing.")
        raise InvalidValueError(message, value=query.near)
    return answers.list_units(atlas, limit=query.limit, levels=levels)


@router.get("/{unit_id}", summary="One unit", responses=geojson_or(schemas.Unit))
def get_unit(
    unit_id: UnitId,
    _query: Annotated[FeaturesQuery, Query()],
    atlas: AtlasDep,
    form: FormatDep,
) -> Response:
    """Everything known of a unit."""
    unit = atlas.unit(unit_id)
    if form == Format.JSON:
        return JSONResponse(answers.unit_answer(atlas, unit))
    return geojson_answer(unit_features(atlas, answers.rows_of(atlas, [unit])))


@router.get("/{unit_id}/neighbours", summary="Its neighbours", responses=geojson_or(schemas.Neighbours))
def get_neighbours(
    unit_id: UnitId, query: Annotated[NeighboursQuery, Query()], atlas: AtlasDep, form: FormatDep
) -> Response:
    """Units of the same level around it, with kilometres of common border."""
    unit = atlas.unit(unit_id)
    found = atlas.neighbours(unit.id, query.order)
    if form == Format.JSON:
        return JSONResponse(answers.neighbours_answer(atlas, unit, found))
    rows = answers.rows_of(atlas, [neighbour.unit for neighbour in found])
    return geojson_answer(unit_features(atlas, rows), answers.steps(found))


@router.get("/{unit_id}/suggestions", summary="Partners for it", responses=geojson_or(schemas.Suggestions))
def get_suggestions(
    unit_id: UnitId,
    query: Annotated[SuggestionsQuery, Query()],
    atlas: AtlasDep,
    lang: LanguageDep,
    form: FormatDep,
) -> Response:
    """Who fits as a partner, and why: the contributions of the criteria add up to the score."""
    asked = query.asked()
    answer = suggest(
        atlas, unit_id, partners=asked.partners, type=asked.type, service=asked.service,
        limit=query.limit, weights=asked.weights, as_level=asked.as_level,
    )  # fmt: skip
    if form == Format.JSON:
        stable = insights.stability_of(atlas, unit_id, asked) if query.stability else None
        said = insights.suggestions_answer(answer, lang, stable)
        if query.constellations:
            groups = insights.constellations_of(atlas, unit_id, asked)
            said["constellations"] = [group.to_dict(lang) for group in groups]
        return JSONResponse(said)
    return geojson_answer(suggestion_features(atlas, answer, lang))
