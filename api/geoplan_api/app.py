"""The web application: assembled by a function, so that every caller gets one of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from geoplan.atlas import Atlas
from geoplan_api import openapi
from geoplan_api.atlases import Atlases, load
from geoplan_api.measuring import MeasureRequests, Metrics
from geoplan_api.problems import install_problems
from geoplan_api.routes import docs, embed, health, insight, metrics, networks, pages, plans, services, units
from geoplan_api.security import SecurityHeaders
from geoplan_api.settings import Settings

ASSETS = {"/static": "geoplan_api", "/docs/assets": "fastapi_offline"}
"""Paths under which the files in ``static`` of a package are served; fastapi-offline carries Swagger UI."""


def create_app(settings: Settings | None = None, *, atlas: Atlas | None = None) -> FastAPI:
    """Assemble the web application.

    Parameters
    ----------
    settings
        By default read from the environment.
    atlas
        An atlas that is loaded already; by default the one of the settings is loaded when the
        application starts.
    """
    chosen = settings or Settings()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.atlas = load(chosen, chosen.data) if atlas is None else atlas
        app.state.atlases = Atlases(app.state.atlas, chosen)
        yield
        app.state.atlas = app.state.atlases = None

    # The pages for docs come with their own assets, see routes/docs.py.
    app = FastAPI(
        title="geoplan", version=version("geoplan"), description=openapi.DESCRIPTION,
        lifespan=lifespan, docs_url=None, redoc_url=None, openapi_tags=openapi.TAGS,
    )  # fmt: skip
    app.state.settings = chosen
    app.state.atlas = app.state.atlases = None
    app.state.metrics = Metrics(app)
    for routes in (units, insight, services, networks, plans, embed, health, metrics, docs, pages):
        app.include_router(routes.router)
    install_problems(app)
    openapi.install(app)
    for path, package in ASSETS.items():
        app.mount(path, StaticFiles(packages=[(package, "static")]), name=path.strip("/"))
    app.add_middleware(SecurityHeaders)
    app.add_middleware(MeasureRequests, metrics=app.state.metrics)
    return app
