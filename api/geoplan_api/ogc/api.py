"""One set of collections under one address: that of the whole atlas, or that of one unit."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from geoplan.messages import Localised, Message
from geoplan.nearest import nearest_values
from geoplan.provenance import Provenance
from geoplan_api.ogc.served import Served
from geoplan_api.problems import NotFoundError

JSON, GEOJSON, HTML = "application/json", "application/geo+json", "text/html"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
SCHEMA = "application/schema+json"
Link = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    """An OGC API."""

    base: str
    """Its address, without a slash at the end."""
    title: Localised
    description: Localised
    lang: str
    kept: Mapping[str, str]
    """Parameters that links carry on: ``lang`` and ``dataset``, where the request had them."""
    names: tuple[str, ...]
    """The ids of its collections."""
    find: Callable[[str], Served]
    """Makes the collection with an id of ``names``."""
    provenance: Provenance
    version: str
    """Of the data."""
    question: tuple[str, ...] = ()
    """Parameters of features that shape the collection itself."""

    def collection(self, name: str) -> Served:
        """A collection.

        Raises
        ------
        NotFoundError
            There is none with this id.
        """
        if name not in self.names:
            message = Message("There is no collection “{value}” here.", value=name[:200])
            raise NotFoundError(
                message, value=name, nearest=nearest_values(name, self.names) or list(self.names)
            )
        return self.find(name)

    def said(self, text: Localised) -> str:
        """A text in the reader's language."""
        return text.text(self.lang)

    def address(self, *path: str, **parameters: str) -> str:
        """An address below the root."""
        query = urlencode({**self.kept, **parameters})
        return "/".join([self.base, *(quote(part, safe="") for part in path)]) + (
            f"?{query}" if query else ""
        )

    def link(self, rel: str, media: str, title: Message, *path: str, **parameters: str) -> Link:
        """A link below the root."""
        return {
            "href": self.address(*path, **parameters),
            "rel": rel,
            "type": media,
            "title": self.said(title),
        }

    def both(self, media: str, *path: str, shown: str, **parameters: str) -> list[Link]:
        """The links of a document to itself and to its other form; ``shown`` is the media type it is in."""
        forms = (
            (media, "json", Message("This document as JSON")),
            (HTML, "html", Message("This document as a page")),
        )
        return [
            self.link("self" if one == shown else "alternate", one, title, *path, **{**parameters, "f": word})
            for one, word, title in forms
        ]
