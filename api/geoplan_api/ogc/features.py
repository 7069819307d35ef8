"""The features of one page as GeoJSON, and one feature alone."""

import json
from typing import Any

from geoplan.messages import Message
from geoplan.nearest import nearest_values
from geoplan_api.ogc.api import GEOJSON, HTML, JSON, Api, Link
from geoplan_api.ogc.documents import served_title
from geoplan_api.ogc.queries import ItemsQuery
from geoplan_api.ogc.served import Served
from geoplan_api.problems import NotFoundError


def page_links(  # noqa: PLR0913 - what a page shows, and where it stands among the others
    api: Api, served: Served, query: ItemsQuery, *, given: dict[str, str], total: int, shown: str
) -> list[Link]:
    """Links of a page of features: itself, its other form, the pages beside it, the collection.

    Parameters
    ----------
    given
        The parameters of the request, without those that say where the page begins and what it is.
    total
        How many features there are on all pages.
    """
    path = ("collections", served.name, "items")
    form = "html" if shown == HTML else "json"
    here = {**given, "limit": str(query.limit)}
    links = api.both(
        GEOJSON, *path, shown=shown, **here, **({"offset": str(query.offset)} if query.offset else {})
    )
    beside = {}
    if query.offset + query.limit < total:
        beside["next"] = (query.offset + query.limit, Message("Next page"))
    if query.offset > 0:
        beside["prev"] = (max(query.offset - query.limit, 0), Message("Previous page"))
    for rel, (offset, title) in beside.items():
        links.append(api.link(rel, shown, title, *path, **{**here, "offset": str(offset), "f": form}))
    links.append(api.link("collection", JSON, served_title(served), "collections", served.name))
    return links


def page_bytes(api: Api, written: list[bytes], total: int, links: list[Link]) -> bytes:
    """A page of features as GeoJSON, from the features that stand on it."""
    head: dict[str, Any] = {
        "type": "FeatureCollection", "links": links, "numberMatched": total, "numberReturned": len(written),
        "data": api.provenance.to_dict(),
    }  # fmt: skip
    opened = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()[:-1]
    return b"".join([opened, b',"features":[', b",".join(written), b"]}"])


def row_of(served: Served, feature_id: str) -> int:
    """The row of a feature.

    Raises
    ------
    NotFoundError
        The collection has none with this id.
    """
    if feature_id not in served.row_of:
        message = Message(
            "The collection “{name}” has no feature “{value}”.", name=served.name, value=feature_id[:200]
        )
        raise NotFoundError(message, value=feature_id, nearest=nearest_values(feature_id[:50], served.row_of))
    return served.row_of[feature_id]


def feature_links(
    api: Api, served: Served, feature_id: str, *, given: dict[str, str], shown: str
) -> list[Link]:
    """Links of a feature: itself, its other form, the collection."""
    return [
        *api.both(GEOJSON, "collections", served.name, "items", feature_id, shown=shown, **given),
        api.link("collection", JSON, served_title(served), "collections", served.name),
    ]


def feature_bytes(written: bytes, links: list[Link]) -> bytes:
    """One feature as GeoJSON, with its links."""
    told = json.dumps(links, ensure_ascii=False, separators=(",", ":")).encode()
    return b"".join([written[:-1], b',"links":', told, b"}"])
