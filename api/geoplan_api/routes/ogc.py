"""OGC API – Features over HTTP: at ``/ogc`` the atlas, at ``/ogc/units/{unit}`` what belongs to one unit."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response

from geoplan_api.html import page
from geoplan_api.ogc import CollectionStore, Served, documents, features
from geoplan_api.ogc.answering import answered, json_bytes, tag_of, wanted
from geoplan_api.ogc.api import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Api
from geoplan_api.ogc.crs import CRS84, known_crs
from geoplan_api.ogc.openapi_document import openapi_document
from geoplan_api.ogc.queries import EVERYWHERE, check_names, read_items_query
from geoplan_api.routes.ogc_apis import StoreDep, api_of_request

router = APIRouter(include_in_schema=False)
ApiDep = Annotated[Api, Depends(api_of_request)]


def landing(request: Request, api: ApiDep, store: StoreDep) -> Response:
    """What there is."""
    return _document(request, api, store, make=documents.landing, template="landing")


def conformance(request: Request, api: ApiDep, store: StoreDep) -> Response:
    """Which standards are fulfilled."""
    return _document(request, api, store, make=documents.conformance, template="conformance")


def collections(request: Request, api: ApiDep, store: StoreDep) -> Response:
    """All collections."""
    return _document(request, api, store, make=documents.collections, template="collections")


def collection(request: Request, name: str, api: ApiDep, store: StoreDep) -> Response:
    """One collection."""
    served = api.collection(name)
    return _document(
        request, api, store, make=lambda one, shown: documents.collection(one, served, shown),
        template="collection", version=served.version, served=served,
    )  # fmt: skip


def queryables(request: Request, name: str, api: ApiDep, store: StoreDep) -> Response:
    """The attributes of a collection."""
    served = api.collection(name)
    return _document(
        request, api, store, make=lambda one, _shown: documents.queryables(one, served),
        template="queryables", media=SCHEMA, version=served.version, served=served,
    )  # fmt: skip


def definition(request: Request, api: ApiDep, store: StoreDep) -> Response:
    """The API as OpenAPI 3.0 describes it."""
    return _document(
        request, api, store, make=lambda one, _shown: openapi_document(one), template="api", media=OPENAPI
    )


def _document(  # noqa: PLR0913 - what all documents share, and what each has of its own
    request: Request,
    api: Api,
    store: CollectionStore,
    *,
    make: Callable[[Api, str], documents.Document],
    template: str,
    media: str = JSON,
    version: str = "",
    served: Served | None = None,
) -> Response:
    check_names(request.query_params, EVERYWHERE)
    shown = wanted(request, media)
    if shown == HTML:
        said = make(api, shown)
        return page(request, f"ogc/{template}.html", api=api, document=said, served=served)
    tag = tag_of(version or api.version, str(request.url), api.base, api.lang, media)
    return answered(request, lambda: json_bytes(make(api, shown)), tag, store.answers, media=media)


def items(request: Request, name: str, api: ApiDep, store: StoreDep) -> Response:
    """Features of a collection, page by page."""
    served = api.collection(name)
    source = store.source(served)
    query = read_items_query(request.query_params, served, api.question)
    shown, given = wanted(request, GEOJSON), _given(request, "limit", "offset")

    def links(total: int) -> list[dict[str, Any]]:
        return features.page_links(api, served, query, given=given, total=total, shown=shown)

    if shown == HTML:
        total, records = source.records(query)
        return page(
            request, "ogc/items.html", api=api, served=served, query=query, records=records, total=total,
            links={link["rel"]: link["href"] for link in links(total)}, given=given,
        )  # fmt: skip

    def make() -> bytes:
        total, written = source.written(query)
        return features.page_bytes(api, written, total, links(total))

    tag = tag_of(served.version, str(request.url), api.base, api.lang, GEOJSON)
    return answered(request, make, tag, store.answers, media=GEOJSON, content_crs=f"<{query.crs}>")


def item(request: Request, name: str, feature_id: str, api: ApiDep, store: StoreDep) -> Response:
    """One feature."""
    served = api.collection(name)
    check_names(request.query_params, (*EVERYWHERE, "crs", *api.question))
    crs = known_crs(request.query_params.get("crs", CRS84), served.table.crs, name="crs")
    row, source = features.row_of(served, feature_id), store.source(served)
    shown = wanted(request, GEOJSON)
    links = features.feature_links(api, served, feature_id, given=_given(request), shown=shown)
    if shown == HTML:
        return page(
            request, "ogc/item.html", api=api, served=served, record=source.record(row),
            links={link["rel"]: link["href"] for link in links},
        )  # fmt: skip
    tag = tag_of(served.version, str(request.url), api.base, api.lang, GEOJSON)
    return answered(
        request, lambda: features.feature_bytes(source.feature(row, crs), links), tag, store.answers,
        media=GEOJSON, content_crs=f"<{crs}>",
    )  # fmt: skip


def _given(request: Request, *without: str) -> dict[str, str]:
    """The parameters of a request that its links carry on."""
    own = {key: value for key, value in request.query_params.items() if key not in (*EVERYWHERE, *without)}
    return own


_PAGES: dict[str, Callable[..., Response]] = {
    "": landing,
    "/": landing,
    "/api": definition,
    "/conformance": conformance,
    "/collections": collections,
    "/collections/{name}": collection,
    "/collections/{name}/queryables": queryables,
    "/collections/{name}/items": items,
    "/collections/{name}/items/{feature_id}": item,
}
for _root in ("/ogc", "/ogc/units/{unit_id}"):
    for _path, _answer in _PAGES.items():
        router.add_api_route(_root + _path, _answer, methods=["GET"])
