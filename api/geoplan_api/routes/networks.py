"""Networks over HTTP: build a group of partners, tell how one stands, lay several side by side."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from geoplan.networks import build_network, check_network, compare_networks
from geoplan_api import schemas
from geoplan_api.bodies import BuildBody, CheckBody, CompareBody
from geoplan_api.comparison_schemas import Comparison
from geoplan_api.dependencies import AtlasDep, LanguageDep
from geoplan_api.guarding.routes import BodyRoute
from geoplan_api.parameters import AnswerQuery

router = APIRouter(prefix="/api/v1/networks", tags=["networks"], route_class=BodyRoute)


@router.post("/build", summary="Build a network", responses={200: {"model": schemas.NetworkSearch}})
def build(
    body: BuildBody, _query: Annotated[AnswerQuery, Query()], atlas: AtlasDep, lang: LanguageDep
) -> JSONResponse:
    """The best group around the seeds under the conditions, how sure that is, and its alternatives."""
    found = build_network(atlas, body.seeds, **body.conditions())
    return JSONResponse(found.to_dict(lang))


@router.post("/check", summary="Check a network", responses={200: {"model": schemas.NetworkAnswer}})
def check(
    body: CheckBody, _query: Annotated[AnswerQuery, Query()], atlas: AtlasDep, lang: LanguageDep
) -> JSONResponse:
    """Does it hold together, may it be founded and funded, in which legal form, at what cost?"""
    network = check_network(
        atlas, body.members, service=body.service, on=body.day(), intentions=body.intentions(),
        seeds=body.seeds,
    )  # fmt: skip
    return JSONResponse({"network": network.to_dict(lang), "data": network.data})


@router.post("/compare", summary="Compare networks", responses={200: {"model": Comparison}})
def compare(
    body: CompareBody, _query: Annotated[AnswerQuery, Query()], atlas: AtlasDep, lang: LanguageDep
) -> JSONResponse:
    """Two to four groups side by side: who is in which, fit, cost, where checks and legal forms differ."""
    found = compare_networks(atlas, [one.scenario() for one in body.scenarios], on=body.day())
    return JSONResponse(found.to_dict(lang))
