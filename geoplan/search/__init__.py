"""Which unit is meant by a name or key, and which may be."""

from geoplan.search.ground import Ground
from geoplan.search.index import NO_SOURCES, NameIndex, Sources
from geoplan.search.query import wished_levels
from geoplan.search.result import Match, SearchResult

__all__ = ["NO_SOURCES", "Ground", "Match", "NameIndex", "SearchResult", "Sources", "wished_levels"]
