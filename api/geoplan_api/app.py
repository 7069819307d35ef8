"""The web application: assembled by a function, so that every caller gets one of its own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from fastapi import FastAPI
from starlette.staticfiles import StaticFiles

from geoplan.atlas import Atlas
from geoplan_api import openapi
from geoplan_api.guarding.installing import install_inner_guards, install_outer_guards
from geoplan_api.map_layers import LayerStore
from geoplan_api.measuring import MeasureRequests, Metrics
from geoplan_api.ogc import CollectionStore
from geoplan_api.ogc.postgis import open_features
from geoplan_api.problem_answers import install_problems
from geoplan_api.protocol.caching import CachePolicy
from geoplan_api.protocol.compression import Compression
from geoplan_api.protocol.cross_origin import CrossOrigin
from geoplan_api.protocol.methods import OtherMethods
from geoplan_api.protocol.repeated import Repeated
from geoplan_api.protocol.tags import server_tag
from geoplan_api.published import FileCache
from geoplan_api.reloading import DataKeeper
from geoplan_api.routes import (
    content,
    docs,
    dossier,
    downloads,
    embed,
    geometry,
    health,
    insight,
    levels,
    metrics,
    networks,
    ogc,
    pages,
    plan_pages,
    plans,
    services,
    static,
    tiles,
    units,
)
from geoplan_api.security import SecurityHeaders
from geoplan_api.settings import Settings, read_settings
from geoplan_api.shared_store import SharedStore

ASSETS = {"/docs/assets": "fastapi_offline"}
"""Paths under which the files in ``static`` of a package are served; fastapi-offline carries Swagger UI."""


def create_app(
    settings: Settings | None = None, *, atlas: Atlas | None = None, desk: bool = False
) -> FastAPI:
    """Assemble the web application.

    Parameters
    ----------
    settings
        By default read from the environment, or the file that it names.
    atlas
        An atlas that is loaded already; by default the one of the settings is loaded when the
        application starts.
    desk
        Whether plans are shown and changed without a token: only for a server that nobody but the person at
        this machine can reach. No setting and no variable of the environment says so, as a public server
        must not become one by a slip.
    """
    chosen, features = settings or read_settings(), open_features()

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        try:
            app.state.keeper.open()
            yield
        finally:
            app.state.keeper.close()
            app.state.plan_store.close()
            if features is not None:
                features.close()

    # The pages for docs come with their own assets, see routes/docs.py.
    app = FastAPI(
        title="geoplan", version=version("geoplan"), description=openapi.DESCRIPTION,
        lifespan=lifespan, docs_url=None, redoc_url=None, openapi_tags=openapi.TAGS,
    )  # fmt: skip
    app.state.settings, app.state.desk, app.state.plan_store = chosen, desk, SharedStore()
    app.state.server_tag = server_tag(chosen)
    app.state.atlas = app.state.atlases = None
    app.state.keeper, app.state.draining = DataKeeper(app, chosen, atlas), False
    app.state.metrics, app.state.layers = Metrics(), LayerStore()
    app.state.collections, app.state.files = CollectionStore(database=features), FileCache()
    for routes in (
        units, levels, insight, services, networks, dossier, plans, embed, geometry, health, metrics, docs,
        pages, plan_pages, content, ogc, static, tiles, downloads,
    ):  # fmt: skip
        app.include_router(routes.router)
    install_problems(app)
    openapi.install(app)
    for path, package in ASSETS.items():
        app.mount(path, StaticFiles(packages=[(package, "static")]), name=path.strip("/"))
    # The last one added is the first that a request meets.
    app.add_middleware(Repeated)
    app.add_middleware(Compression)
    install_inner_guards(app, chosen, desk=desk)
    app.add_middleware(CachePolicy)
    app.add_middleware(OtherMethods, application=app)
    app.add_middleware(CrossOrigin, origins=chosen.cors_origins)
    app.add_middleware(SecurityHeaders, public_url=chosen.public_url)
    install_outer_guards(app, chosen)
    app.add_middleware(MeasureRequests, metrics=app.state.metrics)
    return app
