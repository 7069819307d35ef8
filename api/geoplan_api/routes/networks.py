"""Networks over HTTP: how a group of partners stands."""

from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import JSONResponse

from geoplan.networks import check_network
from geoplan_api import schemas
from geoplan_api.bodies import CheckBody
from geoplan_api.dependencies import AtlasDep, LanguageDep
from geoplan_api.parameters import AnswerQuery

router = APIRouter(prefix="/api/v1/networks", tags=["networks"])


@router.post("/check", summary="Check a network", responses={200: {"model": schemas.NetworkAnswer}})
def check(
    body: CheckBody, _query: Annotated[AnswerQuery, Query()], atlas: AtlasDep, lang: LanguageDep
) -> JSONResponse:
    """Does it hold together, may it be founded and funded, in which legal form, at what cost?"""
    network = check_network(
        atlas, body.members, service=body.service, on=body.day(), intentions=body.intentions()
    )
    return JSONResponse({"network": network.to_dict(lang), "data": network.data})
