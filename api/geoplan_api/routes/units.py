"""Units over HTTP: search, one unit, its neighbours, its suggestions."""

from dataclasses import replace
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from geoplan.atlas import Atlas, Neighbour
from geoplan.errors import InvalidValueError
from geoplan.messages import Message
from geoplan.search import SearchResult
from geoplan.suggestions import suggest
from geoplan.units import AdministrativeUnit
from geoplan_api import answers, insights, schemas
from geoplan_api.dependencies import AtlasDep, Format, FormatDep, LanguageDep
from geoplan_api.geojson import geojson_answer
from geoplan_api.openapi import geojson_or
from geoplan_api.paging import Page
from geoplan_api.parameters import NeighboursQuery, SuggestionsQuery, UnitId, UnitQuery, UnitsQuery
from geoplan_api.protocol.lists import ListAnswer
from geoplan_api.protocol.routes import ReadRoute, made
from geoplan_api.protocol.selection import fields_of, read_fields, select, select_properties
from geoplan_maps.features import suggestion_features, unit_features

router = APIRouter(prefix="/api/v1/units", tags=["units"], route_class=ReadRoute)

ALONE = ("q", "near", "level", "limit", "offset")
"""What says nothing beside ids."""


@router.get("", summary="Find units", responses=geojson_or(schemas.Units, schemas.SelectedUnits))
def find_units(
    request: Request, query: Annotated[UnitsQuery, Query()], atlas: AtlasDep, form: FormatDep
) -> Response:
    """Search by name, key, postcode or coordinates, list the units of a level, or name them by their ids."""
    fields = read_fields(query.fields, fields_of(schemas.FoundUnit, features=form == Format.GEOJSON))
    if query.ids is not None:
        return _named(request, query, atlas, fields=fields, form=form)
    page = query.page(query.limit)
    found, known = _found(atlas, query, page)
    told = ListAnswer.of(request, page, known, fields)
    if form == Format.JSON:
        return told.json(answers.search_answer(atlas, found), "results")
    return told.geojson(_features(atlas, found))


def _named(
    request: Request, query: UnitsQuery, atlas: Atlas, *, fields: frozenset[str] | None, form: Format
) -> Response:
    """The units that are named by their ids, and the ids that nobody has."""
    for name in ALONE:
        if name in query.model_fields_set:
            message = Message("“ids” names units one by one; “{name}” does not go with it.", name=name)
            raise InvalidValueError(message, value=name)
    found, unknown = answers.named_units(atlas, query.ids or "")
    told = ListAnswer.of(request, Page(offset=0, limit=None), len(found), fields)
    if form == Format.JSON:
        return told.json({**answers.search_answer(atlas, found), "unknown": unknown}, "results")
    return told.geojson({**_features(atlas, found), "unknown": unknown})


def _features(atlas: Atlas, found: list[SearchResult]) -> dict[str, Any]:
    collection = unit_features(atlas, answers.rows_of(atlas, [result.unit for result in found]))
    return answers.with_properties(collection, [result.found_by() for result in found])


def _found(atlas: Atlas, query: UnitsQuery, page: Page) -> tuple[list[SearchResult], int]:
    """The units of a page, and how many there are at least."""
    levels = None if query.level is None else [query.level]
    if query.q is not None:
        needed = page.needed(answers.MAX_LIMIT)
        found = answers.search(atlas, query.q, limit=needed, levels=levels, near=query.near)
        return page.of(found), len(found)
    if query.near is not None:
        message = Message("“near” ranks what is searched for, but “q” is missing.")
        raise InvalidValueError(message, value=query.near)
    rows = answers.level_rows(atlas, levels)
    return answers.listed(atlas, page.of(rows)), len(rows)


@router.get("/{unit_id}", summary="One unit", responses=geojson_or(schemas.Unit, schemas.SelectedUnit))
async def get_unit(
    unit_id: UnitId,
    query: Annotated[UnitQuery, Query()],
    atlas: AtlasDep,
    form: FormatDep,
) -> Response:
    """Everything known of a unit."""
    at_once = form == Format.JSON and unit_id in atlas.units
    return await made(partial(_unit, unit_id, query, atlas, form), at_once=at_once)


def _unit(unit_id: str, query: UnitQuery, atlas: Atlas, form: Format) -> Response:
    fields = read_fields(query.fields, fields_of(schemas.Unit, features=form == Format.GEOJSON))
    unit = atlas.unit(unit_id)
    if form == Format.JSON:
        kept = None if fields is None else fields | {"data"}
        return JSONResponse(select([answers.unit_answer(atlas, unit)], kept)[0])
    return geojson_answer(select_properties(unit_features(atlas, answers.rows_of(atlas, [unit])), fields))


@router.get(
    "/{unit_id}/neighbours", summary="Its neighbours",
    responses=geojson_or(schemas.Neighbours, schemas.SelectedNeighbours),
)  # fmt: skip
async def get_neighbours(
    request: Request,
    unit_id: UnitId,
    query: Annotated[NeighboursQuery, Query()],
    atlas: AtlasDep,
    form: FormatDep,
) -> Response:
    """Units of the same level around it, with kilometres of common border."""
    answer = _neighbours_json if form == Format.JSON else _neighbours_geojson
    at_once = form == Format.JSON and unit_id in atlas.units and query.order == 1
    return await made(partial(answer, request, unit_id, query, atlas), at_once=at_once)


def _neighbours_json(request: Request, unit_id: str, query: NeighboursQuery, atlas: Atlas) -> Response:
    told, unit, found = _neighbours(request, unit_id, query, atlas, features=False)
    return told.json(answers.neighbours_answer(atlas, unit, found), "neighbours")


def _neighbours_geojson(request: Request, unit_id: str, query: NeighboursQuery, atlas: Atlas) -> Response:
    told, _, found = _neighbours(request, unit_id, query, atlas, features=True)
    collection = unit_features(atlas, answers.rows_of(atlas, [neighbour.unit for neighbour in found]))
    return told.geojson(answers.with_properties(collection, answers.steps(found)))


def _neighbours(
    request: Request, unit_id: str, query: NeighboursQuery, atlas: Atlas, *, features: bool
) -> tuple[ListAnswer, AdministrativeUnit, list[Neighbour]]:
    fields = read_fields(query.fields, fields_of(schemas.NeighbourRow, features=features))
    unit, page = atlas.unit(unit_id), query.page(query.limit)
    reached = atlas.neighbours(unit.id, query.order)
    return ListAnswer.of(request, page, len(reached), fields), unit, page.of(reached)


@router.get(
    "/{unit_id}/suggestions", summary="Partners for it",
    responses=geojson_or(schemas.Suggestions, schemas.SelectedSuggestions),
)  # fmt: skip
def get_suggestions(  # noqa: PLR0913 - the parts of a request are its parameters
    request: Request,
    unit_id: UnitId,
    query: Annotated[SuggestionsQuery, Query()],
    atlas: AtlasDep,
    lang: LanguageDep,
    *,
    form: FormatDep,
) -> Response:
    """Who fits as a partner, and why: the contributions of the criteria add up to the score."""
    fields = read_fields(query.fields, fields_of(schemas.Suggestion, features=form == Format.GEOJSON))
    asked, page = query.asked(), query.page(query.limit)
    ranked = suggest(
        atlas, unit_id, partners=asked.partners, type=asked.type, service=asked.service,
        limit=page.needed(answers.MAX_LIMIT), weights=asked.weights, as_level=asked.as_level,
    )  # fmt: skip
    answer = replace(ranked, suggestions=tuple(page.of(ranked.suggestions)))
    told = ListAnswer.of(request, page, len(ranked.suggestions), fields)
    if form == Format.GEOJSON:
        return told.geojson(suggestion_features(atlas, answer, lang, first=page.offset + 1))
    stable = insights.stability_of(atlas, unit_id, asked) if query.stability else None
    said = insights.suggestions_answer(answer, lang, stable)
    if query.constellations:
        groups = insights.constellations_of(atlas, unit_id, asked)
        said["constellations"] = [group.to_dict(lang) for group in groups]
    return told.json(said, "suggestions")
