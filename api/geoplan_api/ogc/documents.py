"""The documents around the features: landing page, conformance, collections, queryables."""

from typing import Any

from geoplan.messages import Message
from geoplan_api.ogc.api import GEOJSON, HTML, JSON, OPENAPI, SCHEMA, Api, Link
from geoplan_api.ogc.crs import CRS84, bounds_in, offered, storage_uri
from geoplan_api.ogc.filters import GEOMETRY
from geoplan_api.ogc.served import Served

_FEATURES = "http://www.opengis.net/spec/ogcapi-features-"
_CQL2 = "http://www.opengis.net/spec/cql2/1.0/conf/"
CONFORMANCE = (
    "http://www.opengis.net/spec/ogcapi-common-1/1.0/conf/core",
    "http://www.opengis.net/spec/ogcapi-common-2/1.0/conf/collections",
    *(f"{_FEATURES}1/1.0/conf/{name}" for name in ("core", "oas30", "html", "geojson")),
    f"{_FEATURES}2/1.0/conf/crs",
    *(
        f"{_FEATURES}3/1.0/conf/{name}"
        for name in ("queryables", "queryables-query-parameters", "filter", "features-filter")
    ),
    *(
        f"{_CQL2}{name}"
        for name in (
            "cql2-text", "cql2-json", "basic-cql2", "advanced-comparison-operators",
            "case-insensitive-comparison",
            "accent-insensitive-comparison", "basic-spatial-functions", "basic-spatial-functions-plus",
            "spatial-functions", "arithmetic", "property-property",
        )
    ),
)  # fmt: skip
Document = dict[str, Any]


def landing(api: Api, shown: str) -> Document:
    """What there is, and where."""
    return {
        "title": api.said(api.title),
        "description": api.said(api.description),
        "attribution": api.provenance.attribution,
        "links": [
            *api.both(JSON, shown=shown),
            api.link("service-desc", OPENAPI, Message("Definition of this API (OpenAPI 3.0)"), "api"),
            api.link("service-doc", HTML, Message("Description of this API"), "api", f="html"),
            api.link("conformance", JSON, Message("What this API conforms to"), "conformance"),
            api.link("data", JSON, Message("Collections"), "collections"),
        ],
        "data": api.provenance.to_dict(),
    }


def conformance(api: Api, shown: str) -> Document:
    """Which classes of the standards are fulfilled."""
    return {"conformsTo": list(CONFORMANCE), "links": api.both(JSON, "conformance", shown=shown)}


def collections(api: Api, shown: str) -> Document:
    """All collections."""
    return {
        "links": api.both(JSON, "collections", shown=shown),
        "crs": offered(api.provenance.crs),
        "collections": [collection(api, api.collection(name), "") for name in api.names],
    }


def collection(api: Api, served: Served, shown: str) -> Document:
    """One collection; where it is an entry of a list, ``shown`` is empty and it has no link to itself."""
    path = ("collections", served.name)
    own = (
        api.both(JSON, *path, shown=shown) if shown else [api.link("self", JSON, served_title(served), *path)]
    )
    return {
        "id": served.name,
        "title": api.said(served.title),
        "description": api.said(served.description),
        "itemType": "feature",
        "attribution": api.provenance.attribution,
        "extent": extent(served),
        "crs": offered(served.table.crs),
        "storageCrs": storage_uri(served.table.crs),
        "links": [*own, *_items_links(api, served)],
    }


def served_title(served: Served) -> Message:
    """The title of a collection as that of a link."""
    return Message("{title}", title=served.title)


def extent(served: Served) -> Document:
    """The box around all features in CRS84; the world's where there are none."""
    if not len(served.table):
        return {"spatial": {"bbox": [[-180.0, -90.0, 180.0, 90.0]], "crs": CRS84}}
    west, south, east, north = bounds_in(served.bounds, served.table.crs, CRS84)
    # Rounded outwards: the box has all of them.
    box = [
        int(west * 1e4) / 1e4 - 1e-4,
        int(south * 1e4) / 1e4 - 1e-4,
        int(east * 1e4) / 1e4 + 1e-4,
        int(north * 1e4) / 1e4 + 1e-4,
    ]
    return {"spatial": {"bbox": [[round(value, 4) for value in box]], "crs": CRS84}}


def _items_links(api: Api, served: Served) -> list[Link]:
    path = ("collections", served.name)
    return [
        api.link("items", GEOJSON, Message("Features as GeoJSON"), *path, "items", f="json"),
        api.link("items", HTML, Message("Features as a page"), *path, "items", f="html"),
        api.link(
            "http://www.opengis.net/def/rel/ogc/1.0/queryables", SCHEMA, Message("Properties to filter by"),
            *path, "queryables", f="json",
        ),
        api.link(
            "http://www.opengis.net/def/rel/ogc/1.0/queryables", HTML, Message("Properties to filter by"),
            *path, "queryables", f="html",
        ),
    ]  # fmt: skip


def queryables(api: Api, served: Served) -> Document:
    """The attributes that filters may name, as JSON Schema."""
    shape = "multipolygon" if served.table.shape == "MultiPolygon" else "multilinestring"
    properties: dict[str, Any] = {
        name: {"title": name, "type": column.kind.value} for name, column in served.table.columns.items()
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": api.address("collections", served.name, "queryables"),
        "type": "object",
        "title": api.said(served.title),
        "description": api.said(served.description),
        "properties": {**properties, GEOMETRY: {"title": GEOMETRY, "format": f"geometry-{shape}"}},
        "additionalProperties": False,
    }
