"""A resource that is going to end says so long before."""

import datetime

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.responses import JSONResponse
from starlette.testclient import TestClient

from geoplan_api.protocol.deprecation import Ending, ending
from geoplan_api.protocol.routes import ApiRoute

DAY = datetime.date
TOLD = Ending(since=DAY(2027, 1, 1), sunset=DAY(2028, 3, 1), successor="/api/v2/old", notice="/docs#old")


@pytest.fixture
def client():
    router = APIRouter(route_class=ApiRoute)

    @router.get("/old", **ending(TOLD))
    def old() -> JSONResponse:
        return JSONResponse({}, headers={"link": '</old>; rel="self"'})

    @router.get("/new")
    def new() -> JSONResponse:
        return JSONResponse({})

    app = FastAPI()
    app.include_router(router)
    return TestClient(app)


def test_the_headers(client):
    headers = client.get("/old").headers
    assert headers["deprecation"] == "@1798761600"
    assert headers["sunset"] == "Wed, 01 Mar 2028 00:00:00 GMT"
    links = headers.get_list("link", split_commas=True)
    assert '</old>; rel="self"' in links
    assert '</docs#old>; rel="deprecation"; type="text/html"' in links
    assert '</api/v2/old>; rel="successor-version"' in links


def test_the_others_say_nothing(client):
    assert not {"deprecation", "sunset", "link"} & set(client.get("/new").headers)


def test_the_description_says_so_too(client):
    paths = client.get("/openapi.json").json()["paths"]
    assert paths["/old"]["get"]["deprecated"] is True
    assert paths["/old"]["get"]["x-deprecation"]["sunset"] == "2028-03-01"
    assert "deprecated" not in paths["/new"]["get"]


def test_a_short_notice_is_none():
    with pytest.raises(ValueError, match="12 months"):
        Ending(since=DAY(2027, 1, 1), sunset=DAY(2027, 6, 1))
