"""OGC API – Features: the atlas for portals and GIS programs.

Core, GeoJSON, HTML and OpenAPI 3.0 (part 1), coordinate systems (part 2), filters in CQL2 (part 3). An
:class:`Api` is a set of collections under one address; :class:`CollectionStore` keeps those of the atlases.
"""

from geoplan_api.ogc.api import Api
from geoplan_api.ogc.collections import PLANS, CollectionStore
from geoplan_api.ogc.queries import QUESTION
from geoplan_api.ogc.served import Served

__all__ = ["PLANS", "QUESTION", "Api", "CollectionStore", "Served"]
