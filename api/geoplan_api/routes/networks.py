"""Networks over HTTP: build a group of partners, tell how one stands, lay several side by side."""

from typing import Annotated

from fastapi import APIRouter, Query, Response
from fastapi.responses import JSONResponse

from geoplan.networks import build_network, check_network, compare_networks
from geoplan.provenance import named_in
from geoplan_api import schemas
from geoplan_api.bodies import CheckBody, CompareBody
from geoplan_api.build_body import BuildBody
from geoplan_api.comparison_schemas import Comparison
from geoplan_api.dependencies import AtlasDep, Format, FormatDep, LanguageDep
from geoplan_api.geojson import geojson_answer
from geoplan_api.guarding.routes import BodyRoute
from geoplan_api.network_features import network_features, search_features
from geoplan_api.openapi import geojson_or
from geoplan_api.parameters import AnswerQuery, FeaturesQuery
from geoplan_maps.features import unit_features

router = APIRouter(prefix="/api/v1/networks", tags=["networks"], route_class=BodyRoute)


@router.post("/build", summary="Build a network", responses=geojson_or(schemas.NetworkSearch))
def build(
    body: BuildBody,
    _query: Annotated[FeaturesQuery, Query()],
    atlas: AtlasDep,
    lang: LanguageDep,
    *,
    form: FormatDep,
) -> Response:
    """The best group around the seeds under the conditions, how sure that is, and its alternatives."""
    found = build_network(atlas, body.seeds, **body.conditions())
    if form == Format.GEOJSON:
        return geojson_answer(search_features(atlas, found, unit_features, lang))
    return JSONResponse(found.to_dict(lang))


@router.post("/check", summary="Check a network", responses=geojson_or(schemas.NetworkAnswer))
def check(
    body: CheckBody,
    _query: Annotated[FeaturesQuery, Query()],
    atlas: AtlasDep,
    lang: LanguageDep,
    *,
    form: FormatDep,
) -> Response:
    """Does it hold together, may it be founded and funded, in which legal form, at what cost?"""
    network = check_network(
        atlas, body.members, service=body.service, on=body.day(), intentions=body.intentions(),
        seeds=body.seeds, weights=body.weights,
    )  # fmt: skip
    if form == Format.GEOJSON:
        return geojson_answer(network_features(atlas, network, unit_features, lang))
    return JSONResponse({"network": network.to_dict(lang), "data": named_in(lang, network.data)})


@router.post("/compare", summary="Compare networks", responses={200: {"model": Comparison}})
def compare(
    body: CompareBody, _query: Annotated[AnswerQuery, Query()], atlas: AtlasDep, lang: LanguageDep
) -> JSONResponse:
    """Two to four groups side by side: who is in which, fit, cost, where checks and legal forms differ."""
    found = compare_networks(atlas, [one.scenario() for one in body.scenarios], on=body.day())
    return JSONResponse(found.to_dict(lang))
