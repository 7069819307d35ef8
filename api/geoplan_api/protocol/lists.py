"""Lists over HTTP: a page of rows with the chosen fields and the addresses of the pages beside it."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import JSONResponse
from starlette.datastructures import URL

from geoplan_api.html import root_path
from geoplan_api.negotiation import GEOJSON
from geoplan_api.paging import Links, Page
from geoplan_api.protocol.selection import select, select_properties


@dataclass(frozen=True, slots=True, kw_only=True)
class ListAnswer:
    """How a list is told."""

    links: Links
    fields: frozenset[str] | None
    """``None``: all."""

    @classmethod
    def of(cls, request: Request, page: Page, known: int, fields: frozenset[str] | None) -> "ListAnswer":
        """How a page of a list with ``known`` rows is told to ``request``."""
        return cls(links=page.links(own_address(request), known), fields=fields)

    def json(self, content: dict[str, Any], rows: str) -> JSONResponse:
        """``content``, whose list is named ``rows``."""
        chosen = {rows: select(content[rows], self.fields)}
        return JSONResponse({**content, **chosen, "links": self.links}, headers=self._headers())

    def geojson(self, collection: dict[str, Any]) -> JSONResponse:
        """A FeatureCollection."""
        content = {**select_properties(collection, self.fields), "links": self.links}
        return JSONResponse(content, media_type=GEOJSON, headers=self._headers())

    def _headers(self) -> dict[str, str]:
        """``Link`` (RFC 8288), which says the same as ``links``."""
        return {"link": ", ".join(f'<{address}>; rel="{name}"' for name, address in self.links.items())}


def own_address(request: Request) -> URL:
    """The address that was asked, without its host and in one order: such requests have one answer."""
    root, url = root_path(request), request.url
    path = url.path if url.path.startswith(f"{root}/") else f"{root}{url.path}"
    query = urlencode(sorted(request.query_params.multi_items()))
    return URL(f"{path}?{query}" if query else path)
